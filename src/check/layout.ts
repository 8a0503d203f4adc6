/**
 * How a state vector lies in 32-bit words: each component has as many bits as its largest number so far needs, and a
 * share of what is left over in its word; no component crosses the edge of a word. When a number outgrows its bits there
 * is a new layout, and every state is written anew: so what is left over goes to the components that still grow.
 */
import type { State } from '../kernel/index.js';

/** @internal */
export class Layout {
  readonly words: number;
  /** Bits that are left over. */
  readonly spare: number;
  readonly word: Int32Array;
  readonly shift: Int32Array;
  readonly mask: Int32Array;

  /**
   * @param largest the largest number seen of each component
   * @param growing components that have outgrown a layout, and so are likely to grow again: the likeliest first
   * @param extra words more than are needed
   */
  constructor(largest: State, growing: readonly number[] = [], extra = 0) {
    const width = largest.length;
    this.word = new Int32Array(width);
    this.shift = new Int32Array(width);
    this.mask = new Int32Array(width);
    const placed = place(largest, growing, extra);
    for (const [w, components] of placed.entries()) {
      const needed = components.map((c) => bitsOf(largest[c] as number));
      const bits = shareOut(needed, favoured(components, growing));
      let shift = 0;
      for (const [i, c] of components.entries()) {
        this.word[c] = w;
        this.shift[c] = shift;
        this.mask[c] = bits[i] === 32 ? -1 : (1 << (bits[i] as number)) - 1;
        shift += bits[i] as number;
      }
    }
    this.words = Math.max(1, placed.length);
    this.spare = 32 * this.words - largest.reduce((sum, value) => sum + bitsOf(value), 0);
  }

  fits(component: number, value: number): boolean {
    return (value & (this.mask[component] as number)) === value;
  }

  pack(state: State, into: Int32Array, at: number): void {
    for (let w = 0; w < this.words; w++) into[at + w] = 0;
    for (let c = 0; c < state.length; c++) {
      const w = at + (this.word[c] as number);
      into[w] = (into[w] as number) | ((state[c] as number) << (this.shift[c] as number));
    }
  }

  /** Writes states of this layout as `other` has them; what goes the same way goes together. */
  translate(other: Layout, from: Int32Array, into: Int32Array, states: number): void {
    const transfers = this.transfersTo(other);
    const { words } = this;
    const width = other.words;
    for (const { from: word, to, by, mask } of transfers) {
      // One pass for each, and within it nothing to decide.
      if (by >= 0) {
        for (let id = 0, at = word, goal = to; id < states; id++, at += words, goal += width)
          into[goal] = (into[goal] as number) | (((from[at] as number) & mask) << by);
      } else {
        for (let id = 0, at = word, goal = to; id < states; id++, at += words, goal += width)
          into[goal] = (into[goal] as number) | (((from[at] as number) & mask) >>> -by);
      }
    }
  }

  private transfersTo(other: Layout): readonly Transfer[] {
    const transfers = new Map<string, Transfer>();
    for (const [c, mask] of this.mask.entries()) {
      if (mask === 0) continue;
      const [from, to] = [this.word[c] as number, other.word[c] as number];
      const by = (other.shift[c] as number) - (this.shift[c] as number);
      const transfer = transfers.get(`${from} ${to} ${by}`) ?? { from, to, by, mask: 0 };
      transfer.mask |= mask << (this.shift[c] as number);
      transfers.set(`${from} ${to} ${by}`, transfer);
    }
    return [...transfers.values()];
  }

  unpack(from: Int32Array, at: number, state: State): void {
    const { word, shift, mask } = this;
    for (let c = 0; c < state.length; c++) {
      state[c] = ((from[at + (word[c] as number)] as number) >>> (shift[c] as number)) & (mask[c] as number);
    }
  }
}

/** Bits that go from a word of one layout to a word of another. */
interface Transfer {
  readonly from: number;
  readonly to: number;
  /** To the left; to the right where it is negative. */
  readonly by: number;
  mask: number;
}

/** The components of each word; one that is always 0 needs no place. */
function place(largest: State, growing: readonly number[], extra: number): readonly (readonly number[])[] {
  const bits = Array.from(largest, bitsOf);
  const widestFirst = [...bits.keys()].sort((a, b) => (bits[b] as number) - (bits[a] as number) || a - b);
  const needed = widestFirst.filter((c) => bits[c] !== 0);
  const packed = fill([], needed, bits, (words, room) => words.find(({ free }) => free >= room));
  // The same number of words again, each component now where most is free, so that all have something left to grow into; if it
  // can be, one bit for each that grows.
  const level = (wanted: readonly number[]) =>
    fill(
      Array.from({ length: packed.length + extra }, (): Word => ({ components: [], free: 32 })),
      needed,
      wanted,
      (words) => words.reduce((a, b) => (b.free > a.free ? b : a)),
    );
  const growable = level(bits.map((n, c) => (growing.includes(c) ? n + 1 : n)));
  const found = [growable, level(bits)].find((words) => words.every(({ free }) => free >= 0)) ?? packed;
  return found.map(({ components }) => components);
}

interface Word {
  readonly components: number[];
  free: number;
}

function fill(
  words: Word[],
  components: readonly number[],
  bits: readonly number[],
  choose: (words: readonly Word[], room: number) => Word | undefined,
): readonly Word[] {
  for (const c of components) {
    const room = bits[c] as number;
    let word = choose(words, room);
    if (word === undefined) {
      word = { components: [], free: 32 };
      words.push(word);
    }
    word.components.push(c);
    word.free -= room;
  }
  return words;
}

/** Where in a word those stand that what is left over goes to, the first first: those that grow, or else the narrowest. */
function favoured(components: readonly number[], growing: readonly number[]): readonly number[] {
  const places = growing.map((c) => components.indexOf(c)).filter((i) => i >= 0);
  return places.length > 0 ? places : [...components.keys()].reverse();
}

/** Hands out what is left of 32 bits, one at a time and round about. A bit more doubles what a component can hold. */
function shareOut(needed: readonly number[], favoured: readonly number[]): readonly number[] {
  const bits = [...needed];
  const room = 32 - needed.reduce((sum, n) => sum + n, 0);
  for (let i = 0; i < room; i++) {
    const c = favoured[i % favoured.length] as number;
    bits[c] = (bits[c] as number) + 1;
  }
  return bits;
}

const bitsOf = (value: number): number => 32 - Math.clz32(value);
