/** The Merkle trees of BEP 52: blocks of 16 KiB, leaves that are missing count as 32 zero bytes, SHA-256 of pairs above. */
import { sha256 } from '@noble/hashes/sha2.js';
import { concatenated } from './bencode.js';

/** Bytes of a block, which is a leaf. @public */
export const blockSize = 16_384;

const zero = new Uint8Array(32);

const parent = (left: Uint8Array, right: Uint8Array): Uint8Array => sha256(concatenated([left, right]));

/** The smallest power of two that is not less. @public */
export function powerOfTwo(atLeast: number): number {
  let power = 1;
  while (power < atLeast) power *= 2;
  return power;
}

/** The root over these nodes, filled up to `width` of them by `filler`. The nodes that are filled in are never made one by one. */
function rootOver(nodes: readonly Uint8Array[], width: number, filler: Uint8Array): Uint8Array {
  let layer: readonly Uint8Array[] = nodes;
  let empty = filler;
  for (let left = width; left > 1; left /= 2) {
    const above: Uint8Array[] = [];
    for (let at = 0; at < layer.length; at += 2)
      above.push(parent(layer[at] as Uint8Array, (layer[at + 1] as Uint8Array | undefined) ?? empty));
    layer = above;
    empty = parent(empty, empty);
  }
  return layer[0] ?? empty;
}

/** The root over some data, of `width` leaves, a power of two; default: as few as hold it. @public */
export function rootOfData(data: Uint8Array, width = powerOfTwo(Math.ceil(data.length / blockSize))): Uint8Array {
  const leaves: Uint8Array[] = [];
  for (let at = 0; at < data.length; at += blockSize) leaves.push(sha256(data.subarray(at, at + blockSize)));
  return rootOver(leaves, width, zero);
}

/** The root over the layer in which a node stands for a piece. @public */
export function rootOfLayer(layer: readonly Uint8Array[], pieceLength: number): Uint8Array {
  let filler: Uint8Array = zero;
  for (let blocks = pieceLength / blockSize; blocks > 1; blocks /= 2) filler = parent(filler, filler);
  return rootOver(layer, powerOfTwo(layer.length), filler);
}

/** @public */
export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, at) => byte === b[at]);

/** Cuts bytes into parts of one size. @public */
export function inParts(bytes: Uint8Array, size: number): readonly Uint8Array[] {
  const parts: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += size) parts.push(bytes.subarray(at, at + size));
  return parts;
}
