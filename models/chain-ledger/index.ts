/** One node with a ledger: worlds in concrete form, outputs and pool, the machine around them, and how to look at it. */
export * from './activation.js';
export { ledgerChart } from './chart.js';
export * from './forest.js';
export * from './ledger.js';
export * from './machine.js';
export * from './mutants.js';
export * from './pool.js';
export * from './rules.js';
export * from './spec.js';
export * from './state.js';
export * from './system.js';
export * from './view.js';
export * from './worlds.js';
