/**
 * A set that forgets which of its members is which: a field of bits of which each member sets a few (Bloom, "Space/time trade-offs in
 * hash coding with allowable errors", 1970; as a search's memory: Holzmann, "An analysis of bitstate hashing", 1998). What was added
 * is always there; what was not may seem to be.
 */

/** Bits for each member, as many as Spin sets. */
const functions = 3;

/** @internal */
export class Bits {
  count = 0;
  /** How many that were new are to be expected to have seemed known. */
  omitted = 0;
  private ones = 0;
  private readonly words: Int32Array<ArrayBuffer>;
  private readonly scale: number;

  /** @param bytes at most 512 MiB: places in the field have 32 bits */
  constructor(readonly bytes: number) {
    this.words = new Int32Array(Math.ceil(bytes / 4));
    this.scale = this.size / 2 ** 32;
  }

  get size(): number {
    return this.words.length * 32;
  }

  /** How much of the field is set. */
  get load(): number {
    return this.ones / this.size;
  }

  bytesFor(): number {
    return this.bytes;
  }

  slotOf(high: number): number {
    return this.place(high) >>> 5;
  }

  /** A word of the field: to have it on its way from memory. */
  glance(slot: number): number {
    return this.words[slot] as number;
  }

  has(high: number, low: number): boolean {
    for (let i = 0, at = high; i < functions; i++, at += low | 1) if (!this.isSet(this.place(at))) return false;
    return true;
  }

  /** Whether it did not seem to be there. */
  add(high: number, low: number): boolean {
    const before = this.load ** functions;
    let isNew = false;
    // Two hashes make as many as are needed (Kirsch and Mitzenmacher, "Less hashing, same performance", 2006).
    for (let i = 0, at = high; i < functions; i++, at += low | 1) {
      const place = this.place(at);
      if (this.isSet(place)) continue;
      this.words[place >>> 5] = (this.words[place >>> 5] as number) | (1 << (place & 31));
      this.ones++;
      isNew = true;
    }
    if (!isNew) return false;
    this.count++;
    // A new state seems known with this chance, so for one that did not there are so many that did.
    this.omitted += before / (1 - before);
    return true;
  }

  private place(hash: number): number {
    return Math.floor((hash >>> 0) * this.scale);
  }

  private isSet(place: number): boolean {
    return ((this.words[place >>> 5] as number) & (1 << (place & 31))) !== 0;
  }
}
