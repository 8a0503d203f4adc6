/**
 * A schedule after which the two go apart -> a shorter one after which they still do, in the same way: first as fast-check shrinks
 * the naturals that made it, then without whatever single move is not needed, last from an earlier start of the model. Every
 * attempt drives a fresh instance.
 */
import fc from 'fast-check';
import { intentOf } from '../kernel/index.js';
import type { Chooser, Run } from './drive.js';
import { movesOf } from './known.js';
import { byIntent, byNaturals, type Extent, schedulesOf } from './schedules.js';

/** @internal */
export interface Shortening {
  /** Drives a fresh instance. */
  drive(start: number, choose: Chooser): Promise<Run>;
  /** Whether a run shows what is to be shown. */
  shows(run: Run): boolean;
  readonly starts: number;
  readonly extent: Extent;
}

/** A schedule with its run; no single move of it can be left out. @internal */
export async function shortest(given: Run, shortening: Shortening, naturals?: readonly number[]): Promise<Run> {
  const shrunk = naturals === undefined ? given : await byFastCheck(given, naturals, shortening);
  return fromEarlierStart(await withoutNeedless(shrunk, shortening), shortening);
}

async function byFastCheck(given: Run, naturals: readonly number[], shortening: Shortening): Promise<Run> {
  const { extent, starts } = shortening;
  let best = given;
  const property = fc.asyncProperty(schedulesOf(starts, extent.moves), async ([start, picks]) => {
    const run = await shortening.drive(start, byNaturals(picks, extent));
    if (!shortening.shows(run)) return true;
    best = run;
    return false;
  });
  // Only to shrink: the one example is known to fail, and nothing else is generated.
  await fc.check(property, { numRuns: 1, examples: [[[given.start, [...naturals]]]] });
  return best;
}

/** No single move of it can be left out. @internal */
export async function withoutNeedless(given: Run, { drive, shows }: Pick<Shortening, 'drive' | 'shows'>): Promise<Run> {
  let best = given;
  let at = movesOf(best).length - 1;
  while (at >= 0) {
    const intents = movesOf(best).map(intentOf);
    const run = await drive(best.start, byIntent(intents.toSpliced(at, 1)));
    const isShorter = shows(run) && movesOf(run).length < intents.length;
    if (isShorter) best = run;
    // What is left out may have been all that a later move was needed for.
    at = isShorter ? movesOf(best).length - 1 : at - 1;
  }
  return best;
}

/** Starts tried, at most. */
const maxStarts = 2_000;

async function fromEarlierStart(given: Run, { drive, shows }: Shortening): Promise<Run> {
  const intents = movesOf(given).map(intentOf);
  for (let start = 0; start < Math.min(given.start, maxStarts); start++) {
    const run = await drive(start, byIntent(intents));
    if (shows(run) && movesOf(run).length <= intents.length) return run;
  }
  return given;
}
