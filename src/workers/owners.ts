/**
 * Which worker owns a state: decided by hashes of what its components stand for, combined by exclusive or (Zobrist), so that all
 * workers agree although each numbers what it meets in an order of its own.
 */
import type { Contents, State } from '../kernel/index.js';
import { roomFor } from './room.js';

/** @internal */
export class Owners {
  /** By component: the hashes of its numbers, as many as are {@link known}; the next one is for {@link extend}. */
  readonly tables: Int32Array<ArrayBuffer>[];
  readonly known: Int32Array<ArrayBuffer>;

  /** @param counted by component, 1 where it has a say: see {@link partition} */
  constructor(
    private readonly contents: Contents,
    readonly counted: Uint8Array,
    private readonly workers: number,
  ) {
    this.tables = Array.from(counted, () => new Int32Array(16));
    this.known = new Int32Array(counted.length);
  }

  hash(state: State): number {
    const { counted, tables, known } = this;
    let h = 0;
    for (let c = 0; c < state.length; c++) {
      if (counted[c] === 0) continue;
      const value = state[c] as number;
      if (value >= (known[c] as number)) this.extend(c, value);
      h ^= (tables[c] as Int32Array)[value] as number;
    }
    return h;
  }

  /** By component, what it adds to the hash. */
  hashes(state: State): Int32Array {
    return state.map((value, c) => {
      if (value >= (this.known[c] as number)) this.extend(c, value);
      return (this.tables[c] as Int32Array)[value] as number;
    });
  }

  /** The owner of states with that hash. */
  of(hash: number): number {
    return Math.imul(hash >>> 16, this.workers) >>> 16;
  }

  /** Computes the hashes of a component's numbers up to `value`. */
  extend(component: number, value: number): void {
    const table = roomFor(this.tables[component] as Int32Array<ArrayBuffer>, value + 1);
    for (let v = this.known[component] as number; v <= value; v++)
      table[v] = hashOf(this.contents.text(component, v), component);
    this.tables[component] = table;
    this.known[component] = value + 1;
  }
}

/** FNV-1a over the characters, with the finish of MurmurHash3 (Appleby). */
function hashOf(text: string, seed: number): number {
  let h = 0x811c9dc5 ^ Math.imul(seed + 1, 0x9e3779b1);
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}
