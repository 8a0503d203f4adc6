/** The room of conformance: what a real implementation did or does, held against a model. */
export {
  type Adapter,
  type Aspect,
  adapter,
  type ModelStep,
  type Quiet,
  type Seen,
  type Session,
} from './adapter.js';
export {
  type Campaign,
  type ConformOptions,
  type ConformReport,
  conform,
  type Divergences,
  isAsKnown,
  type Schedules,
} from './campaign.js';
export {
  type DivergenceFile,
  divergenceFile,
  isDivergence,
  readDivergence,
  writeDivergence,
} from './divergence-file.js';
export { Died, type Divergence, type DrivenStep, type Failure, type Run } from './drive.js';
export { type SeededFault, withFault } from './faults.js';
export { type Call, type RegisterInput, register, registers, type SequentialSpec } from './history.js';
export { type Isolation, isolated } from './isolated.js';
export { type Explanation, type KnownDivergence, readKnown } from './known.js';
export { checkLinearizable, type Linearizability, type LinearizabilityOptions } from './linearizability.js';
export { type LogLine, maxLogSize, type Pattern, readLog, type SeenPeer } from './log.js';
export { type Reproduction, reproduce } from './reproduce.js';
export type { Extent } from './schedules.js';
export { describeDivergence, renderConformance } from './told.js';
export { type LogVerdict, type Validation, type ValidationOptions, validateLog } from './validate.js';
