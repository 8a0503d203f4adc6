/**
 * One step of an xstate machine by a compiled chart: some closures, one after the other, where xstate interprets the
 * definition. Law: it answers as xstate does. What is not compiled, and whatever goes wrong, xstate itself takes instead, so
 * that every error is xstate's own too.
 */
import type { AnyStateMachine, EventObject } from 'xstate';
import type { Message } from '../kernel/index.js';
import { type Chart, chartOf, type Leaf, type Step } from './chart.js';
import type { Interpreted } from './interpreted.js';
import type { Life, Place, Stepper } from './life.js';
import { Args, NotCompiled, type Own, type Run } from './parts.js';
import type { ArmedTimer, Said } from './runner.js';

const silence: Said[] = [];
const idle: readonly ArmedTimer[] = [];

/** @internal */
export class Compiled implements Stepper {
  said: readonly Said[] = silence;
  /** Steps that xstate had to take. */
  interpreted = 0;
  private readonly chart: Chart;
  /** Microsteps after which xstate is asked what it thinks of a machine that does not come to rest. */
  private readonly microsteps: number;
  private readonly byKey: ReadonlyMap<string, Leaf>;
  private readonly run: Run = {
    context: {},
    timers: idle,
    said: silence,
    queue: [],
    changes: 0,
    executed: 0,
    leaf: 0,
    isOver: false,
    output: undefined,
  };

  /** @throws NotCompiled that says what the machine has and this does not follow. */
  constructor(
    private readonly machine: AnyStateMachine,
    private readonly instead: Interpreted,
  ) {
    this.microsteps = instead.microsteps;
    this.chart = chartOf(machine, instead.timerNames);
    this.byKey = new Map(this.chart.leaves.map((leaf) => [leaf.key, leaf]));
  }

  start(input: unknown): Life {
    try {
      const { run } = this;
      this.begin({}, idle);
      const event = { type: 'xstate.init', input } as EventObject;
      const { context } = this.machine.config as { readonly context?: unknown };
      if (typeof context === 'function') {
        const given = Object.assign(new Args({}, event), { input });
        run.context = { ...((context as Own)(given, undefined) as Run['context']) };
      } else {
        run.context = (context ?? {}) as Run['context'];
      }
      this.take(this.chart.initial, event);
      this.settle(event);
      return this.finish();
    } catch {
      return this.ask(() => this.instead.start(input)) as Life;
    }
  }

  hear(life: Life, event: Message): Life | undefined {
    if (life.isOver) return undefined;
    try {
      return this.step(life, event as unknown as EventObject, life.timers) ? this.finish() : undefined;
    } catch {
      return this.ask(() => this.instead.hear(life, event));
    }
  }

  fire(life: Life, timer: ArmedTimer): Life {
    if (life.isOver) return life;
    try {
      const { timers } = life;
      this.step(life, timer.event, timers.length === 1 ? idle : timers.filter((other) => other !== timer));
      return this.finish();
    } catch {
      return this.ask(() => this.instead.fire(life, timer)) as Life;
    }
  }

  /** How often an event of this type was heard at this place. */
  timesSeen(place: Place, type: string): number {
    try {
      return (place as Leaf).on(type).seen;
    } catch {
      return 0;
    }
  }

  /** Takes a whole step; whether the event was heard. */
  private step(life: Life, event: EventObject, timers: readonly ArmedTimer[]): boolean {
    const { run } = this;
    const leaf = life.place as Leaf;
    this.begin(life.context, timers);
    run.leaf = leaf.index;
    const choice = leaf.on(event.type);
    choice.seen++;
    const first = this.select(choice.steps, event);
    if (first !== undefined) this.take(first, event);
    this.settle(event);
    return first?.counts === true || run.changes > 0 || run.executed > 0;
  }

  private begin(context: Run['context'], timers: readonly ArmedTimer[]): void {
    const { run } = this;
    run.context = context;
    run.timers = timers;
    run.said = [];
    if (run.queue.length > 0) run.queue = [];
    run.changes = 0;
    run.executed = 0;
    run.isOver = false;
    run.output = undefined;
  }

  /** Transitions that need no event, and raised events, until there are none. */
  private settle(external: EventObject): void {
    const { run } = this;
    let event = external;
    let head = 0;
    let mayMove = true;
    for (let count = 1; !run.isOver; count++) {
      if (count > this.microsteps) throw new NotCompiled('a machine that does not come to rest');
      const { always } = this.chart.leaves[run.leaf] as Leaf;
      const eventless = mayMove && always.length > 0 ? this.select(always, event) : undefined;
      if (eventless !== undefined) {
        const before = run.changes;
        this.take(eventless, event);
        mayMove = run.changes !== before;
        continue;
      }
      if (head === run.queue.length) return;
      event = run.queue[head++] as EventObject;
      const leaf = this.chart.leaves[run.leaf] as Leaf;
      const raised = this.select(leaf.on(event.type).steps, event);
      if (raised !== undefined) this.take(raised, event);
      mayMove = true;
    }
  }

  private select(steps: readonly Step[], event: EventObject): Step | undefined {
    const { run } = this;
    for (let i = 0; i < steps.length; i++) {
      const step = steps[i] as Step;
      if (step.test === undefined || step.test(run, run.context, event)) return step;
    }
    return undefined;
  }

  private take({ script, to }: Step, event: EventObject): void {
    const { run } = this;
    for (let i = 0; i < script.length; i++) (script[i] as Step['script'][number])(run, event);
    if (to === run.leaf) return;
    run.leaf = to;
    run.changes++;
  }

  private finish(): Life {
    const { context, timers, isOver, output, leaf, said } = this.run;
    this.said = said;
    return { place: this.chart.leaves[leaf] as Leaf, context, timers: isOver ? idle : timers, isOver, output };
  }

  private ask(step: () => Life | undefined): Life | undefined {
    this.interpreted++;
    const after = step();
    this.said = this.instead.said;
    return after === undefined ? undefined : { ...after, place: this.byKey.get(after.place.key) ?? after.place };
  }
}
