/** The room of liveness: what every fair behaviour comes to, and from where there is a way back. */
export { canReach, type Reachability } from './reach.js';
export { Temporals } from './temporal.js';
export { Units } from './units.js';
export type { Refutation, Step } from './verdict.js';
