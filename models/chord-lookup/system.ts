/**
 * Members that answer lookups, and the world around them: who begins, what clients ask, who joins and fails. The ring below
 * is a service: at any time it may tell a member who comes next.
 */
import { type Churn, ChurnproofError, derive, type Operation, peer, system } from '../../src/kernel/index.js';
import { circle, count, has, mayFail, nameOf } from '../chord/index.js';
import { lookupMember } from './member.js';
import { asking, isLost, isRingRight, isUnanswered, type LookupPeers, lookupRing, nextMembers } from './observe.js';
import { asPublished, type Rules } from './rules.js';
import { fingersOf, type StartOptions, startsOf } from './starts.js';

/** @public */
export interface LookupOptions extends StartOptions {
  /** Lookups that clients ask for. */
  readonly lookups: number;
  /** How many lookups may be under way at once. */
  readonly atOnce: number;
  readonly crashes: number;
  readonly joins: number;
  /** What members do by themselves: nothing, stabilize, or fix their fingers too. */
  readonly upkeep: 'none' | 'ring' | 'fingers';
  readonly variation?: LookupVariation;
}

/** A way to get lookups wrong; what is left out is as published. @public */
export interface LookupVariation {
  readonly machine?: typeof lookupMember;
  /** Those of the machine, where they say which fingers are right. */
  readonly rules?: Rules;
  /** Whether clients ask although somebody who joined is not yet in the ring. */
  readonly hasty?: boolean;
}

/** @public */
export function chordLookup(options: LookupOptions) {
  const { n, method, lookups, upkeep, variation = {} } = options;
  const { machine = lookupMember, rules = asPublished } = variation;
  checkCircle(options);
  const m = fingersOf(options);
  const { lookup, fixFinger, stabilize } = operations(options);
  return system<LookupPeers>({
    name: nameFor(options),
    // More than ever is on one link, unless something is wrong: then the space stays finite.
    capacity: 3,
    peers: Object.fromEntries(circle(n).map((id) => [nameOf(id), peer(machine, { id, n, m, method })])),
    starts: startsOf(options, rules),
    timers: { request: { when: isUnanswered }, patience: { when: isLost } },
    operations: [
      ...(lookups > 0 ? [lookup] : []),
      ...(upkeep === 'fingers' && m > 0 ? [fixFinger] : []),
      ...(upkeep === 'none' ? [] : [stabilize]),
    ],
    churn: churnOf(options),
  });
}

function operations({ n, r, joins, lookups, atOnce, variation }: LookupOptions) {
  const hasRoom = derive((world) => {
    const { clients, fingers } = asking(world);
    return count(clients | fingers) < atOnce;
  });
  // Nobody joins while a client waits, so a ring that is right when it asks stays right.
  const needsRing = joins > 0 && variation?.hasty !== true;
  const mayAsk = derive((world) => hasRoom(world) && (!needsRing || isRingRight(lookupRing(world))));

  const lookup: Operation<LookupPeers> = {
    name: 'lookup',
    limit: lookups,
    offer: (world) =>
      mayAsk(world) ? circle(n).map((key) => ({ args: { key }, event: { type: 'lookup', key } })) : [],
  };
  const fixFinger: Operation<LookupPeers> = {
    name: 'fixFinger',
    by: 'protocol',
    offer: (world) => (hasRoom(world) ? [{ event: { type: 'fixFinger' } }] : []),
  };
  const stabilize: Operation<LookupPeers> = {
    name: 'stabilize',
    by: 'protocol',
    offer: (world, self) => {
      const { members, lists } = lookupRing(world);
      const id = Number(self);
      const list = nextMembers(id, members, n, r);
      return lists[id]?.join() === list.join() ? [] : [{ event: { type: 'stabilize', list } }];
    },
  };
  return { lookup, fixFinger, stabilize };
}

function churnOf({ n, r, crashes, joins }: LookupOptions): Churn<LookupPeers> {
  const failing = derive((world) => mayFail(lookupRing(world), { liveEntry: true, principals: 0 }));
  const join: Churn<LookupPeers>['join'] = {
    limit: joins,
    offer: (world, self) => {
      if (asking(world).clients !== 0) return [];
      return [{ event: { type: 'join', list: nextMembers(Number(self), lookupRing(world).members, n, r) } }];
    },
  };
  const crash: Churn<LookupPeers>['crash'] = {
    limit: crashes,
    when: (world, self) => has(failing(world), Number(self)),
  };
  return { ...(joins > 0 && { join }), ...(crashes > 0 && { crash }) };
}

const nameFor = ({ variation: _, ...options }: LookupOptions): string =>
  ['chord-lookup', ...Object.entries(options).map(([name, value]) => `${name}=${value}`)].join(' ');

function checkCircle({ n, members }: LookupOptions): void {
  if (Number.isInteger(Math.log2(n)) && n >= 2 && n <= 16 && members >= 1 && members <= n) return;
  throw new ChurnproofError('PARAMETER_OUT_OF_RANGE', `${members} members on a circle of ${n} cannot be checked`, {
    expected: '2, 4, 8 or 16 identifiers, and no more members than that',
  });
}
