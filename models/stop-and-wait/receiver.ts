/** The receiver: delivers a packet once, acknowledges it every time, for the acknowledgement may have been lost. */
import { assign, emit, setup } from 'xstate';
import type { From, Send } from '../../src/kernel/index.js';
import { type Ack, type Bit, type Data, flip } from './messages.js';

/** @public */
export interface ReceiverContext {
  /** The bit of the next new packet. */
  readonly expects: Bit;
  readonly delivered: number;
}

/** @public */
export const receiver = setup({
  types: { context: {} as ReceiverContext, events: {} as From<Data>, emitted: {} as Send<Ack> },
  guards: { fresh: ({ context, event }) => event.bit === context.expects },
  actions: {
    deliver: assign({
      expects: ({ context }) => flip(context.expects),
      delivered: ({ context }) => context.delivered + 1,
    }),
    acknowledge: emit(({ event }) => ({ type: 'send', to: event.from, message: { type: 'ack', bit: event.bit } })),
  },
}).createMachine({
  context: { expects: 0, delivered: 0 },
  on: { data: [{ guard: 'fresh', actions: ['deliver', 'acknowledge'] }, { actions: 'acknowledge' }] },
});
