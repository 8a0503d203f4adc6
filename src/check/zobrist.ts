/**
 * Fingerprints of states (Zobrist, "A new hashing method with application for game playing", 1970): each number of each component
 * has 64 random bits of its own, and a state has the exclusive or of those of its components. Law: two states that differ have
 * one fingerprint with probability 2^-64 over the choice of the seed, whatever the two are, because a component in which they
 * differ has bits that nothing else in either depends on.
 */
import type { Moves, State } from '../kernel/index.js';
import { Speck } from './speck.js';

const firstLength = 32;
/** No fingerprint begins with this word, so that it can mark a place as empty; one that would begins with the other. */
export const none = 0;
const instead = 1;

/** @internal */
export class Zobrist {
  /** The fingerprint that {@link of} computed last, in two words. */
  high = 0;
  low = 0;
  bytes = 0;
  /** By component: two words for each of its numbers. */
  private readonly tables: Int32Array<ArrayBuffer>[];
  private readonly random: Speck;
  private readonly highMask: number;
  private readonly lowMask: number;

  /** @param bits fewer than 64 only to show what comes of it */
  constructor(width: number, seed: number, bits = 64) {
    this.random = new Speck([seed | 0, Math.floor(seed / 2 ** 32) | 0, 0x6368726e, 0x70726f66]);
    this.highMask = bits >= 32 ? -1 : -1 << (32 - bits);
    this.lowMask = bits >= 64 ? -1 : bits <= 32 ? 0 : -1 << (64 - bits);
    this.tables = Array.from({ length: width }, () => new Int32Array(0));
    for (let component = 0; component < width; component++) this.extend(component, 0);
  }

  of(state: State): void {
    let high = 0;
    let low = 0;
    for (let c = 0; c < state.length; c++) {
      const value = state[c] as number;
      let table = this.tables[c] as Int32Array;
      if (2 * value >= table.length) table = this.extend(c, value);
      high ^= table[2 * value] as number;
      low ^= table[2 * value + 1] as number;
    }
    high &= this.highMask;
    this.high = high === none ? instead : high;
    this.low = low & this.lowMask;
  }

  /**
   * Writes the fingerprints of the states after all moves of a state, two words each, from `at` on; {@link none} for a move that
   * changes nothing.
   */
  after(state: State, moves: Moves, into: Int32Array, at: number): void {
    const { changes, first, count } = moves;
    const { tables, highMask, lowMask } = this;
    let high = 0;
    let low = 0;
    for (let c = 0; c < state.length; c++) {
      const table = tables[c] as Int32Array;
      const value = state[c] as number;
      high ^= table[2 * value] as number;
      low ^= table[2 * value + 1] as number;
    }
    let c = 0;
    let to = at;
    for (let i = 0; i < count; i++) {
      const end = first[i + 1] as number;
      if (c === end) {
        into[to++] = none;
        into[to++] = 0;
        continue;
      }
      let h = high;
      let l = low;
      for (; c < end; c += 2) {
        const component = changes[c] as number;
        const value = changes[c + 1] as number;
        const was = state[component] as number;
        let table = tables[component] as Int32Array;
        if (2 * value >= table.length) table = this.extend(component, value);
        h ^= (table[2 * was] as number) ^ (table[2 * value] as number);
        l ^= (table[2 * was + 1] as number) ^ (table[2 * value + 1] as number);
      }
      h &= highMask;
      into[to++] = h === none ? instead : h;
      into[to++] = l & lowMask;
    }
  }

  /** Draws bits for more numbers of a component, `value` among them. */
  private extend(component: number, value: number): Int32Array {
    const old = this.tables[component] as Int32Array;
    const table = new Int32Array(2 * Math.max(firstLength, 2 ** Math.ceil(Math.log2(value + 1))));
    table.set(old);
    for (let v = old.length / 2; v < table.length / 2; v++) {
      this.random.encrypt(component, v);
      table[2 * v] = this.random.x;
      table[2 * v + 1] = this.random.y;
    }
    this.tables[component] = table;
    this.bytes += table.byteLength - old.byteLength;
    return table;
  }
}
