/** The suite of the tracker and its clients: its parameters, its configurations, and which claims are made of which. */
import { seeded } from '../../models/mutant.js';
import {
  clientNames,
  type TrackerMutant,
  type TrackerOptions,
  trackerChart,
  trackerMutants,
  trackerView,
  tracking,
} from '../../models/tracker/index.js';
import type { Claim, Suite, Values } from '../../src/kernel/index.js';
import type { GuardedClaim } from './claimed.js';
import * as client from './client-laws.js';
import * as progress from './progress.js';
import * as tracker from './tracker-laws.js';

type Options = Omit<TrackerOptions, 'variation'>;

const still = {
  clients: 3,
  seeds: 1,
  shared: 2,
  cap: 2,
  keyPolicy: 'endpoint',
  seedsToSeeds: false,
  remembers: false,
  finishes: 0,
  stops: 0,
  crashes: 0,
  moves: 0,
  trackerCrashes: 0,
  losses: 0,
  duplicates: 0,
  retries: 'certain',
  intervals: 'even',
} as const satisfies Options;

/** One client, which has nothing. */
const alone = { clients: 1, seeds: 0, shared: 0 };

function claims(options: Options): readonly Claim[] {
  const { clients, seeds, shared, cap, keyPolicy, seedsToSeeds, remembers, retries } = options;
  const { finishes, stops, crashes, moves, trackerCrashes, duplicates, losses } = options;
  const violated = { expect: 'violated' } as const;
  const several = clients > 1;
  // Who comes back under another name, or moves, may be told of what it was.
  const isAnother = (crashes > 0 && keyPolicy !== 'endpoint') || (moves > 0 && keyPolicy === 'endpoint');
  // With the entry goes the knowledge that its completion was counted.
  const recounts =
    !remembers &&
    ((stops + crashes > 0 && (losses + duplicates > 0 || retries === 'any')) ||
      (moves > 0 && keyPolicy === 'endpoint'));
  const meet = several && (seeds < clients || seedsToSeeds);
  const guarded: readonly (GuardedClaim & Pick<Claim, 'expect'>)[] = [
    ...(several && seeds > 0 && seeds < clients ? [tracker.countsAgree] : []),
    ...(meet && cap > 0 ? [tracker.listedAreIn, tracker.shortLists(cap, clients - 1)] : []),
    ...(meet && cap > 0 ? [{ ...tracker.notItself, ...(isAnother ? violated : {}) }] : []),
    ...(several ? [tracker.onlyItsOwn(keyPolicy)] : []),
    tracker.staysListed,
    ...(shared > 1 ? [tracker.realEndpoints] : []),
    client.saidWhileUnanswered,
    ...(stops > 0 ? [tracker.stopRemoves(keyPolicy), client.saysItStops] : []),
    ...(finishes > 0 ? [{ ...tracker.countedOnce, ...(recounts ? violated : {}) }] : []),
    ...(finishes > 0 && losses + duplicates > 0 ? [tracker.announcedTwice(keyPolicy)] : []),
    ...(finishes > 0 && trackerCrashes + crashes === 0 ? [client.completionArrives] : []),
    ...(trackerCrashes > 0 && meet ? [client.goesOn] : []),
  ];
  return [
    ...guarded.map(({ property, expect }) => ({ property, ...(expect === undefined ? {} : { expect }) })),
    ...(finishes > 0 ? [{ property: tracker.countKept }] : []),
    ...(stops > 0 ? [{ property: tracker.staysOut(keyPolicy), ...violated }] : []),
    { property: progress.converges },
    { property: progress.canConverge },
    ...clientNames.slice(0, clients).map((name) => ({ property: progress.answered(name) })),
    ...(meet && cap > 0 ? [{ property: progress.discovers(seedsToSeeds) }] : []),
    ...guarded.map(({ witness }) => ({ property: witness })),
    { property: progress.trueAgain(clients) },
  ];
}

const integer = (doc: string, value: number, min: number, max: number) =>
  ({ type: 'integer', doc, default: value, min, max }) as const;
const choice = (doc: string, ...options: readonly [string, ...string[]]) =>
  ({ type: 'choice', doc, default: options[0], options }) as const;
const toggle = (doc: string) => ({ type: 'boolean', doc, default: false }) as const;

/** @public */
export const suite: Suite = {
  model: 'tracker',
  family: 'bittorrent',
  summary: 'a BitTorrent tracker and its clients: announces, expiry, lists drawn by chance, a table that is lost',
  parameters: {
    clients: integer('clients of one torrent', still.clients, 1, 4),
    seeds: integer('how many of them have everything from the beginning', still.seeds, 0, 4),
    shared: integer('how many share one address', still.shared, 0, 4),
    cap: integer('peers in one reply, at most', still.cap, 0, 4),
    keyPolicy: choice('what an entry of the table is known by', 'endpoint', 'peerId', 'key'),
    seedsToSeeds: toggle('whether seeds are told of seeds'),
    remembers: toggle('whether completions are remembered beyond their entry'),
    finishes: integer('downloads that may be completed', still.finishes, 0, 4),
    stops: integer('clients that may stop', still.stops, 0, 4),
    crashes: integer('how often a client may crash', still.crashes, 0, 4),
    moves: integer('how often a client may change its port', still.moves, 0, 4),
    trackerCrashes: integer('how often the tracker may crash and lose its table', still.trackerCrashes, 0, 4),
    losses: integer('messages that are lost', still.losses, 0, 4),
    duplicates: integer('messages that come twice', still.duplicates, 0, 4),
    retries: choice('whether a client asks again only when no answer can come, or at any time', 'certain', 'any'),
    intervals: choice('whether a client announces once for each sweep, or at any time', 'even', 'any'),
  },
  configurations: {
    faults: {
      doc: 'three clients, a loss, a duplicate, and a tracker that loses its table',
      set: { ...still, losses: 1, duplicates: 1, trackerCrashes: 1 },
    },
    loss: { doc: 'the same without the duplicate', quick: true, set: { ...still, losses: 1, trackerCrashes: 1 } },
    chance: { doc: 'one peer a reply, drawn by chance', quick: true, set: { ...still, cap: 1 } },
    finish: {
      doc: 'two clients, one completes its download; a loss and a duplicate',
      quick: true,
      set: { ...still, clients: 2, finishes: 1, losses: 1, duplicates: 1 },
    },
    stop: {
      doc: 'two clients, one may stop; a duplicate',
      quick: true,
      set: { ...still, clients: 2, stops: 1, duplicates: 1 },
    },
    recount: {
      doc: 'a completion that comes once more when its entry is gone',
      quick: true,
      set: { ...still, ...alone, finishes: 1, stops: 1, duplicates: 1 },
    },
    remember: {
      doc: 'the same at a tracker that remembers whom it has counted',
      quick: true,
      set: { ...still, ...alone, finishes: 1, stops: 1, duplicates: 1, remembers: true },
    },
    identity: {
      doc: 'two clients known by their ids, one of whom crashes and comes back as another',
      quick: true,
      set: { ...still, clients: 2, keyPolicy: 'peerId', crashes: 1 },
    },
    ports: {
      doc: 'two clients known by their endpoints, one of whom changes its port',
      quick: true,
      set: { ...still, clients: 2, moves: 1 },
    },
    eager: {
      doc: 'two clients that announce and ask again at any time',
      set: { ...still, clients: 2, losses: 1, trackerCrashes: 1, retries: 'any', intervals: 'any' },
    },
    stops: {
      doc: 'two clients that stop; a loss and a duplicate',
      set: { ...still, clients: 2, stops: 2, losses: 1, duplicates: 1 },
    },
  },
  system: (values) => tracking(optionsOf(values)),
  claims: (values) => claims(optionsOf(values)),
  chart: trackerChart,
  view: trackerView,
  mutants: seeded<TrackerMutant>(trackerMutants, ({ values, variation }) => tracking({ ...values, variation })),
};

function optionsOf(values: Values): Options {
  const number = (name: keyof Options) => Number(values[name]);
  const is = (name: keyof Options) => values[name] === true;
  const { keyPolicy } = values;
  return {
    clients: number('clients'),
    seeds: number('seeds'),
    shared: number('shared'),
    cap: number('cap'),
    keyPolicy: keyPolicy === 'peerId' || keyPolicy === 'key' ? keyPolicy : 'endpoint',
    seedsToSeeds: is('seedsToSeeds'),
    remembers: is('remembers'),
    finishes: number('finishes'),
    stops: number('stops'),
    crashes: number('crashes'),
    moves: number('moves'),
    trackerCrashes: number('trackerCrashes'),
    losses: number('losses'),
    duplicates: number('duplicates'),
    retries: values.retries === 'any' ? 'any' : 'certain',
    intervals: values.intervals === 'any' ? 'any' : 'even',
  };
}
