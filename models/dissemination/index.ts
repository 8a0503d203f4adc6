/** Distribution in rounds: the machines, every schedule of a small swarm, and how few rounds are enough. */
export * from './chart.js';
export * from './clock.js';
export * from './member.js';
export * from './messages.js';
export * from './mutants.js';
export * from './optimum.js';
export * from './system.js';
