/**
 * A tracker and its clients: announces and replies are lost, doubled, held up and overtaken, the tracker loses its table, and
 * clients come to an end in every way. What clocks promise is said here: nobody who goes on announcing is silent for two sweeps.
 */
import { type Operation, type Peer, peer, type System, system, type World } from '../../src/kernel/index.js';
import { type AnnouncerContext, type AnnouncerInput, announcer, onDisk } from './announcer.js';
import { soundRules, type TrackerPolicy, type TrackerRules } from './table.js';
import { listsFor, type TrackerContext, type TrackerInput, trackerOf } from './tracker.js';
import { isFresh, isOnItsWay, isUnheard, mayBeLate } from './view.js';

/** @public */
export interface TrackerOptions extends TrackerPolicy {
  /** Clients, 1 to 4. */
  readonly clients: number;
  /** How many of them have everything from the beginning. */
  readonly seeds: number;
  /** How many share one address, as behind one router. */
  readonly shared: number;
  /** Peers in one reply, at most. */
  readonly cap: number;
  /** How often a download may be completed, a client stop, crash and change its port. */
  readonly finishes: number;
  readonly stops: number;
  readonly crashes: number;
  readonly moves: number;
  /** How often the tracker may crash. */
  readonly trackerCrashes: number;
  readonly losses: number;
  readonly duplicates: number;
  /** Whether an announce is made again only when nothing more will come of it, or at any time. */
  readonly retries: 'certain' | 'any';
  /** Whether clients announce once for each sweep, or at any time. */
  readonly intervals: 'even' | 'any';
  readonly variation?: TrackerVariation;
}

/** A way to get it wrong; what is left out is right. @public */
export interface TrackerVariation {
  readonly rules?: Partial<TrackerRules>;
  readonly client?: typeof announcer;
  /** Whether the clock of the tracker goes wrong: a sweep may come at any time. */
  readonly wildClock?: boolean;
  /** Whether a sweep leaves no time for a retry after a lost announce. */
  readonly hasty?: boolean;
}

/** @public */
export const clientNames = ['ann', 'ben', 'cid', 'dan'] as const;

/** @public */
export type TrackerPeers = { readonly tracker: Peer<TrackerContext> } & {
  readonly [name in (typeof clientNames)[number]]: Peer<AnnouncerContext>;
};

/** @public */
export type TrackerWorld = World<TrackerPeers, true>;

/** @public */
export function tracking(options: TrackerOptions): System<TrackerPeers, true> {
  const { clients, seeds, shared, cap, finishes, stops, crashes, moves, trackerCrashes, losses, duplicates } = options;
  const { retries, intervals, variation = {} } = options;
  const { client = announcer, rules = {}, wildClock = false, hasty = false } = variation;
  const names = clientNames.slice(0, clients);
  const all = { ...soundRules(options), ...rules };
  const addresses = Object.fromEntries(names.map((name, at) => [name, at < shared ? 'n' : name.slice(0, 1)]));
  const input: TrackerInput = { addresses, cap };
  const inputOf = (name: string, at: number): AnnouncerInput => ({
    name: name.slice(0, 1),
    tracker: 'tracker',
    port: at + 1,
    seed: at < seeds,
    doublings: 0,
  });
  const everybody = Object.fromEntries(
    names.map((name, at) => [name, peer(client, inputOf(name, at), { stable: onDisk })]),
  ) as Omit<TrackerPeers, 'tracker'>;

  const answer: Operation<TrackerPeers> = {
    name: 'answer',
    by: 'protocol',
    peers: ['tracker'],
    offer: ({ peers: { tracker } }) =>
      (tracker?.pending ?? []).flatMap(({ to, event, asker, size }) =>
        [...listsFor(all, tracker as TrackerContext, size, asker)].map((peers) => ({
          args: { to, peers },
          event: { type: 'answer', to, event, peers },
        })),
      ),
  };
  const asked = (name: string, limit: number): Operation<TrackerPeers> => ({ name, peers: names, limit });
  // To a port that nobody else has.
  const move: Operation<TrackerPeers> = {
    name: 'move',
    peers: names,
    limit: moves,
    offer: (_, self) => [{ event: { type: 'move', port: names.indexOf(self as (typeof names)[number]) + 11 } }],
  };
  // Connections die with the tracker; what a client said before it crashed may still come.
  const words = crashes > 0 ? 'kept' : 'lost';
  const mayCrash = [...(trackerCrashes > 0 ? ['tracker' as const] : []), ...(crashes > 0 ? names : [])];

  return system<TrackerPeers>({
    name: nameFor(options),
    peers: { tracker: peer(trackerOf(options, rules), input), ...everybody },
    network: 'unordered',
    capacity: 2,
    faults: { lose: losses, duplicate: duplicates },
    ...(mayCrash.length > 0
      ? {
          churn: {
            crash: { limit: trackerCrashes + crashes, peers: mayCrash, inFlight: words },
            restart: { limit: 'unlimited' },
          },
        }
      : {}),
    operations: [answer, asked('finish', finishes), asked('stop', stops), move],
    timers: {
      interval: { when: (world, self) => intervals === 'any' || !isFresh(world, self) },
      patience: { when: (world, self) => retries === 'any' || !isOnItsWay(world, self) },
      sweep: { when: (world) => wildClock || !isUnheard(world, (name) => !(hasty && mayBeLate(world, name))) },
    },
  });
}

const nameFor = ({ variation: _, ...options }: TrackerOptions): string =>
  `tracker ${Object.entries(options)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ')}`;
