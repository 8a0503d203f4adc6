/**
 * The Merkle root of a list of transactions, and whether the list could be another one with the same root. A row of odd length
 * ends in its last hash twice, so [1, 2, 3] and [1, 2, 3, 3] have one root (CVE-2012-2459): such a list says nothing of the block.
 */
import { concatBytes } from '@noble/hashes/utils.js';
import { doubleSha256 } from './bytes.js';
import { FormatError } from './errors.js';

/** @public */
export interface MerkleRoot {
  readonly root: Uint8Array;
  /** Whether two equal hashes stand side by side as a pair in some row, as only a list with something repeated can have it. */
  readonly isMutated: boolean;
}

/** @param leaves transaction ids in order, at least one @public */
export function merkleRoot(leaves: readonly Uint8Array[]): MerkleRoot {
  if (leaves.length === 0)
    throw new FormatError('EMPTY', 'there is no transaction', {
      where: 'the leaves of a Merkle tree',
      expected: 'one at least, the coinbase',
      hint: 'drop the block',
    });
  let row = leaves;
  let isMutated = false;
  while (row.length > 1) {
    const above: Uint8Array[] = [];
    for (let at = 0; at < row.length; at += 2) {
      const left = row[at] as Uint8Array;
      const right = row[at + 1];
      isMutated ||= right !== undefined && isSame(left, right);
      above.push(doubleSha256(concatBytes(left, right ?? left)));
    }
    row = above;
  }
  return { root: row[0] as Uint8Array, isMutated };
}

const isSame = (a: Uint8Array, b: Uint8Array): boolean => a.every((byte, at) => byte === b[at]);
