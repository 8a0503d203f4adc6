/**
 * Wrong siblings of the two protocols, rows of a catalogue of mistakes that were published or are easy to make. Each is the
 * protocol with a guard or an action written differently, another observation, or an assumption about failures left out.
 * Some change nothing that matters: a checker that reports one of those raises a false alarm.
 */
import { assign, emit } from 'xstate';
import type { Mutant } from '../mutant.js';
import { askingForBoth, bestMember } from './best.js';
import { between, following, nameOf } from './identifiers.js';
import { contextOf, isLive } from './observe.js';
import type { OriginalOptions, OriginalVariation, ZaveOptions, ZaveVariation } from './system.js';
import { firstOf, zaveMember } from './zave.js';

/** @public */
export interface ChordMutant<Values> extends Pick<Mutant, 'doc'> {
  /** A size at which it shows, or has been seen not to. */
  readonly values: Values & Mutant['values'];
  /** Laws that it breaks there, with the moves of the shortest counterexample; `never` for a witness that is missing. */
  readonly kills: Readonly<Record<string, number | 'never'>>;
  /** Moves to the first state from which upkeep alone never makes an ideal network, where there is one. */
  readonly dead?: number;
  /** Seen to break nothing there, nor to have a dead state. */
  readonly survivor?: true;
}

/** @public */
export interface OriginalMutant extends ChordMutant<Omit<OriginalOptions, 'variation'>> {
  readonly variation?: OriginalVariation;
}

/** @public */
export interface ZaveMutant extends ChordMutant<Omit<ZaveOptions, 'variation'>> {
  readonly variation: ZaveVariation;
}

const asPublished = { rejoin: false, split: false, jfix: true, sfix: true };

/** @public */
export const originalMutants = {
  P1: {
    doc: 'stabilize adopts its successor’s predecessor without asking whether it is live',
    values: { ...asPublished, n: 2, sfix: false },
    kills: { AtLeastOneRing: 4, ConnectedAppendages: 4 },
    dead: 4,
  },
  P2: {
    doc: 'join takes a successor without asking whether it is live',
    values: { ...asPublished, n: 3, jfix: false },
    kills: { ConnectedAppendages: 6, AtLeastOneRing: 7 },
    dead: 6,
  },
  P7: {
    doc: 'the "best" version: join and stabilize take the second successor along with the first',
    values: { ...asPublished, n: 3, rejoin: true },
    variation: { machine: bestMember, distort: askingForBoth },
    kills: { AtMostOneRing: 11, OrderedRing: 13 },
    dead: 14,
  },
  P8: {
    doc: 'reconcile asks whether the second successor is live',
    values: { ...asPublished, n: 3, rejoin: true },
    variation: {
      distort: (world, event) => (event.type === 'reconcile' && !isLive(world, Number(event.succ)) ? null : event),
    },
    kills: { AtMostOneRing: 11, OrderedRing: 13 },
    dead: 15,
  },
  X2: {
    doc: 'nobody ever reconciles',
    values: { ...asPublished, n: 3 },
    variation: { distort: (_, event) => (event.type === 'reconcile' ? null : event) },
    kills: { NonIdealImpliesChangeEnabled: 1, ValidRingIsImprovable: 1 },
    dead: 0,
  },
} as const satisfies Readonly<Record<string, OriginalMutant>>;

const five = { n: 5, r: 2, rejoin: false };
const four = { ...five, n: 4 };
const rejoining = { ...four, rejoin: true };

/** @public */
export const zaveMutants = {
  S1: {
    doc: 'a principal may fail however few are left',
    values: five,
    variation: { failures: { principals: 0 } },
    kills: { SufficientPrincipals: 1, AtMostOneRing: 12 },
    dead: 12,
  },
  S2: {
    doc: 'the network begins with r members, and a principal may fail however few are left',
    values: four,
    variation: { founders: 2, failures: { principals: 0 } },
    kills: { SufficientPrincipals: 0, NoDuplicates: 0, AtMostOneRing: 11 },
    dead: 11,
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
    kills: { OneLiveSuccessor: 7, ConnectedAppendages: 7 },
    dead: 7,
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
    variation: {
      machine: zaveMember.provide({
        guards: {
          belongsThere: ({ context: { id } }, { via, list }) => between(via, id, firstOf(list)) || id === firstOf(list),
        },
      }),
    },
    kills: { SufficientPrincipals: 7, AtMostOneRing: 8 },
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
    kills: {},
    dead: 6,
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
    kills: {},
    dead: 3,
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
    kills: { 'an ideal network of all': 'never' },
    dead: 1,
  },
  R3: {
    doc: 'the first step of stabilizing leaves the successor list as it was',
    values: four,
    variation: { machine: zaveMember.provide({ actions: { takeListOfSuccessor: assign({}) } }) },
    kills: { 'an ideal network of all': 'never' },
    dead: 1,
  },
  R4: {
    doc: 'whoever notifies becomes the predecessor',
    values: five,
    variation: { machine: zaveMember.provide({ guards: { isCloserPrdc: () => true } }) },
    kills: {},
    survivor: true,
  },
  R5: {
    doc: 'the second step of stabilizing is never taken',
    values: four,
    variation: { machine: zaveMember.provide({ guards: { prdcIsCloser: () => false } }) },
    kills: { 'an ideal network of all': 'never' },
    dead: 1,
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
} as const satisfies Readonly<Record<string, ZaveMutant>>;
