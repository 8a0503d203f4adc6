/**
 * A compiled peer under the eyes of xstate: some of its steps are taken again by xstate itself, on deeply frozen copies of the
 * same data, and must come out the same. So a machine that is not deterministic, or changes its context in place, is still
 * noticed, and so would be a mistake in the compiler. The same steps are judged each time.
 */
import type { AnyStateMachine } from 'xstate';
import {
  ChurnproofError,
  canonical,
  deepFreeze,
  firstDifference,
  type Message,
  type Peer,
  show,
} from '../kernel/index.js';
import { Compiled } from './compiled.js';
import { Interpreted } from './interpreted.js';
import { isSame, type Life, type Stepper } from './life.js';
import { NotCompiled } from './parts.js';
import type { ArmedTimer, Said } from './runner.js';

/** Steps of each kind, by place and type of event, that are judged before the others. */
const firstOfEach = 4;

/** @internal */
export interface StepCounts {
  /** Steps taken, be they heard or not. */
  readonly steps: number;
  /** Those that xstate took again. */
  readonly judged: number;
  /** Those that xstate took because they are not compiled. */
  readonly interpreted: number;
}

type Result = { readonly life: Life | undefined; readonly said: readonly Said[] };

/** @internal */
export class JudgedPeer {
  said: readonly Said[] = [];
  /** Why this machine is left to xstate altogether; `undefined` when it is compiled. */
  readonly notCompiled: string | undefined;
  private readonly xstate: Interpreted;
  private readonly compiled: Compiled | undefined;
  private steps = 0;
  private judgedSteps = 0;

  /** @param every one in so many steps is judged; 1 judges all, 0 none but the first of each kind */
  constructor(
    readonly name: string,
    readonly peer: Peer,
    private readonly every: number,
  ) {
    const machine = peer.machine as unknown as AnyStateMachine;
    this.xstate = new Interpreted(name, machine);
    try {
      this.compiled = new Compiled(machine, this.xstate);
    } catch (thrown) {
      if (!(thrown instanceof NotCompiled)) throw thrown;
      this.notCompiled = thrown.message;
    }
  }

  get counts(): StepCounts {
    const { steps, compiled } = this;
    return { steps, judged: this.judgedSteps, interpreted: compiled?.interpreted ?? steps };
  }

  /** Calls of xstate's own step function. */
  get machineCalls(): number {
    return this.xstate.calls;
  }

  /** What its machine's timers are called. */
  get timerNames(): readonly string[] {
    return [...this.xstate.timerNames.values()];
  }

  start(input: unknown): Life {
    const { compiled } = this;
    this.steps++;
    if (compiled === undefined) return this.heard(this.xstate, this.xstate.start(input)) as Life;
    const life = this.heard(compiled, compiled.start(input)) as Life;
    if (this.isDue(this.steps)) {
      const given = frozenCopy(input);
      this.judge(
        () => 'its start',
        { life, said: this.said },
        (stepper) => stepper.start(given),
      );
    }
    return life;
  }

  hear(life: Life, event: Message): Life | undefined {
    const { compiled } = this;
    this.steps++;
    if (compiled === undefined) return this.heard(this.xstate, this.xstate.hear(life, event));
    if (!this.isDue(compiled.timesSeen(life.place, event.type)))
      return this.heard(compiled, compiled.hear(life, event));
    const before = frozenLife(life);
    const meant = frozenCopy(event);
    const after = this.heard(compiled, compiled.hear(life, event));
    this.judge(
      () => show(meant),
      { life: after, said: this.said },
      (stepper) => stepper.hear(before, meant),
    );
    return after;
  }

  fire(life: Life, timer: ArmedTimer): Life {
    const { compiled } = this;
    this.steps++;
    if (compiled === undefined) return this.heard(this.xstate, this.xstate.fire(life, timer)) as Life;
    if (!this.isDue(compiled.timesSeen(life.place, timer.event.type)))
      return this.heard(compiled, compiled.fire(life, timer)) as Life;
    const before = frozenLife(life);
    const meant = before.timers.find(({ id }) => id === timer.id) as ArmedTimer;
    const after = this.heard(compiled, compiled.fire(life, timer)) as Life;
    this.judge(
      () => `timer ${timer.name}`,
      { life: after, said: this.said },
      (stepper) => stepper.fire(before, meant),
    );
    return after;
  }

  private isDue(seen: number): boolean {
    return seen < firstOfEach || (this.every > 0 && this.steps % this.every === 0);
  }

  private heard(stepper: Stepper, life: Life | undefined): Life | undefined {
    this.said = life === undefined ? nothing : stepper.said;
    return life;
  }

  private judge(input: () => string, mine: Result, step: (stepper: Stepper) => Life | undefined): void {
    this.judgedSteps++;
    const again = (stepper: Stepper): Result => {
      const life = step(stepper);
      return { life, said: life === undefined ? nothing : stepper.said };
    };
    const theirs = again(this.xstate);
    const difference = differ(mine, theirs);
    if (difference === undefined) return;
    const where = `on ${input()}: ${difference}`;
    if (
      differ(mine, again(this.compiled as Compiled)) !== undefined ||
      differ(theirs, again(this.xstate)) !== undefined
    )
      throw new ChurnproofError('MACHINE_NOT_DETERMINISTIC', `peer ${this.name} answered one input in two ways`, {
        where,
        expected: 'the same next state and messages whenever state and input are the same',
        hint: 'return new data from assign, and keep Math.random, clocks and outside variables out',
      });
    throw new ChurnproofError(
      'ENGINE_DEVIATES',
      `the compiled step of peer ${this.name} is not the step that xstate takes`,
      {
        where,
        expected: 'the same next state and messages from both: this is a mistake of churnproof, please report it',
        hint: 'fuzz without simulate, which steps with xstate itself',
      },
    );
  }
}

const nothing: readonly Said[] = [];

function differ(mine: Result, theirs: Result): string | undefined {
  const a = mine.life;
  const b = theirs.life;
  if (a === undefined || b === undefined) return a === b ? undefined : 'whether it was heard';
  if (a.place.key !== b.place.key) return firstDifference(a.place.value, b.place.value, 'state') ?? 'history';
  if (a.isOver !== b.isOver) return 'whether the machine is done';
  if (!isSame(a.context, b.context)) return firstDifference(a.context, b.context, 'context') ?? 'context';
  const armed = ({ timers }: Life) => timers.map(({ id, name, delay, event }) => ({ id, name, delay, event }));
  if (!isSame(armed(a), armed(b))) return firstDifference(armed(a), armed(b), 'timers') ?? 'timers';
  if (!isSame(mine.said, theirs.said))
    return firstDifference(mine.said, theirs.said, 'messages said') ?? 'messages said';
  return canonical(a.output) === canonical(b.output) ? undefined : firstDifference(a.output, b.output, 'output');
}

const frozenLife = (life: Life): Life => ({
  ...life,
  context: frozenCopy(life.context),
  timers: life.timers.map((timer) => ({ ...timer, event: frozenCopy(timer.event) })),
});

/** Deeply frozen, and sharing nothing with what the machine goes on with. */
function frozenCopy<T>(value: T): T {
  return deepFreeze(copy(value)) as T;
}

function copy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copy);
  const prototype = Object.getPrototypeOf(value) as unknown;
  if (prototype !== Object.prototype && prototype !== null) return value; // not plain: xstate's runner says so
  const made: Record<string, unknown> = {};
  for (const field of Object.keys(value)) made[field] = copy((value as Record<string, unknown>)[field]);
  return made;
}
