/** When a run has to end before it is done: the time is up, the heap is nearly full, or somebody pressed Ctrl-C. */
import { getHeapStatistics } from 'node:v8';
import type { Cut } from '../kernel/index.js';

/**
 * What machines and messages are made of lives on Node's own heap, outside the store that --memory-limit bounds; running
 * into its end would kill the process before it could say what it knows.
 */
function heapIsFull(): boolean {
  const { used_heap_size: used, heap_size_limit: limit } = getHeapStatistics();
  return used > 0.8 * limit;
}

/** @internal */
export class Deadline {
  private readonly began = performance.now();

  constructor(
    private readonly interrupted: AbortSignal,
    private readonly limit: number | undefined,
  ) {}

  /** Seconds since it was made. */
  get seconds(): number {
    return (performance.now() - this.began) / 1000;
  }

  /** Why the run must end now; `undefined` while it may go on. */
  cut(): Extract<Cut, 'interrupted' | 'time' | 'memory'> | undefined {
    if (this.interrupted.aborted) return 'interrupted';
    if (this.limit !== undefined && this.seconds >= this.limit) return 'time';
    return heapIsFull() ? 'memory' : undefined;
  }
}
