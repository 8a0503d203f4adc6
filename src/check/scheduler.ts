/**
 * A scheduler decides how the moves of random runs are picked; one a file. Law: what a run does follows from what was drawn for it
 * and from the runs before, so that a seed says it all.
 */
import type { Scheduled } from '../kernel/index.js';
import type { Drawn } from './schedule.js';
import type { Picker } from './walk.js';

/** @internal */
export interface Scheduler extends Picker {
  /** Whether runs are drawn alike and independently of each other, so that an estimate of what is unseen can rest on them. */
  readonly isBlind: boolean;
  /** Whether each run is one behaviour of as many moves as there may be; otherwise of a drawn length, and perhaps several. */
  readonly isWhole: boolean;
  /** A run begins: the index of its start. */
  begin(run: Drawn): number;
  /** One more behaviour of it begins, after that many moves of the run. */
  behave(first: number): void;
  /** Told the number of every state that a behaviour comes to, or -1. */
  visit(state: number): void;
  /** The behaviour is over: how long it was, and whether it could have gone on. */
  end(length: number, isCut: boolean): void;
  told(): Scheduled;
}

/** For what a scheduler does not need to know. @internal */
export const ignore = (): void => {};
