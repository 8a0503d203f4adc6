/**
 * Laws of the ring and of the appendages that lead to it, in the words of Zave's Alloy models. B is the best successor of a
 * member, R the members on a ring, the other members are appendages. They need nothing but the {@link Ring}.
 */
import { between, count, has, type Id, inOrder, only, type Ring } from '../../models/chord/index.js';
import { type Law, law } from '../common/law.js';

const appendages = ({ members, ring }: Ring) => members & ~ring;

/** Ordered pairs of distinct elements. */
const pairs = (ids: readonly Id[]): readonly (readonly [Id, Id])[] =>
  ids.flatMap((a) => ids.filter((b) => b !== a).map((b) => [a, b] as const));

/** R is not empty. @public */
export const atLeastOneRing: Law<Ring> = {
  name: 'AtLeastOneRing',
  says: 'some members form a ring',
  when: 'a ring of two members or more',
  holds: ({ ring }) => ring !== 0,
  isAtStake: ({ ring }) => count(ring) > 1,
};

/** For distinct a, b in R, a is in B+(b). @public */
export const atMostOneRing = law<Ring, readonly [Id, Id]>({
  name: 'AtMostOneRing',
  says: 'all members that are on a ring are on the same one',
  when: 'two members on a ring',
  cases: ({ ring }) => pairs(inOrder(ring)),
  holdsFor: ([a, b], { reach }) => has(reach[b] ?? 0, a),
});

/** For distinct a, b, c in R with b = B(a), c is not between a and b. @public */
export const orderedRing = law<Ring, readonly [Id, Id, Id]>({
  name: 'OrderedRing',
  says: 'no member of the ring is skipped by another',
  when: 'three members on a ring',
  cases: ({ ring, best }) =>
    pairs(inOrder(ring)).flatMap(([a, c]) => {
      const b = best[a];
      return b === undefined || b === a || b === c ? [] : [[a, b, c] as const];
    }),
  holdsFor: ([a, b, c]) => !between(a, c, b),
});

/** For a member a not in R, some c in R is in B+(a). @public */
export const connectedAppendages = law<Ring, Id>({
  name: 'ConnectedAppendages',
  says: 'every appendage leads to a ring',
  when: 'an appendage',
  cases: (network) => inOrder(appendages(network)),
  holdsFor: (a, { reach, ring }) => ((reach[a] ?? 0) & ring) !== 0,
});

/**
 * Let A be B of the appendages alone. For n in R and distinct a1, a2, a3 among n and the appendages with n in A+(a1),
 * a2 = A(a1), and a1 in A+(a3) or a3 in A+(a2): a3 is not between a1 and a2. @public
 */
export const orderedAppendages = law<Ring, readonly [Id, Id, Id]>({
  name: 'OrderedAppendages',
  says: 'members on the way to the ring are in order',
  when: 'an appendage that leads to another, which leads to the ring',
  cases: (network) => {
    const ways = network.lists.map((_, id) => wayToRing(network, id));
    return inOrder(network.ring).flatMap((n) => {
      const bunch = inOrder(appendages(network) | only(n));
      return pairs(bunch).flatMap(([a1, a3]) => {
        const a2 = network.best[a1];
        if (a2 === undefined || a2 === a3 || !bunch.includes(a2) || !has(ways[a1] ?? 0, n)) return [];
        return has(ways[a3] ?? 0, a1) || has(ways[a2] ?? 0, a3) ? [[a1, a2, a3] as const] : [];
      });
    });
  },
  holdsFor: ([a1, a2, a3]) => !between(a1, a3, a2),
});

/** A+: whom an appendage comes to, up to the first member of a ring; nobody for who is on one. */
function wayToRing({ best, ring }: Ring, from: Id): number {
  let way = 0;
  let at: Id | undefined = from;
  while (at !== undefined && !has(ring, at)) {
    at = best[at];
    if (at === undefined || has(way, at)) break;
    way |= only(at);
  }
  return way;
}

/** For distinct n1, n2, n3 with B(n1) = B(n2) = n3, n1 and n3 on the ring of first entries, n2 not: n2 is between. @public */
export const orderedMerges = law<Ring, readonly [Id, Id, Id]>({
  name: 'OrderedMerges',
  says: 'an appendage joins the ring at its place',
  when: 'an appendage and a member of the ring with the same best successor',
  cases: ({ members, succRing, best }) =>
    inOrder(succRing).flatMap((n1) => {
      const n3 = best[n1];
      if (n3 === undefined || n3 === n1 || !has(succRing, n3)) return [];
      return inOrder(members & ~succRing)
        .filter((n2) => best[n2] === n3)
        .map((n2) => [n1, n2, n3] as const);
    }),
  holdsFor: ([n1, n2, n3]) => between(n1, n2, n3),
});

/** @public */
export const ringLaws: readonly Law<Ring>[] = [
  atLeastOneRing,
  atMostOneRing,
  orderedRing,
  connectedAppendages,
  orderedAppendages,
  orderedMerges,
];
