/** What is claimed of the difficulty: no more blocks than the power warrants, whatever times the miners write. */
export * from './chain-difficulty/claims.js';
export { defaults, suite } from './chain-difficulty/suite.js';
