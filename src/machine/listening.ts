/**
 * A machine whose guards tell what they answered: those that have a name by that, the others by their place, such as
 * `guard of idle, on ping (2 of 2)`. Law: it does exactly what the machine does.
 */
import { type AnyStateMachine, createMachine } from 'xstate';

type Guard = ((args: unknown, params: unknown) => unknown) & {
  /** Of what combines others, or asks where the machine is. */
  readonly check?: unknown;
  readonly guards?: readonly unknown[];
};

/** By what a guard is called, the answers that it has given. @internal */
export type Answers = ReadonlyMap<string, ReadonlySet<boolean>>;

interface StateConfig {
  readonly on?: Readonly<Record<string, unknown>>;
  readonly after?: Readonly<Record<string, unknown>>;
  readonly always?: unknown;
  readonly onDone?: unknown;
  readonly states?: Readonly<Record<string, StateConfig>>;
}

/** @param options instead of the machine's own @internal */
export function listening(
  { config, implementations }: AnyStateMachine,
  options: object,
): { readonly machine: AnyStateMachine; readonly answers: Answers } {
  const ear = new Ear();
  const own = Object.entries(implementations.guards as Record<string, unknown>).map(
    ([name, guard]) => [name, ear.hear(guard, name)] as const,
  );
  const heard = { ...(ear.state(config as StateConfig, []) as object), options };
  const machine = createMachine(heard).provide({ ...implementations, guards: Object.fromEntries(own) } as object);
  return { machine: machine as AnyStateMachine, answers: ear.answers };
}

class Ear {
  readonly answers = new Map<string, Set<boolean>>();

  /** A function that answers for itself; what combines others is heard through its parts. */
  hear(guard: unknown, name: string): unknown {
    if (typeof guard !== 'function') return guard;
    const { check, guards } = guard as Guard;
    if (check !== undefined) return guards === undefined ? guard : this.combined(guard as Guard, guards, name);
    const given = new Set<boolean>();
    this.answers.set(name, given);
    return (args: unknown, params: unknown) => {
      const answer = (guard as Guard)(args, params);
      given.add(Boolean(answer));
      return answer;
    };
  }

  private combined(guard: Guard, guards: readonly unknown[], name: string): unknown {
    const parts = guards.map((part, at) =>
      this.hear(part, guards.length === 1 ? name : `${name}, part ${at + 1} of ${guards.length}`),
    );
    if (parts.every((part, at) => part === guards[at])) return guard;
    return Object.assign((args: unknown, params: unknown) => guard(args, params), guard, { guards: parts });
  }

  state(config: StateConfig, path: readonly string[]): StateConfig {
    const at = path.length === 0 ? '' : `${path.join('.')}, `;
    const events = (named: StateConfig['on'], word: string) =>
      mapped(named ?? {}, (given, event) => this.transitions(given, `${at}${word} ${event}`));
    return {
      ...config,
      ...(config.on === undefined ? {} : { on: events(config.on, 'on') }),
      ...(config.after === undefined ? {} : { after: events(config.after, 'after') }),
      ...(config.always === undefined ? {} : { always: this.transitions(config.always, `${at}always`) }),
      ...(config.onDone === undefined ? {} : { onDone: this.transitions(config.onDone, `${at}onDone`) }),
      ...(config.states === undefined
        ? {}
        : { states: mapped(config.states, (inner, name) => this.state(inner, [...path, name])) }),
    };
  }

  private transitions(given: unknown, label: string): unknown {
    if (!Array.isArray(given)) return this.transition(given, label);
    const count = given.length;
    return given.map((one, at) => this.transition(one, count === 1 ? label : `${label} (${at + 1} of ${count})`));
  }

  private transition(given: unknown, label: string): unknown {
    if (typeof given !== 'object' || given === null || !('guard' in given)) return given;
    return { ...given, guard: this.hear(given.guard, `guard of ${label}`) };
  }
}

const mapped = <T, U>(record: Readonly<Record<string, T>>, change: (value: T, name: string) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value, name)]));
