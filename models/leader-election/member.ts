/**
 * One member of the ring, as Chang and Roberts have it: it passes on what is greater than itself, swallows what is smaller,
 * and has won when its own identifier comes back.
 */
import { emit, setup } from 'xstate';
import type { From, Send } from '../../src/kernel/index.js';
import type { Candidacy } from './messages.js';

/** @public */
export interface MemberInput {
  readonly id: number;
  /** The name of the next member of the ring. */
  readonly next: string;
}

/** `begin` is the member's own idea: it wants an election. @public */
export type MemberEvent = { readonly type: 'begin' } | From<Candidacy>;

/** @public */
export const member = setup({
  types: {
    context: {} as MemberInput,
    input: {} as MemberInput,
    events: {} as MemberEvent,
    emitted: {} as Send<Candidacy>,
  },
  guards: {
    isOwn: ({ context, event }) => event.type === 'candidacy' && event.id === context.id,
    isGreater: ({ context, event }) => event.type === 'candidacy' && event.id > context.id,
  },
  actions: {
    standForElection: emit(({ context }) => ({
      type: 'send',
      to: context.next,
      message: { type: 'candidacy', id: context.id },
    })),
    passOn: emit(({ context, event }) => ({
      type: 'send',
      to: context.next,
      message: { type: 'candidacy', id: (event as Candidacy).id },
    })),
  },
}).createMachine({
  context: ({ input }) => input,
  initial: 'idle',
  on: {
    candidacy: [
      { guard: 'isOwn', target: '.leader' },
      { guard: 'isGreater', target: '.lost', actions: 'passOn' },
      // Smaller than its own: swallowed.
      {},
    ],
  },
  states: {
    idle: {
      on: {
        begin: { target: 'candidate', actions: 'standForElection' },
        candidacy: [
          { guard: 'isGreater', target: 'lost', actions: 'passOn' },
          // Somebody smaller wants an election, so there is one, and this member has something to say in it.
          { target: 'candidate', actions: 'standForElection' },
        ],
      },
    },
    candidate: {},
    lost: {},
    leader: {},
  },
});
