/** How each of the Chord models is drawn as a circle: where its members keep their pointers. */
import { circleView, type Seat, type SeatedPeer } from './circle-view.js';
import type { EventsContext } from './events.js';
import type { MemberContext } from './message-member.js';
import type { OriginalContext } from './original.js';
import type { ZaveContext } from './zave.js';

const contextOf = <C>({ context }: SeatedPeer): C | undefined => context as C | undefined;

/** A null successor is nobody. @public */
export const originalView = (places: number) =>
  circleView((peer): Seat | undefined => {
    const context = contextOf<OriginalContext>(peer);
    if (context === undefined) return undefined;
    const { succ, succ2, prdc } = context;
    return { successors: [succ, succ2].filter((id) => id !== null), predecessor: prdc };
  }, places);

/** Before joining a member is its own predecessor, which says nothing. @public */
export const zaveView = (places: number) =>
  circleView((peer): Seat | undefined => {
    const context = contextOf<ZaveContext | EventsContext>(peer);
    if (context === undefined) return undefined;
    const { list, prdc, notifier = null } = context;
    return { successors: list, predecessor: list.length === 0 ? null : prdc, ...noted(notifier) };
  }, places);

/** @public */
export const messageView = (places: number) =>
  circleView((peer): Seat | undefined => {
    const context = contextOf<MemberContext>(peer);
    if (context === undefined) return undefined;
    const { joined, list, prdc, notifier } = context;
    return { successors: joined ? list : [], predecessor: prdc, ...noted(notifier) };
  }, places);

const noted = (notifier: number | null): Pick<Seat, 'note'> =>
  notifier === null ? {} : { note: `notified by ${notifier}` };
