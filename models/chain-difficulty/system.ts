/** Constant power and every choice of times at the edges of what is allowed, for as long as a number of blocks should take. */
import { type Operation, type Peer, peer, type System, system, type World } from '../../src/kernel/index.js';
import { limits, medianTimePast } from '../bitcoin/index.js';
import { type DifficultyContext, foundAt, headerChain } from './machine.js';
import { type DifficultyRules, type Measure, type Scale, soundRules } from './rules.js';

/** @public */
export interface DifficultyOptions {
  readonly measure: Measure;
  /** Blocks from one change of the target to the next. */
  readonly window: number;
  /** The time that passes, in blocks as they should come. */
  readonly horizon: number;
  /** Whether miners may also write the true time. */
  readonly truth: boolean;
  /** A way to get it wrong. */
  readonly variation?: Partial<DifficultyRules>;
}

/** Units of time that a block should take; the power in work per unit of time; so a block should be worth 16. @public */
export const spacing = 8;
/** @public */
export const power = 2;
/** @public */
export const warranted = spacing * power;

/** Worth 16 hashes. */
const startBits = 0x200fffff;

/** The rules at the scale of the model. @public */
export const scaleOf = ({ measure, window }: Pick<DifficultyOptions, 'measure' | 'window'>): Scale => ({
  measure,
  interval: window,
  timespan: window * spacing,
  clamp: 2,
  limit: limits.regtest,
  median: 3,
  ahead: 2,
});

/** @public */
export type DifficultyPeers = { readonly chain: Peer<DifficultyContext> };

/** @public */
export type DifficultyWorld = World<DifficultyPeers, false>;

/** @public */
export function chainDifficulty(options: DifficultyOptions): System<DifficultyPeers, false> {
  const { horizon, truth, variation = {} } = options;
  const scale = scaleOf(options);
  const mine: Operation<DifficultyPeers> = {
    name: 'mine',
    offer: ({ peers: { chain } }) => {
      if (chain === undefined) return [];
      const found = foundAt(chain, power);
      if (found > horizon * spacing) return [];
      const median = medianTimePast(chain.times);
      // The edges of what is allowed, one beyond them on either side, and the truth.
      const edges = [
        median,
        median + 1,
        soundRules.earliest(scale, chain),
        found + scale.ahead,
        found + scale.ahead + 1,
      ];
      const times = [...new Set([...edges, ...(truth ? [found] : [])])].sort((a, b) => a - b);
      return times.map((time) => ({ args: { time }, event: { type: 'mine', time } }));
    },
  };
  return system<DifficultyPeers>({
    name: `chain-difficulty ${options.measure}`,
    peers: { chain: peer(headerChain({ ...soundRules, ...variation }, scale, power), { bits: startBits }) },
    operations: [mine],
  });
}
