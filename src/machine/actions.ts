/** Actions as plain functions: assign, emit, raise, cancel, log, enqueueActions. */
import type { EventObject } from 'xstate';
import type { Message, Plain } from '../kernel/index.js';
import type { Guards } from './guards.js';
import { type Act, Args, NotCompiled, nameOf, type Own, type Params, paramsOf, type Run } from './parts.js';
import type { ArmedTimer } from './runner.js';

/** What actions are compiled against. @internal */
export interface ActionSource {
  readonly actions: Readonly<Record<string, unknown>>;
  readonly delays: Readonly<Record<string, unknown>>;
  readonly guards: Guards;
  readonly timerNames: ReadonlyMap<string, string>;
}

interface Builtin {
  readonly type: string;
  readonly assignment?: unknown;
  readonly event?: unknown;
  readonly delay?: unknown;
  readonly id?: string;
  readonly sendId?: unknown;
  readonly value?: unknown;
  readonly collect?: unknown;
}

type Assignment = Readonly<Record<string, unknown>>;

const asked = (params: Params, run: Run, event: EventObject): unknown => params?.(run.context, event);

/** @internal */
export class Actions {
  private readonly named = new Map<string, Act>();
  /** Where `enqueue` puts what it is told. */
  private list: Act[] = [];
  private readonly enqueue: object;

  constructor(private readonly source: ActionSource) {
    this.enqueue = this.makeEnqueue();
  }

  compile(action: unknown): Act {
    if (typeof action !== 'string') return this.resolve(action);
    const known = this.named.get(action);
    if (known !== undefined) return known;
    const made = this.resolve(action);
    this.named.set(action, made);
    return made;
  }

  private resolve(action: unknown): Act {
    const made = typeof action === 'function' ? action : this.source.actions[nameOf(action)];
    if (typeof made !== 'function' || !('resolve' in made)) throw new NotCompiled('an action of another kind');
    return this.bind(made as unknown as Builtin, typeof action === 'function' ? undefined : paramsOf(action));
  }

  private bind(made: Builtin, params: Params): Act {
    switch (made.type) {
      case 'xstate.assign':
        return assignAct(made.assignment, params);
      case 'xstate.emit':
        return emitAct(made.event, params);
      case 'xstate.raise':
        return this.raiseAct(made, params);
      case 'xstate.cancel':
        return cancelAct(made.sendId, params);
      case 'xstate.log':
        return logAct(made.value, params);
      case 'xstate.enqueueActions':
        return this.collectAct(made.collect as Own, params);
      default:
        throw new NotCompiled(made.type);
    }
  }

  private raiseAct({ event: raised, delay, id }: Pick<Builtin, 'event' | 'delay' | 'id'>, params: Params): Act {
    if (typeof raised === 'string') throw new NotCompiled('raise of a string');
    const wait = typeof delay === 'string' ? this.source.delays[delay] : delay;
    const name = id === undefined ? '' : (this.source.timerNames.get(id) ?? id);
    let latest: ArmedTimer | undefined;
    return (run, event) => {
      const given = asked(params, run, event);
      const args = new Args(run.context, event);
      const meant = (typeof raised === 'function' ? (raised as Own)(args, given) : raised) as EventObject;
      const after = typeof wait === 'function' ? (wait as Own)(args, given) : wait;
      run.executed++;
      if (after === undefined) {
        run.queue.push(meant);
        return;
      }
      if (typeof after !== 'number' || id === undefined) throw new NotCompiled('a timer without a delay or a name');
      if (latest === undefined || latest.event !== meant || latest.delay !== after)
        latest = { id, name, delay: after, event: meant };
      run.timers = armed(run.timers, latest);
    };
  }

  private collectAct(collect: Own, params: Params): Act {
    return (run, event) => {
      const { context } = run;
      const list: Act[] = [];
      this.list = list;
      const args = new Args(context, event) as Args & { enqueue: unknown; check: unknown };
      args.enqueue = this.enqueue;
      args.check = (guard: unknown) => this.source.guards.compile(guard)(run, context, event);
      collect(args, params?.(context, event));
      for (let i = 0; i < list.length; i++) (list[i] as Act)(run, event);
    };
  }

  private makeEnqueue(): object {
    const refuse = (): never => {
      throw new NotCompiled('an action of another kind');
    };
    return Object.assign((action: unknown) => void this.list.push(this.compile(action)), {
      assign: (assignment: unknown) =>
        void this.list.push(
          typeof assignment === 'function' ? assignAct(assignment, undefined) : assignOnce(assignment),
        ),
      emit: (event: unknown) => void this.list.push(emitAct(event, undefined)),
      raise: (event: unknown, options: Pick<Builtin, 'delay' | 'id'> = {}) =>
        void this.list.push(this.raiseAct({ event, ...options }, undefined)),
      cancel: (sendId: unknown) => void this.list.push(cancelAct(sendId, undefined)),
      sendTo: refuse,
      sendParent: refuse,
      spawnChild: refuse,
      stopChild: refuse,
    });
  }
}

function assignAct(assignment: unknown, params: Params): Act {
  if (typeof assignment === 'function') {
    const compute = assignment as Own;
    return (run, event) => {
      const update = compute(new Args(run.context, event), asked(params, run, event)) as Assignment;
      run.context = { ...run.context, ...(update as Record<string, Plain>) };
      run.changes++;
    };
  }
  const fields = Object.entries(assignment as Assignment);
  return (run, event) => {
    const given = asked(params, run, event);
    const args = new Args(run.context, event);
    const next: Record<string, unknown> = { ...run.context };
    for (let i = 0; i < fields.length; i++) {
      const [field, value] = fields[i] as [string, unknown];
      next[field] = typeof value === 'function' ? (value as Own)(args, given) : value;
    }
    run.context = next as Run['context'];
    run.changes++;
  };
}

/** The same for fields that are used once: not worth a list of them. */
function assignOnce(assignment: unknown): Act {
  return (run, event) => {
    const args = new Args(run.context, event);
    const next: Record<string, unknown> = { ...run.context };
    const given = assignment as Assignment;
    for (const field in given) {
      const value = given[field];
      next[field] = typeof value === 'function' ? (value as Own)(args, undefined) : value;
    }
    run.context = next as Run['context'];
    run.changes++;
  };
}

function emitAct(emitted: unknown, params: Params): Act {
  return (run, event) => {
    const given = asked(params, run, event);
    const sent = typeof emitted === 'function' ? (emitted as Own)(new Args(run.context, event), given) : emitted;
    const { type, to, message } = sent as { type: unknown; to: unknown; message: Message };
    // What is not a message xstate's runner refuses, with the reason.
    if (type !== 'send' || typeof message !== 'object' || typeof message.type !== 'string' || 'from' in message)
      throw new NotCompiled('an event of another kind');
    run.executed++;
    run.said.push({ to: receivers(to), message });
  };
}

function receivers(to: unknown): readonly string[] {
  if (typeof to === 'string') return [to];
  if (!Array.isArray(to)) throw new NotCompiled('a receiver of another kind');
  for (let i = 0; i < to.length; i++)
    if (typeof to[i] !== 'string') throw new NotCompiled('a receiver of another kind');
  return to as string[];
}

function cancelAct(sendId: unknown, params: Params): Act {
  return (run, event) => {
    const given = asked(params, run, event);
    const id = typeof sendId === 'function' ? (sendId as Own)(new Args(run.context, event), given) : sendId;
    run.executed++;
    const { timers } = run;
    for (let i = 0; i < timers.length; i++) {
      if (timers[i]?.id !== id) continue;
      run.timers = timers.length === 1 ? none : [...timers.slice(0, i), ...timers.slice(i + 1)];
      return;
    }
  };
}

const none: readonly ArmedTimer[] = [];

/** `log` is heard by nobody, but what it would log is computed, and may throw. */
function logAct(value: unknown, params: Params): Act {
  return (run, event) => {
    const given = asked(params, run, event);
    if (typeof value === 'function') (value as Own)(new Args(run.context, event), given);
    run.executed++;
  };
}

function armed(timers: readonly ArmedTimer[], timer: ArmedTimer): readonly ArmedTimer[] {
  if (timers.length === 0) return [timer];
  let at = 0;
  while (at < timers.length && (timers[at] as ArmedTimer).id < timer.id) at++;
  if (timers[at]?.id === timer.id) throw new NotCompiled('a timer that is running');
  return [...timers.slice(0, at), timer, ...timers.slice(at)];
}
