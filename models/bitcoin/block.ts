/** A whole block: its header and its transactions, and whether the two belong together. */
import { concatBytes } from '@noble/hashes/utils.js';
import { compactSize, Reader } from './bytes.js';
import { encodeHeader, type Header, readHeader } from './header.js';
import { merkleRoot } from './merkle.js';
import { encodeTransaction, readTransaction, type Transaction, transactionId } from './transaction.js';

/** @public */
export interface FullBlock {
  readonly header: Header;
  readonly transactions: readonly Transaction[];
}

/** @public */
export const encodeBlock = ({ header, transactions }: FullBlock): Uint8Array =>
  concatBytes(encodeHeader(header), compactSize(transactions.length), ...transactions.map(encodeTransaction));

/** @throws FormatError @public */
export function decodeBlock(bytes: Uint8Array): FullBlock {
  const reader = new Reader(bytes, 'the block');
  const header = readHeader(reader);
  const count = reader.count(51, 'the number of transactions');
  const transactions = Array.from({ length: count }, () => readTransaction(reader));
  reader.end();
  return { header, transactions };
}

/** Whether these are the transactions that the header commits to, and not a list that only has the same root. @public */
export function isGenuine({ header, transactions }: FullBlock): boolean {
  if (transactions.length === 0) return false;
  const { root, isMutated } = merkleRoot(transactions.map(transactionId));
  return !isMutated && root.every((byte, at) => byte === header.merkleRoot[at]);
}
