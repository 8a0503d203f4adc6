/**
 * A ring of members that store keys, and a client. It begins with any ring of some founders among whom is 0, every key in
 * its place and acknowledged; the others may join, members may leave and fail, messages may be lost.
 */
import {
  ChurnproofError,
  type Offer,
  type Operation,
  peer,
  type Start,
  type System,
  system,
} from '../../src/kernel/index.js';
import { circle, type Id, nameOf, ringsOf } from '../chord/index.js';
import { firstFrom, placeOf } from '../consistent-hashing/index.js';
import { type ClientInput, client } from './client.js';
import { type HandIn, member } from './member.js';
import type { Items } from './messages.js';
import { contextOf, holdersOf, type KeysPeers, type KeysWorld, ringOf, successorsOf } from './ring.js';
import type { MemberContext, MemberInput, Stabilize } from './standing.js';
import { mayLeave, roundOf, strays } from './upkeep.js';
import { failed, isWhole, mayCrash } from './whole.js';

/** Names whose SHA-1 begins with the bits 01, 10, 11 and 00: with four identifiers one key each for 1, 2, 3 and 0. @public */
export const keyNames = ['readme.txt', 'book.pdf', 'film.avi', 'song.mp3'] as const;

/** @public */
export interface KeysOptions {
  /** Identifiers from 0 on, each a peer that may take part, on a circle of 4, or of 8 when there are more. */
  readonly n: number;
  /** Members of the first ring. */
  readonly founders: number;
  /** Copies of each key, its owner's counted. */
  readonly r: number;
  /** How many keys there are, 1 to 4. */
  readonly keys: number;
  /** How often the client may put, and get. */
  readonly puts: number;
  readonly gets: number;
  /** How many members may leave, and fail. */
  readonly leaves: number;
  readonly crashes: number;
  /** How many messages between members may be lost. */
  readonly losses: number;
  readonly network: 'fifo' | 'unordered';
  readonly variation?: KeysVariation;
}

/** A way to get it wrong; what is left out is right. @public */
export interface KeysVariation {
  readonly member?: typeof member;
  readonly client?: typeof client;
  /** Another look at what a round of upkeep shows. */
  readonly distort?: (round: Stabilize, context: MemberContext) => Stabilize;
  /** Another look at the keys that a member should give to their owner. */
  readonly strays?: (world: KeysWorld, id: Id) => readonly HandIn[];
}

/** Bits of an identifier. @public */
export const bitsFor = (n: number): number => (n <= 4 ? 2 : 3);

/** @public */
export function chordKeys(options: KeysOptions): System<KeysPeers, true> {
  const { n, founders, r, keys, puts, gets, leaves, crashes, losses, network, variation = {} } = options;
  checkOptions(options);
  const bits = bitsFor(n);
  const size = { bits, r };
  const names = keyNames.slice(0, keys);
  const ids = circle(n);
  const stored: Items = Object.fromEntries(names.map((key, at) => [key, at + 1]));
  const members = ids.map((id) => nameOf(id) as `${number}`);
  const { distort = (round) => round, strays: stray = strays } = variation;

  const everybody = Object.fromEntries(
    ids.map((id) => [nameOf(id), peer(variation.member ?? member, { id, bits, r } satisfies MemberInput)]),
  );
  const route = (world: KeysWorld, key: string, count: number) =>
    holdersOf(key, ringOf(world), bits, count).map(nameOf);
  const asking = (type: 'put' | 'get', limit: number, count: number): Operation<KeysPeers> => ({
    name: type,
    peers: ['client'],
    limit,
    offer: (world) =>
      ringOf(world).members.length === 0
        ? []
        : names.map((key) => ({ args: { key }, event: { type, key, route: route(world, key, count) } })),
  });

  return system<KeysPeers>({
    name: nameFor(options),
    network,
    peers: { ...everybody, client: peer(variation.client ?? client, { name: 'client', stored } satisfies ClientInput) },
    starts: ringsOf(n, founders).map((ring) => founding(ring, size, stored)),
    operations: [
      asking('put', puts, 1),
      asking('get', gets, r),
      {
        name: 'lookUp',
        by: 'protocol',
        peers: ['client'],
        offer(world) {
          const { request } = world.peers.client ?? {};
          if (request == null || ringOf(world).members.length === 0) return [];
          return [{ event: { type: 'lookUp', route: route(world, request.key, request.kind === 'put' ? 1 : r) } }];
        },
      },
      {
        name: 'stabilize',
        by: 'protocol',
        peers: members,
        offer(world, self) {
          const context = contextOf(world, Number(self));
          const round = roundOf(world, Number(self));
          return context === undefined || round === null ? [] : [{ event: distort(round, context) }];
        },
      },
      {
        name: 'handIn',
        by: 'protocol',
        peers: members,
        offer: (world, self) =>
          stray(world, Number(self)).map((event) => ({ args: { key: event.key, to: event.to }, event })),
      },
      {
        name: 'depart',
        peers: members,
        limit: leaves,
        // Enough must stay to keep every copy.
        offer: (world) => (ringOf(world).staying.length > r ? [{ event: { type: 'depart' } }] : []),
      },
      {
        // Not the protocol's: from here on failures are counted anew.
        name: 'see',
        peers: ['client'],
        offer: (world) =>
          failed(world) > (world.peers.client?.healed ?? 0) && ringOf(world).members.length >= r && isWhole(world, size)
            ? [{ event: { type: 'see', failed: failed(world) } }]
            : [],
      },
    ],
    churn: {
      ...(founders < n ? { join: { limit: 'unlimited' as const, peers: members, offer: joining(r) } } : {}),
      leave: {
        limit: 'unlimited',
        peers: members,
        when: (world, self) => mayLeave(world, Number(self)),
      },
      crash: { limit: crashes, peers: members, when: (world) => mayCrash(world, r) },
    },
    faults: { lose: losses },
    timers: { patience: { when: (world) => !isBeingServed(world) } },
  });
}

/** Whoever would join is told who comes after it. */
const joining =
  (r: number) =>
  (world: KeysWorld, self: string): readonly Offer[] => {
    const succs = successorsOf(Number(self), ringOf(world), r);
    return succs.length === 0 ? [] : [{ event: { type: 'join', succs } }];
  };

const aboutRequests = ['put', 'get', 'accepted', 'found'];

/** Whether somebody may still answer the client: perfect failure detection. */
function isBeingServed(world: KeysWorld): boolean {
  const { request } = world.peers.client ?? {};
  return (
    world.inFlight().some(({ message }) => aboutRequests.includes(message.type)) ||
    ringOf(world).members.some((id) =>
      contextOf(world, id)?.pending.some(({ key, version }) => key === request?.key && version === request.version),
    )
  );
}

/** A ring in which everybody knows everybody, and each key is with its owner and the members after it. */
function founding(ids: readonly Id[], { bits, r }: { bits: number; r: number }, stored: Items): Start<KeysPeers> {
  const up = ids.map((id, at) => {
    const others = firstFrom(
      id,
      ids.filter((other) => other !== id),
      r,
    );
    const items = Object.fromEntries(
      Object.entries(stored).filter(([key]) => firstFrom(placeOf(key, bits), ids, r).includes(id)),
    );
    return [nameOf(id), { input: { id, bits, r, pred: ids.at(at - 1) ?? id, succs: others, items } }] as const;
  });
  return { label: `ring ${ids.join(' ')}`, up: { ...Object.fromEntries(up), client: {} } };
}

const nameFor = ({ variation: _, ...numbers }: KeysOptions): string =>
  ['chord-keys', ...Object.entries(numbers).map(([name, value]) => `${name}=${value}`)].join(' ');

function checkOptions({ n, founders, r, keys }: KeysOptions): void {
  const isRight = n >= 1 && n <= 8 && founders >= 1 && founders <= n && r >= 1 && keys >= 1 && keys <= keyNames.length;
  if (isRight && founders >= r) return;
  throw new ChurnproofError('PARAMETER_OUT_OF_RANGE', `${n} members, ${founders} of them at first, ${r} copies`, {
    expected: 'founders from r to n, n up to 8, 1 to 4 keys',
  });
}
