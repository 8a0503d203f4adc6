/**
 * Wrong siblings of the two machines: mistakes made by real stores, or easy to make. Each is the protocol with a guard, an
 * action or a state written differently, or with less to see in a round of upkeep.
 */
import { assign, emit, enqueueActions } from 'xstate';
import { type Seeded, withStates } from '../mutant.js';
import { client } from './client.js';
import { isIn, outside, within } from './items.js';
import { keysFor, member } from './member.js';
import { arcOf, heirsArc, idOf, type MemberContext, send } from './standing.js';
import type { KeysOptions, KeysVariation } from './system.js';

/** @public */
export interface KeysMutant extends Seeded<Omit<KeysOptions, 'variation'>> {
  readonly variation: KeysVariation;
}

/** Nobody joins, leaves or fails, and nothing is asked; what a mutant needs is added. */
const still = {
  n: 2,
  founders: 2,
  r: 1,
  keys: 1,
  puts: 0,
  gets: 0,
  leaves: 0,
  crashes: 0,
  losses: 0,
  network: 'unordered',
} as const;

const joining = { ...still, founders: 1 };
const copied = { ...still, r: 2 };
const three = { ...copied, n: 3, founders: 3 };

type States = { readonly [name: string]: { readonly on?: object; readonly states?: States } };

const states = member.config.states as unknown as States;

/** A member with one of its states as a member written differently. */
const withPart = (part: string, on: object): typeof member => {
  const { member: whole } = states;
  const { [part]: right } = whole?.states ?? {};
  const changed = { ...right, on: { ...right?.on, ...on } };
  return withStates(member, { member: { ...whole, states: { ...whole?.states, [part]: changed } } });
};

const isFromSuccessor = ({ context, event }: { context: MemberContext; event: { readonly from: string } }): boolean =>
  idOf(event) === context.succs[0];

const params = ({ event }: { readonly event: unknown }): unknown => event;

/** @public */
export const mutants = {
  L4: {
    doc: 'a joiner takes its place and does not take the keys that are handed to it',
    values: joining,
    variation: {
      member: member.provide({
        actions: { takeKeys: assign((_, keys) => ({ pred: keys.after, giver: idOf(keys) })) },
      }),
    },
    kills: { NoKeyLost: 4, InPlace: 6 },
  },
  'DHT-1': {
    doc: 'a put is acknowledged before the copies have it',
    values: { ...copied, puts: 1, crashes: 1 },
    variation: {
      member: member.provide({
        actions: {
          replicate: enqueueActions(({ context, enqueue }, { key, version, client: to }) => {
            enqueue.assign({ pending: [...context.pending, { key, version, client: to, awaiting: [] }] });
            const message = { type: 'replicate', items: { [key]: version }, arc: null } as const;
            enqueue.emit(send(context.succs.slice(0, context.r - 1), message));
          }),
        },
      }),
    },
    kills: { NoKeyLost: 3 },
  },
  'DHT-2': {
    doc: 'keys that are handed over are let go as soon as they are sent',
    values: { ...joining, losses: 1 },
    variation: {
      member: member.provide({
        actions: {
          handOver: enqueueActions(({ context, enqueue }) => {
            enqueue.emit(keysFor(context));
            enqueue.assign({ items: outside(context.items, heirsArc(context), context.bits) });
          }),
        },
      }),
    },
    kills: { NoKeyLost: 2 },
  },
  'DHT-3': {
    doc: 'what is put while its key is handed over is stored here and not given to the joiner',
    values: { ...joining, puts: 1 },
    variation: {
      member: member.provide({
        actions: {
          replicate: enqueueActions(({ context, enqueue }, { key, version, client: to }) => {
            const awaiting = context.succs.slice(0, context.r - 1);
            enqueue.assign({ pending: [...context.pending, { key, version, client: to, awaiting }] });
            const message = { type: 'replicate', items: { [key]: version }, arc: null } as const;
            if (awaiting.length > 0) enqueue.emit(send(awaiting, message));
          }),
        },
      }),
    },
    kills: { NoKeyLost: 6, 'a put waits for the joiner that will own its key': 'never' },
  },
  'DHT-8': {
    doc: 'a successor that has failed is still counted among those with copies',
    values: { ...three, crashes: 1 },
    variation: {
      distort: (round, { succs }) => ({
        ...round,
        succs: succs.length > 0 ? succs : round.succs,
        lagging: round.lagging.filter((id) => succs.includes(id)),
      }),
    },
    kills: { InPlace: 2 },
  },
  interval: {
    doc: 'a joiner is handed the keys from its predecessor’s place on to before its own',
    values: joining,
    variation: {
      member: member.provide({
        actions: {
          handOver: emit(({ context }) => {
            const { items, bits } = context;
            const [after, upTo] = heirsArc(context).map((id) => (id + 2 ** bits - 1) % 2 ** bits) as [number, number];
            return {
              ...keysFor(context),
              message: { ...keysFor(context).message, items: within(items, [after, upTo], bits) },
            };
          }),
        },
      }),
    },
    kills: { OnlyTheArcMoves: 2, NoKeyLost: 4 },
  },
  endpoint: {
    doc: 'a member does not take a key at its own place for its own',
    values: { ...still, gets: 1 },
    variation: {
      member: member.provide({
        guards: {
          isMine: ({ context }, { key }) =>
            isIn(key, arcOf(context), context.bits) && !isIn(key, [context.id - 1, context.id], context.bits),
        },
      }),
    },
    kills: { Answered: 4, Finds: 4 },
  },
  'not-at-my-place': {
    doc: 'a member that is asked for the key at its own place says that there is none',
    values: { ...still, gets: 1 },
    variation: {
      member: member.provide({
        actions: {
          answer: emit(({ context: { id, items, bits } }, { client: to, key }) => {
            const version = isIn(key, [id - 1, id], bits) ? 0 : (items[key] ?? 0);
            return { type: 'send', to, message: { type: 'found', key, version } as const };
          }),
        },
      }),
    },
    kills: { Found: 2, Finds: 3 },
  },
  'copies-for-nothing': {
    doc: 'a member that is asked for its copy says that there is none, because the key is not its own',
    values: { ...copied, gets: 1, crashes: 1 },
    variation: {
      member: member.provide({
        actions: {
          answer: emit(({ context }, { client: to, key }) => {
            const version = isIn(key, arcOf(context), context.bits) ? (context.items[key] ?? 0) : 0;
            return { type: 'send', to, message: { type: 'found', key, version } as const };
          }),
        },
      }),
    },
    kills: { FindsAnyway: 7, 'a copy answers a get, its owner having failed': 'never' },
  },
  'leaves-at-once': {
    doc: 'who leaves hands nothing over',
    values: { ...still, leaves: 1 },
    variation: {
      member: member.provide({
        actions: {
          beginToLeave: assign({ unsettled: [] }),
          giveEverything: emit(() => send([], { type: 'begin' } as const)),
        },
      }),
    },
    kills: { NoKeyLost: 2 },
  },
  'leaves-before-confirmed': {
    doc: 'who leaves does not wait until its successors have what it gave them',
    values: { ...still, leaves: 1 },
    variation: { member: member.provide({ actions: { beginToLeave: assign({ unsettled: [] }) } }) },
    kills: { NoKeyLost: 2 },
  },
  'leaves-copies-behind': {
    doc: 'who leaves hands over the keys that are its own and not the copies that it keeps',
    values: { ...three, leaves: 1, crashes: 1 },
    variation: {
      member: member.provide({
        actions: {
          giveEverything: emit(({ context }, to) => {
            const items = within(context.items, arcOf(context), context.bits);
            return send(to, { type: 'replicate', items, arc: null } as const);
          }),
          settle: assign(({ context: { unsettled } }, stored) => ({
            unsettled: unsettled.filter((id) => id !== idOf(stored)),
          })),
        },
      }),
    },
    kills: { NoKeyLost: 6 },
  },
  'one-heir': {
    doc: 'who leaves hands everything to its successor alone, whatever the number of copies',
    values: { ...three, leaves: 1, crashes: 1 },
    variation: {
      member: member.provide({
        actions: {
          beginToLeave: assign(({ context: { succs } }) => ({ unsettled: succs.slice(0, 1) })),
          giveEverything: emit(({ context: { items, succs } }) =>
            send(succs.slice(0, 1), { type: 'replicate', items, arc: null } as const),
          ),
          unsettle: assign(({ context }, { succs }) => ({
            unsettled: succs.slice(0, 1).filter((id) => id !== context.succs[0] || context.unsettled.includes(id)),
          })),
        },
      }),
    },
    kills: { NoKeyLost: 5 },
  },
  'hands-on-at-once': {
    doc: 'a joiner hands keys on to another before the one that it has them from has stopped serving them',
    values: { ...joining, n: 4, founders: 2, puts: 1 },
    variation: {
      member: withPart('arriving', states.member?.states?.serving?.on ?? {}),
    },
    kills: { OneServer: 6, NoKeyLost: 13 },
  },
  'only-from-whom-it-asked': {
    doc: 'a joiner takes keys only from the member that it asked last',
    values: { ...joining, n: 4, founders: 2, leaves: 1 },
    variation: {
      member: withStates(member, {
        joining: {
          ...states.joining,
          on: {
            ...states.joining?.on,
            keys: {
              guard: isFromSuccessor,
              target: 'member',
              actions: [
                { type: 'takeKeys', params },
                { type: 'sayDone', params },
              ],
            },
          },
        },
      }),
    },
    kills: { Heals: 16, CanHeal: 12 },
  },
  'two-owners': {
    doc: 'nobody hands keys to a member that has come between with the keys of one who failed',
    values: { ...joining, n: 3, founders: 2, r: 2, crashes: 1 },
    variation: {
      distort: (round, { heir }) =>
        heir === null ? { ...round, heir, lagging: round.lagging.filter((id) => id !== round.heir) } : round,
    },
    kills: { OneOwner: 8 },
  },
  'no-hand-in': {
    doc: 'a key that is with a member that has nothing to do with it stays there',
    values: { ...joining, n: 3, founders: 2, leaves: 1 },
    variation: { strays: () => [] },
    kills: { InPlace: 11, CanHeal: 6 },
  },
  'waits-for-the-dead': {
    doc: 'a member goes on handing over to a joiner that has failed',
    values: { ...joining, n: 3, founders: 2, r: 2, crashes: 1 },
    variation: {
      distort: (round, { heir }) => ({ ...round, heir: heir ?? round.heir }),
    },
    kills: { InPlace: 4, CanHeal: 3 },
  },
  overwrites: {
    doc: 'what is told last is kept, though it be older',
    values: { ...joining, puts: 1 },
    variation: {
      member: member.provide({
        actions: {
          takeKeys: assign(({ context: { items } }, keys) => ({
            pred: keys.after,
            giver: idOf(keys),
            items: { ...items, ...keys.items },
          })),
        },
      }),
    },
    kills: { VersionsRise: 6, NoKeyLost: 8 },
  },
  nearest: {
    doc: 'for a key that is not there a get finds the last one before it in order of names that is',
    values: { ...joining, n: 3, founders: 2, keys: 2, leaves: 1, gets: 1 },
    variation: {
      member: member.provide({
        actions: {
          answer: emit(({ context: { items } }, { client: to, key }) => {
            const last = Object.keys(items)
              .sort()
              .findLast((other) => other <= key);
            const version = last === undefined ? 0 : (items[last] ?? 0);
            return { type: 'send', to, message: { type: 'found', key, version } as const };
          }),
        },
      }),
    },
    kills: { NoInvention: 10 },
  },
  'never-copies-again': {
    doc: 'copies are made when a key is put and never again',
    values: { ...three, crashes: 1 },
    variation: { member: member.provide({ actions: { tell: emit(() => send([], { type: 'begin' } as const)) } }) },
    kills: { InPlace: 3 },
  },
  'asks-the-owner-only': {
    doc: 'a client asks nobody but the owner',
    values: { ...copied, gets: 1, crashes: 1 },
    variation: { client: client.provide({ guards: { knowsAnother: () => false } }) },
    kills: { 'a copy answers a get, its owner having failed': 'never' },
  },
  'one-copy-more': {
    doc: 'a put is copied to one member more than need have it',
    values: { ...three, n: 4, founders: 4, puts: 1, crashes: 1 },
    variation: {
      member: member.provide({
        actions: {
          replicate: enqueueActions(({ context, enqueue }, { key, version, client: to }) => {
            const awaiting = context.succs.slice(0, context.r);
            enqueue.assign({ pending: [...context.pending, { key, version, client: to, awaiting }] });
            const items = { [key]: context.items[key] ?? version };
            enqueue.emit(send(awaiting, { type: 'replicate', items, arc: null } as const));
          }),
        },
      }),
    },
    kills: {},
    survivor: true,
  },
} as const satisfies Readonly<Record<string, KeysMutant>>;
