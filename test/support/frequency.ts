/** How often runs by some schedule come to a state, each run told apart: what a campaign, which stops at the first, cannot say. */
import { Explored } from '../../src/check/explored.js';
import { weightsOf } from '../../src/check/schedule.js';
import { schedulerOf } from '../../src/check/schedulers.js';
import { Walker } from '../../src/check/walk.js';
import { watcher } from '../../src/check/watch.js';
import { type Model, type Scheduled, type ScheduleName, type State, sometimes } from '../../src/kernel/index.js';

export interface Trial {
  readonly model: Model;
  readonly classes: readonly string[];
  /** What is looked for. */
  readonly isBug: (state: State) => boolean;
  /** Of a run, at most. */
  readonly moves: number;
}

/** The numbers of the runs that came to it, and what the scheduler tells at the end. */
export function frequency(
  { model, classes, isBug, moves }: Trial,
  schedule: ScheduleName,
  { runs = 300, seed = 1, depth = 2 } = {},
): { readonly hits: readonly number[]; readonly told: Scheduled } {
  const explored = new Explored(model, classes);
  const scheduler = schedulerOf(schedule, explored, weightsOf(classes), depth);
  const walker = new Walker(explored);
  const evaluation = watcher(model)([sometimes('nothing decides this', () => false)]);
  const state = new Int32Array(model.width);
  const hits: number[] = [];
  for (let run = 0; run < runs; run++) {
    let isHit = false;
    const visit = (id: number) => {
      explored.states.read(id, state);
      isHit ||= isBug(state);
      scheduler.visit(id);
    };
    const drawn = Math.imul(run + 1 + 100_003 * seed, 0x9e3779b1);
    const dials = classes.map((_, c) => [1, 0, 8][(Math.imul(drawn >>> 3, 2 * c + 0x85ebca6b) >>> 7) % 3] as number);
    const start = scheduler.begin({ start: 0, dials, moves, seed: drawn >>> 1 });
    scheduler.behave(0);
    walker.walk(start, moves, scheduler, { evaluation, found: () => {}, knows: true, visit });
    scheduler.end(walker.length, walker.length === moves);
    if (isHit) hits.push(run);
  }
  return { hits, told: scheduler.told() };
}
