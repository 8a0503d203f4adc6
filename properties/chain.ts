/** What is claimed of one node of a blockchain. */
export { coverage } from './chain/coverage.js';
export * from './chain/steps.js';
export { defaults, suite } from './chain/suite.js';
export * from './chain/tips.js';
export * from './chain/tree.js';
