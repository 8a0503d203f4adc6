/** Wrong siblings of the sender and the receiver, each with the claim that must catch it over ordered links. */
import { assign, emit } from 'xstate';
import { type Mutant, withStates } from '../mutant.js';
import { flip } from './messages.js';
import { receiver } from './receiver.js';
import { sender } from './sender.js';

/** @public */
export interface StopAndWaitMutant extends Mutant {
  readonly sender?: typeof sender;
  readonly receiver?: typeof receiver;
}

const values = { network: 'fifo', packets: 2 };

/** @public */
export const mutants = {
  'ignores-bit': {
    doc: 'the receiver delivers whatever arrives',
    claim: 'bob never delivers more than alice sent',
    values,
    length: 3,
    receiver: receiver.provide({ guards: { fresh: () => true } }),
  },
  'takes-any-ack': {
    doc: 'the sender takes every acknowledgement for that of the packet on its way',
    claim: 'alice is done only when every packet is delivered',
    values,
    length: 4,
    sender: sender.provide({ guards: { acknowledged: () => true } }),
  },
  'never-retries': {
    doc: 'the sender waits for an acknowledgement for ever',
    claim: 'when nothing is on its way and no timer runs, every packet is delivered once',
    values,
    length: 1,
    sender: withStates(sender, {
      waiting: { entry: 'transmit', on: { ack: { guard: 'acknowledged', target: 'acknowledged' } } },
    }),
  },
  'keeps-bit': {
    doc: 'the sender sends every packet with the same bit',
    claim: 'alice is done only when every packet is delivered',
    values,
    length: 4,
    sender: sender.provide({ actions: { next: assign({ sent: ({ context }) => context.sent + 1 }) } }),
  },
  'acknowledges-next': {
    doc: 'the receiver acknowledges the packet that it waits for and not the one that came',
    claim: 'every packet arrives',
    values,
    receiver: receiver.provide({
      actions: {
        acknowledge: emit(({ event }) => ({
          type: 'send',
          to: event.from,
          message: { type: 'ack', bit: flip(event.bit) },
        })),
      },
    }),
  },
} as const satisfies Readonly<Record<string, StopAndWaitMutant>>;

/** @public */
export type Variant = keyof typeof mutants;
