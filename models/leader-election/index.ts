/** Leader election on a ring: the machine, the system it makes, and its seeded bugs. */
export { type MemberEvent, type MemberInput, member } from './member.js';
export type { Candidacy } from './messages.js';
export { type ElectionMutant, mutants, type Variant } from './mutants.js';
export { type ElectionOptions, type ElectionPeers, leaderElection, type Order } from './system.js';
