/**
 * One participant of the transaction, `RM` of the TLA+ specification. A decision is followed in every state, as in
 * `RMRcvCommitMsg` and `RMRcvAbortMsg`: that nobody ever hears one that contradicts what it did is what is to be proved.
 */
import { emit, setup } from 'xstate';
import type { From, Send } from '../../src/kernel/index.js';
import type { Decision, Prepared } from './messages.js';

/** @public */
export interface ResourceManagerInput {
  /** The name of the transaction manager. */
  readonly manager: string;
}

/** `prepare` and `refuse` are the participant's own choice, asked of it from outside. @public */
export type ResourceManagerEvent = { readonly type: 'prepare' | 'refuse' } | From<Decision>;

/** @public */
export const resourceManager = setup({
  types: {
    context: {} as ResourceManagerInput,
    input: {} as ResourceManagerInput,
    events: {} as ResourceManagerEvent,
    emitted: {} as Send<Prepared>,
  },
  actions: {
    sayPrepared: emit(({ context }) => ({ type: 'send', to: context.manager, message: { type: 'prepared' } })),
  },
}).createMachine({
  context: ({ input }) => ({ manager: input.manager }),
  initial: 'working',
  on: { commit: '.committed', abort: '.aborted' },
  states: {
    working: {
      on: {
        prepare: { target: 'prepared', actions: 'sayPrepared' },
        refuse: 'aborted',
      },
    },
    prepared: {},
    committed: {},
    aborted: {},
  },
});
