/**
 * The one who decides, `TM` of the TLA+ specification. It may give up at any time before it has decided (a coordinator's
 * patience is not modelled, so it may end whenever it likes), and may commit once everybody is prepared.
 */
import { assign, emit, setup } from 'xstate';
import type { From, Send } from '../../src/kernel/index.js';
import type { Decision, Prepared } from './messages.js';

/** @public */
export interface TransactionManagerInput {
  /** The names of the resource managers. */
  readonly participants: readonly string[];
}

/** @public */
export interface TransactionManagerContext extends TransactionManagerInput {
  /** Who is known to be prepared, sorted. */
  readonly prepared: readonly string[];
}

/** @public */
export type TransactionManagerEvent = { readonly type: 'decideCommit' | 'decideAbort' } | From<Prepared>;

/** @public */
export const transactionManager = setup({
  types: {
    context: {} as TransactionManagerContext,
    input: {} as TransactionManagerInput,
    events: {} as TransactionManagerEvent,
    emitted: {} as Send<Decision>,
  },
  guards: {
    allPrepared: ({ context }) => context.prepared.length === context.participants.length,
  },
  actions: {
    note: assign({
      prepared: ({ context, event }) => ('from' in event ? including(context.prepared, event.from) : context.prepared),
    }),
    announce: emit(({ context }, type: Decision['type']) => ({
      type: 'send',
      to: context.participants,
      message: { type },
    })),
  },
}).createMachine({
  context: ({ input }) => ({ participants: input.participants, prepared: [] }),
  initial: 'init',
  states: {
    init: {
      on: {
        prepared: { actions: 'note' },
        decideCommit: {
          guard: 'allPrepared',
          target: 'committed',
          actions: { type: 'announce', params: 'commit' },
        },
        decideAbort: { target: 'aborted', actions: { type: 'announce', params: 'abort' } },
      },
    },
    committed: {},
    aborted: {},
  },
});

const including = (names: readonly string[], name: string): readonly string[] =>
  names.includes(name) ? names : [...names, name].sort();
