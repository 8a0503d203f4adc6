/**
 * Which failures the literature assumes away: a member fails only if everybody who lists it keeps a live entry, if it is
 * not the last, and, in the corrected protocol, if enough principals remain.
 */
import { count, has, type Ids, inOrder, only, type Ring } from './ring.js';

/** @public */
export interface FailureAssumptions {
  /** Whether everybody else who lists the one that fails keeps a live entry. */
  readonly liveEntry: boolean;
  /** Below how many principals none of them fails. */
  readonly principals: number;
}

/** The members that may fail now. @public */
export function mayFail(ring: Ring, { liveEntry, principals }: FailureAssumptions): Ids {
  const { members } = ring;
  if (count(members) <= 1) return 0;
  const spare = count(ring.principals) > principals ? members : members & ~ring.principals;
  return liveEntry ? inOrder(spare).reduce((ids, id) => (isMissed(ring, id) ? ids : ids | only(id)), 0) : spare;
}

/** Whether somebody lists this member and nobody else who is live. */
function isMissed({ members, lists }: Ring, failing: number): boolean {
  const left = members & ~only(failing);
  return inOrder(left).some((id) => {
    const list = lists[id] ?? [];
    return list.includes(failing) && !list.some((entry) => has(left, entry));
  });
}
