/** What a merchant must be able to rely on, what the miners and the merchant promise for it, and what the adversary must keep to. */
import {
  blockOf,
  type Chain,
  carriedBy,
  chainsOf,
  depthOf,
  finderOf,
  isPrefix,
  type NodeContext,
  nodesOf,
  prefixesOf,
  type RaceOptions,
  type RacePeers,
  type RaceWorld,
  soundRules,
  spendIn,
  type Tie,
  textOf,
} from '../../models/chain-race/index.js';
import { always, alwaysStep, leadsTo, never, type Property, sometimes, whenQuiet } from '../../src/kernel/index.js';
import { atStake, titled } from '../common/law.js';

type Options = Omit<RaceOptions, 'variation'>;

/** @public */
export type RaceProperty = Property<RacePeers, false>;

const isGiven = (world: RaceWorld): boolean => world.state('merchant') === 'given';

/** @public */
export const isReversed = (world: RaceWorld): boolean =>
  isGiven(world) && spendIn(world.peers.merchant.chain) === 'double';

/** @public */
export const kept: RaceProperty = never(
  titled('Kept', 'no payment is taken back for which the goods were given'),
  isReversed,
);

const isConfirmed = ({ chain, first }: NodeContext, asked: number): boolean =>
  asked === 0 ? first === 'payment' && spendIn(chain) !== 'double' : depthOf(chain) >= asked;

/** @public */
export const confirmed = (asked: number): RaceProperty =>
  alwaysStep(
    titled('Depth', `the goods are given only while the payment has the ${asked} confirmations that were asked for`),
    (before: RaceWorld, after: RaceWorld) =>
      isGiven(before) || !isGiven(after) || isConfirmed(after.peers.merchant, asked),
  );

/** @public */
export const served = (asked: number): RaceProperty =>
  leadsTo(
    titled('Served', 'whose payment has the confirmations gets the goods, unless it loses them again'),
    (world: RaceWorld) => isConfirmed(world.peers.merchant, asked),
    (world: RaceWorld) => isGiven(world) || !isConfirmed(world.peers.merchant, asked),
    { weak: ['timeout'] },
  );

/** @public */
export const once: RaceProperty = always(
  titled('Once', 'no chain that an honest one has carries both transactions, or one of them twice'),
  (world: RaceWorld) =>
    nodesOf(world).every(({ chain }) => chain.filter((block) => carriedBy(block) !== null).length <= 1),
);

/** @public */
export const longest = (tie: Tie): RaceProperty =>
  alwaysStep(
    titled('Longest', `a chain is left only for a longer one${tie === 'firstSeen' ? '' : ', or one that ties allow'}`),
    (before: RaceWorld, after: RaceWorld) => {
      const now = nodesOf(after);
      return nodesOf(before).every(({ chain: own }, at) => {
        const other = now[at]?.chain ?? [];
        return own === other || textOf(own) === textOf(other) || soundRules(tie).leaves(own, other);
      });
    },
  );

/** @public */
export const agreed: RaceProperty = whenQuiet(
  titled('Agree', 'once all is heard, all honest ones have equally long chains'),
  (world: RaceWorld) => new Set(nodesOf(world).map(({ chain }) => chain.length)).size === 1,
);

/** @public */
export const withinMeans = ({ lead, budget }: Options): RaceProperty =>
  always(titled('Means', 'the adversary finds no more blocks than are said'), (world: RaceWorld) => {
    const hers = prefixesOf(chainsOf(world)).filter(isHers);
    return hers.length <= lead + (world.state('mallory') === 'after' ? budget : 0);
  });

const isHers = (chain: Chain): boolean => finderOf(chain.at(-1) ?? '') === 'm';

const secretOf = ({ peers }: RaceWorld): readonly Chain[] => peers.mallory.secret;

const seen = (name: string, holds: (world: RaceWorld) => boolean): RaceProperty => sometimes(name, holds);

/** What must come up, or the claims say little; and with which means it can. @public */
export function witnesses(options: Options): readonly RaceProperty[] {
  const { depth, tie, links, miners, late, lead, budget } = options;
  const means = lead + budget;
  const { leaves } = soundRules(tie);
  return [
    seen(atStake('Served', 'the goods are packed'), (world) => world.state('merchant') === 'packing'),
    ...(means >= 1
      ? [
          seen(
            atStake('Kept', 'the goods are given, and the adversary has a secret chain with the double spend'),
            (world) =>
              isGiven(world) && secretOf(world).some((chain) => spendIn(chain) === 'double' && isSecret(world, chain)),
          ),
          seen('the adversary is ahead of all others', (world) =>
            secretOf(world).some((chain) => nodesOf(world).every((node) => chain.length > node.chain.length)),
          ),
          seen(
            'the adversary has confirmed its own payment, and got the goods',
            (world) =>
              isGiven(world) &&
              world.peers.merchant.chain.some((block) => carriedBy(block) === 'payment' && finderOf(block) === 'm'),
          ),
          seen(
            atStake('Once', 'somebody has the payment on the chain, somebody the double spend'),
            (world) =>
              chainsOf(world).some((chain) => spendIn(chain) === 'payment') &&
              chainsOf(world).some((chain) => spendIn(chain) === 'double'),
          ),
          seen(atStake('Agree', 'all have a block of the adversary on their chain'), (world) =>
            nodesOf(world).every(({ chain }) => chain.some((block) => finderOf(block) === 'm')),
          ),
          seen(
            atStake('Means', 'the adversary has found all that it may'),
            (world) => prefixesOf(chainsOf(world)).filter(isHers).length === means,
          ),
        ]
      : []),
    ...(means >= (tie === 'firstSeen' ? 2 : 1)
      ? [
          seen(
            atStake('Longest', 'a secret chain that would be taken, and what is left for it is not part of it'),
            (world) =>
              secretOf(world).some((chain) =>
                nodesOf(world).some((node) => leaves(node.chain, chain) && !isPrefix(node.chain, chain)),
              ),
          ),
        ]
      : []),
    // Over links that take their time it can be done with fewer blocks, in other ways.
    ...(links === 'prompt' && depth > 0 && means >= blocksFor(depth, tie) - 1 && means >= 1
      ? [
          seen('the goods are given, and one block more would take the payment back', (world) =>
            secretOf(world).some(
              (chain) =>
                isGiven(world) &&
                spendIn(chain) === 'double' &&
                spendIn(world.peers.merchant.chain) === 'payment' &&
                leaves(world.peers.merchant.chain, [...chain, blockOf('mallory', null)]),
            ),
          ),
        ]
      : []),
    ...(links === 'prompt' && depth > 0 && means >= blocksFor(depth, tie)
      ? [
          seen(
            atStake('Depth', 'the goods are packed, and the adversary can take the confirmations away'),
            (world) =>
              world.state('merchant') === 'packing' &&
              secretOf(world).some((chain) => leaves(world.peers.merchant.chain, chain) && spendIn(chain) === 'double'),
          ),
        ]
      : []),
    ...(links !== 'prompt' && miners > 1 && late > 0
      ? [
          seen('honest miners have found two blocks at the same height', (world) => {
            const [a, b] = nodesOf(world);
            return a !== undefined && b !== undefined && isHonestFork(a.chain, b.chain);
          }),
        ]
      : []),
  ];
}

const blocksFor = (depth: number, tie: Tie): number => (tie === 'firstSeen' ? depth + 1 : depth);

/** Whether nobody but the adversary has all of it. */
const isSecret = (world: RaceWorld, chain: Chain): boolean =>
  nodesOf(world).every((node) => !isPrefix(chain, node.chain));

const isHonestFork = (one: Chain, other: Chain): boolean => {
  const at = one.findIndex((block, place) => block !== other[place]);
  const blocks = [one[at], other[at]];
  return at >= 0 && blocks.every((block) => block !== undefined && finderOf(block) !== 'm');
};
