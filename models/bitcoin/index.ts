/** The formats of Bitcoin: headers, targets, Merkle roots, transactions with signatures, coinbases, locators, difficulty. */
export * from './block.js';
export { doubleSha256, fromHex, maxBytes, readHash, showHash, toHex, toNumber } from './bytes.js';
export * from './coinbase.js';
export * from './difficulty.js';
export { type FormatCode, type FormatDetail, FormatError } from './errors.js';
export { blockId, decodeHeader, encodeHeader, type Header, mine } from './header.js';
export * from './locator.js';
export * from './merkle.js';
export * from './signature.js';
export * from './target.js';
export {
  decodeTransaction,
  encodeTransaction,
  type Input,
  isCoinbase,
  lastSequence,
  maxMoney,
  nowhere,
  type Outpoint,
  type Output,
  type Transaction,
  transactionId,
} from './transaction.js';
