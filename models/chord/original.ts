/**
 * One member of the original Chord, with a successor list of two entries. Its transitions are the operations of Zave's
 * first model (chordfull.als), each atomic: what a member learns of others comes in the event, what it decides from that is
 * a guard, what it then does is an action. Her two repairs, without which the ring is lost in a few steps, are the words
 * `IsLive` in two of the guards; `unrepaired` is the protocol before them.
 */
import { assign, emit, setup } from 'xstate';
import type { From, Send } from '../../src/kernel/index.js';
import { between, type Id, nameOf } from './identifiers.js';
import { heard, type Notify } from './messages.js';

/** @public */
export type OriginalContext = {
  readonly id: Id;
  /** First successor; null only before joining. */
  readonly succ: Id | null;
  readonly succ2: Id | null;
  readonly prdc: Id | null;
};

/** A founder starts as a ring of its own, or with its place in the first ring; everybody else has to join. @public */
export type OriginalInput = Pick<OriginalContext, 'id'> & { readonly founder?: boolean } & Partial<OriginalContext>;

/** A member tells the joiner its successor. @public */
export type OriginalJoin = {
  readonly type: 'join';
  readonly via: Id;
  readonly succ: Id;
  readonly succIsLive: boolean;
};

/** The successor, being live, tells its predecessor. @public */
export type OriginalStabilize = {
  readonly type: 'stabilize';
  readonly prdc: Id | null;
  readonly prdcIsLive: boolean;
};

/** The successor, being live, tells its own successor. @public */
export type OriginalReconcile = { readonly type: 'reconcile'; readonly succ: Id };

/** `flush` and `update` are the failure detector's: the predecessor is dead, the successor is dead. @public */
export type OriginalEvent =
  | OriginalJoin
  | OriginalStabilize
  | From<Notify>
  | { readonly type: 'flush' }
  | { readonly type: 'update' }
  | OriginalReconcile;

/** @public */
export const originalMember = setup({
  types: {
    context: {} as OriginalContext,
    input: {} as OriginalInput,
    events: {} as OriginalEvent,
    emitted: {} as Send<Notify>,
  },
  guards: {
    isFounder: ({ context }) => context.succ !== null,
    belongsThere: ({ context }, { via, succ, succIsLive }: OriginalJoin) =>
      between(via, context.id, succ) && succIsLive,
    prdcIsCloser: ({ context: { id, succ } }, { prdc, prdcIsLive }: OriginalStabilize) =>
      succ !== null && prdc !== null && between(id, prdc, succ) && prdcIsLive,
    isCloserPrdc: ({ context: { id, prdc } }, notify: Notify) => prdc === null || between(prdc, notify.id, id),
    hasPrdc: ({ context }) => context.prdc !== null,
    hasSucc2: ({ context }) => context.succ2 !== null,
    /** A change, and no repetition of the first entry, unless I am alone. Whether it is live is not asked. */
    isNews: ({ context: { id, succ, succ2 } }, told: OriginalReconcile) =>
      told.succ !== succ2 && (told.succ !== succ || succ === id),
  },
  actions: {
    enter: assign((_, told: OriginalJoin) => ({ succ: told.succ })),
    adoptSucc: assign((_, told: OriginalStabilize) => ({ succ: told.prdc })),
    notifySucc: emit(({ context }) => ({
      type: 'send',
      to: nameOf(context.succ ?? context.id),
      message: { type: 'notify', id: context.id },
    })),
    adoptPrdc: assign((_, notify: Notify) => ({ prdc: notify.id })),
    forgetPrdc: assign({ prdc: null }),
    promoteSucc2: assign(({ context }) => ({ succ: context.succ2, succ2: null })),
    adoptSucc2: assign((_, told: OriginalReconcile) => ({ succ2: told.succ })),
  },
}).createMachine({
  id: 'original Chord member',
  context: ({ input: { id, founder, ...place } }) => ({
    id,
    succ: founder ? id : null,
    succ2: null,
    prdc: null,
    ...place,
  }),
  initial: 'outside',
  states: {
    outside: {
      always: { guard: 'isFounder', target: 'member' },
      on: {
        join: {
          guard: { type: 'belongsThere', params: heard },
          target: 'member',
          actions: { type: 'enter', params: heard },
        },
      },
    },
    member: {
      on: {
        stabilize: [
          {
            guard: { type: 'prdcIsCloser', params: heard },
            actions: [{ type: 'adoptSucc', params: heard }, 'notifySucc'],
          },
          { actions: 'notifySucc' },
        ],
        notify: {
          guard: { type: 'isCloserPrdc', params: heard },
          actions: { type: 'adoptPrdc', params: heard },
        },
        flush: { guard: 'hasPrdc', actions: 'forgetPrdc' },
        update: { guard: 'hasSucc2', actions: 'promoteSucc2' },
        reconcile: {
          guard: { type: 'isNews', params: heard },
          actions: { type: 'adoptSucc2', params: heard },
        },
      },
    },
  },
});

/** The same without either repair, or without one: a peer is taken for a successor though nobody asked whether it lives. @public */
export const unrepaired = ({ join, stabilize }: { readonly join: boolean; readonly stabilize: boolean }) =>
  originalMember.provide({
    guards: {
      ...(join && {
        belongsThere: ({ context }: { context: OriginalContext }, { via, succ }: OriginalJoin) =>
          between(via, context.id, succ),
      }),
      ...(stabilize && {
        prdcIsCloser: ({ context: { id, succ } }: { context: OriginalContext }, { prdc }: OriginalStabilize) =>
          succ !== null && prdc !== null && between(id, prdc, succ),
      }),
    },
  });
