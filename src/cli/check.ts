/** The command `check`: an exhaustive search of each system that was named. */
import type { Wishes } from './choose.js';
import type { Io } from './io.js';
import { type SearchLimits, search } from './search.js';
import { type TellOptions, tellEach } from './tell.js';

/** @internal */
export interface CheckWishes extends Wishes, SearchLimits, TellOptions {
  readonly quiet?: boolean;
}

/** @internal */
export const check = (wishes: CheckWishes, io: Io): Promise<number> =>
  tellEach(wishes, io, (chosen) => search(chosen, wishes, io));
