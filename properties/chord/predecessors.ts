/** Laws of predecessor pointers, which need the {@link Ring} and who has whom as predecessor. */
import { between, type ChordWorld, has, type Id, inOrder, type Ring } from '../../models/chord/index.js';
import { type AnyWorld, derive } from '../../src/kernel/index.js';
import { type Law, law } from '../common/law.js';

/** The ring with its predecessor pointers, null where there is none. @public */
export interface Pointers {
  readonly ring: Ring;
  readonly prdc: readonly (Id | null)[];
}

/** What both protocols keep. @public */
export type HasPredecessor = { readonly prdc: Id | null };

/** @public */
export const pointersOf = (ring: (world: AnyWorld) => Ring) =>
  derive((world): Pointers => {
    const { names, peers } = world as unknown as ChordWorld<HasPredecessor>;
    return { ring: ring(world), prdc: names.map((name) => peers[name]?.prdc ?? null) };
  });

type Pair = readonly [member: Id, prdc: Id];

const livePredecessors = ({ ring: { members }, prdc }: Pointers): readonly Pair[] =>
  inOrder(members).flatMap((n) => {
    const p = prdc[n];
    return p != null && has(members, p) ? [[n, p] as const] : [];
  });

/** If n.prdc is live, n is its succ. @public */
export const antecedentPredecessors = law<Pointers, Pair>({
  name: 'AntecedentPredecessors',
  says: 'who is a predecessor and live has its first successor there',
  when: 'a predecessor that is live',
  cases: livePredecessors,
  holdsFor: ([n, p], { ring }) => ring.lists[p]?.[0] === n,
});

/** If n.prdc is live, B(n) is not between it and n. Tried by Zave for an invariant, and not used. @public */
export const avenger: Law<Pointers> = law<Pointers, Pair>({
  name: 'Avenger',
  says: 'the best successor of a member does not lie between its predecessor and itself',
  when: 'a predecessor that is live',
  cases: livePredecessors,
  holdsFor: ([n, p], { ring }) => {
    const best = ring.best[n];
    return best === undefined || !between(p, best, n);
  },
});
