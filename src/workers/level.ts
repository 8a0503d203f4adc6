/**
 * The states of one level of a breadth-first search in the order in which one worker alone would have found them: by the rank of the state
 * that they were found from, and then by which of its moves. So every path that is told is the one that one worker alone would tell.
 */

/** More moves than any state has. */
const choices = 2 ** 20;

/** @internal */
export function keyOf(rank: number, choice: number): number {
  if (choice >= choices) throw new Error(`a state has more than ${choices} moves`);
  return rank * choices + choice;
}

/** The order of `count` keys. @param parents how many ranks there are */
export function order(keys: Float64Array, count: number, parents: number): Int32Array {
  // By rank at first, each rank's place counted out, and then the few of each rank by their choice.
  const places = new Int32Array(parents + 1);
  for (let i = 0; i < count; i++) {
    const rank = Math.floor((keys[i] as number) / choices);
    places[rank + 1] = (places[rank + 1] as number) + 1;
  }
  for (let rank = 0; rank < parents; rank++) places[rank + 1] = (places[rank + 1] as number) + (places[rank] as number);
  const sorted = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const rank = Math.floor((keys[i] as number) / choices);
    const at = places[rank] as number;
    sorted[at] = i;
    places[rank] = at + 1;
  }
  for (let i = 1; i < count; i++) {
    const one = sorted[i] as number;
    const key = keys[one] as number;
    let at = i;
    for (; at > 0 && (keys[sorted[at - 1] as number] as number) > key; at--) sorted[at] = sorted[at - 1] as number;
    sorted[at] = one;
  }
  return sorted;
}

/** Adds to the rank of each of my keys how many keys of another worker come before it; both are in order, and none is in both. */
export function rankAgainst(
  mine: Float64Array,
  count: number,
  others: Float64Array,
  otherCount: number,
  ranks: Int32Array,
): void {
  let before = 0;
  for (let i = 0; i < count; i++) {
    const key = mine[i] as number;
    while (before < otherCount && (others[before] as number) < key) before++;
    ranks[i] = (ranks[i] as number) + before;
  }
}
