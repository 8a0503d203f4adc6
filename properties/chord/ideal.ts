/** The network as it should be: stable, reconciled, ideal. Predicates, not laws: churn disturbs them all the time. */
import { circle, has, type Id, type Ids, inOrder, type Ring } from '../../models/chord/index.js';
import { type AnyWorld, derive } from '../../src/kernel/index.js';
import type { Pointers } from './predecessors.js';
import { atLeastOneRing, atMostOneRing, connectedAppendages, orderedRing } from './rings.js';

/** For members a, b: b is a.succ exactly if a is b.prdc. @public */
export const isStable = ({ ring: { members, lists }, prdc }: Pointers): boolean =>
  inOrder(members).every((a) => inOrder(members).every((b) => (lists[a]?.[0] === b) === (prdc[b] === a)));

/** Every entry of every list of two is live, and the second is the first one's first. @public */
export const isReconciled = ({ members, lists }: Ring): boolean =>
  inOrder(members).every((n) => {
    const [succ, succ2] = lists[n] ?? [];
    return has(members, succ) && has(members, succ2) && succ !== undefined && succ2 === lists[succ]?.[0];
  });

/** Every list holds the `r` members that follow its owner. Then all are on one ring, in order. @public */
export const isFollowed = ({ members, lists, n }: Ring, r: number): boolean =>
  inOrder(members).every((id) => {
    const list = lists[id] ?? [];
    return (
      list.length === r && list.every((entry, at) => entry === nextMember(members, at === 0 ? id : list[at - 1], n))
    );
  });

const nextMember = (members: Ids, id: Id | undefined, n: number): Id | undefined =>
  id === undefined
    ? undefined
    : [...circle(n).slice(id + 1), ...circle(n).slice(0, id + 1)].find((x) => has(members, x));

/** All members on one ordered ring, stable, with full and true lists. @public */
export const isIdeal = (pointers: Pointers, r: number): boolean => isFollowed(pointers.ring, r) && isStable(pointers);

/** The same of a world; it looks at predecessors only when the lists are right. @public */
export const idealIn = (ring: (world: AnyWorld) => Ring, pointers: (world: AnyWorld) => Pointers, r: number) =>
  derive((world) => isFollowed(ring(world), r) && isStable(pointers(world)));

/** One ordered ring that every appendage leads to: all that an undisturbed network needs to become ideal. @public */
export const isCoreValid = (ring: Ring): boolean =>
  [atLeastOneRing, atMostOneRing, orderedRing, connectedAppendages].every((law) => law.holds(ring));
