/** What a seeded bug is: a wrong sibling of a machine or a system, the claims that must catch it, and how to write one down. */
import { type AnyStateMachine, createMachine } from 'xstate';
import type { Mutant, System, Values } from '../src/kernel/index.js';

/**
 * A seeded bug as a model writes it down: a suite's mutant without its name, which is its key, and without its system, which
 * follows from the values and from what else the model says of it. @public
 */
export interface Seeded<V extends Values = Values> extends Omit<Mutant, 'name' | 'system'> {
  /** Those of the right sibling: what is wrong is said elsewhere. */
  readonly values: V;
}

/** A suite's mutants; `make` gives the wrong system of one of them. @public */
export const seeded = <S extends Seeded>(
  bugs: { readonly [name: string]: S },
  // biome-ignore lint/suspicious/noExplicitAny: a suite's system is typed where it is written
  make: (bug: S, name: string) => System<any, any>,
): readonly Mutant[] =>
  Object.entries(bugs).map(([name, bug]) => {
    const { doc, values, kills, survivor, source } = bug;
    return {
      name,
      doc,
      values,
      system: () => make(bug, name),
      kills,
      ...(survivor === undefined ? {} : { survivor }),
      ...(source === undefined ? {} : { source }),
    };
  });

/** The same machine with some of its states written differently, and some of what it hears in any state. @public */
export function withStates<M extends AnyStateMachine>(machine: M, states: object, on: object = {}): M {
  const { config, implementations } = machine as AnyStateMachine;
  const changed = {
    ...config,
    on: { ...config.on, ...on },
    states: { ...config.states, ...states },
  } as typeof config;
  return createMachine(changed).provide(implementations as object) as unknown as M;
}
