/** What is claimed of one node with signed transactions. */
export * from './chain-ledger/chain.js';
export { coverage } from './chain-ledger/coverage.js';
export * from './chain-ledger/money.js';
export * from './chain-ledger/pool.js';
export { defaults, suite } from './chain-ledger/suite.js';
