/** What the difficulty is for, said of a chain on which all power mines and writes what times it likes; and the rules of times. */
import {
  type DifficultyPeers,
  type DifficultyWorld,
  foundAt,
  power,
  scaleOf,
  spacing,
  warranted,
} from '../../models/chain-difficulty/index.js';
import { always, alwaysStep, type Property, sometimes } from '../../src/kernel/index.js';
import { atStake, titled } from '../common/law.js';

type DifficultyProperty = Property<DifficultyPeers, false>;
type Chain = DifficultyWorld['peers']['chain'];

const scale = scaleOf({ measure: 'bip54', window: 1 });

/** What a block is worth with this target: 2^256 divided by it, which is 2 for the highest there is. */
function worth(bits: number): number {
  const [size, digits] = [bits >>> 24, bits & 0xffffff];
  return Math.floor(2 ** (256 - 8 * (size - 3)) / (digits + 2 ** (-8 * (size - 3))));
}

/** More than a window of blocks too many: what could not come of a time that is a little ahead. @public */
export const paced = (window: number): DifficultyProperty =>
  always(
    titled('Pace', 'blocks are never more than a window ahead of the time that has passed'),
    ({ peers: { chain } }: DifficultyWorld) => chain.height - chain.now / spacing <= window,
  );

/** @public */
export const floored: DifficultyProperty = always(
  titled('Floor', 'a block is always worth at least half of what the power warrants'),
  ({ peers: { chain } }: DifficultyWorld) => 2 * worth(chain.bits) >= warranted,
);

/** @public */
export const timely: DifficultyProperty = alwaysStep(
  titled('Times', 'a block has a later time than most of the last three, and none far ahead of the clock'),
  ({ peers: { chain: before } }: DifficultyWorld, { peers: { chain: after } }: DifficultyWorld) => {
    if (after.height === before.height) return true;
    const time = after.times.at(-1) as number;
    const later = before.times.filter((other) => time > other).length;
    return 2 * later > before.times.length && time <= after.now + scale.ahead;
  },
);

/** @public */
export const gradual = (window: number): DifficultyProperty =>
  alwaysStep(
    titled('Steps', 'the target changes after each window only, and not by more than a factor of two'),
    ({ peers: { chain: before } }: DifficultyWorld, { peers: { chain: after } }: DifficultyWorld) => {
      if (after.bits === before.bits) return true;
      // One more, for work is counted in whole hashes.
      const [from, to] = [worth(before.bits), worth(after.bits)];
      return after.height % window === window - 1 && to <= 2 * from + 1 && from <= 2 * to + 1;
    },
  );

/** @param horizon the time that passes, in blocks as they should come @public */
export const witnesses = (horizon: number): readonly DifficultyProperty[] => {
  const seen = (name: string, holds: (chain: Chain) => boolean): DifficultyProperty =>
    sometimes(name, ({ peers: { chain } }: DifficultyWorld) => holds(chain));
  return [
    seen(atStake('Pace', 'all the time has passed'), (chain) => foundAt(chain, power) > horizon * spacing),
    seen(atStake('Floor', 'a block is worth less than the power warrants'), ({ bits }) => worth(bits) < warranted),
    seen(
      atStake('Times', 'a time earlier than the one before it'),
      ({ times: [a = 0, b = 0, c = 0] }) => c < b || b < a,
    ),
    seen(atStake('Steps', 'a block is worth more than the power warrants'), ({ bits }) => worth(bits) > warranted),
    seen('a time ahead of the clock', ({ times, now }) => (times.at(-1) as number) > now),
  ];
};
