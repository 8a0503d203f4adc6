/** What is claimed of Chord: the laws of Zave's two models, and the two suites that hold the protocols against them. */
import type { Suite } from '../src/kernel/index.js';
import { eventsSuite } from './chord/events-suite.js';
import { messageSuite } from './chord/message-suite.js';
import { originalSuite } from './chord/original-suite.js';
import { zaveSuite } from './chord/zave-suite.js';

export { eventsSettled } from './chord/events-suite.js';
export { idealIn, isCoreValid, isFollowed, isIdeal, isReconciled, isStable } from './chord/ideal.js';
export { noCircularWait, selfPredecessor, type Waits, waitsOf } from './chord/message-laws.js';
export { antecedentPredecessors, avenger, type Pointers, pointersOf } from './chord/predecessors.js';
export { lossOfPrincipal, principalsInRing, sufficientPrincipals } from './chord/principals.js';
export {
  idealOfAll,
  idealStays,
  isEffective,
  originalSettled,
  quietIsIdeal,
  quietRingIsIdeal,
  recovers,
  stabilizes,
  stabilizesInTime,
  zaveProgress,
  zaveSettled,
} from './chord/progress.js';
export {
  atLeastOneRing,
  atMostOneRing,
  connectedAppendages,
  orderedAppendages,
  orderedMerges,
  orderedRing,
  ringLaws,
} from './chord/rings.js';
export {
  distinctSuccessors,
  noDuplicates,
  oneLiveSuccessor,
  orderedSuccessorLists,
  orderedSuccessors,
  reachableSuccessor2,
  validSuccessorList,
} from './chord/successors.js';

/** @public */
export const suites: readonly Suite[] = [originalSuite, zaveSuite, eventsSuite, messageSuite];
