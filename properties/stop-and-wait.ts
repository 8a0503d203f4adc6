/** What is claimed of stop-and-wait: over ordered links every packet is delivered once; over unordered ones it is not. */

import { seeded } from '../models/mutant.js';
import {
  mutants,
  type StopAndWaitMutant,
  type StopAndWaitOptions,
  type StopAndWaitPeers,
  stopAndWait,
  type Variant,
} from '../models/stop-and-wait/index.js';
import {
  always,
  type Claim,
  eventually,
  type Property,
  type Suite,
  sometimes,
  type Values,
  whenQuiet,
} from '../src/kernel/index.js';

type Claimed = Property<StopAndWaitPeers, false>;

/** @public */
export const noMoreThanSent: Claimed = always(
  'bob never delivers more than alice sent',
  (w) => w.peers.bob.delivered <= w.peers.alice.sent,
);

/** @public */
export const oneAtATime: Claimed = always(
  'alice sends a packet only when bob has delivered the one before',
  (w) => w.peers.alice.sent <= w.peers.bob.delivered + 1,
);

/** @public */
export const doneIsDelivered: Claimed = always(
  'alice is done only when every packet is delivered',
  (w) => w.state('alice') !== 'done' || w.peers.bob.delivered === w.peers.alice.packets,
);

/** @public */
export const quietIsDelivered: Claimed = whenQuiet(
  'when nothing is on its way and no timer runs, every packet is delivered once',
  (w) => w.peers.bob.delivered === w.peers.alice.packets,
);

/** As long as messages arrive and the timer goes on: losses are few, so some copy gets through. @public */
export const finishes: Claimed = eventually('alice is done in the end', (w) => w.state('alice') === 'done', {
  weak: ['deliver', 'timeout'],
});

/** @public */
export const arrives: Claimed = sometimes(
  'every packet arrives',
  (w) => w.state('alice') === 'done' && w.peers.bob.delivered === w.peers.alice.packets,
);

/** @public */
export const copied: Claimed = sometimes(
  'a copy of a packet that bob has delivered is on its way',
  (w) =>
    w.peers.bob.delivered === w.peers.alice.sent &&
    w.inFlight('bob').some(({ message }) => message.bit !== w.peers.bob.expects),
);

/** @public */
export const outlived: Claimed = sometimes(
  'something is still on its way when alice is done',
  (w) => w.state('alice') === 'done' && w.inFlight().length > 0,
);

/** Moves of the shortest counterexample over unordered links, by the number of packets. */
const refuted: ReadonlyMap<Claimed, Readonly<Record<number, number>>> = new Map([
  [noMoreThanSent, { 2: 5, 3: 5, 4: 5 }],
  [oneAtATime, { 4: 6 }],
  [doneIsDelivered, { 2: 6, 3: 6, 4: 8 }],
  [quietIsDelivered, { 2: 7, 3: 7, 4: 9 }],
]);

const optionsOf = ({ network, packets }: Values) =>
  ({ network: network === 'unordered' ? 'unordered' : 'fifo', packets: Number(packets) }) satisfies StopAndWaitOptions;

/** @public */
export const suite: Suite = {
  model: 'stop-and-wait',
  summary: 'Stop-and-wait with an alternating bit, over ordered and over unordered links',
  parameters: {
    network: { type: 'choice', doc: 'how messages travel', default: 'fifo', options: ['fifo', 'unordered'] },
    packets: { type: 'integer', doc: 'how many packets alice sends', default: 2, min: 1, max: 4 },
  },
  configurations: {
    fifo: { doc: 'ordered links: one bit is enough', quick: true, set: { network: 'fifo', packets: 2 } },
    unordered: {
      doc: 'unordered links: an old packet passes for a new one',
      quick: true,
      set: { network: 'unordered', packets: 2 },
    },
  },
  system: (values) => stopAndWait(optionsOf(values)),
  claims: (values) => {
    const { network, packets } = optionsOf(values);
    return [
      ...[...refuted].map(([property, lengths]): Claim => {
        const length = network === 'unordered' ? lengths[packets] : undefined;
        return length === undefined ? { property } : { property, expect: 'violated', length };
      }),
      { property: finishes },
      { property: arrives, length: 2 * packets },
      { property: copied, length: 2 },
      { property: outlived },
    ];
  },
  mutants: seeded<StopAndWaitMutant>(mutants, ({ values }, name) =>
    stopAndWait({ ...optionsOf(values), variant: name as Variant }),
  ),
};
