/** The room of conformance: what a real implementation did, held against a model. */
export { type LogLine, maxLogSize, type Pattern, readLog } from './log.js';
export { type LogVerdict, type Validation, type ValidationOptions, validateLog } from './validate.js';
