/** The hash of a packed state. */

/** What mixing begins with. @internal */
export const seed = 0x9747b28c;

/** Over the words of a key: multiply and fold, with the finish of MurmurHash3 (Appleby). @internal */
export function hash(words: Int32Array, start: number, width: number): number {
  let h = seed;
  for (let w = 0; w < width; w++) h = mixIn(h, words[start + w] as number);
  return finish(h);
}

/** The hash of one word more. @internal */
export function mixIn(h: number, word: number): number {
  const k = Math.imul(h ^ word, 0x9e3779b1);
  return k ^ (k >>> 15);
}

/** Spreads what was mixed over all bits. @internal */
export function finish(mixed: number): number {
  let h = Math.imul(mixed, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}
