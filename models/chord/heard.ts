/** How a guard or an action gets what was heard: the event itself is its parameter, of exactly that event's type. */

/** @internal */
export const heard = <E>({ event }: { readonly event: E }): E => event;
