/**
 * The corrected Chord with queries that take time, got wrong. Most of it is about the time between an answer and its being
 * applied: who may then be asked, what becomes of the answer, which lists count. Some change nothing that matters.
 */
import { assign } from 'xstate';
import { type Seeded, withStates } from '../mutant.js';
import { type EventsContext, eventsMember, hastyMember, isBusy } from './events.js';
import type { EventsOptions, EventsVariation } from './events-system.js';
import { between } from './identifiers.js';
import { heard } from './messages.js';
import { isLive } from './observe.js';
import { firstOf } from './zave.js';

type Values = Omit<EventsOptions, 'variation'> & Seeded['values'];

/** @public */
export interface EventsMutant extends Seeded<Values> {
  /** What the wrong system does otherwise than `values` say. */
  readonly options?: Partial<Pick<EventsOptions, 'busy' | 'failures'>>;
  readonly variation?: EventsVariation;
}

const five = { n: 5, r: 2, busy: true, failures: 'effective' } as const;
const four = { ...five, n: 4 } as const;

const answered = eventsMember.config.states?.answered ?? {};

/** @public */
export const eventsMutants = {
  R6: {
    doc: 'a member answers and rectifies while an answer that it was given is not yet applied',
    values: five,
    options: { busy: false },
    kills: { LossOfPrincipal: 10, SufficientPrincipals: 11 },
  },
  R7: {
    doc: 'who may fail is decided by the lists that the members have, as if no answer were on its way',
    values: five,
    options: { failures: 'visible' },
    // The lists that members have show it a move later, when the answer is applied.
    kills: { OneLiveSuccessor: 16, AtLeastOneRing: 16 },
  },
  R8: {
    doc: 'who adopts a closer successor notifies the one that it had',
    values: four,
    variation: {
      machine: withStates(eventsMember, {
        adopting: {
          on: { apply: { target: 'idle', actions: ['notifySuccessor', 'takeList', 'forgetSaved', 'forgetAnswer'] } },
        },
      }),
    },
    kills: {},
    survivor: true,
  },
  M1: {
    doc: 'a busy member answers joiners, though not members',
    values: five,
    variation: { isBusy: (member, asker) => asker === 'member' && isBusy(member) },
    kills: { LossOfPrincipal: 10, SufficientPrincipals: 11 },
  },
  M2: {
    doc: 'a busy member answers members, though not joiners',
    values: five,
    variation: { isBusy: (member, asker) => asker === 'joiner' && isBusy(member) },
    kills: { LossOfPrincipal: 16, SufficientPrincipals: 17 },
  },
  M3: {
    doc: 'a member answers between the two queries of a round, while no answer waits',
    values: four,
    variation: { isBusy: ({ answer }) => answer !== null },
    kills: {},
    survivor: true,
  },
  M4: {
    doc: 'a member rectifies while an answer waits',
    values: four,
    variation: { machine: hastyMember },
    kills: {},
    survivor: true,
  },
  M5: {
    doc: 'a notification throws away the answer that waits',
    values: four,
    variation: {
      machine: withStates(eventsMember, {
        answered: {
          ...answered,
          on: {
            ...answered.on,
            notify: { target: 'idle', actions: [{ type: 'keepNotifier', params: heard }, 'forgetAnswer'] },
          },
        },
      }),
    },
    kills: { LossOfPrincipal: 11, IdealImpliesNoChangeEnabled: 11, SufficientPrincipals: 12, NoDuplicates: 14 },
  },
  M6: {
    doc: 'an answer is thrown away when its giver has died before it is applied',
    values: four,
    variation: {
      machine: withStates(eventsMember, {}, { forget: { target: '.idle', actions: ['forgetAnswer', 'forgetSaved'] } }),
      distort: (world, event, self) => {
        const { list = [], saved = null } = world.peers[self] ?? {};
        return event.type === 'apply' && !isLive(world, saved ?? firstOf(list)) ? { type: 'forget' } : event;
      },
    },
    kills: { LossOfPrincipal: 11, SufficientPrincipals: 11, NoDuplicates: 12 },
  },
  R1: {
    doc: 'a dead predecessor is never replaced by one that is farther away',
    values: four,
    variation: {
      machine: eventsMember.provide({
        actions: {
          adoptNotifier: assign(({ context: { id, prdc, notifier } }: { context: EventsContext }) => ({
            prdc: notifier !== null && between(prdc, notifier, id) ? notifier : prdc,
          })),
        },
      }),
    },
    kills: { Recoverable: 5 },
  },
  R2: {
    doc: 'who has nothing to learn from its successor’s predecessor does not notify its successor',
    values: four,
    variation: {
      machine: withStates(eventsMember, {
        answered: {
          on: {
            notify: { actions: { type: 'keepNotifier', params: heard } },
            apply: [
              {
                guard: 'prdcIsCloser',
                target: 'stabilizing',
                actions: ['takeList', 'saveItsPrdc', 'forgetAnswer', 'forgetNotifier'],
              },
              { target: 'idle', actions: ['takeList', 'forgetAnswer'] },
            ],
          },
        },
      }),
    },
    kills: { 'an ideal network of all': 'never', Recoverable: 1 },
  },
  R5: {
    doc: 'nobody asks its successor’s predecessor',
    values: four,
    variation: { machine: eventsMember.provide({ guards: { prdcIsCloser: () => false } }) },
    kills: { 'an ideal network of all': 'never', Recoverable: 1 },
  },
} as const satisfies Readonly<Record<string, EventsMutant>>;
