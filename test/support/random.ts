/** Chance for tests: the same seed always gives the same numbers (xorshift32: Marsaglia, "Xorshift RNGs", 2003). */

export interface Chance {
  /** A whole number from 0, below `end`. */
  below(end: number): number;
  pick<T>(list: readonly T[]): T;
}

export function chance(seed: number): Chance {
  // Seeds that lie close together would begin alike without the multiplication; a state of 0 would stay 0.
  let state = Math.imul(seed + 1, 0x9e3779b1) | 1;
  const below = (end: number) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % end;
  };
  return { below, pick: (list) => list[below(list.length)]! };
}
