/** The frontier: states whose moves are still to be looked at, and which comes next. All that sets strategies apart. */

/** @internal */
export interface Frontier {
  /** Whether what is pushed comes after all that is there. */
  readonly isQueue: boolean;
  readonly size: number;
  /** Moves from a start to the farthest state pushed, by the way it was found. */
  readonly depth: number;
  /** Depth of the state that {@link next} gave last. */
  readonly current: number;
  /** A state that was just found, `depth` moves from a start. */
  push(id: number, depth: number): void;
  next(): number;
}

/**
 * First in, first out: breadth-first. States are numbered as they are found, so the queue is an interval of numbers, and
 * their depths are the marks at which each level begins.
 */
export class Queue implements Frontier {
  readonly isQueue = true;
  depth = 0;
  current = 0;
  private head = 0;
  private end = 0;
  /** First state of the level after the current one. */
  private nextLevel = Number.POSITIVE_INFINITY;

  get size(): number {
    return this.end - this.head;
  }

  push(id: number, depth: number): void {
    if (depth > this.depth) {
      this.depth = depth;
      this.nextLevel = id;
    }
    this.end = id + 1;
  }

  next(): number {
    if (this.head === this.nextLevel) {
      this.current++;
      this.nextLevel = Number.POSITIVE_INFINITY;
    }
    return this.head++;
  }
}

/** Last in, first out: depth-first. */
export class Stack implements Frontier {
  readonly isQueue = false;
  depth = 0;
  current = 0;
  size = 0;
  private ids = new Int32Array(1024);
  private depths = new Int32Array(1024);

  push(id: number, depth: number): void {
    if (this.size === this.ids.length) {
      this.ids = doubled(this.ids);
      this.depths = doubled(this.depths);
    }
    this.ids[this.size] = id;
    this.depths[this.size++] = depth;
    if (depth > this.depth) this.depth = depth;
  }

  next(): number {
    this.size--;
    this.current = this.depths[this.size] as number;
    return this.ids[this.size] as number;
  }
}

function doubled(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(array.length * 2);
  wider.set(array);
  return wider;
}
