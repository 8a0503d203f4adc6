/**
 * One step of an xstate machine as a value: the next local state, and what it said. Nothing is executed. Law: every step
 * is computed twice on deeply frozen data and must come out the same.
 */
import {
  type AnyActorScope,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  createActor,
  type EventObject,
} from 'xstate';
import {
  ChurnproofError,
  canonical,
  deepFreeze,
  firstDifference,
  type Message,
  messageOf,
  show,
} from '../kernel/index.js';
import { canonicalText, requirePlain } from './canonical-text.js';
import { inspect, refuseAction, type TimerNames } from './inspect.js';
import { isSame } from './life.js';
import { listening } from './listening.js';
import { Taken } from './taken.js';

/** A timer that was started and neither fired nor was cancelled: a move that may happen at any time. @internal */
export interface ArmedTimer {
  readonly id: string;
  readonly name: string;
  /** Not part of the local state: time is abstracted. */
  readonly delay: number;
  readonly event: EventObject;
}

/** All that decides what a peer does next; equal keys, equal local states. @internal */
export interface Local {
  readonly key: string;
  readonly snapshot: AnyMachineSnapshot;
  /** Sorted by id. */
  readonly timers: readonly ArmedTimer[];
}

/** A local state as data that can be cloned. @internal */
export interface ToldLocal {
  readonly value: unknown;
  readonly context: unknown;
  readonly output: unknown;
  /** By the id of a history state: the ids of the states it remembers. */
  readonly history: readonly (readonly [state: string, inside: readonly string[]])[];
  readonly timers: readonly ArmedTimer[];
}

/** @internal */
export interface Said {
  readonly to: readonly string[];
  readonly message: Message;
}

/** @internal */
export interface Outcome {
  readonly local: Local;
  readonly said: readonly Said[];
  /** Whether the machine had a transition for the input, or moved on it all the same. */
  readonly handled: boolean;
}

/** What to do about an error, by its text: xstate wraps what a guard throws, so that its class is lost. */
const hints: readonly (readonly [RegExp, string])[] = [
  [
    /read only property|not extensible|sealed array|Cannot (delete|redefine) property/,
    'the machine changes its context or its event in place; return new data from assign instead',
  ],
  [/^Infinite loop/, 'give the cycle of always or raised transitions a guard that ends it'],
];

/** Microsteps after which a machine that keeps taking `always` or raised transitions is given up. */
const microstepLimit = 10_000;

interface Executable {
  readonly type: string;
  readonly params: unknown;
}

/** Runs one peer's machine. @internal */
export class Runner {
  /** Calls of xstate's step function so far. */
  calls = 0;
  /** The user's with a limit on microsteps, since xstate's own default would let an `always` loop hang the search. */
  readonly machine: AnyStateMachine;
  /** What each `after` is called. */
  readonly timerNames: TimerNames;
  /** What of its definition was ever used. */
  readonly taken: Taken;
  /** One scope for all steps: `transition()` would build an actor a call. */
  private scope: AnyActorScope | undefined;
  private executed: Executable[] = [];

  /** @param hasKeys whether local states are told apart by keys; else every key is empty */
  constructor(
    readonly peer: string,
    machine: AnyStateMachine,
    private readonly hasKeys = true,
  ) {
    this.timerNames = inspect(peer, machine);
    const heard = listening(machine, { maxIterations: microstepLimit, ...machine.config.options });
    this.machine = heard.machine;
    this.taken = new Taken(this.machine, heard.answers);
  }

  /** The local state in which a peer begins. @throws ChurnproofError when the machine cannot be checked. */
  start(input: unknown): Outcome {
    canonicalText(input, 'input', `peer ${this.peer}`);
    deepFreeze(input);
    return this.twice('its start', [], () => {
      const snapshot = this.machine.getInitialSnapshot(this.scopeFor(input), input);
      this.taken.visit(snapshot);
      return { snapshot, handled: true };
    });
  }

  hear(local: Local, event: EventObject): Outcome {
    return this.run(local, event, local.timers);
  }

  fire(local: Local, timer: ArmedTimer): Outcome {
    const rest = local.timers.filter((other) => other !== timer);
    return this.run(local, timer.event, rest, rest.length !== local.timers.length);
  }

  private run(local: Local, event: EventObject, timers: readonly ArmedTimer[], fired = false): Outcome {
    const { snapshot } = local;
    if (snapshot.status !== 'active') return { local, said: [], handled: false };
    deepFreeze(event);
    return this.twice(show(event), timers, () => {
      const next = this.machine.transition(snapshot, event, this.scopeFor(undefined)) as AnyMachineSnapshot;
      const handled = fired || next !== snapshot || this.executed.length > 0 || snapshot.can(event);
      return { snapshot: next, handled };
    });
  }

  private scopeFor(input: unknown): AnyActorScope {
    if (this.scope === undefined) {
      const self = createActor(this.machine, { input, logger: ignore, inspect: this.taken.note });
      for (const member of ['send', 'getSnapshot', 'subscribe', 'on'] as const) {
        self[member] = () => refuseAction(`peer ${this.peer}`, `self.${member}`);
      }
      this.scope = {
        self,
        id: '',
        sessionId: '',
        system: self.system,
        logger: ignore,
        defer: ignore,
        emit: ignore,
        stopChild: ignore,
        actionExecutor: (action) => this.executed.push(action as Executable),
      };
    }
    return this.scope;
  }

  private twice(
    input: string,
    timers: readonly ArmedTimer[],
    step: () => { snapshot: AnyMachineSnapshot; handled: boolean },
  ): Outcome {
    const first = this.once(input, timers, step);
    const second = this.once(input, timers, step);
    const difference = differ(first, second);
    if (difference === undefined) return first;
    throw new ChurnproofError('MACHINE_NOT_DETERMINISTIC', `peer ${this.peer} answered one input in two ways`, {
      where: `on ${input}: ${difference}`,
      expected: 'the same next state and messages whenever state and input are the same',
      hint: 'put what varies into an event that the system offers, and keep Math.random, clocks and outside variables out',
    });
  }

  private once(
    input: string,
    timers: readonly ArmedTimer[],
    step: () => { snapshot: AnyMachineSnapshot; handled: boolean },
  ): Outcome {
    this.executed = [];
    this.calls++;
    const { snapshot, handled } = this.guarded(input, step);
    this.refuseChildren(snapshot, input);
    const effects = this.sort(timers, input);
    const armed = snapshot.status === 'active' ? effects.timers : [];
    return { local: this.localOf(snapshot, armed, input), said: effects.said, handled };
  }

  private guarded<T>(input: string, step: () => T): T {
    try {
      return step();
    } catch (thrown) {
      if (thrown instanceof ChurnproofError) throw thrown;
      const message = messageOf(thrown);
      if (message.startsWith('Unable to send event to actor')) refuseAction(this.where(input), 'xstate.sendTo');
      throw new ChurnproofError('MACHINE_THREW', `the machine of peer ${this.peer} threw: ${message}`, {
        where: `on ${input}`,
        expected: 'a machine that answers every input',
        hint: hints.find(([pattern]) => pattern.test(message))?.[1] ?? 'guard against this input in the machine',
        cause: thrown,
      });
    }
  }

  private refuseChildren(snapshot: AnyMachineSnapshot, input: string): void {
    if (snapshot.status === 'error') {
      this.guarded(input, () => {
        throw snapshot.error;
      });
    }
    if (Object.keys(snapshot.children).length > 0) refuseAction(this.where(input), 'xstate.spawnChild');
  }

  /** Reads the actions of a step in their order: timers started and cancelled, messages said. */
  private sort(before: readonly ArmedTimer[], input: string): { timers: readonly ArmedTimer[]; said: readonly Said[] } {
    let timers = before;
    const said: Said[] = [];
    for (const { type, params } of this.executed) {
      switch (type) {
        case 'xstate.raise': {
          const { id, delay, event } = params as { id?: string; delay?: number; event: EventObject };
          if (delay !== undefined) timers = this.arm(timers, id, delay, event, input);
          break;
        }
        case 'xstate.cancel': {
          const { sendId } = params as { sendId: string };
          timers = timers.filter((timer) => timer.id !== sendId);
          break;
        }
        case 'xstate.emit':
          said.push(this.readSend((params as { event: unknown }).event, input));
          break;
        case 'xstate.log':
          break;
        default:
          refuseAction(this.where(input), type);
      }
    }
    return { timers, said };
  }

  private arm(
    timers: readonly ArmedTimer[],
    id: string | undefined,
    delay: number,
    event: EventObject,
    input: string,
  ): readonly ArmedTimer[] {
    const where = this.where(input);
    if (id === undefined) {
      throw new ChurnproofError('MACHINE_UNSUPPORTED', `a delayed raise of '${event.type}' has no id`, {
        where,
        expected: 'a name for every timer',
        hint: 'use after, or raise(event, { delay, id })',
      });
    }
    if (timers.some((timer) => timer.id === id)) {
      throw new ChurnproofError('MACHINE_UNSUPPORTED', `the timer '${id}' is started while it is running`, {
        where,
        expected: 'one running timer of each name (xstate would let both fire)',
        hint: 'cancel it first, or give each an id of its own',
      });
    }
    canonicalText(event, 'timer event', where);
    deepFreeze(event);
    const timer = { id, name: this.timerNames.get(id) ?? id, delay, event };
    return [...timers, timer].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  private readSend(emitted: unknown, input: string): Said {
    const where = this.where(input);
    const { type, to, message } = (emitted ?? {}) as { type?: unknown; to?: unknown; message?: unknown };
    const receivers = Array.isArray(to) ? to : [to];
    const typed = typeof message === 'object' && message !== null && typeof (message as Message).type === 'string';
    if (type !== 'send' || !typed || !receivers.every((name) => typeof name === 'string')) {
      throw new ChurnproofError('MACHINE_EMITTED', `it emitted ${readable(emitted)}`, {
        where,
        expected: "{ type: 'send', to: a peer's name or a list of them, message: { type: ..., ... } }",
        hint: 'what is not meant for a peer does not leave the machine: keep it in the context',
      });
    }
    if ('from' in (message as Message)) {
      throw new ChurnproofError('MACHINE_EMITTED', "a message has a field 'from' of its own", {
        where,
        expected: "no such field: the system adds the sender's name when the message is heard",
        hint: 'call the field something else',
      });
    }
    canonicalText(message, 'message', where);
    return { to: receivers as string[], message: deepFreeze(message) as Message };
  }

  /** The same local state with the names in it changed. */
  renamed({ snapshot, timers }: Local, rename: <T>(data: T) => T): Local {
    const { context, output } = snapshot;
    const changed = { ...snapshot, context: rename(context), output: rename(output) } as AnyMachineSnapshot;
    const armed = timers.map((timer) => ({ ...timer, event: deepFreeze(rename(timer.event)) }));
    return this.localOf(changed, armed, 'a renaming');
  }

  tell({ snapshot, timers }: Local): ToldLocal {
    const { value, context, output } = snapshot;
    return { value, context, output, history: rememberedBy(snapshot), timers };
  }

  /** The local state that was told. */
  learn({ value, context, output, history, timers }: ToldLocal): Local {
    const inside = history.map(([state, ids]) => [state, ids.map((id) => this.machine.getStateNodeById(id))] as const);
    const resolved = this.machine.resolveState({
      value: value as AnyMachineSnapshot['value'],
      context,
      output,
      historyValue: Object.fromEntries(inside) as AnyMachineSnapshot['historyValue'],
    });
    const armed = timers.map((timer) => ({ ...timer, event: deepFreeze(timer.event) }));
    return this.localOf(resolved, armed, 'what another instance told');
  }

  private localOf(snapshot: AnyMachineSnapshot, timers: readonly ArmedTimer[], input: string): Local {
    const where = this.where(input);
    if (!this.hasKeys) {
      requirePlain(snapshot.context, 'context', where);
      if (snapshot.status === 'done') requirePlain(snapshot.output, 'output', where);
      deepFreeze(snapshot.context);
      return { key: '', snapshot, timers };
    }
    const context = canonicalText(snapshot.context, 'context', where);
    deepFreeze(snapshot.context);
    const armed = timers.map(({ id, event }) => `${canonical(id)}=${canonical(event)}`).join();
    const history = historyOf(snapshot);
    const output = snapshot.status === 'done' ? `done${canonicalText(snapshot.output, 'output', where)}` : '';
    return { key: `${canonical(snapshot.value)}|${context}|${armed}|${history}|${output}`, snapshot, timers };
  }

  private where(input: string): string {
    return `peer ${this.peer}, on ${input}`;
  }
}

/** What history states remember, by the ids of the states; empty for a machine that has none. */
function historyOf(snapshot: AnyMachineSnapshot): string {
  return rememberedBy(snapshot)
    .map(([state, inside]) => `${state}:${inside.join()}`)
    .sort()
    .join(';');
}

function rememberedBy(snapshot: AnyMachineSnapshot): ToldLocal['history'] {
  const remembered = Object.entries(snapshot.historyValue as Record<string, readonly { readonly id: string }[]>);
  return remembered.map(([state, inside]) => [state, inside.map(({ id }) => id)]);
}

function differ(first: Outcome, second: Outcome): string | undefined {
  const a = first.local;
  const b = second.local;
  if (a.key !== b.key || (a.key === '' && !isSameSnapshot(a.snapshot, b.snapshot))) {
    return (
      firstDifference(a.snapshot.value, b.snapshot.value, 'state') ??
      firstDifference(a.snapshot.context, b.snapshot.context, 'context') ??
      firstDifference(a.timers, b.timers, 'timers') ??
      firstDifference(a.snapshot.output, b.snapshot.output, 'output') ??
      'history'
    );
  }
  return (
    firstDifference(a.timers, b.timers, 'timers') ??
    firstDifference(first.said, second.said, 'messages said') ??
    (first.handled === second.handled ? undefined : 'handled')
  );
}

/** What keys would say, for those that have none. */
const isSameSnapshot = (a: AnyMachineSnapshot, b: AnyMachineSnapshot): boolean =>
  isSame(a.value, b.value) &&
  isSame(a.context, b.context) &&
  isSame(a.output, b.output) &&
  historyOf(a) === historyOf(b);

function readable(value: unknown): string {
  try {
    return show(value);
  } catch {
    return String(value);
  }
}

const ignore = (): void => {};
