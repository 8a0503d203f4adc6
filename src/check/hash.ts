/** The hash of a packed state, and the open-addressing table in which packed states are found again by it. */

/** A slot of a table in which no state stands. @internal */
export const empty = 0;

/** States put into a new table together. */
const together = 64;

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

/**
 * A table of `size` slots, a power of two, of `count` states, each of them `width` words: by slot a state's number plus one, under the bits of its hash that
 * did not choose the slot. @internal
 */
export function tableOf(words: Int32Array, width: number, count: number, size: number): Int32Array<ArrayBuffer> {
  const table = new Int32Array(size);
  const mask = size - 1;
  const hashes = new Int32Array(together);
  const looked = new Int32Array(together);
  for (let id = 0; id < count; id += together) {
    const some = Math.min(together, count - id);
    // First a look at each place, so that all of them are on their way from memory at once.
    for (let i = 0; i < some; i++) {
      const h = hash(words, (id + i) * width, width);
      hashes[i] = h;
      looked[i] = table[h & mask] as number;
    }
    for (let i = 0; i < some; i++) {
      const h = hashes[i] as number;
      let at = h & mask;
      while (table[at] !== empty) at = (at + 1) & mask;
      table[at] = (h & ~mask) | (id + i + 1);
    }
  }
  return table;
}
