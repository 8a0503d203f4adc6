/**
 * The protocol with messages got wrong: a guard or an action written differently, or something assumed of the network and of
 * failures that is not so.
 *
 * One known mistake has no place here: in Mace's Chord a joiner left its predecessor out of its routing state ("Chord8"). A
 * member of this protocol routes by its successor list alone, and joins without a predecessor.
 */
import { assign } from 'xstate';
import { type Seeded, withStates } from '../mutant.js';
import { messageMember } from './message-member.js';
import { type MessageOptions, type MessageVariation, trusting } from './message-system.js';
import { heard } from './messages.js';
import { toldBusy, yieldingMember } from './yielding-member.js';

/** @public */
export interface MessageMutant extends Seeded<Omit<MessageOptions, 'variation'> & Seeded['values']> {
  /** What the wrong system does otherwise than `values` say. */
  readonly options?: Partial<Omit<MessageOptions, 'variation'>>;
  readonly variation?: MessageVariation;
}

const three = { ...trusting, n: 3, r: 1, rounds: 1 } as const;
const four = { ...trusting, n: 4, r: 2, rounds: 1 } as const;
const five = { ...four, n: 5 } as const;

const stray = { guard: { type: 'isStray', params: heard } };

/** @public */
export const messageMutants = {
  R1: {
    doc: 'a dead predecessor is never replaced',
    values: three,
    variation: { machine: messageMember.provide({ actions: { replacePrdc: assign({}) } }) },
    kills: { Recoverable: 12, StabilizesInTime: 24 },
  },
  R4: {
    doc: 'whoever notifies becomes the predecessor',
    values: three,
    variation: { machine: messageMember.provide({ guards: { isCloserPrdc: () => true } }) },
    // The network can always become ideal, and need not: two members in turn notify the same successor, each just before the other asks.
    kills: { StabilizesInTime: 21 },
  },
  R6: {
    doc: 'a member that waits for an answer gives answers all the same',
    values: five,
    variation: { machine: messageMember.provide({ guards: { isBusy: () => false } }) },
    kills: { LossOfPrincipal: 22, SufficientPrincipals: 23 },
    source: 'Zave’s conditions for queries, in doc/implementing-zave-chord.md of Verdi-Chord',
  },
  R7: {
    doc: 'who may fail is decided by the lists that the members have, as if no answer were on its way',
    values: three,
    options: { failures: 'visible' },
    kills: { OneLiveSuccessor: 16, PrincipalsInRing: 16, AtLeastOneRing: 16, ConnectedAppendages: 16 },
  },
  R8: {
    doc: 'who has adopted a closer successor notifies the one that it had before',
    values: four,
    variation: {
      machine: withStates(messageMember, {
        adopting: {
          after: { request: { target: 'idle', actions: 'notifySuccessor' } },
          on: {
            busy: [stray, { target: 'adopting', reenter: true }],
            gotSuccList: [stray, { target: 'idle', actions: ['notifySuccessor', { type: 'takeList', params: heard }] }],
          },
        },
      }),
    },
    // The next round begins with the successor that was adopted, and notifies it.
    kills: {},
    survivor: true,
    source: 'doc/implementing-zave-chord.md of Verdi-Chord says so',
  },
  R9: {
    doc: 'an answer is taken for that of the peer that was asked, whoever it comes from',
    values: { ...four, duplicate: 1 },
    variation: { machine: messageMember.provide({ guards: { isStray: () => false } }) },
    kills: { LossOfPrincipal: 23, SufficientPrincipals: 23, NoDuplicates: 30 },
  },
  R10: {
    doc: 'a request times out though the peer that was asked is live and will answer',
    values: { ...four, rounds: 2 },
    options: { timeouts: 'any' },
    kills: {
      SufficientPrincipals: 2,
      LossOfPrincipal: 2,
      OneLiveSuccessor: 3,
      NoDuplicates: 3,
      NoCircularWait: 5,
      OrderedSuccessorLists: 8,
      OrderedRing: 9,
      AtMostOneRing: 10,
    },
  },
  P10: {
    doc: 'who finds its predecessor dead becomes its own, as if it were alone',
    values: three,
    variation: {
      machine: messageMember.provide({ actions: { replacePrdc: assign(({ context }) => ({ prdc: context.id })) } }),
    },
    kills: { SelfPredecessor: 18 },
    source: 'after Mace’s Chord ("Chord17")',
  },
  N1: {
    doc: 'a message is lost, so that the silence of a live peer is taken for its death',
    values: four,
    options: { lose: 1 },
    kills: { SufficientPrincipals: 3, LossOfPrincipal: 3, NoDuplicates: 4 },
  },
  N2: {
    doc: 'one message arrives twice, and answers are known by their sender alone: from then on each may be an answer to the question before',
    values: { ...three, duplicate: 1, matched: true },
    options: { matched: false },
    kills: { StabilizesInTime: 28 },
  },
  Y1: {
    doc: 'who yields to a busy successor drops it, as if it were dead',
    values: { ...four, rounds: 4, busy: 'yields' },
    variation: {
      machine: withStates(yieldingMember, {
        stabilizing: toldBusy(yieldingMember.config.states?.stabilizing as object, {
          target: 'idle',
          actions: 'dropSuccessor',
        }),
      }),
    },
    kills: {
      SufficientPrincipals: 4,
      LossOfPrincipal: 4,
      NoDuplicates: 6,
      OneLiveSuccessor: 8,
      PrincipalsInRing: 8,
      AtLeastOneRing: 8,
      ConnectedAppendages: 8,
      OrderedSuccessorLists: 9,
      OrderedRing: 9,
    },
  },
  N3: {
    doc: 'what a member said before it failed is lost with it: an answer that had counted as applied counts no more',
    values: four,
    options: { lastWords: 'lost' },
    kills: { SufficientPrincipals: 19, LossOfPrincipal: 19, NoDuplicates: 21 },
  },
} as const satisfies Readonly<Record<string, MessageMutant>>;
