/**
 * The life of one peer as xstate itself lives it, without anything of the engine: by the public `transition()` with
 * bookkeeping of timers, or by a live actor whose clock is turned by hand.
 */
import {
  type Actor,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  createActor,
  type EventObject,
  type ExecutableActionsFrom,
  initialTransition,
  transition,
} from 'xstate';
import type { Message, StateValue } from '../../src/kernel/index.js';

/** A message on its way out, one for each receiver. */
export interface Outgoing {
  readonly to: string;
  readonly message: Message;
}

export interface Life {
  readonly value: StateValue;
  readonly context: object;
  /** xstate's ids of the timers that run. */
  readonly armed: readonly string[];
  /** What the machine says to an event; `undefined` if it has no transition for it, where that can be told. */
  hear(event: Message): readonly Outgoing[] | undefined;
  fire(timer: string): readonly Outgoing[];
  end(): void;
}

/** What starts a life; what was said at its birth has to be sent. */
export type Birth<L extends Life> = (
  machine: AnyStateMachine,
  input: unknown,
) => { readonly life: L; readonly said: readonly Outgoing[] };

/** Snapshots by `transition()`; it can be forked, since a snapshot is never changed. */
export class SteppedLife implements Life {
  private constructor(
    private readonly machine: AnyStateMachine,
    private snapshot: AnyMachineSnapshot,
    private readonly timers: Map<string, EventObject>,
  ) {}

  static readonly birth: Birth<SteppedLife> = (machine, input) => {
    const [snapshot, actions] = traceless(() => initialTransition(machine, input));
    const life = new SteppedLife(machine, snapshot, new Map());
    return { life, said: life.settle(snapshot, actions) };
  };

  get value(): StateValue {
    return this.snapshot.value as StateValue;
  }

  get context(): object {
    return this.snapshot.context;
  }

  get armed(): readonly string[] {
    return [...this.timers.keys()];
  }

  hear(event: Message): readonly Outgoing[] | undefined {
    const { snapshot } = this;
    if (snapshot.status !== 'active') return undefined;
    const [next, actions] = traceless(() => transition(this.machine, snapshot, event));
    if (next === snapshot && actions.length === 0 && !snapshot.can(event)) return undefined;
    return this.settle(next, actions);
  }

  fire(timer: string): readonly Outgoing[] {
    const event = this.timers.get(timer)!;
    this.timers.delete(timer);
    return this.settle(...traceless(() => transition(this.machine, this.snapshot, event)));
  }

  end(): void {}

  fork(): SteppedLife {
    return new SteppedLife(this.machine, this.snapshot, new Map(this.timers));
  }

  private settle(next: AnyMachineSnapshot, actions: ExecutableActionsFrom<AnyStateMachine>[]): readonly Outgoing[] {
    const said: Outgoing[] = [];
    for (const { type, params } of actions as unknown as readonly { type: string; params: Params }[]) {
      if (type === 'xstate.emit') said.push(...outgoing(params.event));
      else if (type === 'xstate.cancel') this.timers.delete(params.sendId);
      else if (params.delay !== undefined) this.timers.set(params.id, params.event);
    }
    this.snapshot = next;
    if (next.status !== 'active') this.timers.clear();
    return said;
  }
}

/**
 * xstate's pure functions build an actor a call, without input: a machine that needs its input throws there, unheard.
 * Collecting the stack traces would be a good part of the time.
 */
function traceless<T>(call: () => T): T {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return call();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

type Params = { readonly event: EventObject; readonly id: string; readonly delay?: number; readonly sendId: string };

const outgoing = (event: object): readonly Outgoing[] => {
  const { to, message } = event as { readonly to: string | readonly string[]; readonly message: Message };
  return [to].flat().map((name) => ({ to: name, message }));
};

interface Alarm {
  readonly id: string;
  readonly ring: () => void;
}

/** A running actor, as outside the toolkit. */
export class LivedLife implements Life {
  private said: Outgoing[] = [];
  private failure: unknown;
  /** Ids of timers that were asked for and are not yet given to the clock, which is never told them. */
  private readonly starting: string[] = [];
  private readonly alarms = new Set<Alarm>();
  private readonly actor: Actor<AnyStateMachine>;

  private constructor(machine: AnyStateMachine, input: unknown) {
    this.actor = createActor(machine, {
      input,
      clock: {
        setTimeout: (ring) => {
          const alarm = { id: this.starting.shift()!, ring };
          this.alarms.add(alarm);
          return alarm;
        },
        clearTimeout: (alarm) => this.alarms.delete(alarm),
      },
      inspect: (inspection) => {
        if (inspection.type !== '@xstate.action' || inspection.action.type !== 'xstate.raise') return;
        const { id, delay } = inspection.action.params as unknown as Params;
        if (delay !== undefined) this.starting.push(id);
      },
    });
    this.actor.on('send', (event: object) => this.said.push(...outgoing(event)));
    this.actor.subscribe({
      error: (thrown) => {
        this.failure = thrown;
      },
    });
  }

  static readonly birth: Birth<LivedLife> = (machine, input) => {
    const life = new LivedLife(machine, input);
    return { life, said: life.saidDuring(() => life.actor.start()) };
  };

  get value(): StateValue {
    return this.actor.getSnapshot().value;
  }

  get context(): object {
    return this.actor.getSnapshot().context;
  }

  get armed(): readonly string[] {
    return [...this.alarms].map(({ id }) => id);
  }

  hear(event: Message): readonly Outgoing[] | undefined {
    if (this.actor.getSnapshot().status !== 'active') return undefined;
    return this.saidDuring(() => this.actor.send(event));
  }

  fire(timer: string): readonly Outgoing[] {
    const alarm = [...this.alarms].find(({ id }) => id === timer)!;
    this.alarms.delete(alarm);
    return this.saidDuring(alarm.ring);
  }

  end(): void {
    this.actor.stop();
  }

  private saidDuring(happening: () => void): readonly Outgoing[] {
    this.said = [];
    happening();
    if (this.failure !== undefined) throw this.failure;
    return this.said;
  }
}
