/** What is claimed of keys on the Chord ring: none is lost, each comes to its place, and who asks is answered. */
export {
  answered,
  becomesWhole,
  calming,
  canBecomeWhole,
  findsAnyway,
  findsWhatWasPut,
} from './chord-keys/progress.js';
export {
  noInvention,
  noKeyLost,
  oneOwnerAtRest,
  oneServer,
  onlyTheArcMoves,
  versionsRise,
  wholeAtRest,
  wholeFinds,
} from './chord-keys/safety.js';
export { suite } from './chord-keys/suite.js';
