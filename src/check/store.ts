/**
 * The store: every distinct state found so far, exactly, in typed arrays. States are numbered in the order in which they
 * were found; an open-addressing table of numbers finds them again. Law: two states get one number exactly when they are
 * equal, component by component.
 */
import type { Moves, State } from '../kernel/index.js';
import { empty, finish, hash, mixIn, seed, tableOf } from './hash.js';
import { Layout } from './layout.js';

const notSeen = -1;
const firstCapacity = 1 << 10;
const growth = 1.5;
/** What outgrew its bits when there were this share of the states of now is taken to grow still. */
const recent = 16;
/** So many states are not written anew for a bit at a time: they get a word more before the last bits are used up. */
const many = 1 << 20;

interface Batched {
  readonly id: number;
  /** The state itself, where it need not be in the store. */
  readonly state: State | undefined;
  readonly moves: Moves;
  /** The place of its first successor. */
  readonly at: number;
}

/** @internal */
export class Store {
  count = 0;
  private layout: Layout;
  /** By component: how many states there were when it last outgrew its bits. */
  private readonly outgrown: number[];
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
  /** The state whose successors are looked up: its number, and packed. */
  private from = 0;
  private given: State | undefined;
  private packed: Int32Array<ArrayBuffer>;
  /** States whose moves are looked up together. */
  private readonly batch: Batched[] = [];
  /** By place in the batch: the packed successor, its hash, and then its number where that was seen at first glance. */
  private keys: Int32Array<ArrayBuffer>;
  private hashes = new Int32Array(64);
  private known = new Int32Array(64);
  /** The places to be looked up: those of moves that change nothing need not be. */
  private asked = new Int32Array(64);
  private askedCount = 0;
  /** The places that were not seen at first glance, in order, and then where the batch ends. */
  unseen = new Int32Array(65);

  constructor(private readonly width: number) {
    this.layout = new Layout(new Int32Array(width));
    this.outgrown = new Array<number>(width).fill(-1);
    this.words = new Int32Array(firstCapacity);
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

  /** Says that it was found from another state. */
  setParent(id: number, parent: number): void {
    this.parents[id] = parent;
  }

  /** Reads state `id` into `state`; the moves looked up next start from it. */
  open(id: number, state: State): void {
    this.given = undefined;
    this.pack(id);
    this.layout.unpack(this.packed, 0, state);
  }

  /** The moves looked up next start from a state that need not be here; it must stay as it is until then. */
  openGiven(state: State): void {
    this.given = state;
    if (!state.every((value, c) => this.layout.fits(c, value))) this.widen(state);
    this.layout.pack(state, this.packed, 0);
  }

  private pack(id: number): void {
    const { packed, words } = this;
    const at = id * packed.length;
    this.from = id;
    for (let w = 0; w < packed.length; w++) packed[w] = words[at + w] as number;
  }

  /** Looks up the states after all moves of the opened one. */
  lookUp(moves: Moves): void {
    this.batch.length = 0;
    this.askedCount = 0;
    this.gather(moves);
    this.probe();
  }

  /** Notes the states after all moves of the opened one, to be looked up together with those of others; returns the first's place. */
  gather(moves: Moves): number {
    const { batch } = this;
    const last = batch[batch.length - 1];
    const at = last === undefined ? 0 : last.at + last.moves.count;
    if (at + moves.count > this.known.length) this.widenKeys(at + moves.count);
    batch.push({ id: this.from, state: this.given, moves, at });
    if (!this.encode(moves, at)) this.widen();
    return at;
  }

  /**
   * Looks up what was gathered, in passes over the memory rather than one after the other: so the processor waits for many cache
   * misses at once and not for each in turn. Afterwards nothing is gathered.
   */
  probe(): void {
    const { batch, hashes, known, keys, table, tableMask, words, unseen, asked, askedCount } = this;
    const last = batch[batch.length - 1] as Batched;
    const count = last.at + last.moves.count;
    const width = this.packed.length;
    batch.length = 0;
    this.askedCount = 0;
    for (let a = 0; a < askedCount; a++) {
      const i = asked[a] as number;
      known[i] = table[(hashes[i] as number) & tableMask] as number;
    }
    let missed = 0;
    for (let a = 0; a < askedCount; a++) {
      const i = asked[a] as number;
      const entry = known[i] as number;
      const id = (entry & tableMask) - 1;
      known[i] = id;
      if (id >= 0 && ((entry ^ (hashes[i] as number)) & ~tableMask) === 0) {
        const start = id * width;
        const key = i * width;
        let w = 0;
        while (w < width && words[start + w] === keys[key + w]) w++;
        if (w === width) continue;
      }
      known[i] = notSeen;
      unseen[missed++] = i;
    }
    unseen[missed] = count;
  }

  /** Whether the state at that place was found at first glance; if not, {@link successor} says. */
  isKnown(i: number): boolean {
    return this.known[i] !== notSeen;
  }

  /** The number of the state at that place, if it was found at first glance; below 0 if {@link successor} must say. */
  numberAt(i: number): number {
    return this.known[i] as number;
  }

  /** The number of the state at that place, which is added unless it is known: then the number is `count - 1`. */
  successor(i: number, parent = this.from): number {
    return this.find(i, parent);
  }

  /** The same once every state that was gathered has been added. */
  target(i: number): number {
    const id = this.known[i] as number;
    return id === notSeen ? this.successor(i) : id;
  }

  /** Packs the state after each move of the opened state, and hashes it. Returns false at a number that is too large. */
  private encode(moves: Moves, at: number): boolean {
    return this.packed.length === 2 ? this.encodePairs(moves, at) : this.encodeAny(moves, at);
  }

  private encodeAny(moves: Moves, at: number): boolean {
    const { layout, keys, packed, hashes, known, asked, from } = this;
    const { word, shift, mask } = layout;
    const { changes, first, count } = moves;
    const width = packed.length;
    let { askedCount } = this;
    let c = 0;
    for (let i = 0; i < count; i++) {
      const end = first[i + 1] as number;
      if (c === end) {
        known[at + i] = from;
        continue;
      }
      asked[askedCount++] = at + i;
      const key = (at + i) * width;
      for (let w = 0; w < width; w++) keys[key + w] = packed[w] as number;
      for (; c < end; c += 2) {
        const component = changes[c] as number;
        const value = changes[c + 1] as number;
        const room = mask[component] as number;
        if ((value & room) !== value) return false;
        const by = shift[component] as number;
        const w = key + (word[component] as number);
        keys[w] = ((keys[w] as number) & ~(room << by)) | (value << by);
      }
      hashes[at + i] = hash(keys, key, width);
    }
    this.askedCount = askedCount;
    return true;
  }

  /** The same for keys of two words, which most are, without going through memory. */
  private encodePairs(moves: Moves, at: number): boolean {
    const { layout, keys, packed, hashes, known, asked, from } = this;
    const { word, shift, mask } = layout;
    const { changes, first, count } = moves;
    const low = packed[0] as number;
    const high = packed[1] as number;
    let { askedCount } = this;
    let c = 0;
    for (let i = 0; i < count; i++) {
      const end = first[i + 1] as number;
      if (c === end) {
        known[at + i] = from;
        continue;
      }
      asked[askedCount++] = at + i;
      let k0 = low;
      let k1 = high;
      for (; c < end; c += 2) {
        const component = changes[c] as number;
        const value = changes[c + 1] as number;
        const room = mask[component] as number;
        if ((value & room) !== value) return false;
        const by = shift[component] as number;
        if (word[component] === 0) k0 = (k0 & ~(room << by)) | (value << by);
        else k1 = (k1 & ~(room << by)) | (value << by);
      }
      keys[2 * (at + i)] = k0;
      keys[2 * (at + i) + 1] = k1;
      hashes[at + i] = finish(mixIn(mixIn(seed, k0), k1));
    }
    this.askedCount = askedCount;
    return true;
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
    this.table = tableOf(this.words, this.layout.words, this.count, size);
    this.tableMask = size - 1;
  }

  private widenKeys(count: number): void {
    const size = 2 ** Math.ceil(Math.log2(count + 1));
    const { keys, hashes, known, asked } = this;
    this.keys = new Int32Array(size * this.layout.words);
    this.keys.set(keys);
    this.hashes = new Int32Array(size);
    this.hashes.set(hashes);
    this.known = new Int32Array(size);
    this.known.set(known);
    this.asked = new Int32Array(size);
    this.asked.set(asked);
    this.unseen = new Int32Array(size + 1);
  }

  /** Makes room for all states of the batch at once, and one more: room for one might leave too little for the next. */
  private widen(one?: State): void {
    const wanted = new Int32Array(this.width);
    for (const { state } of [...this.batch, { state: one }])
      state?.forEach((value, c) => {
        wanted[c] = Math.max(wanted[c] as number, value);
      });
    for (const { moves } of this.batch) {
      const end = moves.first[moves.count] as number;
      for (let c = 0; c < end; c += 2) {
        const component = moves.changes[c] as number;
        wanted[component] = Math.max(wanted[component] as number, moves.changes[c + 1] as number);
      }
    }
    this.makeRoom(wanted);
    this.askedCount = 0;
    for (const { id, state, moves, at } of this.batch) {
      if (state === undefined) this.pack(id);
      else this.layout.pack(state, this.packed, 0);
      this.encode(moves, at);
    }
  }

  private makeRoom(wanted: State): void {
    const { outgrown, count } = this;
    const outgrowing = [...wanted.keys()].filter((c) => !this.layout.fits(c, wanted[c] as number));
    if (outgrowing.length === 0) return;
    for (const c of outgrowing) outgrown[c] = count;
    const used = this.usedBits();
    const growing = [...outgrown.keys()].filter((c) => (outgrown[c] as number) * recent >= count);
    growing.sort((a, b) => (outgrown[b] as number) - (outgrown[a] as number) || a - b);
    const largest = wanted.map((value, c) => value | (used[c] as number));
    const layout = new Layout(largest, growing);
    const isTight = count > many && layout.spare < growing.length;
    this.relay(isTight ? new Layout(largest, growing, 1) : layout);
  }

  /** Of each component, all bits that any state has set: as long as its largest number. */
  private usedBits(): State {
    const { words } = this;
    const width = this.layout.words;
    const any = new Int32Array(width);
    for (let at = 0; at < this.count * width; at += width) {
      for (let w = 0; w < width; w++) any[w] = (any[w] as number) | (words[at + w] as number);
    }
    const used = new Int32Array(this.width);
    this.layout.unpack(any, 0, used);
    return used;
  }

  /** Lays every state out anew. */
  private relay(layout: Layout): void {
    const old = this.layout;
    const { words, packed } = this;
    this.words = new Int32Array(this.capacity * layout.words);
    this.packed = new Int32Array(layout.words);
    old.translate(layout, words, this.words, this.count);
    old.translate(layout, packed, this.packed, 1);
    this.layout = layout;
    this.keys = new Int32Array(this.known.length * layout.words);
    this.rehash(this.table.length);
  }
}

const isCrowded = (count: number, tableMask: number): boolean => count * 3 > (tableMask + 1) * 2;
