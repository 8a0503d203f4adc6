/** How the target follows the clock: every so many blocks, by the time that the last ones took, and not too far at once. */
import { bitsOf, targetOf } from './target.js';

/** @public */
export interface Retarget {
  /** Blocks between two changes. */
  readonly interval: number;
  /** Seconds that so many blocks should take. */
  readonly timespan: number;
  /** A change is by this factor at most, either way. */
  readonly clamp: number;
  /** The highest target, in compact form. */
  readonly limit: number;
}

/** @public */
export const bitcoinRetarget: Retarget = { interval: 2016, timespan: 14 * 24 * 60 * 60, clamp: 4, limit: 0x1d00ffff };

/**
 * The target after a window of `interval` blocks, from the times of its first and its last block. Between these lie interval - 1
 * blocks only, and no window measures the gap to the next: that is Bitcoin's, and the mistake that a timewarp exploits.
 * @public
 */
export function retargeted(bits: number, first: number, last: number, { timespan, clamp, limit }: Retarget): number {
  const least = Math.floor(timespan / clamp);
  const taken = Math.min(Math.max(last - first, least), timespan * clamp);
  const target = (targetOf(bits) * BigInt(taken)) / BigInt(timespan);
  const highest = targetOf(limit);
  return bitsOf(target > highest ? highest : target);
}

/** The median of the times of the last blocks, eleven at most; a new block must be later. @public */
export function medianTimePast(times: readonly number[]): number {
  const last = times.slice(-11).sort((a, b) => a - b);
  return last[Math.floor(last.length / 2)] ?? 0;
}
