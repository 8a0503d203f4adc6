/** Mistakes made with difficulty and time. V07 is numbered as in the README, D.. are seeded. */
import { bitsOf, limits, medianTimePast, targetOf } from '../bitcoin/index.js';
import type { Seeded } from '../mutant.js';
import type { DifficultyRules, Measure } from './rules.js';

/** @public */
export interface DifficultyMutant extends Seeded {
  readonly values: {
    readonly measure: Measure;
    readonly window: number;
    readonly horizon: number;
    readonly truth: boolean;
  };
  readonly variation: Partial<DifficultyRules>;
}

const bounded = (target: bigint): bigint => (target > targetOf(limits.regtest) ? targetOf(limits.regtest) : target);

const at = (horizon: number, window = 3) => ({ measure: 'bip54', window, horizon, truth: false }) as const;

/** @public */
export const mutants: { readonly [name: string]: DifficultyMutant } = {
  V07: {
    doc: 'windows do not join: no window measures the step to the next, and nothing else bounds it',
    values: at(11),
    variation: { earliest: ({ median }, { times }) => medianTimePast(times.slice(-median)) + 1 },
    kills: { Pace: 13, Floor: 8 },
    source: 'Bitcoin; BIP 54, the timewarp attack',
  },
  D1: {
    doc: 'a time may be as early as one likes',
    values: at(9),
    variation: { earliest: () => 0 },
    kills: { Floor: 8, Times: 1 },
    source: 'seeded',
  },
  D2: {
    doc: 'a time may be as late as one likes',
    values: at(9),
    variation: { latest: () => Number.POSITIVE_INFINITY },
    kills: { Times: 1 },
    source: 'seeded',
  },
  D3: {
    doc: 'a change is not clamped',
    values: at(9),
    variation: {
      next: ({ timespan }, bits, first, last) =>
        bitsOf(bounded((targetOf(bits) * BigInt(Math.max(last - first, 1))) / BigInt(timespan))),
    },
    kills: { Steps: 2 },
    source: 'seeded',
  },
  D4: {
    doc: 'the target changes a block too late',
    values: at(9),
    variation: { endsWindow: ({ interval }, height) => height % interval === 0 },
    kills: { Steps: 3, 'at stake in Floor': 'never' },
    source: 'seeded',
  },
};
