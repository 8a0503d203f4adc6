/** A swarm: seeds, leechers and peers that corrupt what they send, who knows whom, churn, and what may happen. */
import {
  type Churn,
  ChurnproofError,
  type Message,
  type Offer,
  type Operation,
  type Peer,
  peer,
  type System,
  system,
  type World,
} from '../../src/kernel/index.js';
import { rounds } from './choker.js';
import { allOf, has, verifierOf } from './content.js';
import { type Half, newHalf, none } from './half.js';
import { type PeerInput, type PeerMove, swarmPeer } from './machine.js';
import { choices } from './picker.js';
import { type Rules, soundRules } from './rules.js';
import type { PeerContext, Setting } from './state.js';
import type { Logic } from './transfer.js';

/** @public */
export interface SwarmOptions {
  readonly seeds: number;
  readonly leechers: number;
  readonly corrupters: number;
  /** How many of the leechers, from the last, take what they get and give nothing. */
  readonly freeRiders: number;
  readonly pieces: number;
  readonly blocks: number;
  /** Whether the last block of each piece is half as long as the others. */
  readonly short: boolean;
  /** Pieces that the first leecher does not want. */
  readonly deselected: number;
  /** How many neighbours each knows: all of the others, or those around it. */
  readonly degree: number;
  readonly network: 'fifo' | 'synchronous';
  readonly capacity: number;
  readonly choking: Setting['choking'];
  readonly serving: 'queued' | 'atOnce';
  readonly slots: number;
  /** Whether connections are there at the start, or have to be made. */
  readonly connected: boolean;
  /** Pieces that may come to a leecher some other way. */
  readonly gains: number;
  /** Requests that may be given up because nothing came in time. */
  readonly timeouts: number;
  /** Of equally good pieces, `all`: each may be taken. `drawn`: one, which a hash of the situation names. */
  readonly ties: 'all' | 'drawn';
  readonly crashes: number;
  /** Who may crash. */
  readonly mortal: 'all' | 'seeds' | 'leechers';
  readonly joins: number;
  /** A way to get it wrong. */
  readonly variation?: Partial<Rules>;
}

/** @public */
export type SwarmPeers = { readonly [name: string]: Peer<PeerContext> };

/** @public */
export type SwarmWorld = World<SwarmPeers, true>;

/** @public */
export const isCorrupter = (name: string): boolean => name.startsWith('bad');

/** @public */
export const isSeedName = (name: string): boolean => name.startsWith('seed');

/** @public */
export const isLeecher = (name: string): boolean => name.startsWith('p');

/** Whether it is one of the last leechers, which give nothing. @public */
export const isFreeRider = (name: string, { leechers, freeRiders }: Pick<SwarmOptions, 'leechers' | 'freeRiders'>) =>
  isLeecher(name) && Number(name.slice(1)) > leechers - freeRiders;

/** Seeds, leechers, corrupters, in that order. @public */
export const namesOf = ({ seeds, leechers, corrupters }: Pick<SwarmOptions, 'seeds' | 'leechers' | 'corrupters'>) => [
  ...numbered('seed', seeds),
  ...numbered('p', leechers),
  ...numbered('bad', corrupters),
];

const numbered = (word: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, i) => `${word}${i + 1}`);

/** Whom each one knows. In a circle, with chords, so that nobody is far from anybody. @public */
export function neighboursOf(names: readonly string[], self: string, degree: number): readonly string[] {
  if (degree >= names.length - 1) return names.filter((name) => name !== self);
  const at = names.indexOf(self);
  const steps = [1, 3, 7, 2, 5].slice(0, Math.ceil(degree / 2)).flatMap((step) => [step, -step]);
  const near = new Set(steps.map((step) => (at + step + names.length) % names.length));
  return names.filter((_, i) => near.has(i) && i !== at);
}

/** @public */
export function swarm(options: SwarmOptions): System<SwarmPeers, true> {
  checkOptions(options);
  const { variation = {}, network, capacity, crashes, joins, mortal } = options;
  const rules: Rules = { ...soundRules, ...variation };
  const names = namesOf(options);
  const verifies = verifierOf(options);
  const logics = new Map(
    names.map((name): [string, Logic] => [name, { rules, setting: settingOf(options, names, name), verifies }]),
  );
  const mortals = names.filter((name) =>
    mortal === 'all' ? true : mortal === 'seeds' ? isSeedName(name) : isLeecher(name),
  );
  const churn: Churn<SwarmPeers> = {
    crash: { limit: crashes, peers: mortals, inFlight: 'lost' },
    ...(joins > 0
      ? {
          join: { limit: joins, peers: mortals, offer: (world, self) => joining(world, logics.get(self) as Logic) },
          reuse: true,
        }
      : {}),
  };
  return system<SwarmPeers>({
    name: `swarm ${names.length} peers, ${options.pieces} pieces of ${options.blocks}`,
    network,
    ...(network === 'fifo' ? { capacity } : {}),
    peers: Object.fromEntries(
      names.map((name) => [name, peer(swarmPeer(logics.get(name) as Logic), inputOf(options, names, name))]),
    ),
    operations: operationsOf(options, names, logics),
    ...(crashes > 0 || joins > 0 ? { churn } : {}),
  });
}

/** What one peer goes by. @internal */
export function settingOf(options: SwarmOptions, names: readonly string[], self: string): Setting {
  const { pieces, blocks, short, slots, choking, serving, deselected, degree } = options;
  const all = allOf(options);
  const wants = isCorrupter(self) ? 0 : self === 'p1' ? all & ~deselectedOf(pieces, deselected) : all;
  const neighbours = neighboursOf(names, self, degree);
  const gives = !isFreeRider(self, options);
  return { self, pieces, blocks, short, neighbours, wants, gives, slots, choking, serving };
}

const deselectedOf = (pieces: number, count: number): number => ((1 << count) - 1) << (pieces - count);

const startsWithAll = (name: string): boolean => isSeedName(name) || isCorrupter(name);

/** What a peer begins with: connections to all its neighbours, or calls to those that come after it. */
function inputOf(options: SwarmOptions, names: readonly string[], self: string): PeerInput {
  const all = allOf(options);
  const neighbours = neighboursOf(names, self, options.degree);
  const have = startsWithAll(self) ? all : 0;
  const pieces = Array.from({ length: options.pieces }, (_, piece) => piece);
  if (!options.connected) {
    const calls = neighbours.map((name) => names.indexOf(name) > names.indexOf(self));
    return { have, halves: calls.map((calling): Half | null => (calling ? { ...newHalf, calling } : null)) };
  }
  const wants = (name: string, other: string) => isLeecher(name) && startsWithAll(other);
  const isOpen = options.choking === 'open';
  return {
    have,
    halves: neighbours.map(
      (name): Half => ({
        ...newHalf,
        has: startsWithAll(name) ? all : 0,
        interested: wants(self, name),
        wanted: wants(name, self),
        choking: !(isOpen && wants(name, self)),
        choked: !(isOpen && wants(self, name)),
      }),
    ),
    availability: pieces.map(() => neighbours.filter(startsWithAll).length),
  };
}

function operationsOf(
  options: SwarmOptions,
  names: readonly string[],
  logics: ReadonlyMap<string, Logic>,
): readonly Operation<SwarmPeers>[] {
  const { timeouts, gains, choking, serving, crashes, joins, ties } = options;
  const about = (
    name: PeerMove['type'],
    offers: (peer: PeerContext, logic: Logic, world: SwarmWorld) => readonly Offer[],
    more: Partial<Operation<SwarmPeers>> = {},
  ): Operation<SwarmPeers> => ({
    name,
    ...more,
    offer: (world, self) => {
      const context = world.peers[self];
      return context === undefined ? [] : offers(context, logics.get(self) as Logic, world);
    },
  });
  const eachHalf = (
    { halves }: PeerContext,
    { setting }: Logic,
    offers: (half: Half, at: number, name: string) => readonly Offer[],
  ): readonly Offer[] => {
    // A loop and not flatMap: a simulation comes here at almost every move.
    const all: Offer[] = [];
    for (let at = 0; at < halves.length; at++) {
      const half = halves[at];
      if (half === null || half === undefined) continue;
      for (const offer of offers(half, at, setting.neighbours[at] as string)) all.push(offer);
    }
    return all;
  };

  return [
    about(
      'ask',
      (context, logic) =>
        eachHalf(context, logic, (_, at, from) => {
          const blocks = choices(logic.rules, logic.setting, context, at);
          const taken = ties === 'all' ? blocks : drawn(blocks, context, at, logic.setting);
          return taken.map((block) => ({
            args: { from, ...named(block, logic.setting) },
            event: { type: 'ask', at, block },
          }));
        }),
      { by: 'protocol' },
    ),
    ...(serving === 'queued'
      ? [
          about(
            'serve',
            (context, logic) =>
              eachHalf(context, logic, (half, at, to) =>
                half.in.length > 0 ? [{ args: { to }, event: { type: 'serve', at } }] : [],
              ),
            { by: 'protocol' },
          ),
        ]
      : []),
    ...(choking === 'open'
      ? []
      : [
          about('rechoke', (context, { rules, setting }, world) =>
            (choking === 'any' && isChoking(world, setting.self) ? [] : rounds(rules, setting, context))
              .filter(({ unchoked }) => changes(context, unchoked))
              .map(({ unchoked, optimistic }) => ({
                args: {
                  unchoke: setting.neighbours.filter((_, at) => has(unchoked, at)).join(' '),
                  ...(optimistic === null ? {} : { optimistic: setting.neighbours[optimistic] as string }),
                },
                event: { type: 'rechoke', unchoked },
              })),
          ),
        ]),
    ...(timeouts > 0
      ? [
          about(
            'giveUp',
            (context, logic) =>
              eachHalf(context, logic, (half, at, from) =>
                half.out === none
                  ? []
                  : [true, false].map((cancels) => ({
                      args: { from, cancels },
                      event: { type: 'giveUp', at, cancels },
                    })),
              ),
            { limit: timeouts },
          ),
        ]
      : []),
    ...(gains > 0
      ? [
          about(
            'gain',
            (context, { setting }) =>
              Array.from({ length: setting.pieces }, (_, piece) => piece)
                .filter((piece) => !has(context.have, piece))
                .map((piece) => ({ args: { piece }, event: { type: 'gain', piece } })),
            { limit: gains },
          ),
        ]
      : []),
    ...(crashes > 0 || joins > 0
      ? [
          about(
            'notice',
            (context, logic, world) =>
              eachHalf(context, logic, (half, at, of) =>
                half.calling || world.isUp(of) ? [] : [{ args: { of }, event: { type: 'notice', at } }],
              ),
            { by: 'protocol' },
          ),
        ]
      : []),
    ...(names.some(isCorrupter) ? [{ name: 'corrupt', peers: names.filter(isCorrupter) }] : []),
  ];
}

/** Whether a choke or unchoke of this peer is still on its way: between two of them seconds go by. */
const isChoking = (world: SwarmWorld, self: string): boolean =>
  world.inFlight().some(({ from, message: { type } }) => from === self && (type === 'choke' || type === 'unchoke'));

const named = (block: number, { blocks }: Setting) =>
  blocks === 1 ? { piece: block } : { piece: Math.floor(block / blocks), block: block % blocks };

const changes = ({ halves }: PeerContext, unchoked: number): boolean =>
  halves.some((half, at) => half !== null && !half.calling && (half.choking === has(unchoked, at) || half.credit > 0));

/** A pseudo-random one of them that is another for everybody and every situation. */
function drawn(blocks: readonly number[], { have }: PeerContext, at: number, { self }: Setting): readonly number[] {
  if (blocks.length < 2) return blocks;
  let mixed = Math.imul(
    have ^ (at << 27) ^ Math.imul(self.charCodeAt(self.length - 1) + self.length * 977, 0x9e3779b1),
    0x85ebca6b,
  );
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  return [blocks[((mixed ^ (mixed >>> 13)) >>> 0) % blocks.length] as number];
}

/** Who joins calls the neighbours that are there. */
function joining(world: SwarmWorld, { setting }: Logic): readonly Offer[] {
  const to = setting.neighbours.flatMap((name, at) => (world.isUp(name) ? [at] : []));
  return to.length === 0 ? [] : [{ event: { type: 'join', to } satisfies Message }];
}

/** Refuses what cannot be. @internal */
export function checkOptions(options: SwarmOptions): void {
  const { seeds, leechers, corrupters, pieces, blocks, deselected, freeRiders, choking } = options;
  if (freeRiders > 0 && (choking !== 'rounds' || freeRiders > leechers))
    throw new ChurnproofError('PARAMETER_OUT_OF_RANGE', `${freeRiders} free-riders`, {
      expected: 'no more than leechers, and choke rounds (level=wire choking=rounds): else everybody is served alike',
    });
  const isRight =
    seeds >= 0 && leechers >= 1 && corrupters >= 0 && pieces >= 1 && pieces <= 32 && blocks >= 1 && blocks <= 4;
  if (isRight && seeds + leechers + corrupters >= 2 && deselected < pieces) return;
  throw new ChurnproofError(
    'PARAMETER_OUT_OF_RANGE',
    `${seeds} seeds, ${leechers} leechers, ${pieces} pieces of ${blocks}`,
    {
      expected: 'two peers at least, 1 to 32 pieces of 1 to 4 blocks, one of them wanted',
    },
  );
}
