/** The clock that everybody shares: it counts rounds, and whose uplink is still unused in this one. */
import { assign, emit, setup } from 'xstate';
import type { From, Send } from '../../src/kernel/index.js';
import type { RoundMessage, SentMessage } from './messages.js';

/** @public */
export interface ClockInput {
  readonly members: readonly string[];
}

/** @public */
export type ClockContext = {
  readonly members: readonly string[];
  /** Rounds that are over. */
  readonly round: number;
  /** Who stands before this place has sent or does not send in this round: the order of sending within one does not matter. */
  readonly next: number;
};

/** @public */
export const clock = setup({
  types: {
    context: {} as ClockContext,
    input: {} as ClockInput,
    events: {} as { readonly type: 'tick' } | From<SentMessage>,
    emitted: {} as Send<RoundMessage>,
  },
  actions: {
    note: assign((_, { by }: SentMessage) => ({ next: by + 1 })),
    count: assign({ round: ({ context }) => context.round + 1, next: 0 }),
    tell: emit(({ context: { members } }) => ({ type: 'send', to: members, message: { type: 'round' } }) as const),
  },
}).createMachine({
  id: 'clock of a swarm in rounds',
  context: ({ input: { members } }) => ({ members, round: 0, next: 0 }),
  on: {
    sent: { actions: { type: 'note', params: ({ event }) => event } },
    tick: { actions: ['count', 'tell'] },
  },
});
