/** Somebody who announces for others: it gives their address as its own, with whatever connection id it can come by. */
import { assign, emit, setup } from 'xstate';
import type { From, Send } from '../../src/kernel/index.js';
import type { Address, Answer, ConnectionId, Question } from './messages.js';

/** @public */
export interface ForgerContext {
  readonly tracker: string;
  readonly address: Address;
  /** Its own, honestly come by. */
  readonly cid: ConnectionId | null;
}

/** @public */
export const forger = setup({
  types: {
    context: {} as ForgerContext,
    input: {} as Omit<ForgerContext, 'cid'>,
    events: {} as From<Answer> | { readonly type: 'connect' } | { readonly type: 'forge'; readonly source: Address },
    emitted: {} as Send<Question>,
  },
}).createMachine({
  id: 'forger',
  context: ({ input }) => ({ ...input, cid: null }),
  on: {
    connect: {
      actions: emit(({ context: { tracker, address } }) => ({
        type: 'send',
        to: tracker,
        message: { type: 'connect', source: address, tid: 0 },
      })),
    },
    connected: { actions: assign({ cid: ({ event }) => event.cid }) },
    forge: {
      actions: emit(({ context: { tracker, cid }, event: { source } }) => ({
        type: 'send',
        to: tracker,
        message: {
          type: 'announce',
          source,
          tid: 0,
          cid: cid ?? 'guess',
          id: 'eve',
          event: 'started',
          left: 1,
          ip: null,
        },
      })),
    },
  },
});
