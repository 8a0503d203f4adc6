/** Lookups in Chord: one member that answers them, networks of such members, and what is true of one. */
export {
  type LookupContext,
  type LookupEvent,
  type LookupInput,
  lookupMember,
  memberWith,
} from './member.js';
export type { Closer, Find, Found, Hop, Lookup, LookupMessage, Question, Taken } from './messages.js';
export { type LookupMutant, lookupMutants } from './mutants.js';
export {
  asking,
  isLost,
  isRingRight,
  isUnanswered,
  type LookupPeers,
  type LookupWorld,
  lookupRing,
  nextMembers,
  successorOf,
} from './observe.js';
export { asPublished, farthest, type Known, type Method, nextHop, type Rules } from './rules.js';
export { fingersOf, type StartOptions, startsOf } from './starts.js';
export { chordLookup, type LookupOptions, type LookupVariation } from './system.js';
export { lookupView } from './view.js';
