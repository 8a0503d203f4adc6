/** What is claimed of a payment that an adversary races against. */
export * from './chain-race/claims.js';
export { defaults, optionsOf, suite } from './chain-race/suite.js';
