/** The sender: one packet at a time, sent again until its bit is acknowledged. */
import { assign, emit, setup } from 'xstate';
import type { From, Send } from '../../src/kernel/index.js';
import { type Ack, type Bit, type Data, flip } from './messages.js';

/** @public */
export interface SenderInput {
  /** The receiver's name. */
  readonly to: string;
  readonly packets: number;
  /** Milliseconds before a packet is sent again; default 30. A checked system abstracts from it. */
  readonly patience?: number;
}

/** @public */
export interface SenderContext extends Required<SenderInput> {
  /** The bit of the packet that is on its way. */
  readonly bit: Bit;
  /** Packets sent so far, each counted once. */
  readonly sent: number;
}

/** @public */
export const sender = setup({
  types: {
    context: {} as SenderContext,
    input: {} as SenderInput,
    events: {} as From<Ack>,
    emitted: {} as Send<Data>,
  },
  delays: { retry: ({ context }) => context.patience },
  guards: {
    acknowledged: ({ context, event }) => event.bit === context.bit,
    last: ({ context }) => context.sent === context.packets,
  },
  actions: {
    transmit: emit(({ context }) => ({ type: 'send', to: context.to, message: { type: 'data', bit: context.bit } })),
    next: assign({ bit: ({ context }) => flip(context.bit), sent: ({ context }) => context.sent + 1 }),
  },
}).createMachine({
  context: ({ input }) => ({ patience: 30, ...input, bit: 0, sent: 1 }),
  initial: 'waiting',
  states: {
    waiting: {
      entry: 'transmit',
      after: { retry: { target: 'waiting', reenter: true } },
      on: { ack: { guard: 'acknowledged', target: 'acknowledged' } },
    },
    acknowledged: {
      always: [
        { guard: 'last', target: 'done' },
        { target: 'waiting', actions: 'next' },
      ],
    },
    done: {},
  },
});
