/**
 * One member of a Chord ring that stores keys. A key belongs to the first member at or after it, and copies of it to the r-1
 * members after that one. What the ring looks like this machine is told by `stabilize`, which stands for a round of Chord's
 * own upkeep; what must happen to the keys then, it decides.
 *
 * A joiner asks its successor for the keys that will be its own. The successor serves them until it hears that the joiner
 * has them all, and meanwhile gives the joiner whatever is put. A put is acknowledged when everybody who should have it
 * has said that he does. Who would leave hands everything over first.
 */
import { assign, emit, enqueueActions, setup } from 'xstate';
import type { From, Send } from '../../src/kernel/index.js';
import { between, type Id } from '../chord/index.js';
import { covers, isIn, newer, outside, pick, within } from './items.js';
import type { Begin, ClientMessage, Done, Get, Keys, MemberMessage, Over, Put, Replicate, Stored } from './messages.js';
import {
  arcOf,
  heirsArc,
  idOf,
  keepersOf,
  type MemberContext,
  type MemberInput,
  type Pending,
  type Stabilize,
  seeing,
  send,
} from './standing.js';

/** The joiner's successors. @public */
export type Join = { readonly type: 'join'; readonly succs: readonly Id[] };

/** A key that is another's, who does not have it as new. @public */
export type HandIn = { readonly type: 'handIn'; readonly key: string; readonly to: Id };

/** @public */
export type MemberEvent = Join | Stabilize | HandIn | { readonly type: 'depart' } | From<MemberMessage>;

const heard = <E>({ event }: { readonly event: E }): E => event;

/** What its heir is to have. @internal */
export function keysFor(context: MemberContext): Send<Keys> {
  const { heir, pred, id, items, bits } = context;
  return send(heir ?? [], { type: 'keys', after: pred ?? id, items: within(items, heirsArc(context), bits) });
}

/** @public */
export const member = setup({
  types: {
    context: {} as MemberContext,
    input: {} as MemberInput,
    events: {} as MemberEvent,
    emitted: {} as Send<MemberMessage | ClientMessage>,
  },
  guards: {
    isFounder: ({ context: { pred } }) => pred !== null,
    isMine: ({ context }, { key }: Put | Get) => isIn(key, arcOf(context), context.bits),
    hasCopy: ({ context: { items } }, { copy, key }: Get) => copy && key in items,
    belongsBefore: ({ context: { pred, id } }, begin: From<Begin>) => between(pred ?? id, idOf(begin), id),
    isHeir: ({ context: { heir } }, message: From<Begin | Done>) => idOf(message) === heir,
    isGiver: ({ context: { giver } }, over: From<Over>) => idOf(over) === giver,
    hasHeir: ({ context: { heir } }) => heir !== null,
    hasNoHeir: ({ context: { heir } }) => heir === null,
    hasNoGiver: ({ context: { giver } }) => giver === null,
    owesNobody: ({ context: { pending } }) => pending.length === 0,
  },
  actions: {
    enter: assign((_, { succs }: Join | Stabilize) => ({ succs })),
    askForKeys: emit(({ context: { succs } }) => send(succs.slice(0, 1), { type: 'begin' } as const)),
    takeKeys: assign(({ context: { items } }, keys: From<Keys>) => ({
      pred: keys.after,
      items: newer(items, keys.items),
      giver: idOf(keys),
    })),
    sayDone: emit((_, keys: From<Keys>) => send(idOf(keys), { type: 'done' } as const)),

    welcome: assign((_, begin: From<Begin>) => ({ heir: idOf(begin) })),
    handOver: emit(({ context }) => keysFor(context)),
    /** Puts that the heir may not have heard of are put to it. */
    passOn: enqueueActions(({ context, enqueue }) => {
      const isMoved = ({ key }: Pending) => isIn(key, heirsArc(context), context.bits);
      for (const { key, version, client } of context.pending.filter(isMoved))
        enqueue.emit(send(context.heir ?? [], { type: 'put', key, version, client } as const));
      enqueue.assign({ pending: context.pending.filter((put) => !isMoved(put)) });
    }),
    /** What the heir has is the heir's alone, unless copies of it belong here. */
    letGo: assign(({ context }) => {
      const { r, items, bits } = context;
      return { items: r > 1 ? items : outside(items, heirsArc(context), bits) };
    }),
    stepBack: assign(({ context: { heir } }) => ({ pred: heir, heir: null })),
    sayOver: emit((_, done: From<Done>) => send(idOf(done), { type: 'over' } as const)),
    forgetGiver: assign({ giver: null }),

    keep: assign(({ context: { items } }, { key, version }: Put) => ({ items: newer(items, { [key]: version }) })),
    replicate: enqueueActions(({ context, enqueue }, { key, version, client }: Put) => {
      const awaiting = keepersOf(context, key);
      const others = context.pending.filter((put) => put.key !== key || put.version !== version);
      enqueue.assign({ pending: [...others, { key, version, client, awaiting }] });
      const items = { [key]: context.items[key] ?? version };
      if (awaiting.length > 0) enqueue.emit(send(awaiting, { type: 'replicate', items, arc: null } as const));
    }),
    confirm: assign(({ context: { pending } }, stored: From<Stored>) => ({
      pending: pending.map((put) => {
        const has = (stored.items[put.key] ?? 0) >= put.version;
        return has ? { ...put, awaiting: put.awaiting.filter((id) => id !== idOf(stored)) } : put;
      }),
    })),
    acknowledge: enqueueActions(({ context: { pending }, enqueue }) => {
      for (const { key, version, client, awaiting } of pending)
        if (awaiting.length === 0)
          enqueue.emit({ type: 'send', to: client, message: { type: 'accepted', key, version } as const });
      if (pending.some(({ awaiting }) => awaiting.length === 0))
        enqueue.assign({ pending: pending.filter(({ awaiting }) => awaiting.length > 0) });
    }),
    learn: assign(({ context }, stored: Stored | Keys) => ({
      items: newer(context.items, within(stored.items, arcOf(context), context.bits)),
    })),

    store: assign(({ context: { items } }, told: Replicate) => ({ items: newer(items, told.items) })),
    sayStored: emit(({ context: { items, bits } }, told: From<Replicate>) => {
      const asked = pick(items, (key) => key in told.items);
      const around = told.arc === null ? {} : within(items, told.arc, bits);
      return send(idOf(told), { type: 'stored', items: { ...around, ...asked } } as const);
    }),
    answer: emit(({ context: { items } }, { client, key }: Get) => ({
      type: 'send',
      to: client,
      message: { type: 'found', key, version: items[key] ?? 0 } as const,
    })),
    passBack: emit(({ context: { pred } }, { from: _, ...request }: From<Put | Get>) => send(pred ?? [], request)),

    look: assign(({ context }, round: Stabilize) => seeing(context, round)),
    /** To the heir its keys, to the giver that they have come, to the others what I serve. */
    tell: enqueueActions(({ context, enqueue }, { lagging }: Stabilize) => {
      const { heir, giver, items, bits } = context;
      const arc = arcOf(context);
      const others = lagging.filter((id) => id !== heir && id !== giver);
      if (others.length > 0)
        enqueue.emit(send(others, { type: 'replicate', items: within(items, arc, bits), arc } as const));
      if (giver !== null && lagging.includes(giver)) enqueue.emit(send(giver, { type: 'done' } as const));
      if (heir !== null && lagging.includes(heir)) enqueue.emit(keysFor(context));
    }),
    handIn: emit(({ context: { items } }, { key, to }: HandIn) =>
      send(to, { type: 'replicate', items: { [key]: items[key] ?? 0 }, arc: null } as const),
    ),

    beginToLeave: assign(({ context: { succs } }) => ({ unsettled: succs })),
    giveEverything: emit(({ context: { items } }, to: readonly Id[]) =>
      send(to, { type: 'replicate', items, arc: null } as const),
    ),
    /** Those that have come in the place of others have nothing yet. */
    unsettle: assign(({ context }, { succs }: Stabilize) => ({
      unsettled: succs.filter((id) => !context.succs.includes(id) || context.unsettled.includes(id)),
    })),
    settle: assign(({ context: { items, unsettled } }, stored: From<Stored>) => ({
      unsettled: covers(stored.items, items) ? unsettled.filter((id) => id !== idOf(stored)) : unsettled,
    })),
  },
}).createMachine({
  id: 'member of a Chord ring with keys',
  context: ({ input: { id, bits, r, pred = null, succs = [], items = {} } }) => ({
    ...{ id, bits, r, pred, succs, items },
    heir: null,
    giver: null,
    pending: [],
    unsettled: [],
  }),
  initial: 'outside',
  states: {
    outside: {
      always: { guard: 'isFounder', target: 'member' },
      on: { join: { target: 'joining', actions: [{ type: 'enter', params: heard }, 'askForKeys'] } },
    },
    joining: {
      on: {
        stabilize: { actions: [{ type: 'enter', params: heard }, 'askForKeys'] },
        // From whomever: one who failed meanwhile, or one asked before that one.
        keys: {
          target: 'member',
          actions: [
            { type: 'takeKeys', params: heard },
            { type: 'sayDone', params: heard },
          ],
        },
        replicate: {
          actions: [
            { type: 'store', params: heard },
            { type: 'sayStored', params: heard },
          ],
        },
      },
    },
    member: {
      initial: 'arriving',
      on: {
        put: [
          {
            guard: { type: 'isMine', params: heard },
            actions: [{ type: 'keep', params: heard }, { type: 'replicate', params: heard }, 'acknowledge'],
          },
          { actions: { type: 'passBack', params: heard } },
        ],
        get: [
          { guard: { type: 'hasCopy', params: heard }, actions: { type: 'answer', params: heard } },
          { guard: { type: 'isMine', params: heard }, actions: { type: 'answer', params: heard } },
          { actions: { type: 'passBack', params: heard } },
        ],
        replicate: {
          actions: [
            { type: 'store', params: heard },
            { type: 'sayStored', params: heard },
          ],
        },
        stored: {
          actions: [{ type: 'learn', params: heard }, { type: 'confirm', params: heard }, 'acknowledge'],
        },
        // Heard before, and not my answer; or from another than I asked, who has failed meanwhile.
        keys: {
          actions: [
            { type: 'learn', params: heard },
            { type: 'sayDone', params: heard },
          ],
        },
        stabilize: {
          actions: [{ type: 'look', params: heard }, 'acknowledge', { type: 'tell', params: heard }],
        },
        handIn: { actions: { type: 'handIn', params: heard } },
        // Said again by one who has not heard that it is over.
        done: { actions: { type: 'sayOver', params: heard } },
      },
      states: {
        // It serves already, and hands nothing over while another may still take puts for the same keys.
        arriving: {
          always: { guard: 'hasNoGiver', target: 'serving' },
          on: { over: { guard: { type: 'isGiver', params: heard }, actions: 'forgetGiver' } },
        },
        serving: {
          // Somebody has come between who got his keys from another, who has failed since.
          always: { guard: 'hasHeir', target: 'handingOver' },
          on: {
            begin: {
              guard: { type: 'belongsBefore', params: heard },
              actions: [{ type: 'welcome', params: heard }, 'handOver'],
            },
            depart: {
              guard: 'owesNobody',
              target: '#departing',
              actions: ['beginToLeave', { type: 'giveEverything', params: ({ context }) => context.succs }],
            },
          },
        },
        handingOver: {
          always: { guard: 'hasNoHeir', target: 'serving' },
          on: {
            begin: { guard: { type: 'isHeir', params: heard }, actions: 'handOver' },
            done: [
              {
                guard: { type: 'isHeir', params: heard },
                actions: ['passOn', 'letGo', 'stepBack', { type: 'sayOver', params: heard }],
              },
              { actions: { type: 'sayOver', params: heard } },
            ],
          },
        },
      },
    },
    // It takes nothing new, so that what its successors confirm is everything.
    departing: {
      id: 'departing',
      on: {
        get: [
          { guard: { type: 'hasCopy', params: heard }, actions: { type: 'answer', params: heard } },
          { guard: { type: 'isMine', params: heard }, actions: { type: 'answer', params: heard } },
          { actions: { type: 'passBack', params: heard } },
        ],
        done: { actions: { type: 'sayOver', params: heard } },
        stored: { actions: { type: 'settle', params: heard } },
        stabilize: {
          actions: [
            { type: 'unsettle', params: heard },
            { type: 'look', params: heard },
            { type: 'giveEverything', params: ({ event }) => event.lagging },
          ],
        },
      },
    },
  },
});
