/** Laws of principals, the members that no successor list skips: what the corrected protocol keeps enough of, and how. */
import { count, type Ring } from '../../models/chord/index.js';
import { alwaysStep, type Peers, sometimes, type World } from '../../src/kernel/index.js';
import { atStake, type Guarded, type Law, titled } from '../common/law.js';

/** With successor lists of `r` entries there are r+1 of them. @public */
export const sufficientPrincipals = (r: number): Law<Ring> => ({
  name: 'SufficientPrincipals',
  says: `at least ${r + 1} members are skipped by no list`,
  when: 'a member that a list skips',
  holds: ({ principals }) => count(principals) > r,
  isAtStake: ({ members, principals }) => members !== principals,
});

/** @public */
export const principalsInRing: Law<Ring> = {
  name: 'PrincipalsInRing',
  says: 'every member that no list skips is on the ring',
  when: 'an appendage',
  holds: ({ principals, ring }) => (principals & ~ring) === 0,
  isAtStake: ({ members, ring }) => members !== ring,
};

/** @public */
export const lossOfPrincipal = <P extends Peers, D extends boolean>(
  r: number,
  ring: (world: World<P, D>) => Ring,
): Guarded<P, D> => ({
  name: 'LossOfPrincipal',
  property: alwaysStep(
    titled('LossOfPrincipal', 'principals grow fewer only when one of them fails, and then by that one'),
    (worldBefore: World<P, D>, worldAfter: World<P, D>) => {
      const before = ring(worldBefore);
      const after = ring(worldAfter);
      if (count(after.principals) >= count(before.principals)) return true;
      const gone = before.members & ~after.members;
      return count(gone) === 1 && after.principals === (before.principals & ~gone);
    },
  ),
  witness: sometimes(
    atStake('LossOfPrincipal', 'more principals than are needed'),
    (world: World<P, D>) => count(ring(world).principals) > r + 1,
  ),
});
