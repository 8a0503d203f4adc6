/** Pieces and their blocks: how long each is, what it must hash to, and in which requests it is asked for. */
import { sha1 } from '@noble/hashes/legacy.js';
import { blockSize, powerOfTwo, rootOfData, sameBytes } from './merkle.js';
import type { Metainfo, TorrentFile } from './metainfo.js';

/** @public */
export const pieceCount = ({ length, pieceLength }: Pick<Metainfo, 'length' | 'pieceLength'>): number =>
  Math.ceil(length / pieceLength);

/** Bytes of a piece: the last may be shorter. @public */
export function pieceSize({ length, pieceLength }: Pick<Metainfo, 'length' | 'pieceLength'>, piece: number): number {
  return Math.max(0, Math.min(pieceLength, length - piece * pieceLength));
}

/** Whether data is that of a piece, by its SHA-1. @public */
export function isPiece(metainfo: Metainfo, piece: number, data: Uint8Array): boolean {
  const hash = metainfo.pieces?.[piece];
  return hash !== undefined && data.length === pieceSize(metainfo, piece) && sameBytes(sha1(data), hash);
}

/** Whether data is the piece of a file, by its Merkle tree; pieces are counted within the file. @public */
export function isPieceOfFile(file: TorrentFile, pieceLength: number, piece: number, data: Uint8Array): boolean {
  if (data.length !== pieceSize({ length: file.length, pieceLength }, piece) || data.length === 0) return false;
  const { layer, piecesRoot } = file;
  const hash = layer === undefined ? (piece === 0 ? piecesRoot : undefined) : layer[piece];
  if (hash === undefined) return false;
  const width = layer === undefined ? powerOfTwo(Math.ceil(data.length / blockSize)) : pieceLength / blockSize;
  return sameBytes(rootOfData(data, width), hash);
}

/** A part of a piece, as it is asked for. @public */
export interface Block {
  readonly begin: number;
  readonly length: number;
}

/** The blocks of a piece: they begin with the piece and end with it, whatever its length. @public */
export function blocksOf(size: number): readonly Block[] {
  return Array.from({ length: Math.ceil(size / blockSize) }, (_, at) => ({
    begin: at * blockSize,
    length: Math.min(blockSize, size - at * blockSize),
  }));
}
