/** The suites of piece exchange: `wire`, one connection; `swarm`, several peers, at either level. */
import { seeded } from '../../models/mutant.js';
import {
  type AtomicOptions,
  atomicSwarm,
  mutants,
  namesOf,
  type SwarmMutant,
  type SwarmOptions,
  swarm,
  swarmChart,
  swarmView,
  wireMutants,
} from '../../models/swarm/index.js';
import type { Claim, Fairness, Mutant, Parameter, Suite, Values } from '../../src/kernel/index.js';
import * as pieces from './pieces.js';
import type { Size } from './view.js';
import * as wire from './wire.js';

const integer = (doc: string, value: number, min: number, max: number) =>
  ({ type: 'integer', doc, default: value, min, max }) as const;
const choice = (doc: string, ...options: readonly [string, ...string[]]) =>
  ({ type: 'choice', doc, default: options[0], options }) as const;
const toggle = (doc: string, value: boolean) => ({ type: 'boolean', doc, default: value }) as const;

const parameters = {
  level: choice('whether an exchange is one move (atomic) or all its messages are there (wire)', 'atomic', 'wire'),
  seeds: integer('peers that have every piece from the start', 1, 0, 4),
  leechers: integer('peers that have none', 3, 1, 40),
  corrupters: integer('peers that say they have every piece and may send bad data', 1, 0, 2),
  freeRiders: integer('how many of the leechers, from the last, give nothing (wire, choke rounds)', 0, 0, 8),
  pieces: integer('pieces', 3, 1, 32),
  blocks: integer('blocks of a piece', 2, 1, 4),
  short: toggle('whether the last block of each piece is half as long (wire)', false),
  deselected: integer('pieces, from the last, that p1 does not want', 0, 0, 8),
  corruptions: integer('blocks that may come corrupted (atomic)', 1, 0, 99),
  crashes: integer('peers that may go without a word', 1, 0, 999),
  mortal: choice('who may', 'all', 'seeds', 'leechers'),
  joins: integer('how often one that has gone may come back with nothing (wire)', 0, 0, 999),
  cut: toggle('behaviours that differ by the names of pieces and leechers alone are looked at once (atomic)', true),
  degree: integer('neighbours of each', 40, 2, 40),
  network: choice('how messages travel (wire)', 'fifo', 'synchronous'),
  capacity: integer('messages on their way from one peer to another (fifo)', 3, 1, 99),
  choking: choice('who is unchoked (wire)', 'open', 'rounds', 'any'),
  slots: integer('upload slots, beside the optimistic one', 1, 1, 8),
  connected: toggle('whether connections are there at the start (wire)', true),
  gains: integer('pieces that may come to a leecher from elsewhere (wire)', 0, 0, 8),
  timeouts: integer('requests that may be given up (wire)', 0, 0, 99),
  ties: choice('of equally good pieces each may be fetched, or one that a hash names', 'all', 'drawn'),
} as const satisfies { readonly [name: string]: Parameter };

const defaults: Values = Object.fromEntries(
  Object.entries(parameters).map(([name, { default: value }]) => [name, value]),
);

type Options = SwarmOptions & AtomicOptions & { readonly level: 'atomic' | 'wire' };

/** The values are those of the parameters, whose names the options share. */
const optionsOf = (values: Values): Options =>
  ({ ...defaults, ...values, serving: values.network === 'synchronous' ? 'atOnce' : 'queued' }) as unknown as Options;

const systemOf = (options: Options) => (options.level === 'atomic' ? atomicSwarm(options) : swarm(options));

/** Sizes to which the whole graph is searched for loops. */
const isSmall = ({ level, leechers, corrupters, choking, pieces: count, network }: Options): boolean =>
  level === 'atomic'
    ? leechers <= 1 || (leechers <= 2 && corrupters === 0)
    : leechers <= (choking === 'rounds' ? 3 : 2) && count <= 2 && (choking !== 'rounds' || network === 'synchronous');

/**
 * What is done goes on being done; requests and answers also if they are possible only now and again, between two choke rounds;
 * what disturbs comes to an end. Named are the moves that there are.
 */
function fairness(options: Options): Fairness {
  const { level, corrupters, corruptions, choking, network, crashes, joins, gains, timeouts } = options;
  const when = (is: boolean, name: string) => (is ? [name] : []);
  if (level === 'atomic') {
    return { strong: ['fetch'], ceases: ['crash', ...when(corrupters > 0 && corruptions > 0, 'poison')] };
  }
  return {
    weak: ['deliver', ...when(crashes + joins > 0, 'notice'), ...when(choking !== 'open', 'rechoke')],
    strong: ['ask', ...when(network === 'fifo', 'serve')],
    ceases: [
      'crash',
      'join',
      ...when(corrupters > 0, 'corrupt'),
      ...when(gains > 0, 'gain'),
      ...when(timeouts > 0, 'giveUp'),
    ],
  };
}

function claims(options: Options): readonly Claim[] {
  const { level, seeds, leechers, corrupters, corruptions, crashes, joins, mortal, choking, blocks } = options;
  const size: Size = { ...options, names: namesOf(options) };
  const { degree } = options;
  const isAtomic = level === 'atomic';
  const isLarge = leechers > 6;
  const bad = corrupters > 0 && (!isAtomic || corruptions > 0);
  const seedsMayGo = crashes > 0 && mortal !== 'leechers' && seeds === 1;
  const isComplete = degree >= size.names.length - 1 && choking === 'open';
  const properties = [
    pieces.nothingSpoiled,
    pieces.blocksConserved(size),
    pieces.honestNotBanned(size),
    ...(bad ? [pieces.somebodyBanned] : []),
    ...(bad && blocks > 1 ? [pieces.badDataArrives] : []),
    ...(bad && blocks > 1 && seeds + leechers > 1 ? [pieces.suspected] : []),
    ...(isComplete && joins === 0 ? [pieces.nothingOutOfReach(size)] : []),
    ...(seedsMayGo && joins === 0 && corrupters === 0 ? [pieces.lostForGood(size)] : []),
    ...(isLarge || (seeds === 0 && corrupters === 0) ? [] : [pieces.allComplete(size)]),
    ...(seedsMayGo && !isLarge && leechers > 1 ? [pieces.completeWithoutSeed(size)] : []),
    ...(leechers > 1 && options.pieces > 1 && seeds > 0 && !isLarge ? [pieces.firstPiecesDiffer] : []),
    ...(isSmall(options) && seeds + corrupters > 0 && (isAtomic || choking !== 'any')
      ? [pieces.completes(size, fairness(options))]
      : []),
    ...(isAtomic ? [] : ofConnections(options, size)),
  ];
  return properties.map((property) => ({ property }));
}

function ofConnections(options: Options, size: Size) {
  const { seeds, leechers, corrupters, freeRiders, choking, network, gains } = options;
  const isLarge = leechers > 6;
  const isFifo = network === 'fifo';
  const several = seeds + corrupters > 1 || (leechers > 1 && seeds + corrupters > 0);
  return [
    wire.nothingOwedToChoked,
    wire.nothingAskedWhileChoked,
    wire.interestExact(size),
    wire.countsRight(),
    wire.interestArises,
    ...(choking === 'rounds' ? [wire.fewUnchoked(size), wire.nobodyPassedOver(size)] : []),
    ...(choking === 'rounds' && leechers > 2 && !isLarge ? [wire.onlyOneForFree(size), wire.twoForFree(size)] : []),
    ...(freeRiders > 0 && seeds > 0 ? [wire.freeRiderCompletes(size)] : []),
    ...(isFifo ? [wire.somethingOwed, wire.somethingAsked] : []),
    ...(isLarge ? [] : [wire.onlyVerifiedAnnounced(size), wire.interestKnown(size)]),
    ...(isLarge || seeds + corrupters + gains === 0 ? [] : [wire.heardOfPiece]),
    ...(isFifo && !isLarge ? [wire.requestsValid(options), wire.nobodyCutOff, wire.askedOnce(size)] : []),
    ...(isFifo && !isLarge && several ? [wire.endgame] : []),
    ...(isFifo && choking === 'any' ? [wire.lateBlock] : []),
  ];
}

const configured = (doc: string, set: Values, quick = false) => ({ doc, quick, set: { ...defaults, ...set } });

const still = { leechers: 2, corrupters: 0, pieces: 2, crashes: 0, corruptions: 0 } as const;

const variant =
  (base: Values) =>
  ({ values, variation }: SwarmMutant) =>
    systemOf({ ...optionsOf({ ...base, ...values }), variation });

const listed = (bugs: { readonly [name: string]: SwarmMutant }, base: Values): readonly Mutant[] =>
  seeded<SwarmMutant>(
    Object.fromEntries(
      Object.entries(bugs).map(([name, bug]) => [name, { ...bug, values: { ...base, ...bug.values } }]),
    ),
    variant(base),
  );

/** @public */
export const swarmSuite: Suite = {
  model: 'swarm',
  family: 'bittorrent',
  summary: 'piece exchange in a swarm: rarest first, hashes, blame and bans, choke rounds, churn',
  parameters,
  configurations: {
    swarm: configured('1 seed, 3 leechers, 1 corrupter, 3 pieces of 2 blocks, 1 crash; exchanges are atomic', {}),
    blame: configured(
      '2 leechers and a corrupter that may send as much bad data as it likes; atomic',
      {
        ...still,
        corrupters: 1,
        corruptions: 99,
      },
      true,
    ),
    churn: configured('2 leechers, 3 pieces, 2 crashes; atomic', { ...still, pieces: 3, crashes: 2 }, true),
    links: configured(
      '1 seed, 2 leechers, 2 pieces of one block, every message; fifo',
      { ...still, level: 'wire', blocks: 1 },
      true,
    ),
    blocks: configured('1 seed, 2 leechers, 2 pieces of 2 blocks, every message; fifo', { ...still, level: 'wire' }),
    rounds: configured(
      'choke rounds: tit for tat, optimistic unchoke, a seed that goes round; the seed may go',
      { ...still, level: 'wire', blocks: 1, choking: 'rounds', network: 'synchronous', crashes: 1, mortal: 'seeds' },
      true,
    ),
    freeride: configured(
      'choke rounds among 3 leechers, one of which gives nothing',
      {
        ...still,
        leechers: 3,
        freeRiders: 1,
        level: 'wire',
        blocks: 1,
        choking: 'rounds',
        network: 'synchronous',
      },
      true,
    ),
    large: {
      ...configured(
        '20 peers, each with 6 neighbours, 32 pieces, everybody but the seeds comes and goes; for fuzzing',
        {
          level: 'wire',
          seeds: 2,
          leechers: 17,
          pieces: 32,
          degree: 6,
          choking: 'rounds',
          slots: 3,
          capacity: 8,
          ties: 'drawn',
          crashes: 999,
          joins: 999,
          mortal: 'leechers',
          timeouts: 99,
        },
      ),
      fuzz: {
        simulate: true,
        runs: 20,
        moves: 50_000,
        weights: { deliver: 40, ask: 20, serve: 20, notice: 10, rechoke: 4, join: 2 },
      },
    },
  },
  system: (values) => systemOf(optionsOf(values)),
  claims: (values) => claims(optionsOf(values)),
  mutants: listed(mutants, defaults),
  chart: (frames, { pieces: count }) => swarmChart(frames, { pieces: Number(count) }),
  view: (frames, { pieces: count }) => swarmView(frames, { pieces: Number(count) }),
};

const oneConnection: Values = {
  ...defaults,
  level: 'wire',
  seeds: 0,
  leechers: 2,
  corrupters: 0,
  pieces: 2,
  blocks: 1,
  crashes: 0,
  corruptions: 0,
  choking: 'any',
  connected: false,
  gains: 2,
  capacity: 4,
};

/** @public */
export const wireSuite: Suite = {
  model: 'wire',
  family: 'bittorrent',
  summary: 'one BitTorrent connection: handshake, bitfield, have, interest, choke, request, piece, cancel',
  parameters,
  configurations: {
    wire: { doc: '2 pieces of one block, which come to either side from elsewhere', set: oneConnection },
    one: {
      doc: 'one piece of 2 blocks, the last one short',
      quick: true,
      set: { ...oneConnection, pieces: 1, blocks: 2, short: true, gains: 1 },
    },
    cancel: {
      doc: 'a request that is given up, with or without a word',
      quick: true,
      set: { ...oneConnection, pieces: 1, gains: 1, timeouts: 1 },
    },
  },
  system: (values) => systemOf(optionsOf(values)),
  claims: (values) => claims(optionsOf(values)),
  mutants: listed(wireMutants, oneConnection),
  chart: (frames, { pieces: count }) => swarmChart(frames, { pieces: Number(count) }),
  view: (frames, { pieces: count }) => swarmView(frames, { pieces: Number(count) }),
};
