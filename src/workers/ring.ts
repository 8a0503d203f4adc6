/** A stream of numbers from one worker to another, in shared memory: one writes, one reads, and neither ever waits in it. */
const written = 0;
const read = 16;
const first = 32;

/** @internal */
export class Ring {
  private readonly words: Int32Array;
  private readonly capacity: number;
  private readonly mask: number;
  /** What this side has written or read, which the other side learns by {@link write} and {@link readInto}. */
  private position = 0;

  constructor(memory: SharedArrayBuffer) {
    this.words = new Int32Array(memory);
    this.capacity = this.words.length - first;
    this.mask = this.capacity - 1;
  }

  /** @param capacity in numbers, a power of two */
  static memory(capacity: number): SharedArrayBuffer {
    return new SharedArrayBuffer(4 * (first + capacity));
  }

  /** Writes what there is room for of `from[start...end]`; returns where it stopped. */
  write(from: Int32Array, start: number, end: number): number {
    const { words, capacity, mask, position } = this;
    const free = capacity - ((position - Atomics.load(words, read)) | 0);
    const count = Math.min(free, end - start);
    if (count === 0) return start;
    const at = position & mask;
    const straight = Math.min(count, capacity - at);
    words.set(from.subarray(start, start + straight), first + at);
    words.set(from.subarray(start + straight, start + count), first);
    this.position = (position + count) | 0;
    Atomics.store(words, written, this.position);
    return start + count;
  }

  /** How many numbers wait to be read. */
  get waiting(): number {
    return (Atomics.load(this.words, written) - this.position) | 0;
  }

  /** Reads `count` of those that wait into `into`, from `at` on. More may have come since somebody asked how many {@link waiting}. */
  readInto(into: Int32Array, at: number, count: number): void {
    const { words, capacity, mask, position } = this;
    const from = position & mask;
    const straight = Math.min(count, capacity - from);
    into.set(words.subarray(first + from, first + from + straight), at);
    into.set(words.subarray(first, first + count - straight), at + straight);
    this.position = (position + count) | 0;
    Atomics.store(words, read, this.position);
  }
}
