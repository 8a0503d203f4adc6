/** A Chord network written down by hand, for laws to be tried on: successor lists of the members, by identifier. */
import { circle, only, type Ring, ringOf } from '../../models/chord/index.js';

export function network(n: number, lists: { readonly [member: number]: readonly number[] }): Ring {
  const members = Object.keys(lists).reduce((ids, id) => ids | only(Number(id)), 0);
  return ringOf(
    circle(n).map((id) => lists[id] ?? []),
    members,
  );
}
