/** A UDP tracker, a client and a forger, over a network that loses, doubles and reorders; minutes pass. */
import { type Peer, peer, type System, system, type World } from '../../src/kernel/index.js';
import { type UdpClientContext, udpClient } from './client.js';
import { type ForgerContext, forger } from './forger.js';
import type { Hash } from './messages.js';
import { soundUdpRules, type UdpTrackerContext, type UdpTrackerRules, udpTrackerOf } from './tracker.js';

/** @public */
export interface UdpOptions {
  /** How many minutes pass, at most. */
  readonly minutes: number;
  /** Whether the client may complete its download, and ask for counts. */
  readonly finishes: number;
  readonly scrapes: number;
  /** How many announces are forged. */
  readonly forgeries: number;
  readonly losses: number;
  readonly duplicates: number;
  /** Whether the client says in its packets where it is to be listed. */
  readonly says: boolean;
  readonly variation?: UdpVariation;
}

/** @public */
export interface UdpVariation {
  readonly rules?: Partial<UdpTrackerRules>;
  readonly client?: typeof udpClient;
}

/** @public */
export type UdpPeers = {
  readonly tracker: Peer<UdpTrackerContext>;
  readonly ann: Peer<UdpClientContext>;
  readonly eve: Peer<ForgerContext>;
};

/** @public */
export type UdpWorld = World<UdpPeers, false>;

/** Whence each of them sends. @public */
export const udpAddresses = { ann: '10.0.0.1', eve: '10.0.0.9' } as const;

const orders: readonly (readonly Hash[])[] = [
  ['x', 'y'],
  ['y', 'x'],
];

/** The minute in which an id was made. */
const madeIn = (cid: string | null | undefined): number =>
  cid == null ? Number.POSITIVE_INFINITY : Number(cid.split('@')[1]);

/** @public */
export function udpTracking(options: UdpOptions): System<UdpPeers, false> {
  const { minutes, finishes, scrapes, forgeries, losses, duplicates, says, variation = {} } = options;
  const { rules = {}, client = udpClient } = variation;
  const { ann, eve } = udpAddresses;
  const { variation: _, ...plain } = options;
  return system<UdpPeers>({
    name: `tracker-udp ${Object.entries(plain)
      .map(([name, value]) => `${name}=${value}`)
      .join(' ')}`,
    network: 'unordered',
    capacity: 2,
    faults: { lose: losses, duplicate: duplicates },
    peers: {
      tracker: peer(udpTrackerOf({ ...soundUdpRules, ...rules }), { routes: { [ann]: 'ann', [eve]: 'eve' } }),
      ann: peer(client, { name: 'ann', tracker: 'tracker', address: ann, ip: says ? ann : null }),
      eve: peer(forger, { tracker: 'tracker', address: eve }),
    },
    operations: [
      {
        // A client drops its id within a minute, so that a second one does not pass before.
        name: 'minute',
        peers: ['tracker'],
        limit: minutes,
        offer: ({ peers }) =>
          madeIn(peers.ann?.cid) < (peers.tracker?.minute ?? 0) ? [] : [{ event: { type: 'minute' } }],
      },
      { name: 'finish', peers: ['ann'], limit: finishes },
      {
        name: 'scrape',
        peers: ['ann'],
        limit: scrapes,
        offer: () => orders.map((hashes) => ({ args: { hashes }, event: { type: 'scrape', hashes } })),
      },
      { name: 'connect', peers: ['eve'], limit: forgeries },
      {
        name: 'forge',
        peers: ['eve'],
        limit: forgeries,
        offer: () => [{ args: { source: ann }, event: { type: 'forge', source: ann } }],
      },
    ],
    timers: {
      patience: { when: (world) => !isOnItsWay(world) },
      // Not before the minute in which the id was made is over.
      minute: { when: ({ peers }) => madeIn(peers.ann?.cid) < (peers.tracker?.minute ?? 0) },
    },
  });
}

/** Whether a question of the client or an answer to it may still come to something. */
const isOnItsWay = (world: Pick<UdpWorld, 'inFlight'>): boolean =>
  world.inFlight('ann').length > 0 || world.inFlight('tracker').some(({ from }) => from === 'ann');
