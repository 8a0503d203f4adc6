/** Two-phase commit: the machines, the system they make, and its seeded bugs. */
export type { Decision, Prepared } from './messages.js';
export { mutants, type TwoPhaseMutant, type Variant } from './mutants.js';
export { type ResourceManagerEvent, type ResourceManagerInput, resourceManager } from './resource-manager.js';
export { participants, type TwoPhaseOptions, type TwoPhasePeers, twoPhaseCommit } from './system.js';
export {
  type TransactionManagerContext,
  type TransactionManagerEvent,
  type TransactionManagerInput,
  transactionManager,
} from './transaction-manager.js';
