/**
 * A fuzzing campaign: fast-check generates schedules, a walker turns each into a behaviour, every property that is still
 * open is watched in all of them. Law: the same seed gives the same campaign.
 */
import fc from 'fast-check';
import {
  ChurnproofError,
  isTemporal,
  type Model,
  type Property,
  type Report,
  type State,
  settle,
  type Trace,
} from '../kernel/index.js';
import { type Generated, schedules, weightsOf } from './schedule.js';
import { Store } from './store.js';
import { Walker } from './walk.js';
import { watcher } from './watch.js';

/** @internal */
export interface CampaignOptions {
  readonly seed: number;
  readonly runs: number;
  /** The most moves of one run. */
  readonly moves: number;
  /** By class: how often it is picked beside the others; default 1. */
  readonly weights?: Readonly<Record<string, number>>;
  /** Whether each run switches some classes off; default true. */
  readonly swarm?: boolean;
}

/** Lets others have their turn; whether to go on. @internal */
export type Pause = () => Promise<boolean>;

/** Moves between two pauses. */
const slice = 50_000;

/** Moves that fast-check's shrinking of one schedule may cost. */
const shrinkMoves = 100_000;

/** @internal */
export class Campaign {
  runs = 0;
  readonly watch: ReturnType<typeof watcher>;
  /** The schedule that decided a property, up to the move that did. */
  private readonly discoveries = new Map<Property, Generated>();
  private open: readonly Property[];
  private moves = 0;
  private longest = 0;
  private cut: 'interrupted' | 'decided' | undefined;
  private readonly walker: Walker;
  private readonly store: Store;
  private readonly schedules: fc.Arbitrary<Generated>;
  private readonly visit = (state: State) => void this.store.addStart(state, 0);

  /** @param classes every class that a move of the model can have */
  constructor(
    private readonly model: Model,
    private readonly properties: readonly Property[],
    classes: readonly string[],
    private readonly options: CampaignOptions,
  ) {
    const { seed, runs, moves, weights, swarm = true } = options;
    whole('seed', seed, Number.MIN_SAFE_INTEGER);
    whole('runs', runs, 1);
    whole('moves', moves, 1);
    this.schedules = schedules(model.starts.length, classes.length, moves, swarm);
    this.walker = new Walker(model, classes, weightsOf(classes, weights));
    this.watch = watcher(model);
    this.store = new Store(model.width);
    this.open = properties.filter((property) => !isTemporal(property));
  }

  get progress(): { readonly runs: number; readonly moves: number; readonly states: number } {
    return { runs: this.runs, moves: this.moves, states: this.store.count };
  }

  /** Runs until the runs are used up, every property is decided, or a pause says stop. */
  async run(pause: Pause): Promise<void> {
    const { seed, runs } = this.options;
    let fault: unknown;
    let nextPause = slice;
    const goesOn = fc.asyncProperty(this.schedules, async (schedule) => {
      try {
        this.take(schedule);
        if (this.open.length === 0) this.cut = 'decided';
        else if (this.moves >= nextPause) {
          nextPause = this.moves + slice;
          if (!(await pause())) this.cut = 'interrupted';
        }
      } catch (thrown) {
        fault = thrown;
        return false;
      }
      return this.cut === undefined;
    });
    await fc.check(goesOn, { seed, numRuns: runs, endOnFailure: true });
    if (fault !== undefined) throw fault;
    this.model.recheck();
  }

  /**
   * The behaviour that decided a property, if one did, and the number of its moves as it was found.
   * @param simplify whether to follow fast-check's shrinks first
   */
  discovered(property: Property, simplify: boolean): { readonly trace: Trace; readonly from: number } | undefined {
    const schedule = this.discoveries.get(property);
    if (schedule === undefined) return undefined;
    this.decides(simplify ? this.simplest(schedule, property) : schedule, property);
    return { trace: this.walker.trace(), from: schedule[2].length };
  }

  report(): Report {
    const { machineCalls, blocked, fullestInbox } = this.model.effort();
    const { runs, moves, states } = this.progress;
    return {
      model: this.model.name,
      strategy: 'fuzz',
      coverage: {
        kind: 'sampled',
        ...(this.cut === undefined ? {} : { cut: this.cut }),
        states,
        transitions: moves,
        depth: this.longest,
        queue: 0,
        runs,
      },
      findings: this.properties.map((property) => ({
        property: property.name,
        kind: property.kind,
        verdict: settle(property.kind, this.discoveries.has(property), false),
        ...(isTemporal(property) ? { why: 'only the whole graph of states can decide it: check it' } : {}),
      })),
      effort: { machineCalls, blocked, fullestInbox, bytesPerState: this.store.bytes / Math.max(1, states) },
      ...(this.model.machines === undefined ? {} : { machines: this.model.machines() }),
    };
  }

  /** One run: behaviour after behaviour, each from where the one before could go no further, until the naturals are used up. */
  private take([start, dials, naturals]: Generated): void {
    const { walker } = this;
    this.runs++;
    let first = 0;
    for (let begun = start; this.open.length > 0 && first < naturals.length; begun++) {
      const { open } = this;
      walker.walk({ start: begun, dials, naturals }, first, {
        evaluation: this.watch(open),
        found: (index) => {
          const used = naturals.slice(first, first + walker.length);
          this.discoveries.set(open[index] as Property, [begun % this.model.starts.length, dials, used]);
        },
        visit: this.visit,
      });
      this.moves += walker.length;
      this.longest = Math.max(this.longest, walker.length);
      this.open = open.filter((property) => !this.discoveries.has(property));
      first += Math.max(1, walker.length);
    }
  }

  /** Follows fast-check's shrinks as long as they still decide the property. */
  private simplest(schedule: Generated, property: Property): Generated {
    let best = schedule;
    let left = shrinkMoves;
    const simpler = (): Generated | undefined => {
      for (const { value } of this.schedules.shrink(best, undefined)) {
        const [start, dials, naturals] = value;
        const isDecided = this.decides(value, property);
        if (isDecided) return [start, dials, naturals.slice(0, this.walker.length)];
        left -= this.walker.length + 1;
        if (left < 0) return undefined;
      }
      return undefined;
    };
    for (let next = simpler(); next !== undefined; next = simpler()) best = next;
    return best;
  }

  private decides([start, dials, naturals]: Generated, property: Property): boolean {
    const evaluation = this.watch([property]);
    this.walker.walk({ start, dials, naturals }, 0, { evaluation, found: ignore, visit: ignore });
    return evaluation.decided;
  }
}

const ignore = (): void => {};

function whole(name: string, value: number, min: number): void {
  if (Number.isSafeInteger(value) && value >= min) return;
  throw new ChurnproofError('SEARCH_INVALID', `${name} is ${value}`, {
    expected: min > 0 ? `a whole number from ${min}` : 'a whole number',
  });
}
