/** An exhaustive search in slices, so that a person can watch it and stop it. */
import { freemem } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import type { Budget, Cut, Progress, Report, Search } from '../kernel/index.js';
import type { ReductionName } from '../reduce/index.js';
import { begin, type StoreName, type StrategyName } from '../run/check.js';
import type { Chosen } from './choose.js';
import { Deadline } from './deadline.js';
import type { Io } from './io.js';
import { type Gauge, gauge } from './progress.js';
import { severalCores } from './several-cores.js';

/** @internal */
export interface SearchLimits {
  readonly strategy?: StrategyName;
  readonly maxStates?: number;
  readonly maxDepth?: number;
  /** In MiB, of the store of states alone. */
  readonly memoryLimit?: number;
  /** In seconds. */
  readonly timeLimit?: number;
  readonly first?: boolean;
  readonly reduce?: readonly ReductionName[];
  readonly store?: StoreName;
  /** Of the hashes of a store that is not exact. */
  readonly seed?: number;
  /** In MiB. */
  readonly bitstateSize?: number;
  /** Threads that share the search; by default there is no more than one. */
  readonly workers?: number;
}

/** A search that may go on by itself, in other threads. */
type Running = Search & {
  pause?(): Promise<void>;
  stop?(cut: Cut): Promise<Report>;
  close?(): Promise<void>;
};

const mebibyte = 1024 * 1024;

/** Half of what the machine (or its container) can still give. */
const half = (): number => Math.floor((process.availableMemory?.() ?? freemem()) / 2);

/** A slice takes about this long: long enough to be fast, short enough to feel at once. */
const sliceMs = 60;

/** @internal */
export async function search(
  chosen: Chosen,
  limits: SearchLimits & { readonly quiet?: boolean; readonly json?: boolean },
  io: Io,
): Promise<{ readonly report: Report; readonly seconds: number }> {
  const { strategy, maxStates, maxDepth, memoryLimit, first = false, reduce = [] } = limits;
  const { store, seed, bitstateSize } = limits;
  const budget: Budget = {
    ...(maxStates === undefined ? {} : { maxStates }),
    ...(maxDepth === undefined ? {} : { maxDepth }),
    maxBytes: memoryLimit === undefined ? half() : memoryLimit * mebibyte,
    stopWhenDecided: first,
  };
  const start = (): Running =>
    severalCores(chosen, limits, budget, io) ??
    begin(
      chosen.system,
      chosen.asked.map(({ property }) => property),
      {
        ...budget,
        ...(strategy === undefined ? {} : { strategy }),
        reduce,
        ...(store === undefined ? {} : { store }),
        ...(seed === undefined ? {} : { seed }),
        ...(bitstateSize === undefined ? {} : { bitstateBytes: bitstateSize * mebibyte }),
      },
    );
  return drive(start, chosen.title, limits, io);
}

/** Takes a search to its end, or to where somebody has had enough. @internal */
export async function drive(
  start: () => Running,
  title: string,
  limits: Pick<SearchLimits, 'timeLimit'> & { readonly quiet?: boolean; readonly json?: boolean },
  io: Io,
): Promise<{ readonly report: Report; readonly seconds: number }> {
  const deadline = new Deadline(io.interrupted, limits.timeLimit);
  const watch = gauge(io, title, limits);
  let running: Running | undefined;
  try {
    running = start();
    let slice = 500;
    while (!running.done) {
      // Even when the time is already up: a report with one state says more than one with none.
      const before = performance.now();
      running.advance(slice);
      const took = performance.now() - before;
      slice = Math.min(1_000_000, Math.max(50, Math.round((slice * sliceMs) / Math.max(took, sliceMs / 4))));
      showProgress(watch, running.progress(), deadline.seconds);
      await (running.pause?.() ?? setImmediate());
      const cut = running.done ? undefined : deadline.cut();
      if (cut === undefined) continue;
      const report = await (running.stop?.(cut) ?? running.report(cut));
      return { report, seconds: deadline.seconds };
    }
    return { report: running.report(), seconds: deadline.seconds };
  } finally {
    watch.stop();
    await running?.close?.();
  }
}

function showProgress(watch: Gauge, progress: Progress, seconds: number): void {
  const { states, queue, depth, bytes } = progress;
  watch.show(() => {
    const rate = Math.round(states / Math.max(seconds, 0.001)).toLocaleString('en');
    const known = [states, queue].map((n) => n.toLocaleString('en'));
    return `${known[0]} states, ${rate} states/s, queue ${known[1]}, depth ${depth}, ${Math.ceil(bytes / mebibyte)} MiB`;
  });
}
