/** Keys on the Chord ring: the machines of a member and of a client, the network made of them, and how to look at one. */
export { type ClientContext, type ClientEvent, type ClientInput, client, type Request } from './client.js';
export { covers, isIn, newer, outside, within } from './items.js';
export { type HandIn, type Join, type MemberEvent, member } from './member.js';
export type { Arc, ClientMessage, Items, MemberMessage } from './messages.js';
export { type KeysMutant, mutants } from './mutants.js';
export {
  contextOf,
  holdersOf,
  type KeyRing,
  type KeysPeers,
  type KeysWorld,
  type Phase,
  phaseOf,
  predecessorOf,
  ringOf,
  serversOf,
  successorsOf,
} from './ring.js';
export { arcOf, type MemberContext, type MemberInput, type Pending, type Stabilize } from './standing.js';
export { bitsFor, chordKeys, type KeysOptions, type KeysVariation, keyNames } from './system.js';
export { mayLeave, roundOf, strays } from './upkeep.js';
export { keysView } from './view.js';
export { acknowledged, failed, holds, isCalm, isInPlace, isWhole } from './whole.js';
