/** What a seeded bug is: a wrong sibling of a machine, the claim that must catch it, and how to write one down. */
import { type AnyStateMachine, createMachine } from 'xstate';
import type { Values } from '../src/kernel/index.js';

/** @public */
export interface Mutant {
  /** What is wrong. */
  readonly doc: string;
  /** The property that it breaks. */
  readonly claim: string;
  /** The configuration in which it breaks it. */
  readonly values: Values;
  /** Moves of the shortest counterexample there; absent where what is missing is a witness. */
  readonly length?: number;
}

/** The same machine with some of its states written differently. @public */
export function withStates<M extends AnyStateMachine>(machine: M, states: object): M {
  const { config, implementations } = machine as AnyStateMachine;
  const changed = { ...config, states: { ...config.states, ...states } } as typeof config;
  return createMachine(changed).provide(implementations as object) as unknown as M;
}
