/** What an attempt to prove something of a recorded behaviour came to. */
import type { Model, Move, State } from '../kernel/index.js';

/** `unverified`: so many states were not enough to see it. @public */
export type Proof =
  | { readonly kind: 'shown' }
  | { readonly kind: 'refuted'; readonly why: string }
  | { readonly kind: 'unverified'; readonly states: number };

/** A behaviour that was taken again, with the states on its way: one more than moves. @internal */
export interface Taken {
  readonly model: Model;
  readonly states: readonly State[];
  readonly choices: readonly number[];
  readonly moves: readonly Move[];
}

/** @internal */
export const shown: Proof = { kind: 'shown' };

/** @internal */
export const refuted = (why: string): Proof => ({ kind: 'refuted', why });
