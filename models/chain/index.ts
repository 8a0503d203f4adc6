/** One node of a blockchain: the block table, the pure chain logic, the machine around it, the system, and how to look at it. */
export * from './activation.js';
export * from './blocks.js';
export * from './chart.js';
export * from './forest.js';
export * from './machine.js';
export * from './mutants.js';
export * from './operator.js';
export * from './receive.js';
export * from './recovery.js';
export * from './rules.js';
export * from './sender.js';
export * from './state.js';
export * from './system.js';
export * from './trees.js';
export * from './view.js';
