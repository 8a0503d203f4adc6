/** A network of blockchain nodes: tables, messages, rules, the machine, liars, the system, and how to look at it. */
export * from './chart.js';
export * from './forest.js';
export * from './hear.js';
export * from './liar.js';
export * from './locator.js';
export * from './messages.js';
export * from './mutants.js';
export * from './node.js';
export * from './rest.js';
export * from './rules.js';
export * from './state.js';
export * from './system.js';
export * from './table.js';
export * from './view.js';
