/**
 * Laws of successor lists: those of Zave's first model, which speak of a list of two (succ and succ2), and those of her
 * corrected one, for lists of any length. They need nothing but the {@link Ring}.
 */
import { between, firstLive, has, type Id, inOrder, only, type Ring, ringOf } from '../../models/chord/index.js';
import { type Law, law } from '../common/law.js';
import { orderedRing } from './rings.js';

/** A member with its first two entries. */
type Two = readonly [n: Id, succ: Id, succ2: Id];

const withSecond = ({ members, lists }: Ring): readonly Two[] =>
  inOrder(members).flatMap((n) => {
    const [succ, succ2] = lists[n] ?? [];
    return succ === undefined || succ2 === undefined ? [] : [[n, succ, succ2] as const];
  });

/** For distinct members n, m with m between n.succ and n.succ2, nobody whose succ is n has m as succ2. @public */
export const validSuccessorList = law<Ring, readonly [antecedent: Id, m: Id]>({
  name: 'ValidSuccessorList',
  says: 'whom a list skips is in the list of no antecedent',
  when: 'an antecedent of a member whose list skips somebody',
  cases: (network) =>
    withSecond(network).flatMap(([n, succ, succ2]) => {
      const antecedents = inOrder(network.members).filter((x) => network.lists[x]?.[0] === n);
      const skipped = inOrder(network.members & ~only(n)).filter((m) => between(succ, m, succ2));
      return antecedents.flatMap((x) => skipped.map((m) => [x, m] as const));
    }),
  holdsFor: ([antecedent, m], { lists }) => lists[antecedent]?.[1] !== m,
});

/** succ2 = succ only if the ring of first entries is n alone; succ2 = n only if it is n with at most one other. @public */
export const distinctSuccessors = law<Ring, Two>({
  name: 'DistinctSuccessors',
  says: 'a list repeats itself, or names its owner, only in a ring too small for it',
  when: 'a list that repeats itself or names its owner',
  cases: (network) => withSecond(network).filter(([n, succ, succ2]) => succ2 === succ || succ2 === n),
  holdsFor: ([n, succ, succ2], { succRing }) => {
    const others = inOrder(succRing & ~only(n)).length;
    return has(succRing, n) && others <= (succ2 === succ ? 0 : 1);
  },
});

/** succ is between n and succ2, or n is alone on the ring of first entries. @public */
export const orderedSuccessors = law<Ring, Two>({
  name: 'OrderedSuccessors',
  says: 'the first successor lies before the second',
  when: 'a list with a second entry',
  cases: withSecond,
  holdsFor: ([n, succ, succ2], { succRing }) => between(n, succ, succ2) || succRing === only(n),
});

/**
 * If succ2 is live: an appendage comes to it; a member of the ring has it on the ring, or the ring would be ordered if the
 * member took it instead of succ. @public
 */
export const reachableSuccessor2 = law<Ring, Two>({
  name: 'ReachableSuccessor2',
  says: 'a second successor that is live leads to the same ring',
  when: 'a second successor that is live',
  cases: (network) => withSecond(network).filter(([, , succ2]) => has(network.members, succ2)),
  holdsFor: ([n, , succ2], network) => {
    if (!has(network.ring, n)) return has(network.reach[n] ?? 0, succ2);
    return has(network.ring, succ2) || orderedRing.holds(taking(network, n, succ2));
  },
});

/** The network in which `n` has one successor only, `chosen`. */
const taking = ({ lists, members }: Ring, n: Id, chosen: Id): Ring =>
  ringOf(
    lists.map((list, id) => (id === n ? [chosen] : list)),
    members,
  );

/** For every member n and i < j < k: l_i is between n and l_j, and l_j between l_i and l_k. @public */
export const orderedSuccessorLists = law<Ring, readonly [Id, Id, Id]>({
  name: 'OrderedSuccessorLists',
  says: 'every successor list goes once round the circle, in order',
  when: 'a list of two entries or more',
  cases: ({ members, lists }) =>
    inOrder(members).flatMap((n) => {
      const extended = [n, ...(lists[n] ?? [])];
      return extended.flatMap((x, i) =>
        extended.slice(i + 1).flatMap((y, j) => extended.slice(i + j + 2).map((z) => [x, y, z] as const)),
      );
    }),
  holdsFor: ([x, y, z]) => between(x, y, z),
});

/** n is not in its own list, and no entry is there twice. @public */
export const noDuplicates = law<Ring, readonly Id[]>({
  name: 'NoDuplicates',
  says: 'a member and its successor list are all different',
  when: 'a list of two entries or more',
  cases: ({ members, lists }) =>
    inOrder(members)
      .map((n) => [n, ...(lists[n] ?? [])])
      .filter((extended) => extended.length > 2),
  holdsFor: (extended) => new Set(extended).size === extended.length,
});

/** Every member has a best successor. @public */
export const oneLiveSuccessor: Law<Ring> = {
  name: 'OneLiveSuccessor',
  says: 'every member lists somebody who is live',
  when: 'a member whose first successor is dead',
  holds: ({ members, lists }) => inOrder(members).every((n) => firstLive(lists[n] ?? [], members) !== undefined),
  isAtStake: ({ members, lists }) => inOrder(members).some((n) => !has(members, lists[n]?.[0])),
};
