/**
 * Menus: the moves enabled in a state as a walk needs them, by class and with the state after each once it was taken, so that a walk
 * which comes by again only looks up. They lie one behind the other in a ring of integers: when it is full, the oldest are forgotten
 * and made anew if they are asked for.
 *
 * A menu is a head, `headWidth` numbers; then for each class that has a move which changes something, the class and how many; then
 * the moves, `entryWidth` numbers each, by class and in the order of `expand`, those that change nothing last; then their changes.
 */
import { type Model, Moves, type State } from '../kernel/index.js';
import type { Events } from './events.js';
import { noRoom, widen } from './seen.js';

/** Where things stand in a menu. @internal */
export const head = { count: 0, idle: 1, quiet: 2, classes: 3, entries: 4 } as const;
/** @internal */
export const headWidth = 5;

/** Where things stand in an entry: the number of the state after it (or {@link notTaken}), its choice, code, and changes. @internal */
export const entry = { after: 0, choice: 1, code: 2, changes: 3 } as const;
/** @internal */
export const entryWidth = 4;

/** @internal */
export const notTaken = -1;

const firstSize = 1 << 12;
/** In integers. */
const defaultLimit = 1 << 26;

/** @internal */
export class Menus {
  /** The ring. Whoever keeps a place in it must not ask for another menu in between. */
  pool = new Int32Array(firstSize);
  /** Integers written so far, skipped ones included: a menu is there as long as it is within the ring's size of this. */
  private end = 0;
  /** By number of a state: where its menu was written. */
  private written = new Float64Array(256).fill(Number.NEGATIVE_INFINITY);
  private readonly moves = new Moves();
  private codes = new Int32Array(64);
  private readonly counts: Int32Array;
  private readonly nexts: Int32Array;

  constructor(
    private readonly model: Model,
    private readonly events: Events,
    classes: number,
    private readonly limit = defaultLimit,
  ) {
    this.counts = new Int32Array(classes + 1);
    this.nexts = new Int32Array(classes + 1);
  }

  get bytes(): number {
    return this.pool.byteLength + this.written.byteLength;
  }

  /** Where the menu of state `id` stands in the pool, -1 if it must be made. */
  find(id: number): number {
    if (id >= this.written.length) return -1;
    const address = this.written[id] as number;
    return address >= this.end - this.pool.length ? address & (this.pool.length - 1) : -1;
  }

  /** Makes the menu of a state, which need have no number; where it stands. */
  make(id: number, state: State): number {
    const { model, moves, counts, nexts } = this;
    model.expand(state, moves);
    const { count } = moves;
    const changes = moves.first[count] as number;
    const idleClass = counts.length - 1;
    if (count > this.codes.length) this.codes = new Int32Array(count * 2);
    counts.fill(0);
    for (let i = 0; i < count; i++) {
      const code = this.events.codeOf(moves, i);
      this.codes[i] = code;
      const of = moves.changesNothing(i) ? idleClass : this.classOf(code);
      counts[of] = (counts[of] as number) + 1;
    }
    const idle = counts[idleClass] as number;
    let present = 0;
    for (let c = 0; c < idleClass; c++) if (counts[c] !== 0) present++;
    const entries = headWidth + 2 * present;
    const at = this.reserve(id, entries + (entryWidth + 1) * count - Math.max(0, idle - 1) + changes);
    const { pool } = this;
    pool[at + head.count] = count;
    pool[at + head.idle] = idle;
    pool[at + head.quiet] = moves.quiet ? 1 : 0;
    pool[at + head.classes] = present;
    pool[at + head.entries] = at + entries;
    let to = at + headWidth;
    let next = at + entries;
    for (let c = 0; c <= idleClass; c++) {
      nexts[c] = next;
      if (counts[c] === 0) continue;
      next += entryWidth * (counts[c] as number);
      if (c === idleClass) continue;
      pool[to++] = c;
      pool[to++] = counts[c] as number;
    }
    this.write(next);
    return at;
  }

  /** The event that an entry is. */
  eventAt(place: number): number {
    return this.events.ofCode[this.pool[place + entry.code] as number] as number;
  }

  /** The place of the entry for choice `choice`. */
  entryOf(at: number, choice: number): number {
    const { pool } = this;
    let e = pool[at + head.entries] as number;
    while (pool[e + entry.choice] !== choice) e += entryWidth;
    return e;
  }

  /** Turns `state` into the one after an entry. */
  apply(at: number, state: State): void {
    const { pool } = this;
    const from = pool[at + entry.changes] as number;
    const end = from + 1 + 2 * (pool[from] as number);
    for (let c = from + 1; c < end; c += 2) state[pool[c] as number] = pool[c + 1] as number;
  }

  private classOf(code: number): number {
    const { classes, ofCode } = this.events;
    return classes[ofCode[code] as number] as number;
  }

  /** Writes the entries to where `nexts` says, and their changes from `to` on. */
  private write(to: number): void {
    const { moves, pool, nexts, codes } = this;
    const { first } = moves;
    const idleClass = nexts.length - 1;
    let changesAt = to;
    /** Most moves of many a state change nothing: one empty list is enough for them. */
    let nothing = -1;
    for (let i = 0; i < moves.count; i++) {
      const code = codes[i] as number;
      const from = first[i] as number;
      const end = first[i + 1] as number;
      const of = from === end ? idleClass : this.classOf(code);
      const e = nexts[of] as number;
      nexts[of] = e + entryWidth;
      pool[e + entry.after] = notTaken;
      pool[e + entry.choice] = i;
      pool[e + entry.code] = code;
      if (from === end && nothing >= 0) {
        pool[e + entry.changes] = nothing;
        continue;
      }
      if (from === end) nothing = changesAt;
      pool[e + entry.changes] = changesAt;
      pool[changesAt++] = (end - from) / 2;
      for (let c = from; c < end; c++) pool[changesAt++] = moves.changes[c] as number;
    }
  }

  /** Room for one more menu, in one piece. */
  private reserve(id: number, size: number): number {
    while (this.pool.length < this.limit || this.pool.length < 2 * size) {
      if (this.end + size <= this.pool.length) break;
      // Before the first lap places and addresses are the same, and a wider ring keeps them; after it, it begins empty.
      if (this.end > this.pool.length) {
        this.written.fill(Number.NEGATIVE_INFINITY);
        this.end = 0;
      }
      this.pool = widen(this.pool, this.pool.length * 2);
    }
    const room = this.pool.length - (this.end & (this.pool.length - 1));
    if (room < size) this.end += room;
    const address = this.end;
    this.end += size;
    if (id !== noRoom) this.note(id, address);
    return address & (this.pool.length - 1);
  }

  private note(id: number, address: number): void {
    if (id >= this.written.length) {
      const wider = new Float64Array(Math.max(id + 1, this.written.length * 2)).fill(Number.NEGATIVE_INFINITY);
      wider.set(this.written);
      this.written = wider;
    }
    this.written[id] = address;
  }
}
