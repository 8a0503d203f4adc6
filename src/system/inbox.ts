/**
 * What is on its way to one peer, as a number: every distinct content of its links gets an id, and arrivals and
 * departures are look-ups. An item is the id of the input that the message will be to the peer. A content lists its items
 * sorted (unordered, set), or link by link with each queue's head first (fifo). Law: that order is one of meaning, not of numbers,
 * which go by who was sent first; so the order of the moves, and with it a choice, is the same in every search.
 */
import type { Network } from '../kernel/index.js';

/** What {@link Inbox.append} answers when the link has no room. @internal */
export const full = -1;

/** What the inbox must know of an item. @internal */
export interface Items {
  /** Index of the peer that sent it. */
  sender(item: number): number;
  /** Below, at or above 0 as `a` comes before `b`, is it, or comes after it. */
  compare(a: number, b: number): number;
}

const unknown = -2;

/** @internal */
export class Inbox {
  readonly empty = 0;
  fullest = 0;
  private readonly contents: Int32Array[] = [];
  private readonly ids = new Map<string, number>();
  private readonly appended: Int32Array[] = [];
  private readonly departures: (Int32Array | undefined)[] = [];
  private readonly removals: (Int32Array | undefined)[] = [];
  private readonly copies: (Int32Array | undefined)[] = [];

  constructor(
    private readonly network: Network,
    private readonly capacity: number,
    private readonly items: Items,
  ) {
    this.intern([]);
  }

  content(id: number): Int32Array {
    return this.contents[id] as Int32Array;
  }

  /** The content after one more message, or {@link full}. */
  append(id: number, item: number): number {
    const row = this.appended[id] as Int32Array;
    const known = item < row.length ? (row[item] as number) : unknown;
    if (known !== unknown) return known;
    return this.rememberAppend(id, item, this.computeAppend(this.content(id), item));
  }

  /** Pairs of an item that may be heard now and the content after it was. */
  deliverable(id: number): Int32Array {
    const known = this.departures[id];
    if (known !== undefined) return known;
    const pairs: number[] = [];
    const content = this.content(id);
    for (let i = 0; i < content.length; i++) {
      if (!this.comesFirst(content, i)) continue;
      pairs.push(content[i] as number, this.network === 'set' ? id : this.without(content, i));
    }
    const made = Int32Array.from(pairs);
    this.departures[id] = made;
    return made;
  }

  /** Pairs of an item and the content without it, for every message that may be lost, wherever it stands in its queue. */
  losable(id: number): Int32Array {
    this.removals[id] ??= this.changesOf(id, (content, i) => this.without(content, i));
    return this.removals[id] as Int32Array;
  }

  /** Pairs of an item and the content with a second copy of it right behind, where there is room. */
  duplicable(id: number): Int32Array {
    this.copies[id] ??= this.changesOf(id, (content, i) => this.doubled(content, i));
    return this.copies[id] as Int32Array;
  }

  /** The content without the messages that `drop` names. */
  purge(id: number, drop: (item: number) => boolean): number {
    return this.intern([...this.content(id)].filter((item) => !drop(item)));
  }

  /** The content that holds these items, each link's in this order. */
  arranged(items: readonly number[]): number {
    const { network, items: of } = this;
    const isQueue = network === 'fifo';
    return this.intern([...items].sort((a, b) => (isQueue ? of.sender(a) - of.sender(b) : of.compare(a, b))));
  }

  /** Whether item `i` may be heard: each distinct one of an unordered inbox, the head of each queue of a fifo one. */
  private comesFirst(content: Int32Array, i: number): boolean {
    if (i === 0) return true;
    const before = content[i - 1] as number;
    const item = content[i] as number;
    return this.network === 'fifo' ? this.items.sender(before) !== this.items.sender(item) : before !== item;
  }

  private changesOf(id: number, change: (content: Int32Array, i: number) => number): Int32Array {
    const pairs: number[] = [];
    const content = this.content(id);
    for (let i = 0; i < content.length; i++) {
      if (i > 0 && content[i] === content[i - 1]) continue; // a neighbour alike gives the same content
      const after = change(content, i);
      if (after !== full) pairs.push(content[i] as number, after);
    }
    return Int32Array.from(pairs);
  }

  private computeAppend(content: Int32Array, item: number): number {
    if (this.network === 'set' && content.includes(item)) return this.ids.get(content.join()) as number;
    if (this.room(content, item) <= 0) return full;
    return this.intern(this.place(content, item));
  }

  private room(content: Int32Array, item: number): number {
    const sender = this.items.sender(item);
    let queued = 0;
    for (const other of content) if (this.items.sender(other) === sender) queued++;
    return this.capacity - queued;
  }

  private place(content: Int32Array, item: number): number[] {
    const list = [...content];
    const sender = this.items.sender(item);
    const isQueue = this.network === 'fifo';
    const behind = (other: number) =>
      isQueue ? this.items.sender(other) > sender : this.items.compare(other, item) > 0;
    const at = list.findIndex(behind);
    list.splice(at < 0 ? list.length : at, 0, item);
    return list;
  }

  private without(content: Int32Array, i: number): number {
    return this.intern([...content.subarray(0, i), ...content.subarray(i + 1)]);
  }

  private doubled(content: Int32Array, i: number): number {
    const item = content[i] as number;
    if (this.room(content, item) <= 0) return full;
    return this.intern([...content.subarray(0, i + 1), item, ...content.subarray(i + 1)]);
  }

  private rememberAppend(id: number, item: number, after: number): number {
    let row = this.appended[id] as Int32Array;
    if (item >= row.length) {
      const wider = new Int32Array(Math.max(8, 2 ** Math.ceil(Math.log2(item + 1)))).fill(unknown);
      wider.set(row);
      row = wider;
      this.appended[id] = row;
    }
    row[item] = after;
    return after;
  }

  private intern(list: readonly number[]): number {
    const key = list.join();
    const known = this.ids.get(key);
    if (known !== undefined) return known;
    const id = this.contents.length;
    this.contents.push(Int32Array.from(list));
    this.ids.set(key, id);
    this.appended.push(new Int32Array(0));
    if (list.length > this.fullest) this.fullest = list.length;
    return id;
  }
}
