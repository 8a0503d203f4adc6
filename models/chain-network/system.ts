/**
 * A network of nodes that mine, tell each other, and lose touch: messages are lost, doubled and overtake each other, the network
 * is cut and heals, nodes crash and come back.
 *
 * What is bounded to make it finite: blocks, faults, messages on a link. Announcing again, which is what brings lost messages
 * back, is a move of its own; it is left out where it would tell nothing new, or where the two are still talking to each other.
 */
import {
  derivePeer,
  type Operation,
  type Peer,
  peer,
  type System,
  system,
  type World,
} from '../../src/kernel/index.js';
import type { BlockId, Kind, Rules } from '../chain/index.js';
import type { Manner } from './hear.js';
import { type LiarContext, type Lie, liar, lies } from './liar.js';
import { offersOf, type Scene } from './lies.js';
import { networkNode } from './node.js';
import type { Steps } from './rest.js';
import { type NetworkChoice, type NetworkRules, soundNetworkRules } from './rules.js';
import { kept, type NodeContext, type Place } from './state.js';
import { ofTotal, totalOf } from './table.js';

/** Who can reach whom: each the next, everybody everybody, or in a circle the two nearest on either side. @public */
export type Links = 'line' | 'clique' | 'circle';

/** @public */
export interface NetworkOptions extends NetworkChoice {
  readonly nodes: number;
  readonly links: Links;
  /** Blocks that honest nodes mine in all, and the most work that one can prove. */
  readonly blocks: number;
  readonly maxWork: number;
  /** When a node may mine: `silent`, while nothing is on its way to it or from it, for blocks are rare and messages quick. */
  readonly mining: 'silent' | 'anytime';
  /** When it may announce its tip again: `silent`, while nothing is on its way between the two. */
  readonly announcing: 'silent' | 'anytime';
  /** Whether one more is mined when everybody has all the others. */
  readonly further: boolean;
  readonly partitions: number;
  readonly losses: number;
  readonly duplicates: number;
  readonly crashes: number;
  /** Messages on their way from one node to another at most; what does not fit is lost. */
  readonly capacity: number;
  /** `lost`: nobody gives up waiting as long as an answer is on its way. `any`: at any time. */
  readonly patience: 'lost' | 'any';
  readonly steps: Steps;
  /** How one more peer lies, which everybody takes for a neighbour; and how often. */
  readonly lie: Lie | 'none' | 'any';
  readonly lies: number;
  /**
   * What a block of `a` is besides in order, of which node `b` is not up to until it is mended: larger than its limits, ahead of its
   * clock; `ok`: there is none.
   */
  readonly odd: Extract<Kind, 'ok' | 'large' | 'future'>;
  readonly variation?: NetworkVariation;
}

/** A way to get it wrong; what is left out is right. @public */
export interface NetworkVariation {
  readonly rules?: Partial<NetworkRules>;
  readonly chain?: Partial<Rules>;
  /** The one node that does; default: all. */
  readonly only?: string;
  /** Another machine. */
  readonly node?: (manner: Manner) => ReturnType<typeof networkNode>;
  /** What is done to nodes besides. */
  readonly operations?: readonly Operation<NetworkPeers>[];
  readonly kept?: readonly (keyof NodeContext)[];
}

/** @public */
export type NetworkPeers = { readonly [name: string]: Peer<NodeContext> };

/** @public */
export type NetworkWorld = World<NetworkPeers, true>;

/** Who lies, if anybody does. @public */
export const mallory = 'mallory';

/** @public */
export const nameOf = (place: number): string => String.fromCharCode('a'.charCodeAt(0) + place);

/** @public */
export const namesOf = (count: number): readonly string[] => Array.from({ length: count }, (_, place) => nameOf(place));

/** @public */
export function neighboursOf(
  place: number,
  { nodes, links }: Pick<NetworkOptions, 'nodes' | 'links'>,
): readonly string[] {
  const reach = { line: 1, circle: 2, clique: nodes }[links];
  return namesOf(nodes).filter((_, other) => {
    const along = Math.abs(other - place);
    const apart = links === 'circle' ? Math.min(along, nodes - along) : along;
    return apart > 0 && apart <= reach;
  });
}

/** @public */
export function chainNetwork(options: NetworkOptions): System<NetworkPeers, true> {
  const {
    nodes,
    lie,
    blocks,
    maxWork,
    partitions,
    losses,
    duplicates,
    crashes,
    capacity,
    steps,
    variation = {},
  } = options;
  const sound: Manner = { rules: soundNetworkRules(options), steps };
  const rules = { ...sound.rules, ...variation.rules, chain: { ...sound.rules.chain, ...variation.chain } };
  const machineOf = variation.node ?? networkNode;
  const right = networkNode(sound);
  const varied = machineOf({ rules, steps });
  const names = namesOf(nodes);
  const miners = nodes + (lie === 'none' ? 0 : 1);
  const places = names.map((name, miner): Place => {
    const tells = neighboursOf(miner, options);
    const old = options.odd === 'ok' ? {} : { isOld: name === nameOf(1) };
    return { name, neighbours: lie === 'none' ? tells : [...tells, mallory], tells, miner, miners, ...old };
  });

  const told = new Map(places.map(({ name, tells }) => [name, tells]));
  const works = Array.from({ length: maxWork }, (_, less) => ({
    args: { work: less + 1 },
    event: { type: 'mine', work: less + 1 },
  }));
  const mine: Operation<NetworkPeers> = {
    name: 'mine',
    limit: blocks,
    offer: (world, self) => (options.mining === 'anytime' || hasFallenSilent(world, self) ? works : []),
  };
  const announce: Operation<NetworkPeers> = {
    name: 'announce',
    by: 'protocol',
    offer: (world, self) =>
      (told.get(self) ?? [])
        .filter((to) => isNews(world, self, to) && (options.announcing === 'anytime' || isSilent(world, self, to)))
        .map((to) => ({ args: { to }, event: { type: 'announce', to } })),
  };

  const tell: Operation<NetworkPeers> = {
    name: 'lie',
    peers: [mallory],
    limit: options.lies,
    offer: (world) => {
      const all = names.flatMap((name) => world.peers[name] ?? []);
      const context = world.peers[mallory] as unknown as LiarContext | undefined;
      if (context === undefined) return [];
      return all.flatMap((victim) => {
        const others = all.filter((other) => other !== victim);
        const scene: Scene = { liar: context, miner: nodes, miners, victim, others };
        return lies.flatMap((one) => (lie === one || lie === 'any' ? offersOf(one, scene) : []));
      });
    },
  };
  const liars = lie === 'none' ? {} : { [mallory]: peer(liar) as unknown as Peer<NodeContext> };

  return system<NetworkPeers>({
    name: `chain-network nodes=${nodes} blocks=${blocks}`,
    network: 'unordered',
    capacity,
    whenFull: 'drop',
    peers: {
      ...Object.fromEntries(
        places.map((at) => {
          const machine = (variation.only ?? at.name) === at.name ? varied : right;
          return [at.name, peer(machine, { at }, { stable: variation.kept ?? kept })];
        }),
      ),
      ...liars,
    },
    operations: [
      { ...mine, peers: names },
      { ...announce, peers: names },
      ...(lie === 'none' ? [] : [tell]),
      ...(options.odd === 'ok' ? [] : [mineOdd(options)]),
      { ...mend, peers: names.slice(1, 2) },
      ...(variation.operations ?? []),
      ...(options.further
        ? [
            {
              name: 'mineFurther',
              limit: 1,
              offer: (world: NetworkWorld) =>
                isDelivered(world) && minedIn(world) === blocks ? [{ event: { type: 'mine', work: 1 } }] : [],
            },
          ]
        : []),
    ],
    churn:
      crashes > 0 ? { crash: { limit: crashes, peers: names }, restart: { limit: 'unlimited', peers: names } } : {},
    faults: {
      lose: losses,
      duplicate: duplicates,
      ...(partitions > 0 ? { partition: { limit: partitions, cuts: cutsOf(options) } } : {}),
    },
    timers: options.patience === 'lost' ? { patience: { when: isForgotten } } : {},
  });
}

const mineOdd = ({ odd: kind, mining }: NetworkOptions): Operation<NetworkPeers> => ({
  name: 'mineOdd',
  peers: [nameOf(0)],
  limit: 1,
  offer: (world, self) =>
    mining === 'anytime' || hasFallenSilent(world, self)
      ? [{ args: { kind }, event: { type: 'mine', work: 1, kind } }]
      : [],
});

/** The clock is set, the limits are raised. */
const mend: Operation<NetworkPeers> = {
  name: 'mend',
  by: 'protocol',
  offer: ({ peers }, self) =>
    peers[self]?.at.isOld === true && !peers[self]?.mended ? [{ event: { type: 'mend' } }] : [],
};

/** One side of each cut: in a line everything up to some node, in a circle every other half of it, else one node. */
function cutsOf({ nodes, links }: NetworkOptions): readonly (readonly string[])[] {
  const names = namesOf(nodes);
  if (links === 'line') return names.slice(1).map((_, at) => names.slice(0, at + 1));
  if (links === 'circle')
    return names.flatMap((_, at) => (at % 2 === 0 ? [arc(names, at, Math.floor(nodes / 2))] : []));
  return names.map((name) => [name]).slice(nodes === 2 ? 1 : 0);
}

const arc = (names: readonly string[], from: number, length: number): readonly string[] =>
  [...names, ...names].slice(from, from + length).sort();

/** What a node has to show: its tip, the work of it, and what else it holds that shows as much. @public */
export interface Standing {
  readonly tip: BlockId;
  readonly total: number;
  readonly level: readonly BlockId[];
  /** Whether it waits for a body. */
  readonly waits: boolean;
  readonly neighbours: readonly string[];
}

/** Nothing of a peer that is no honest node. @public */
export const standingOf = derivePeer((context: NodeContext): Standing | null => {
  if (!('at' in context)) return null;
  const { blocks, tip, ranked, asked, at } = context;
  const total = totalOf(blocks, tip);
  const level = ofTotal(blocks, ranked, total);
  return { tip, total, level, waits: asked.length > 0, neighbours: at.neighbours };
});

/** Whether `to` would make anything of being told the tip of `self`. */
function isNews(world: NetworkWorld, self: string, to: string): boolean {
  const [mine, other] = [standingOf(world, self), standingOf(world, to)];
  if (mine == null || other == null || mine.tip === other.tip || mine.total < other.total) return false;
  return mine.total > other.total || !other.level.includes(mine.tip);
}

const hasFallenSilent = (world: NetworkWorld, self: string): boolean =>
  world.inFlight().every(({ from, to }) => from !== self && to !== self);

/** Whether nothing is on its way between two nodes. */
const isSilent = (world: NetworkWorld, a: string, b: string): boolean =>
  world.inFlight(b).every(({ from }) => from !== a) && world.inFlight(a).every(({ from }) => from !== b);

/** Whether none of the bodies that a node waits for is on its way, nor the request for it. */
function isForgotten(world: NetworkWorld, self: string): boolean {
  const { asked = [] } = world.peers[self] ?? {};
  return asked.every(
    ({ id, from }) =>
      world.inFlight(from).every((told) => told.from !== self || !isAbout(told.message, 'getdata', id)) &&
      world.inFlight(self).every((told) => told.from !== from || !isAbout(told.message, 'block', id)),
  );
}

const isAbout = (message: { readonly type: string; readonly [field: string]: unknown }, type: string, id: number) =>
  message.type === type &&
  (type === 'getdata' ? (message.ids as readonly number[]).includes(id) : (message.block as { id: number }).id === id);

/** Blocks that the nodes have mined in all; none of them is down. @public */
export const minedIn = ({ peers, names }: NetworkWorld): number =>
  names.reduce((sum, name) => sum + (peers[name]?.mined ?? 0), 0);

/** Whether nothing is on its way, nothing is waited for, and everybody has a chain of the most work. @public */
export function isDelivered(world: NetworkWorld): boolean {
  const nodes = world.names.filter((name) => name !== mallory).map((name) => world.peers[name]);
  const works = new Set(nodes.map((node) => (node === undefined ? -1 : totalOf(node.blocks, node.tip))));
  return (
    works.size === 1 &&
    world.partition() === undefined &&
    world.inFlight().length === 0 &&
    nodes.every((node) => node !== undefined && node.asked.length === 0)
  );
}
