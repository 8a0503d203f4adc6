/**
 * A member with messages that keeps nobody waiting. In `message-member.ts`, as in Verdi-Chord, who asks a busy member waits until
 * that one has an answer, and is busy meanwhile: members can come to wait for each other in a circle, which Verdi-Chord's proofs
 * assume away and which real ones come to soon after a failure, when everybody waits for the one that waits for the dead. Here
 * busy means no: the round is over as if it had not begun, and who would join asks again later. So nothing is put off.
 */
import { assign } from 'xstate';
import { withStates } from '../mutant.js';
import { messageMember } from './message-member.js';
import { heard } from './messages.js';

const { finding, entering, stabilizing, adopting } = messageMember.config.states as {
  readonly [state: string]: { readonly on?: object };
};

/** That state, but for what it does when it is told that the one it has asked is busy. @internal */
export const toldBusy = (state: { readonly on?: object } | undefined, transition: object): object => ({
  ...state,
  on: { ...state?.on, busy: [{ guard: { type: 'isStray', params: heard } }, transition] },
});

/** @public */
export const yieldingMember = withStates(messageMember.provide({ actions: { delay: assign({}) } }), {
  finding: toldBusy(finding, { target: 'pausing' }),
  entering: toldBusy(entering, { target: 'pausing' }),
  pausing: { after: { tick: { target: 'finding', actions: 'askBestPredecessor' } } },
  stabilizing: toldBusy(stabilizing, { target: 'idle' }),
  // The list was taken already; what is left out is a look at somebody closer, as when that one is dead.
  adopting: toldBusy(adopting, { target: 'idle', actions: 'notifySuccessor' }),
});
