/**
 * What the pieces are made of: a few bytes a block, so that hashes are real ones. A piece is known by the SHA-1 of its bytes; whether
 * the blocks of a piece are the right ones is looked up in a table that is filled by hashing them.
 */
import { sha1 } from '@noble/hashes/legacy.js';

/** How the content is cut up. @public */
export interface Shape {
  /** Pieces, at most 32. */
  readonly pieces: number;
  /** Blocks of each piece, 1 to 4. */
  readonly blocks: number;
  /** Whether the last block of each piece is half as long as the others, as when a piece is no multiple of the block. */
  readonly short: boolean;
}

/** Bytes of a whole block. @public */
export const blockLength = 4;

/** Bytes of one block; of the last of a piece perhaps fewer. @public */
export const lengthOf = ({ blocks, short }: Shape, block: number): number =>
  short && block % blocks === blocks - 1 ? blockLength / 2 : blockLength;

/** Bytes of a piece. @public */
export const pieceLength = (shape: Shape): number =>
  (shape.blocks - 1) * blockLength + lengthOf(shape, shape.blocks - 1);

/** What one block holds, in its true form or with a byte changed. @public */
export function bytesOf(shape: Shape, block: number, isGood: boolean): Uint8Array {
  const bytes = Uint8Array.from({ length: lengthOf(shape, block) }, (_, at) => (block * 31 + at * 7 + 1) & 0xff);
  if (!isGood) bytes[0] = (bytes[0] ?? 0) ^ 0xff;
  return bytes;
}

/** The bytes of a piece of which the blocks in `bad`, a bit each, were corrupted. */
function piece(shape: Shape, index: number, bad: number): Uint8Array {
  const parts = Array.from({ length: shape.blocks }, (_, at) =>
    bytesOf(shape, index * shape.blocks + at, ((bad >> at) & 1) === 0),
  );
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** The `pieces` of the metainfo: the SHA-1 of each piece. @public */
export const hashesOf = (shape: Shape): readonly Uint8Array[] =>
  Array.from({ length: shape.pieces }, (_, index) => sha1(piece(shape, index, 0)));

/** By piece and by which of its blocks were corrupted, whether its hash is the one in the metainfo. @public */
export function verifierOf(shape: Shape): (index: number, bad: number) => boolean {
  const hashes = hashesOf(shape);
  const table = hashes.map((expected, index) =>
    Array.from({ length: 1 << shape.blocks }, (_, bad) => {
      const hash = sha1(piece(shape, index, bad));
      return hash.every((byte, at) => byte === expected[at]);
    }),
  );
  return (index, bad) => table[index]?.[bad] ?? false;
}

/** A bit for each piece. @public */
export const allOf = ({ pieces }: Pick<Shape, 'pieces'>): number => (pieces === 32 ? -1 : (1 << pieces) - 1);

/** @public */
export const has = (set: number, bit: number): boolean => ((set >>> bit) & 1) === 1;

/** How many bits are set. @public */
export function count(set: number): number {
  let rest = set;
  let bits = 0;
  for (; rest !== 0; bits++) rest &= rest - 1;
  return bits;
}
