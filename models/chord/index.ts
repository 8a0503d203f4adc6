/** Chord, as published and as corrected: the machines of one member, the networks made of them, and how to look at one. */
export type { FailureAssumptions } from './assumptions.js';
export { mayFail } from './assumptions.js';
export { circleView, type Seat, type SeatedPeer } from './circle-view.js';
export {
  type Apply,
  type AskPredecessor,
  type AskSuccessor,
  type EventsContext,
  type EventsEvent,
  effectiveList,
  eventsMember,
  hastyMember,
  isBusy,
  type PredecessorAnswer,
  type SuccessorAnswer,
} from './events.js';
export { type EventsMutant, eventsMutants } from './events-mutants.js';
export {
  chordEvents,
  type EventsOptions,
  type EventsVariation,
  type EventsView,
  eventsRing,
  eventsUpkeep,
} from './events-system.js';
export { between, circle, following, type Id, includedIn, nameOf, ringsOf } from './identifiers.js';
export {
  type MemberContext,
  type MemberEvent,
  type MemberInput,
  type MemberMessage,
  messageMember,
} from './message-member.js';
export { type MessageMutant, messageMutants } from './message-mutants.js';
export { chordMessages, type MessageOptions, type MessageVariation, trusting } from './message-system.js';
export { effectiveRing, type MessageWorld, visibleRing } from './message-view.js';
export type { Notify } from './messages.js';
export { type ChordMutant, type OriginalMutant, originalMutants, type ZaveMutant, zaveMutants } from './mutants.js';
export type { ChordPeers, ChordWorld, Distortion } from './observe.js';
export {
  type OriginalContext,
  type OriginalEvent,
  type OriginalInput,
  type OriginalJoin,
  type OriginalReconcile,
  type OriginalStabilize,
  originalMember,
  unrepaired,
} from './original.js';
export { arc, count, firstLive, has, type Ids, inOrder, only, type Ring, ringOf, ringView } from './ring.js';
export {
  chordOriginal,
  chordZave,
  type OriginalOptions,
  type OriginalVariation,
  originalRing,
  type ZaveOptions,
  type ZaveVariation,
  zaveRing,
} from './system.js';
export { messageView, originalView, zaveView } from './views.js';
export { yieldingMember } from './yielding-member.js';
export {
  type FromPredecessor,
  type FromSuccessor,
  patientMember,
  type Rectify,
  type ZaveAnswer,
  type ZaveContext,
  type ZaveEvent,
  type ZaveInput,
  type ZaveJoin,
  zaveMember,
} from './zave.js';
