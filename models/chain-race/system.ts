/**
 * A payment that is raced against: honest miners, a merchant who asks for so many confirmations, an adversary with so many blocks.
 * What the adversary knows is everything, at once: it chooses last.
 */
import { type Operation, type Peer, peer, type System, system, type World } from '../../src/kernel/index.js';
import { type Chain, finderOf, prefixesOf, type Spend, spendIn, textOf } from './blocks.js';
import { type MalloryContext, type Means, mallory } from './mallory.js';
import { merchant } from './merchant.js';
import { miner } from './miner.js';
import { type NodeContext, type Place, type RaceRules, soundRules, type Tie } from './rules.js';

/**
 * How blocks get about. `prompt`: they are everywhere in the moment in which they are found or shown. `pull`: a node asks another one
 * when it likes, and gets the chain which that one has, up to any block of it. `push`: who has a new chain sends it, in order on each
 * link. Transactions are everywhere at once but with `push`.
 * @public
 */
export type Links = 'prompt' | 'pull' | 'push';

/** @public */
export interface RaceOptions extends Means {
  /** Confirmations that the merchant asks for. */
  readonly depth: number;
  readonly tie: Tie;
  readonly links: Links;
  readonly miners: number;
  /** Blocks of honest miners that make the longest chain of any of them longer: how many more than the merchant asks for. */
  readonly further: number;
  /** Those that do not, since whoever found them had not heard of the newest. */
  readonly late: number;
  readonly variation?: RaceVariation;
}

/** A way to get it wrong; what is left out is right. @public */
export interface RaceVariation {
  readonly rules?: Partial<RaceRules>;
  /** What the adversary has instead of what it should have. */
  readonly means?: Partial<Means>;
}

/** With one miner there is no `b`. @public */
export type RacePeers = {
  readonly a: Peer<NodeContext>;
  readonly b: Peer<NodeContext>;
  readonly merchant: Peer<NodeContext>;
  readonly mallory: Peer<MalloryContext>;
};

/** @public */
export type RaceWorld = World<RacePeers, false>;

type Seen = World<RacePeers, true>;

/** The honest ones. @public */
export const nodesOf = ({ names, peers }: Seen | RaceWorld): readonly NodeContext[] =>
  names.flatMap((name) => (name === 'mallory' ? [] : (peers[name] ?? [])));

/** All that anybody has. @public */
export const chainsOf = (world: Seen | RaceWorld): readonly Chain[] => [
  ...nodesOf(world).map(({ chain }) => chain),
  ...(world.peers.mallory?.secret ?? []),
];

/** @public */
export function chainRace(options: RaceOptions): System<RacePeers, false> {
  const { depth, tie, links, miners, further, late, variation = {} } = options;
  const sound = soundRules(tie);
  const rules: RaceRules = { ...sound, ...variation.rules };
  const { lead, budget } = options;
  const names = ['a', 'b'].slice(0, miners);
  const nodes = [...names, 'merchant'];
  const othersOf = (name: string) => nodes.filter((other) => other !== name);
  const placeOf = (name: string): Place => ({ name, tells: links === 'pull' ? [] : othersOf(name) });

  const longest = ({ peers }: Seen): number => Math.max(...names.map((name) => peers[name as 'a']?.chain.length ?? 0));
  const isLonger = (world: Seen, self: keyof RacePeers): boolean =>
    (world.peers[self] as NodeContext).chain.length >= longest(world);
  const mining = (name: string, limit: number, when: typeof isLonger): Operation<RacePeers> => ({
    name,
    peers: names as (keyof RacePeers)[],
    limit,
    offer: (world, self) => (when(world, self) ? [{ event: { type: 'mine' } }] : []),
  });

  const pay: Operation<RacePeers> = {
    name: 'pay',
    peers: ['mallory'],
    limit: 1,
    offer: () =>
      subsetsOf(names).map((doubled) => ({ args: { doubled: doubled.join(' ') }, event: { type: 'pay', doubled } })),
  };

  const secretly: Operation<RacePeers> = {
    name: 'mineSecretly',
    peers: ['mallory'],
    offer: (world) => {
      const { found } = world.peers.mallory as MalloryContext;
      const isBefore = world.state('mallory') === 'before';
      const left = isBefore ? lead - found + budget : budget - found;
      // A block is in vain if with all the others on it nobody would take it.
      const least = Math.min(...nodesOf(world).map(({ chain }) => chain.length)) + (tie === 'firstSeen' ? 1 : 0);
      return prefixesOf(chainsOf(world))
        .filter((on) => on.length + left >= least)
        .flatMap((on) =>
          (spendIn(on) === null ? spends : [null]).map((spend) => ({
            args: { on: textOf(on), carries: spend ?? 'nothing' },
            event: { type: 'mine', on, spend },
          })),
        );
    },
  };

  const release: Operation<RacePeers> = {
    name: 'release',
    peers: ['mallory'],
    offer: (world) => {
      const { secret } = world.peers.mallory as MalloryContext;
      const chains = prefixesOf(secret).filter((chain) => finderOf(chain.at(-1) ?? '') === 'm');
      return nodesOf(world).flatMap(({ at: { name: to }, chain: own }) =>
        chains
          .filter((chain) => rules.leaves(own, chain) && !isOnItsWay(world, to, chain))
          .map((chain) => ({ args: { to, chain: textOf(chain) }, event: { type: 'release', chain, to } })),
      );
    },
  };

  const ask: Operation<RacePeers> = {
    name: 'ask',
    by: 'protocol',
    peers: nodes as (keyof RacePeers)[],
    offer: (world, self) => {
      const { chain: own } = world.peers[self] as NodeContext;
      return othersOf(self).flatMap((from) =>
        prefixesOf([(world.peers[from as 'a'] as NodeContext).chain])
          .filter((chain) => rules.leaves(own, chain))
          .map((chain) => ({ args: { from, chain: textOf(chain) }, event: { type: 'chain', chain, from } })),
      );
    },
  };

  const honestly = miner(rules);
  return system<RacePeers>({
    name: `chain-race depth=${depth} budget=${budget}`,
    network: links === 'push' ? 'fifo' : 'synchronous',
    peers: {
      ...Object.fromEntries(names.map((name) => [name, peer(honestly, { at: placeOf(name) })])),
      merchant: peer(merchant(rules, depth), { at: placeOf('merchant') }),
      mallory: peer(mallory({ lead, budget, ...variation.means }), { at: { name: 'mallory', tells: nodes } }),
    } as unknown as RacePeers,
    operations: [
      mining('mine', depth + further, isLonger),
      ...(late > 0 ? [mining('mineLate', late, (world: Seen, self: keyof RacePeers) => !isLonger(world, self))] : []),
      ...(links === 'pull' ? [ask] : []),
      pay,
      secretly,
      release,
    ],
  });
}

const spends: readonly (Spend | null)[] = [null, 'payment', 'double'];

const isOnItsWay = (world: Seen, to: string, chain: Chain): boolean =>
  world
    .inFlight(to)
    .some(
      ({ from, message }) => from === 'mallory' && textOf((message.chain as Chain | undefined) ?? []) === textOf(chain),
    );

const subsetsOf = ([first, ...rest]: readonly string[]): readonly (readonly string[])[] =>
  first === undefined ? [[]] : subsetsOf(rest).flatMap((set) => [set, [first, ...set]]);
