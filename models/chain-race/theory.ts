/** What it takes to win the race, in a line; and how likely an attacker with a share of the power is to have it, as two have it. */
import type { RaceOptions } from './system.js';

/**
 * Blocks that the adversary must find, before it pays and after, to take back a payment of this depth: the law that the search
 * found. A merchant who asks for nothing is cheated without any.
 * @public
 */
export function blocksNeeded({
  depth,
  tie,
  links,
  miners,
  late,
}: Pick<RaceOptions, 'depth' | 'tie' | 'links' | 'miners' | 'late'>): number {
  if (depth === 0) return 0;
  if (links === 'prompt') return tie === 'adversary' ? depth : depth + 1;
  // Who can be the first to tell the merchant need not be ahead; what is found by who has not heard the news is lost.
  return Math.max(0, depth - (miners > 1 ? late : 0));
}

/** Whether the claim must hold that no payment is taken back. @public */
export const isSafe = (options: RaceOptions): boolean => options.lead + options.budget < blocksNeeded(options);

/**
 * The chance that somebody with this share of the power finds so many blocks, from the payment on, while the others find `depth`, or
 * catches up later: Rosenfeld 2014, with the number of blocks as a parameter. With `needed` = `depth` it is his r, where the attacker
 * has one in advance.
 * @public
 */
export function chanceOf(share: number, depth: number, needed: number): number {
  const honest = 1 - share;
  if (share >= honest || needed <= 0) return 1;
  let [failing, ways] = [0, 1];
  for (let found = 0; found < needed; found++) {
    // Ways in which the others find the last of their blocks after so many of the attacker's.
    if (found > 0) ways = (ways * (depth + found - 1)) / found;
    failing += ways * honest ** depth * share ** found * (1 - (share / honest) ** (needed - found));
  }
  return 1 - failing;
}

/**
 * The same as Nakamoto 2008 has it, in whose paper the attacker's blocks are Poisson distributed: the others are taken to need as
 * long as they do on average, and who draws level has won.
 * @public
 */
export function nakamotoChance(share: number, depth: number): number {
  const ratio = share / (1 - share);
  if (ratio >= 1) return 1;
  let [failing, likely] = [0, Math.exp(-depth * ratio)];
  for (let found = 0; found < depth; found++) {
    if (found > 0) likely *= (depth * ratio) / found;
    failing += likely * (1 - ratio ** (depth - found));
  }
  return 1 - failing;
}
