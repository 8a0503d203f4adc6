/** The laws that Zave proved of the corrected protocol, which each of its forms is held against: atomic, in events, in messages. */
import type { Ring } from '../../models/chord/index.js';
import type { Law } from '../common/law.js';
import { principalsInRing, sufficientPrincipals } from './principals.js';
import { atLeastOneRing, atMostOneRing, connectedAppendages, orderedRing } from './rings.js';
import { noDuplicates, oneLiveSuccessor, orderedSuccessorLists } from './successors.js';

/** For successor lists of `r` entries. @internal */
export const correctedLaws = (r: number): readonly Law<Ring>[] => [
  oneLiveSuccessor,
  sufficientPrincipals(r),
  orderedSuccessorLists,
  noDuplicates,
  principalsInRing,
  atLeastOneRing,
  atMostOneRing,
  orderedRing,
  connectedAppendages,
];

/** A list of one entry has nothing to order or to repeat, and nobody to turn to when that one is dead. @internal */
export const needTwoEntries: readonly string[] = [orderedSuccessorLists, noDuplicates, oneLiveSuccessor].map(
  ({ name }) => name,
);
