/** The room of trace files: how they are read, written and replayed. */
export * from './drift.js';
export { lanesOf } from './lanes.js';
export type { Proof } from './proof.js';
export * from './read.js';
export * from './replay.js';
export { maxTraceSize, type TraceFile, traceSchemaVersion } from './trace-file.js';
export * from './write.js';
