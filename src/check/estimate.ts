/**
 * Estimates of what a campaign has not seen, after Böhme, "STADS: software testing as species discovery" (2018). The sampling unit is
 * the run: whatever it saw, it saw once. From Q1 things seen in one run of m and Q2 in two follow Good and Turing's Q1/m for how
 * many new ones the next run sees, and Chao's lower bound (1987) of how many there are besides, in its bias-corrected form.
 *
 * The bound needs independent draws of one thing each, so it is of one state a run. That its missing mass is more than f1/m by
 * (1 + sqrt 2) sqrt(ln(2/δ)/m) has a probability of δ at most: f1 changes by 2 at most with a draw (McDiarmid), the mean of the
 * missing mass is no more than that of f1/m, and the missing mass exceeds its mean by ε with probability exp(-m ε²) at most
 * (McAllester and Ortiz 2003). It is the bound of McAllester and Schapire (2000) with better constants.
 */
import type { Moment, Unseen } from '../kernel/index.js';

/** @internal */
export function unseenOf(seen: number, once: number, twice: number, runs: number): Unseen {
  const m = Math.max(1, runs);
  const unseen = (((m - 1) / m) * once * Math.max(0, once - 1)) / (2 * (twice + 1));
  return { seen, once, twice, next: once / m, unseen };
}

/** @param once how many were drawn exactly once, in so many draws @internal */
export function momentOf(once: number, draws: number, confidence = 0.95): Moment {
  const margin = (1 + Math.SQRT2) * Math.sqrt(Math.log(2 / (1 - confidence)) / draws);
  const share = once / draws;
  return { once, share, atMost: Math.min(1, share + margin), confidence };
}
