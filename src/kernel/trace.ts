/** A trace: the choices that made a behaviour, and the moves they meant. States are recomputed, never stored. */
import type { Move } from './move.js';

/** @public */
export interface Trace {
  readonly model: string;
  /** Which of the model's starts. */
  readonly start: number;
  /** For each step the index of the move among those enabled. */
  readonly choices: readonly number[];
  readonly moves: readonly Move[];
}
