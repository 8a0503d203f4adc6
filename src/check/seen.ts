/**
 * Vectors of integers that were seen before, each with a number, in the order in which they came. Unlike the store of a search it
 * keeps them unpacked, for walks that come by one at a time and may be told that there is no more room. Law: two vectors get one
 * number exactly when they are equal.
 */
import type { State } from '../kernel/index.js';

/** For a vector that is not there and could not be added. @internal */
export const noRoom = -1;

/** @internal */
export class Seen {
  count = 0;
  /** Whether the latest {@link add} was of a vector not seen before. */
  isNew = false;
  /** Whether there was ever no room for one. */
  isFull = false;
  private capacity = 1 << 8;
  private vectors: Int32Array<ArrayBuffer>;
  private hashes = new Int32Array(this.capacity);
  /** By slot: a number plus one. */
  private table = new Int32Array(this.capacity * 2);

  /** @param maxBytes of the vectors and what finds them again */
  constructor(
    private readonly width: number,
    private readonly maxBytes = Number.POSITIVE_INFINITY,
  ) {
    this.vectors = new Int32Array(this.capacity * width);
  }

  get bytes(): number {
    return this.capacity * (this.width + 3) * 4;
  }

  /** The number of a vector, which is added if there is room, or {@link noRoom}. */
  add(vector: State): number {
    const { width, vectors, table, hashes } = this;
    const mask = table.length - 1;
    const hash = hashOf(vector, width);
    let at = hash & mask;
    for (; table[at] !== 0; at = (at + 1) & mask) {
      const id = (table[at] as number) - 1;
      if (hashes[id] !== hash) continue;
      const start = id * width;
      let w = 0;
      while (w < width && vectors[start + w] === vector[w]) w++;
      if (w < width) continue;
      this.isNew = false;
      return id;
    }
    this.isNew = true;
    if (this.count === this.capacity) {
      if (this.bytes * 2 > this.maxBytes) {
        this.isFull = true;
        return noRoom;
      }
      this.grow();
      return this.add(vector);
    }
    const id = this.count++;
    const start = id * width;
    for (let w = 0; w < width; w++) vectors[start + w] = vector[w] as number;
    hashes[id] = hash;
    table[at] = id + 1;
    return id;
  }

  read(id: number, vector: State): void {
    const { width, vectors } = this;
    const start = id * width;
    for (let w = 0; w < width; w++) vector[w] = vectors[start + w] as number;
  }

  private grow(): void {
    this.capacity *= 2;
    this.vectors = widen(this.vectors, this.capacity * this.width);
    this.hashes = widen(this.hashes, this.capacity);
    const table = new Int32Array(this.capacity * 2);
    const mask = table.length - 1;
    for (let id = 0; id < this.count; id++) {
      let at = (this.hashes[id] as number) & mask;
      while (table[at] !== 0) at = (at + 1) & mask;
      table[at] = id + 1;
    }
    this.table = table;
  }
}

/** The same numbers, and room for more. @internal */
export function widen(array: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(length);
  wider.set(array);
  return wider;
}

/** MurmurHash3 (Appleby). */
function hashOf(vector: State, width: number): number {
  let h = 0x9747b28c;
  for (let w = 0; w < width; w++) {
    let k = Math.imul(vector[w] as number, 0xcc9e2d51);
    k = (k << 15) | (k >>> 17);
    h ^= Math.imul(k, 0x1b873593);
    h = (h << 13) | (h >>> 19);
    h = (Math.imul(h, 5) + 0xe6546b64) | 0;
  }
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}
