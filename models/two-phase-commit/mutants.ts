/**
 * Wrong siblings of the two machines, each with the claim that must catch it. A mutant that no claim catches means that a
 * claim is missing.
 */
import { assign, emit } from 'xstate';
import { type Seeded, withStates } from '../mutant.js';
import { resourceManager } from './resource-manager.js';
import { transactionManager } from './transaction-manager.js';

/** @public */
export interface TwoPhaseMutant extends Seeded {
  readonly rm?: typeof resourceManager;
  readonly tm?: typeof transactionManager;
}

const values = { rms: 2 };

/** @public */
export const mutants = {
  'hasty-manager': {
    doc: 'the transaction manager commits without waiting for anybody',
    values,
    kills: { 'no resource manager commits while another aborts': 3 },
    tm: transactionManager.provide({ guards: { allPrepared: () => true } }),
  },
  'counts-votes': {
    doc: 'the transaction manager counts what it hears, so that one participant heard twice passes for two',
    values,
    kills: { 'nothing is committed before everybody is prepared': 4 },
    tm: transactionManager.provide({
      actions: {
        note: assign({
          prepared: ({ context: { participants, prepared }, event }) =>
            'from' in event ? [...prepared, event.from].sort().slice(0, participants.length) : prepared,
        }),
      },
    }),
  },
  'forgets-one': {
    doc: 'the transaction manager announces its decision to all but the first participant',
    values,
    kills: { 'when nothing is left to do, everybody has done what was decided': 2 },
    tm: transactionManager.provide({
      actions: {
        announce: emit(({ context }, type) => ({ type: 'send', to: context.participants.slice(1), message: { type } })),
      },
    }),
  },
  'changes-its-mind': {
    doc: 'the transaction manager may still abort what it has committed',
    values,
    kills: { 'a decision is final': 6 },
    tm: withStates(transactionManager, {
      committed: { on: { decideAbort: { target: 'aborted', actions: { type: 'announce', params: 'abort' } } } },
    }),
  },
  'refuses-late': {
    doc: 'a resource manager that is prepared may still refuse',
    values,
    kills: { 'no resource manager commits while another aborts': 7 },
    rm: withStates(resourceManager, { prepared: { on: { refuse: 'aborted' } } }),
  },
  'says-yes': {
    doc: 'a resource manager says that it is prepared even when it refuses',
    values,
    kills: { 'nothing is committed before everybody is prepared': 5 },
    rm: withStates(resourceManager, {
      working: {
        on: {
          prepare: { target: 'prepared', actions: 'sayPrepared' },
          refuse: { target: 'aborted', actions: 'sayPrepared' },
        },
      },
    }),
  },
  'deaf-to-abort': {
    doc: 'a resource manager that is prepared does not follow an abort',
    values,
    kills: { 'when nothing is left to do, everybody has done what was decided': 3 },
    rm: withStates(resourceManager, { prepared: { on: { abort: {} } } }),
  },
} as const satisfies Readonly<Record<string, TwoPhaseMutant>>;

/** @public */
export type Variant = keyof typeof mutants;
