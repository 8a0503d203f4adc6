/** Wrong siblings of the sender and the receiver, each with the claim that must catch it over ordered links. */
import { assign, emit } from 'xstate';
import { type Seeded, withStates } from '../mutant.js';
import { flip } from './messages.js';
import { receiver } from './receiver.js';
import { sender } from './sender.js';

/** @public */
export interface StopAndWaitMutant extends Seeded {
  readonly sender?: typeof sender;
  readonly receiver?: typeof receiver;
}

const values = { network: 'fifo', packets: 2 };

/** @public */
export const mutants = {
  'ignores-bit': {
    doc: 'the receiver delivers whatever arrives',
    values,
    kills: { 'bob never delivers more than alice sent': 3 },
    receiver: receiver.provide({ guards: { fresh: () => true } }),
  },
  'takes-any-ack': {
    doc: 'the sender takes every acknowledgement for that of the packet on its way',
    values,
    kills: { 'alice is done only when every packet is delivered': 4 },
    sender: sender.provide({ guards: { acknowledged: () => true } }),
  },
  'never-retries': {
    doc: 'the sender waits for an acknowledgement for ever',
    values,
    kills: { 'when nothing is on its way and no timer runs, every packet is delivered once': 1 },
    sender: withStates(sender, {
      waiting: { entry: 'transmit', on: { ack: { guard: 'acknowledged', target: 'acknowledged' } } },
    }),
  },
  'gives-up': {
    doc: 'the sender goes on to the next packet when it has waited long enough',
    values,
    kills: { 'alice sends a packet only when bob has delivered the one before': 1 },
    sender: withStates(sender, {
      waiting: {
        entry: 'transmit',
        after: { retry: 'acknowledged' },
        on: { ack: { guard: 'acknowledged', target: 'acknowledged' } },
      },
    }),
  },
  'keeps-bit': {
    doc: 'the sender sends every packet with the same bit',
    values,
    kills: { 'alice is done only when every packet is delivered': 4 },
    sender: sender.provide({ actions: { next: assign({ sent: ({ context }) => context.sent + 1 }) } }),
  },
  'acknowledges-next': {
    doc: 'the receiver acknowledges the packet that it waits for and not the one that came',
    values,
    kills: { 'every packet arrives': 'never' },
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
