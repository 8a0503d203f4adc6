/**
 * The corrected Chord got wrong: a guard or an action written differently, another observation, or an assumption about failures
 * left out. Some change nothing that matters: a checker that reports one of those raises a false alarm.
 */
import { assign, emit } from 'xstate';
import { type Seeded, withStates } from '../mutant.js';
import { between, following, nameOf } from './identifiers.js';
import { contextOf, isLive } from './observe.js';
import type { ZaveOptions, ZaveVariation } from './system.js';
import { firstOf, patientMember, type ZaveContext, zaveMember } from './zave.js';

/** @public */
export interface ZaveMutant extends Seeded<Omit<ZaveOptions, 'variation'> & Seeded['values']> {
  readonly variation: ZaveVariation;
}

const five = { n: 5, r: 2, rejoin: false };
const four = { ...five, n: 4 };
const rejoining = { ...four, rejoin: true };
const patient = { ...five, patient: true };

const closedOnTheRight = zaveMember.provide({
  guards: {
    belongsThere: ({ context: { id } }, { via, list }) => between(via, id, firstOf(list)) || id === firstOf(list),
  },
});

/** @public */
export const zaveMutants = {
  S1: {
    doc: 'a principal may fail however few are left',
    values: five,
    variation: { failures: { principals: 0 } },
    kills: { SufficientPrincipals: 1, AtMostOneRing: 12, Recoverable: 12 },
  },
  S2: {
    doc: 'the network begins with r members, and a principal may fail however few are left',
    values: four,
    variation: { founders: 2, failures: { principals: 0 } },
    kills: { SufficientPrincipals: 0, NoDuplicates: 0, AtMostOneRing: 11, Recoverable: 11 },
  },
  S3: {
    doc: 'a member may fail though somebody lists nobody else who is live',
    values: five,
    variation: { failures: { liveEntry: false } },
    kills: { OneLiveSuccessor: 12, PrincipalsInRing: 12, AtLeastOneRing: 12 },
  },
  S4: {
    doc: 'a joiner copies the first entry only, and has nothing to fall back on until it stabilizes',
    values: five,
    variation: {
      machine: zaveMember.provide({
        actions: {
          enter: assign((_, { via, list }) => ({ list: list.slice(0, 1), prdc: via })),
          dropSuccessor: assign(({ context: { list, n } }) =>
            list.length === 1 ? {} : { list: [...list.slice(1), following(list.at(-1) ?? 0, n)] },
          ),
        },
      }),
    },
    kills: { OneLiveSuccessor: 7, ConnectedAppendages: 7, Recoverable: 7 },
  },
  S5: {
    doc: 'a joiner joins anywhere',
    values: five,
    variation: { machine: zaveMember.provide({ guards: { belongsThere: () => true } }) },
    kills: { SufficientPrincipals: 1, LossOfPrincipal: 1, AtMostOneRing: 6 },
  },
  S6: {
    doc: 'a joiner takes the member that it asked for its first successor',
    values: five,
    variation: {
      machine: zaveMember.provide({
        actions: { enter: assign((_, { via, list }) => ({ list: [via, ...list.slice(0, -1)], prdc: via })) },
      }),
    },
    kills: { OrderedSuccessorLists: 1, OrderedRing: 5, AtMostOneRing: 7 },
  },
  S7: {
    doc: 'a joiner may be the first successor of the member that it asks',
    values: rejoining,
    variation: { machine: closedOnTheRight },
    kills: { SufficientPrincipals: 7, AtMostOneRing: 8 },
  },
  'S7-once': {
    doc: 'the same, where no identifier is used again: nobody is the first successor of a member that it could ask',
    values: four,
    variation: { machine: closedOnTheRight },
    kills: {},
    survivor: true,
  },
  S8: {
    doc: 'who drops a dead successor repeats the last entry and not the identifier after it',
    values: rejoining,
    variation: {
      machine: zaveMember.provide({
        actions: {
          dropSuccessor: assign(({ context: { list } }) => ({ list: [...list.slice(1), ...list.slice(-1)] })),
        },
      }),
    },
    kills: { NoDuplicates: 7, OrderedSuccessorLists: 7, SufficientPrincipals: 7, AtMostOneRing: 23 },
  },
  S9: {
    doc: 'there is no identifier after the highest, so that a list that ends there cannot drop a dead successor',
    values: four,
    variation: {
      machine: zaveMember.provide({
        actions: {
          dropSuccessor: assign(({ context: { list, n } }) => {
            const next = (list.at(-1) ?? 0) + 1;
            return next < n ? { list: [...list.slice(1), next] } : {};
          }),
        },
      }),
    },
    kills: { Recoverable: 6, StabilizesInTime: 11 },
  },
  S10: {
    doc: 'the second step of stabilizing adopts the saved peer though it did not answer',
    values: five,
    variation: {
      machine: zaveMember.provide({
        guards: { isDead: (_, { type, answer }) => type === 'stabilizeFromSuccessor' && answer === null },
        actions: {
          takeListOfSaved: assign(({ context: { list, saved } }, { answer }) =>
            saved === null ? {} : { list: [saved, ...(answer?.list ?? list.slice(0, -1))] },
          ),
        },
      }),
    },
    kills: { OneLiveSuccessor: 10, ConnectedAppendages: 10, AtLeastOneRing: 10 },
  },
  R1: {
    doc: 'a dead predecessor is never replaced by one that is farther away',
    values: five,
    variation: { machine: zaveMember.provide({ guards: { prdcIsDead: () => false } }) },
    kills: { Recoverable: 3 },
  },
  'R1-patient': {
    doc: 'the same, where a notification interrupts nobody',
    values: patient,
    variation: {
      machine: patientMember.provide({
        guards: {
          suits: ({ context: { id, prdc, notifier = null } }) => notifier !== null && between(prdc, notifier, id),
        },
      }),
    },
    kills: { Recoverable: 3, Stabilizes: 11 },
  },
  R2: {
    doc: 'who has nothing to learn from its successor’s predecessor does not notify its successor',
    values: four,
    variation: {
      machine: zaveMember.provide({
        actions: {
          notifySuccessor: emit(({ context: { id, list }, event }) => ({
            type: 'send',
            to: event.type === 'stabilizeFromSuccessor' && event.answer !== null ? [] : nameOf(firstOf(list)),
            message: { type: 'notify', id },
          })),
        },
      }),
    },
    kills: { 'an ideal network of all': 'never', Recoverable: 1 },
  },
  R3: {
    doc: 'the first step of stabilizing leaves the successor list as it was',
    values: four,
    variation: { machine: zaveMember.provide({ actions: { takeListOfSuccessor: assign({}) } }) },
    kills: { 'an ideal network of all': 'never', Recoverable: 1 },
  },
  R4: {
    doc: 'whoever notifies becomes the predecessor',
    values: five,
    variation: { machine: zaveMember.provide({ guards: { isCloserPrdc: () => true } }) },
    kills: {},
    survivor: true,
  },
  'R4-patient': {
    doc: 'the same, where a notification interrupts nobody',
    values: patient,
    variation: {
      machine: patientMember.provide({ guards: { suits: ({ context: { notifier = null } }) => notifier !== null } }),
    },
    kills: {},
    survivor: true,
  },
  R5: {
    doc: 'the second step of stabilizing is never taken',
    values: four,
    variation: { machine: zaveMember.provide({ guards: { prdcIsCloser: () => false } }) },
    kills: { 'an ideal network of all': 'never', Recoverable: 1 },
  },
  E1: {
    doc: 'a joiner asks its successor for the list, and needs it to be live',
    values: five,
    variation: {
      distort: (world, event) => {
        if (event.type !== 'join') return event;
        const succ = firstOf(event.list as readonly number[]);
        const successor = contextOf(world, succ);
        return successor === undefined ? null : { ...event, list: [succ, ...successor.list.slice(0, -1)] };
      },
    },
    kills: {},
    survivor: true,
  },
  E2: {
    doc: 'who drops a dead successor puts nobody at the end of its list',
    values: five,
    variation: {
      machine: zaveMember.provide({
        actions: { dropSuccessor: assign(({ context }) => ({ list: context.list.slice(1) })) },
      }),
    },
    kills: {},
    survivor: true,
  },
  E3: {
    doc: 'the second step of stabilizing puts the new successor before its own list',
    values: five,
    variation: {
      machine: zaveMember.provide({
        actions: {
          takeListOfSaved: assign(({ context: { list, saved } }, { answer }) =>
            answer === null || saved === null ? {} : { list: [saved, ...list.slice(0, -1)] },
          ),
        },
      }),
    },
    kills: {},
    survivor: true,
  },
  E4: {
    doc: 'the first step of stabilizing adopts the successor’s predecessor at once, whether or not it is live',
    values: five,
    variation: {
      machine: zaveMember.provide({
        guards: { prdcIsCloser: () => false },
        actions: {
          takeListOfSuccessor: assign(({ context: { id, list } }, { answer }) => {
            if (answer === null) return {};
            const taken = [firstOf(list), ...answer.list];
            return { list: between(id, answer.prdc, firstOf(list)) ? [answer.prdc, ...taken.slice(0, -1)] : taken };
          }),
        },
      }),
    },
    kills: {},
    survivor: true,
  },
  E5: {
    doc: 'a joiner has no predecessor, and one that is dead is forgotten by itself, not when another notifies',
    values: five,
    variation: {
      // Its own identifier stands for none: everybody else is closer.
      machine: withStates(
        zaveMember.provide({
          guards: { prdcIsDead: () => false },
          actions: { enter: assign(({ context: { id } }, { list }) => ({ list, prdc: id })) },
        }),
        {},
        { flush: { actions: assign(({ context: { id } }: { context: ZaveContext }) => ({ prdc: id })) } },
      ),
      look: (world, _, { prdc }) => (isLive(world, prdc) ? null : { type: 'flush' }),
    },
    kills: {},
    survivor: true,
  },
  X1: {
    doc: 'a member takes itself for a closer successor than the one that names it as predecessor',
    values: four,
    variation: {
      machine: zaveMember.provide({
        guards: {
          prdcIsCloser: ({ context: { id, list } }, { answer }) =>
            answer !== null && (answer.prdc === id || between(id, answer.prdc, firstOf(list))),
        },
      }),
    },
    kills: { IdealImpliesNoChangeEnabled: 1 },
  },
  X3: {
    doc: 'of several notifications that wait the latest is kept, not the closest',
    values: { ...patient, n: 4 },
    variation: {
      machine: patientMember.provide({ actions: { keepNotifier: assign((_, { id }) => ({ notifier: id })) } }),
    },
    kills: { Stabilizes: 9 },
  },
} as const satisfies Readonly<Record<string, ZaveMutant>>;
