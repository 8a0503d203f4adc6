/** What is claimed of a network of blockchain nodes. */
export { defaults, suite } from './chain-network/suite.js';
