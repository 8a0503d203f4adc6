/**
 * The "best" version of the original protocol, put together by Zave from all that was published (chordbestccr.pml): whoever
 * takes a successor takes that peer's own successor with it, on joining and on stabilizing. It is not correct either.
 */
import { assign, enqueueActions } from 'xstate';
import { type Id, nameOf } from './identifiers.js';
import { contextOf, type Distortion } from './observe.js';
import { type OriginalContext, type OriginalJoin, type OriginalStabilize, originalMember } from './original.js';

/** The successors of the two peers that the asker may end up with. */
type Second = { readonly succ2: { readonly staying: Id | null; readonly adopting: Id | null } };

/** @internal */
export const bestMember = originalMember.provide({
  actions: {
    enter: assign((_, told) => ({ succ: told.succ, succ2: (told as OriginalJoin & Second).succ2.staying })),
    // Every round of stabilizing ends here, with the first successor decided.
    notifySucc: enqueueActions(({ context, event, enqueue }) => {
      const told = event as OriginalStabilize & Second;
      enqueue.assign({ succ2: context.succ === told.prdc ? told.succ2.adopting : told.succ2.staying });
      enqueue.emit({
        type: 'send',
        to: nameOf(context.succ ?? context.id),
        message: { type: 'notify', id: context.id },
      });
    }),
  },
});

/** What joining and stabilizing ask for besides. @internal */
export const askingForBoth: Distortion<OriginalContext> = (world, event, self) => {
  const succOf = (id: unknown) => (typeof id === 'number' ? (contextOf(world, id)?.succ ?? null) : null);
  switch (event.type) {
    case 'join':
      return { ...event, succ2: { staying: succOf(event.succ), adopting: null } };
    case 'stabilize':
      return { ...event, succ2: { staying: succOf(world.peers[self]?.succ), adopting: succOf(event.prdc) } };
    default:
      return event;
  }
};
