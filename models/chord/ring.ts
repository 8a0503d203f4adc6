/**
 * The network as its successor lists draw it: who leads to whom, who is on a ring, who is a principal. One view for both
 * protocols, computed once for each combination of members and lists: it reads nothing else of a peer, so that the many
 * states which differ elsewhere share it. Sets of identifiers are bit masks, which limits the circle.
 */
import { derive, type World } from '../../src/kernel/index.js';
import { between, type Id } from './identifiers.js';

/** A set of identifiers, one bit each. @public */
export type Ids = number;

/** Identifiers that fit into a mask. @internal */
export const maxIdentifiers = 30;

/** @public */
export interface Ring {
  /** Identifiers on the circle. */
  readonly n: number;
  /** Live and joined. */
  readonly members: Ids;
  /** Successor lists by identifier; empty for who is no member. */
  readonly lists: readonly (readonly Id[])[];
  /** The first live entry of each list, if there is one. */
  readonly best: readonly (Id | undefined)[];
  /** Whom one comes to by best successors, after one step or more. */
  readonly reach: readonly Ids[];
  /** The members that come to themselves. The others are appendages. */
  readonly ring: Ids;
  /** The members that come to themselves by first entries alone, a dead one ending the walk. */
  readonly succRing: Ids;
  /** The members that no list skips: never strictly between two neighbours of a member followed by its list. */
  readonly principals: Ids;
}

/** @public */
export const has = (ids: Ids, id: Id | null | undefined): boolean => id != null && ((ids >> id) & 1) === 1;

/** @public */
export const only = (id: Id): Ids => 1 << id;

/** @public */
export const inOrder = (ids: Ids): readonly Id[] => {
  const found: Id[] = [];
  for (let id = 0, rest = ids; rest !== 0; id++, rest >>>= 1) if (rest & 1) found.push(id);
  return found;
};

/** @public */
export const count = (ids: Ids): number => {
  let many = 0;
  for (let rest = ids; rest !== 0; rest &= rest - 1) many++;
  return many;
};

/** Those strictly between `a` and `c`, clockwise. @public */
export const arc = (a: Id, c: Id, n: number): Ids => {
  let ids = 0;
  for (let x = 0; x < n; x++) if (between(a, x, c)) ids |= only(x);
  return ids;
};

/** The entry a member would use: the first that is live. @public */
export const firstLive = (list: readonly Id[], members: Ids): Id | undefined => list.find((id) => has(members, id));

/** @public */
export function ringOf(
  lists: readonly (readonly Id[])[],
  members: Ids,
  chooseBest: (list: readonly Id[], members: Ids) => Id | undefined = firstLive,
): Ring {
  const n = lists.length;
  const best = lists.map((list) => chooseBest(list, members));
  const reach = lists.map((_, id) => walk(id, (at) => best[at]));
  const first = (at: Id): Id | undefined => firstLive(lists[at]?.slice(0, 1) ?? [], members);
  const onRing = (reached: (id: Id) => Ids): Ids =>
    inOrder(members).reduce((ring, id) => (has(reached(id), id) ? ring | only(id) : ring), 0);
  return {
    n,
    members,
    lists,
    best,
    reach,
    ring: onRing((id) => reach[id] ?? 0),
    succRing: onRing((id) => walk(id, first)),
    principals: members & ~skipped(lists, n),
  };
}

/** Everybody on the way from `id`, which itself counts only if the way leads back to it. */
function walk(id: Id, next: (at: Id) => Id | undefined): Ids {
  let seen = 0;
  for (let at = next(id); at !== undefined && !has(seen, at); at = next(at)) seen |= only(at);
  return seen;
}

function skipped(lists: readonly (readonly Id[])[], n: number): Ids {
  let ids = 0;
  lists.forEach((list, id) => {
    let before = id;
    for (const entry of list) {
      ids |= arc(before, entry, n);
      before = entry;
    }
  });
  return ids;
}

/** The view of a system's world, given where its machine keeps the successor list. @public */
export const ringView = <C>(
  listOf: (context: C) => readonly Id[],
  chooseBest: (list: readonly Id[], members: Ids) => Id | undefined = firstLive,
) =>
  derive((world: World): Ring => {
    let members = 0;
    const lists = world.names.map((name, id) => {
      const context = world.peers[name] as C | undefined;
      if (context === undefined) return [];
      members |= only(id);
      return listOf(context);
    });
    return ringOf(lists, members, chooseBest);
  });
