/** Piece exchange: the logic of one peer, the machine around it, the swarm, and pictures of it. */
export * from './atomic.js';
export * from './chart.js';
export * from './choker.js';
export * from './connection.js';
export * from './content.js';
export * from './half.js';
export * from './machine.js';
export * from './messages.js';
export * from './mutants.js';
export * from './picker.js';
export * from './rules.js';
export * from './state.js';
export * from './system.js';
export * from './transfer.js';
