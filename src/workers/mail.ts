/**
 * States on their way between two workers, as numbers. Each side has its own numbers for what the components of a state stand for, so
 * the sender tells each content once, before it uses its number, and the receiver looks its own up in a table.
 */
import type { Contents, Moves, State } from '../kernel/index.js';
import type { Ring } from './ring.js';
import { roomFor } from './room.js';

/** What is sent beside the stream of numbers. @internal */
export type Parcel =
  | {
      /** Contents of numbers of some components, which go on from those that were told before. */
      readonly told: readonly {
        readonly component: number;
        readonly from: number;
        readonly contents: readonly unknown[];
      }[];
    }
  | {
      /** Where the worker's keys are from now on. */
      readonly keys: SharedArrayBuffer;
    };

/** Length, rank and number of the state that was left, and how many moves of it follow. */
const header = 4;

/** To one other worker. @internal */
export class Outbox {
  /** What is written and not yet in the ring. */
  buffer = new Int32Array(1 << 14);
  length = 0;
  private sent = 0;
  private group = 0;
  private moves = 0;
  /** By component: how many numbers were told, and the largest that is used. */
  private readonly told: Int32Array;
  private readonly largest: Int32Array;

  constructor(
    private readonly width: number,
    private readonly contents: Contents,
    private readonly ring: Ring,
    private readonly post: (parcel: Parcel) => void,
  ) {
    this.told = new Int32Array(width);
    this.largest = new Int32Array(width).fill(-1);
  }

  /** What waits for room in the ring. */
  get waiting(): number {
    return this.length - this.sent;
  }

  /** Begins with the moves of a state. */
  open(rank: number, id: number, state: State): void {
    const { width, largest } = this;
    this.buffer = roomFor(this.buffer, this.length + header + width);
    const { buffer } = this;
    this.group = this.length;
    this.moves = 0;
    buffer[this.group + 1] = rank;
    buffer[this.group + 2] = id;
    const at = this.group + header;
    for (let c = 0; c < width; c++) {
      const value = state[c] as number;
      buffer[at + c] = value;
      if (value > (largest[c] as number)) largest[c] = value;
    }
    this.length = at + width;
  }

  /** @param choice which of the state's moves it is, of all */
  add(choice: number, changes: Int32Array, from: number, end: number): void {
    const { largest, length } = this;
    if (length + 2 + end - from > this.buffer.length) this.buffer = roomFor(this.buffer, length + 2 + end - from);
    const { buffer } = this;
    let to = length;
    buffer[to++] = choice;
    buffer[to++] = end - from;
    for (let c = from; c < end; c += 2) {
      const component = changes[c] as number;
      const value = changes[c + 1] as number;
      if (value > (largest[component] as number)) largest[component] = value;
      buffer[to++] = component;
      buffer[to++] = value;
    }
    this.length = to;
    this.moves++;
  }

  close(): void {
    this.buffer[this.group] = this.length - this.group;
    this.buffer[this.group + 3] = this.moves;
  }

  /** Sends what there is room for; whether anything went. */
  flush(): boolean {
    if (this.waiting === 0) return false;
    this.tell();
    const before = this.sent;
    this.sent = this.ring.write(this.buffer, before, this.length);
    const isMore = this.sent > before;
    if (this.sent === this.length) this.sent = this.length = 0;
    return isMore;
  }

  /** Tells what the receiver cannot know yet. */
  private tell(): void {
    const { told, largest, contents } = this;
    const news = [];
    for (let component = 0; component < told.length; component++) {
      const from = told[component] as number;
      const end = (largest[component] as number) + 1;
      if (end <= from) continue;
      const numbers = Array.from({ length: end - from }, (_, i) => from + i);
      news.push({ component, from, contents: numbers.map((value) => contents.tell(component, value)) });
      told[component] = end;
    }
    if (news.length > 0) this.post({ told: news });
  }
}

/** From one other worker. @internal */
export class Inbox {
  private buffer = new Int32Array(1 << 14);
  private start = 0;
  private end = 0;
  /** By component: my number for each of the sender's, as many as it has told. */
  private readonly tables: Int32Array<ArrayBuffer>[];
  private readonly known: Int32Array;

  /** @param receive takes in what has come beside the stream */
  constructor(
    private readonly width: number,
    private readonly contents: Contents,
    readonly ring: Ring,
    private readonly receive: () => void,
  ) {
    this.tables = Array.from({ length: width }, () => new Int32Array(16));
    this.known = new Int32Array(width);
  }

  /** Whether nothing has come that was not taken. */
  get isEmpty(): boolean {
    return this.start === this.end && this.ring.waiting === 0;
  }

  /** Takes everything out of the ring; whether there was anything. */
  fill(): boolean {
    const { waiting } = this.ring;
    if (waiting === 0) return false;
    this.buffer.copyWithin(0, this.start, this.end);
    this.end -= this.start;
    this.start = 0;
    this.buffer = roomFor(this.buffer, this.end + waiting);
    this.ring.readInto(this.buffer, this.end, waiting);
    this.end += waiting;
    return true;
  }

  /**
   * Reads the next state that was left into `state`, and the moves that were sent of it into `moves`, with the choices as their
   * details. Returns where its rank and its number stand in {@link words}, or -1 if no more has come as a whole.
   */
  take(state: State, moves: Moves): number {
    const { buffer, start, end, tables, known, width } = this;
    if (end - start < header || end - start < (buffer[start] as number)) return -1;
    const count = buffer[start + 3] as number;
    let at = start + header;
    for (let c = 0; c < width; c++) {
      const value = buffer[at++] as number;
      if (value >= (known[c] as number)) this.await(c, value);
      state[c] = (tables[c] as Int32Array)[value] as number;
    }
    moves.clear();
    for (let i = 0; i < count; i++) {
      const choice = buffer[at++] as number;
      const last = at + 1 + (buffer[at] as number);
      at++;
      moves.begin(0, 0, 0, choice);
      for (; at < last; at += 2) {
        const component = buffer[at] as number;
        const value = buffer[at + 1] as number;
        if (value >= (known[component] as number)) this.await(component, value);
        moves.change(component, (tables[component] as Int32Array)[value] as number);
      }
      moves.end();
    }
    this.start = at;
    return start + 1;
  }

  get words(): Int32Array {
    return this.buffer;
  }

  /** What a number means was posted before the number was written. */
  private await(component: number, value: number): void {
    this.receive();
    if (value >= (this.known[component] as number))
      throw new Error(`component ${component} has a number that nobody told`);
  }

  /** Learns what the sender has told. */
  learn({ told }: Extract<Parcel, { readonly told: unknown }>): void {
    for (const { component, from, contents } of told) {
      const table = roomFor(this.tables[component] as Int32Array<ArrayBuffer>, from + contents.length);
      for (const [i, content] of contents.entries()) table[from + i] = this.contents.learn(component, content);
      this.tables[component] = table;
      this.known[component] = from + contents.length;
    }
  }
}
