/** How few rounds are enough: what is known in closed form, and what the search has found where nothing is. */

/** Who may send, and whether a member may send and receive in one round. @public */
export type Way = 'peers' | 'half-duplex' | 'server';

/** @public */
export const ways: readonly Way[] = ['peers', 'half-duplex', 'server'];

/** `halfDuplex[N - 1][k - 1]`: found by exhaustive search, there is no closed form here. @public */
export const halfDuplex: readonly (readonly number[])[] = [
  [1, 2, 3, 4],
  [2, 4, 6, 8],
  [2, 4, 5, 7],
  [3, 5, 7],
];

/**
 * The fewest rounds in which one seed and N leechers can have k pieces everywhere; `undefined` where it is not known. Where
 * everybody sends: k + floor(log2 N), by simultaneous send and receive (Farley 1980; Mundinger, Weber and Weiss 2008). @public
 */
export function fewestRounds(way: Way, n: number, k: number): number | undefined {
  switch (way) {
    case 'peers':
      return k + Math.floor(Math.log2(n));
    case 'server':
      return n * k;
    case 'half-duplex':
      return halfDuplex[n - 1]?.[k - 1];
  }
}
