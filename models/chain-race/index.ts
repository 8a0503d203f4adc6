/** A double spend raced against honest miners: chains, the three machines, their rules, the system, what theory says of it. */
export * from './blocks.js';
export * from './chart.js';
export * from './mallory.js';
export * from './merchant.js';
export * from './messages.js';
export { miner, type NodeInput } from './miner.js';
export * from './mutants.js';
export * from './rules.js';
export * from './system.js';
export * from './theory.js';
