/**
 * The store: every distinct state found so far, exactly, in typed arrays. States are numbered in the order in which they
 * were found; an open-addressing table of numbers finds them again. Law: two states get one number exactly when they are
 * equal, component by component.
 */
import type { Moves, State } from '../kernel/index.js';
import { Layout } from './layout.js';

const empty = 0;
const notSeen = -1;
/** For a move that changes nothing. */
const same = -2;
const firstCapacity = 1 << 10;
const growth = 1.5;

/** @internal */
export class Store {
  count = 0;
  private layout: Layout;
  private capacity = firstCapacity;
  private words: Int32Array<ArrayBuffer>;
  /** By state: the state it was found from, or -1 minus the index of a start. */
  private parents = new Int32Array(firstCapacity);
  /**
   * By slot: a state's number plus one in the low bits, as many as the table's size has, and above them those bits of its hash
   * that did not choose the slot. So most states that are not the one looked for are told apart without being read.
   */
  private table = new Int32Array(firstCapacity * 2);
  private tableMask = firstCapacity * 2 - 1;
  /** The state whose successors are looked up: its number, as a vector, and packed. */
  private from = 0;
  private readonly base: State;
  private packed: Int32Array<ArrayBuffer>;
  /** The largest number seen of each component: what a layout must hold. */
  private readonly largest: State;
  /** By move: the packed successor, its hash, and then its number where that was seen at first glance. */
  private keys: Int32Array<ArrayBuffer>;
  private hashes = new Int32Array(64);
  private known = new Int32Array(64);

  constructor(private readonly width: number) {
    this.layout = new Layout(new Int32Array(width));
    this.words = new Int32Array(firstCapacity);
    this.base = new Int32Array(width);
    this.largest = new Int32Array(width);
    this.packed = new Int32Array(1);
    this.keys = new Int32Array(64);
  }

  /** Bytes that the store holds, used or not. */
  get bytes(): number {
    return this.words.byteLength + this.parents.byteLength + this.table.byteLength;
  }

  /** Whether `more` states can be added without going over `bytes`, the copy made while growing included. */
  hasRoom(more: number, bytes: number): boolean {
    const count = this.count + more;
    const grows = count > this.capacity || isCrowded(count, this.tableMask);
    return this.bytes * (grows ? 1 + growth : 1) <= bytes;
  }

  /** Adds a start; returns its number, or that of an equal one. */
  addStart(state: State, index: number): number {
    this.base.set(state);
    this.makeRoom(state);
    this.layout.pack(state, this.keys, 0);
    this.hashes[0] = hash(this.keys, 0, this.layout.words);
    return this.find(0, -1 - index);
  }

  read(id: number, state: State): void {
    this.layout.unpack(this.words, id * this.layout.words, state);
  }

  parent(id: number): number {
    return this.parents[id] as number;
  }

  /** Reads state `id` into `state`; the moves looked up next start from it. */
  open(id: number, state: State): void {
    const { words } = this.layout;
    this.from = id;
    this.read(id, state);
    this.base.set(state);
    const at = id * words;
    for (let w = 0; w < words; w++) this.packed[w] = this.words[at + w] as number;
  }

  /**
   * Looks up the states after all moves of the opened one, in passes over the memory rather than one after the other: so
   * the processor waits for many cache misses at once and not for each in turn.
   */
  lookUp(moves: Moves): void {
    const { count } = moves;
    if (count > this.known.length) this.widenKeys(count);
    this.encode(moves);
    const { hashes, known, keys, table, tableMask, words } = this;
    const { first } = moves;
    for (let i = 0; i < count; i++) {
      const changesNothing = first[i] === first[i + 1];
      if (changesNothing) {
        known[i] = same;
        continue;
      }
      const hash = hashes[i] as number;
      const entry = table[hash & tableMask] as number;
      known[i] = ((entry ^ hash) & ~tableMask) === 0 ? (entry & tableMask) - 1 : notSeen;
    }
    const width = this.layout.words;
    for (let i = 0; i < count; i++) {
      const id = known[i] as number;
      if (id < 0) continue;
      const start = id * width;
      const key = i * width;
      let w = 0;
      while (w < width && words[start + w] === keys[key + w]) w++;
      if (w !== width) known[i] = notSeen;
    }
  }

  /** Whether the state after move `i` was found at first glance; if not, {@link successor} says. */
  isKnown(i: number): boolean {
    return this.known[i] !== notSeen;
  }

  /** The number of the state after move `i`, which is added unless it is known: then the number is `count - 1`. */
  successor(i: number): number {
    return this.find(i, this.from);
  }

  /** The same once every successor of the opened state has been added, for moves that change something. */
  target(i: number): number {
    const id = this.known[i] as number;
    return id === notSeen ? this.successor(i) : id;
  }

  /** Packs the state after each move, and hashes it. */
  private encode(moves: Moves): void {
    const { layout, keys, packed, hashes } = this;
    const { changes, first, count } = moves;
    const width = packed.length;
    for (let i = 0; i < count; i++) {
      const key = i * width;
      let c = first[i] as number;
      const end = first[i + 1] as number;
      if (c === end) continue;
      for (let w = 0; w < width; w++) keys[key + w] = packed[w] as number;
      for (; c < end; c += 2) {
        const component = changes[c] as number;
        const value = changes[c + 1] as number;
        const mask = layout.mask[component] as number;
        if ((value & mask) !== value) {
          this.widenFor(moves);
          return;
        }
        const shift = layout.shift[component] as number;
        const w = key + (layout.word[component] as number);
        keys[w] = ((keys[w] as number) & ~(mask << shift)) | (value << shift);
      }
      hashes[i] = hash(keys, key, width);
    }
  }

  /** Looks the key of move `i` up, or adds it with that parent. */
  private find(i: number, parent: number): number {
    const { keys, table, tableMask, words } = this;
    const width = this.layout.words;
    const key = i * width;
    const hash = this.hashes[i] as number;
    let at = hash & tableMask;
    for (;;) {
      const entry = table[at] as number;
      if (entry === empty) break;
      if (((entry ^ hash) & ~tableMask) === 0) {
        const id = (entry & tableMask) - 1;
        const start = id * width;
        let w = 0;
        while (w < width && words[start + w] === keys[key + w]) w++;
        if (w === width) return id;
      }
      at = (at + 1) & tableMask;
    }
    return this.add(key, hash, parent, at);
  }

  private add(key: number, hash: number, parent: number, at: number): number {
    if (this.count === this.capacity) this.grow();
    const id = this.count++;
    const { keys, words } = this;
    const width = this.layout.words;
    const start = id * width;
    for (let w = 0; w < width; w++) words[start + w] = keys[key + w] as number;
    this.parents[id] = parent;
    this.table[at] = (hash & ~this.tableMask) | (id + 1);
    this.noteLargest(key);
    if (isCrowded(this.count, this.tableMask)) this.rehash(this.table.length * 2);
    return id;
  }

  private grow(): void {
    this.capacity = Math.ceil(this.capacity * growth);
    const words = new Int32Array(this.capacity * this.layout.words);
    words.set(this.words.subarray(0, this.count * this.layout.words));
    this.words = words;
    const parents = new Int32Array(this.capacity);
    parents.set(this.parents);
    this.parents = parents;
  }

  private rehash(size: number): void {
    const table = new Int32Array(size);
    const mask = size - 1;
    const { words, count } = this;
    const width = this.layout.words;
    for (let id = 0; id < count; id++) {
      const h = hash(words, id * width, width);
      let at = h & mask;
      while (table[at] !== empty) at = (at + 1) & mask;
      table[at] = (h & ~mask) | (id + 1);
    }
    this.table = table;
    this.tableMask = mask;
  }

  private widenKeys(count: number): void {
    const size = 2 ** Math.ceil(Math.log2(count));
    this.keys = new Int32Array(size * this.layout.words);
    this.hashes = new Int32Array(size);
    this.known = new Int32Array(size);
  }

  /** Makes room for the states after all of the moves at once: room for one might leave too little for the next. */
  private widenFor(moves: Moves): void {
    const wanted = this.base.slice();
    const end = moves.first[moves.count] as number;
    for (let c = 0; c < end; c += 2) {
      const component = moves.changes[c] as number;
      wanted[component] = Math.max(wanted[component] as number, moves.changes[c + 1] as number);
    }
    this.makeRoom(wanted);
    this.encode(moves);
  }

  private makeRoom(wanted: State): void {
    for (let c = 0; c < wanted.length; c++) this.largest[c] = Math.max(this.largest[c] as number, wanted[c] as number);
    const growing = [...wanted.keys()].filter((c) => !this.layout.fits(c, wanted[c] as number));
    if (growing.length > 0) this.relay(new Layout(this.largest, growing));
  }

  /** Lays every state out anew. */
  private relay(layout: Layout): void {
    const old = this.layout;
    const oldWords = this.words;
    const state = new Int32Array(this.width);
    this.words = new Int32Array(this.capacity * layout.words);
    for (let id = 0; id < this.count; id++) {
      old.unpack(oldWords, id * old.words, state);
      layout.pack(state, this.words, id * layout.words);
    }
    this.layout = layout;
    this.keys = new Int32Array(this.known.length * layout.words);
    this.packed = new Int32Array(layout.words);
    layout.pack(this.base, this.packed, 0);
    this.rehash(this.table.length);
  }

  private noteLargest(key: number): void {
    const { largest, layout, keys } = this;
    const { word, shift, mask } = layout;
    for (let c = 0; c < largest.length; c++) {
      const value = ((keys[key + (word[c] as number)] as number) >>> (shift[c] as number)) & (mask[c] as number);
      if (value > (largest[c] as number)) largest[c] = value;
    }
  }
}

const isCrowded = (count: number, tableMask: number): boolean => count * 3 > (tableMask + 1) * 2;

/** MurmurHash3 (Appleby) over the words of a key. */
function hash(words: Int32Array, start: number, width: number): number {
  let h = 0x9747b28c;
  for (let w = 0; w < width; w++) {
    let k = Math.imul(words[start + w] as number, 0xcc9e2d51);
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
