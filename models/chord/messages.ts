/** What one Chord member says to another, and how a guard or an action gets what was heard. */
import type { Id } from './identifiers.js';

/** I think that you are my successor. @public */
export type Notify = { readonly type: 'notify'; readonly id: Id };

/** The event itself is the parameter, of exactly that event's type: `{ type: 'enter', params: heard }`. @internal */
export const heard = <E>({ event }: { readonly event: E }): E => event;
