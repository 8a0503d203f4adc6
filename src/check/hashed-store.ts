/**
 * A store that keeps hashes of states instead of states: those that wait for their moves to be looked at are whole, of the others
 * there is a fingerprint, or some bits, and how they were found. Whole states are numbered and read in the order in which they were
 * found, so it is for breadth-first searches. Two states may be taken for one; then the second is never looked at.
 */
import type { Hashed, Moves, State } from '../kernel/index.js';
import { Backlog } from './backlog.js';
import { Bits } from './bits.js';
import { Fingerprints } from './fingerprints.js';
import { type Link, Links } from './links.js';
import { none, Zobrist } from './zobrist.js';

/** @internal */
export interface Hashing {
  readonly store: Hashed['store'];
  readonly seed: number;
  /** Of a fingerprint: fewer than 64 only to show what comes of it. */
  readonly bits?: number;
  /** Of the field of bits. */
  readonly bytes?: number;
}

interface Gathered {
  readonly state: State;
  readonly moves: Moves;
  readonly at: number;
}

const defaultBytes = 1 << 26;
/** One new state of so many is hashed as a whole: what is computed move by move must come to the same. */
const checkedEvery = 64;

/** @internal */
export class HashedStore {
  count = 0;
  /** The places that were not seen at first glance, in order, and then where the batch ends. */
  unseen = new Int32Array(65);
  private readonly zobrist: Zobrist;
  private readonly set: Fingerprints | Bits;
  private readonly backlog: Backlog;
  private readonly links = new Links();
  /** Of each start that was kept, its index. */
  private readonly starts: number[] = [];
  /** Number of the next state of the backlog. */
  private ahead = 0;
  private from: State = new Int32Array(0);
  private batch: Gathered[] = [];
  /** Which of the batch was asked for last: places are asked for in order. */
  private asked = 0;
  private isProbed = false;
  /** Two words for each place in the batch. */
  private keys = new Int32Array(128);
  private slots = new Int32Array(64);
  private readonly after: State;

  constructor(
    width: number,
    private readonly hashing: Hashing,
  ) {
    this.zobrist = new Zobrist(width, hashing.seed, hashing.bits);
    this.set = hashing.store === 'fingerprint' ? new Fingerprints() : new Bits(hashing.bytes ?? defaultBytes);
    this.backlog = new Backlog(width);
    this.after = new Int32Array(width);
  }

  get bytes(): number {
    return this.set.bytes + this.backlog.bytes + this.links.bytes + this.zobrist.bytes;
  }

  /** Whether `more` states can be added without going over `bytes`. */
  hasRoom(more: number, bytes: number): boolean {
    const { set, backlog, links, zobrist } = this;
    return set.bytesFor(more) + backlog.bytesFor(more) + links.bytesFor(more) + zobrist.bytes <= bytes;
  }

  /** What the search rests on so far. */
  get hashed(): Hashed {
    const { set, count } = this;
    const { seed, bits = 64 } = this.hashing;
    if (set instanceof Bits) return { store: 'bitstate', seed, bits: set.size, load: set.load, omitted: set.omitted };
    return { store: 'fingerprint', seed, bits, missed: chanceOfCollision(count, bits) };
  }

  /** Adds a start; returns its number. */
  addStart(state: State, index: number): number {
    this.zobrist.of(state);
    if (this.set.add(this.zobrist.high, this.zobrist.low)) {
      this.starts.push(index);
      this.backlog.push(state);
      this.count++;
    }
    return this.count - 1;
  }

  /** Reads state `id`, which is one that was not read before and comes after all that were; the moves gathered next start from it. */
  open(id: number, state: State): void {
    for (; this.ahead <= id; this.ahead++) this.backlog.next(state);
    this.from = state;
  }

  /** Notes the states after all moves of the opened one, to be looked up together with those of others; returns the first's place. */
  gather(moves: Moves): number {
    if (this.isProbed) this.batch = [];
    this.isProbed = false;
    const last = this.batch[this.batch.length - 1];
    const at = last === undefined ? 0 : last.at + last.moves.count;
    if (at + moves.count >= this.unseen.length) this.widen(at + moves.count);
    this.batch.push({ state: this.from, moves, at });
    this.zobrist.after(this.from, moves, this.keys, 2 * at);
    return at;
  }

  /** Looks up what was gathered; first glances at all places, so that the processor waits for many cache misses at once. */
  probe(): void {
    const { batch, keys, set, slots, unseen } = this;
    const last = batch[batch.length - 1] as Gathered;
    const count = last.at + last.moves.count;
    for (let i = 0; i < count; i++) slots[i] = set.slotOf(keys[2 * i] as number);
    for (let i = 0; i < count; i++) unseen[i] = set.glance(slots[i] as number);
    let missed = 0;
    for (let i = 0; i < count; i++) {
      const high = keys[2 * i] as number;
      if (high !== none && !set.has(high, keys[2 * i + 1] as number, slots[i])) unseen[missed++] = i;
    }
    unseen[missed] = count;
    this.asked = 0;
    this.isProbed = true;
  }

  /** Adds the state at that place, found from `parent`; if it was not there, its number is `count - 1`. */
  successor(i: number, parent: number): number {
    const high = this.keys[2 * i] as number;
    const low = this.keys[2 * i + 1] as number;
    if (!this.set.add(high, low)) return -1;
    const { state, moves, at } = this.holding(i);
    const { after, zobrist } = this;
    after.set(state);
    moves.apply(i - at, after);
    if (this.count % checkedEvery === 0) {
      zobrist.of(after);
      if (zobrist.high !== high || zobrist.low !== low) throw new Error('a move changes one component twice');
    }
    this.backlog.push(after);
    this.links.add(parent, i - at);
    return this.count++;
  }

  /** The start from which a state was found, and on the way to it the states that were left and by which of their moves. */
  wayTo(id: number): { readonly start: number; readonly steps: readonly Link[] } {
    const steps: Link[] = [];
    let at = id;
    while (at >= this.starts.length) {
      const link = this.links.of(at - this.starts.length);
      steps.unshift(link);
      at = link.parent;
    }
    return { start: this.starts[at] as number, steps };
  }

  private holding(i: number): Gathered {
    let gathered = this.batch[this.asked] as Gathered;
    while (i >= gathered.at + gathered.moves.count) gathered = this.batch[++this.asked] as Gathered;
    return gathered;
  }

  private widen(count: number): void {
    const size = 2 ** Math.ceil(Math.log2(count + 1));
    this.unseen = new Int32Array(size + 1);
    this.slots = new Int32Array(size);
    const keys = new Int32Array(2 * size);
    keys.set(this.keys);
    this.keys = keys;
  }
}

/**
 * At most how likely it is that a search which found so many states has missed one. If it has, then the first state that it took for
 * another came after at most `found` that were told apart, so it was one of that many pairs and more, each alike with
 * probability 2^-bits: the bound is on the chance of that over the choice of the seed.
 * @internal
 */
export const chanceOfCollision = (found: number, bits: number): number =>
  Math.min(1, (found * (found + 1)) / 2 ** (bits + 1));
