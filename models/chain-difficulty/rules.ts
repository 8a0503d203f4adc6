/** How the difficulty follows the clock, in four ways: as Bitcoin does, and three ways to mend it; and the state that it needs. */
import { medianTimePast, type Retarget, retargeted } from '../bitcoin/index.js';

/**
 * `bitcoin`: a window is measured from its first block to its last, so that no window measures the step to the next one.
 * `overlapping`: from the last block of the window before. `joined`: as `bitcoin`, but the first block of a window may not have an earlier
 * time than the block before it. `bip54`: moreover the last block of a window not than its first.
 * @public
 */
export type Measure = 'bitcoin' | 'overlapping' | 'joined' | 'bip54';

/** The end of a chain of headers, as far as it matters for the next one. @public */
export interface Headers {
  /** Blocks after genesis. */
  readonly height: number;
  /** The target of the next block, in compact form. */
  readonly bits: number;
  /** The times of the last blocks, as many as the median is taken of. */
  readonly times: readonly number[];
  /** The time of the first block of the window; of the last block of the one before, if that is what is measured from. */
  readonly first: number;
}

/** @public */
export interface Scale extends Retarget {
  readonly measure: Measure;
  /** Blocks of whose times the median is taken; Bitcoin: 11. */
  readonly median: number;
  /** How far ahead of the clock a time may be; Bitcoin: two hours. */
  readonly ahead: number;
}

/** What a mutant replaces. @public */
export interface DifficultyRules {
  /** The first time that the next block may have. */
  earliest(scale: Scale, headers: Headers): number;
  /** The last one, by the clock of whoever checks it. */
  latest(scale: Scale, now: number): number;
  /** Whether the block after this one has a new target. */
  endsWindow(scale: Scale, height: number): boolean;
  /** The new target. */
  next(scale: Scale, bits: number, first: number, last: number): number;
}

/** @public */
export const soundRules: DifficultyRules = {
  earliest: ({ measure, interval, median }, { height, times, first }) => {
    const afterMedian = medianTimePast(times.slice(-median)) + 1;
    const place = (height + 1) % interval;
    const isJoined = measure === 'joined' || measure === 'bip54';
    if (isJoined && place === 0) return Math.max(afterMedian, times.at(-1) as number);
    return measure === 'bip54' && place === interval - 1 ? Math.max(afterMedian, first) : afterMedian;
  },
  latest: ({ ahead }, now) => now + ahead,
  endsWindow: ({ interval }, height) => height % interval === interval - 1,
  next: (scale, bits, first, last) => retargeted(bits, first, last, scale),
};

/** The chain with one more block. @internal */
export function extended(rules: DifficultyRules, scale: Scale, headers: Headers, time: number): Headers {
  const { interval, median, measure } = scale;
  const height = headers.height + 1;
  const times = [...headers.times, time].slice(-median);
  const overlaps = measure === 'overlapping';
  const opened = !overlaps && height % interval === 0 ? time : headers.first;
  if (!rules.endsWindow(scale, height)) return { height, times, first: opened, bits: headers.bits };
  const bits = rules.next(scale, headers.bits, opened, time);
  return { height, times, first: overlaps ? time : opened, bits };
}
