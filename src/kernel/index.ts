/** The kernel: the words every other room speaks. It imports nothing. */
export * from './answer.js';
export * from './claim.js';
export * from './error.js';
export * from './estimate.js';
export * from './model.js';
export * from './move.js';
export * from './plain.js';
export * from './property.js';
export * from './report.js';
export * from './schedule.js';
export * from './state-graph.js';
export * from './statechart.js';
export * from './system.js';
export * from './trace.js';
export * from './view.js';
export * from './world.js';
