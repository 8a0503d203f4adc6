/**
 * The peer wire in bytes (BEP 3): a handshake of 68 bytes, then messages with their length in front. What comes is checked
 * here; what is no message, or too long to be one, is a `Malformed`, and the connection is to be ended.
 */
import type { BlockRef, Wire } from '../../models/swarm/index.js';

/** What was received is not of the protocol. */
export class Malformed extends Error {}

export interface Handshake {
  readonly infoHash: string;
  readonly peerId: Uint8Array;
}

const protocol = Buffer.from('\x13BitTorrent protocol', 'latin1');

/** Bytes of a handshake. */
export const handshakeLength = 68;

/** Without any extension: the eight bytes for them are zero. */
export const encodeHandshake = ({ infoHash, peerId }: Handshake): Buffer =>
  Buffer.concat([protocol, Buffer.alloc(8), Buffer.from(infoHash, 'hex'), peerId]);

export function decodeHandshake(bytes: Buffer): Handshake {
  // An encrypted one looks like anything; whoever sent it tries again in the clear.
  if (!bytes.subarray(0, protocol.length).equals(protocol)) throw new Malformed('not a handshake in the clear');
  return { infoHash: bytes.toString('hex', 28, 48), peerId: Uint8Array.from(bytes.subarray(48, 68)) };
}

/** How the pieces of a torrent are cut up, in bytes. */
export interface Grid {
  readonly pieces: number;
  readonly pieceLength: number;
  readonly blockLength: number;
}

/** What is said, with bytes for a block. Those of an id that is not in BEP 3 are `other`. */
export type Said =
  | Exclude<Wire, { readonly type: 'handshake' | 'close' | 'piece' }>
  | { readonly type: 'piece'; readonly piece: number; readonly begin: number; readonly data: Uint8Array }
  | { readonly type: 'keepAlive' }
  | { readonly type: 'other'; readonly id: number };

const ids = ['choke', 'unchoke', 'interested', 'notInterested', 'have', 'bitfield', 'request', 'piece', 'cancel'];

/** One message, its length in front. */
export function encode(said: Exclude<Said, { readonly type: 'other' }>, grid: Grid): Buffer {
  if (said.type === 'keepAlive') return Buffer.alloc(4);
  const payload = payloadOf(said, grid);
  const head = Buffer.alloc(5);
  head.writeUInt32BE(payload.length + 1);
  head[4] = ids.indexOf(said.type);
  return Buffer.concat([head, payload]);
}

function payloadOf(said: Exclude<Said, { readonly type: 'other' | 'keepAlive' }>, { pieces }: Grid): Uint8Array {
  switch (said.type) {
    case 'have':
      return words(said.piece);
    case 'bitfield': {
      const bits = Buffer.alloc(Math.ceil(pieces / 8));
      for (let piece = 0; piece < pieces; piece++)
        if ((said.has >>> piece) & 1) bits[piece >> 3] = (bits[piece >> 3] ?? 0) | (0x80 >> (piece & 7));
      return bits;
    }
    case 'request':
    case 'cancel':
      return words(said.piece, said.begin, said.length);
    case 'piece':
      return Buffer.concat([words(said.piece, said.begin), said.data]);
    default:
      return Buffer.alloc(0);
  }
}

const words = (...numbers: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(4 * numbers.length);
  for (const [at, number] of numbers.entries()) bytes.writeUInt32BE(number, 4 * at);
  return bytes;
};

/** What is whole in the bytes so far, and how many of them that was. */
export function decode(bytes: Buffer, grid: Grid): { readonly said: readonly Said[]; readonly used: number } {
  const longest = Math.max(9 + grid.blockLength, 1 + Math.ceil(grid.pieces / 8), 4_096);
  const said: Said[] = [];
  let used = 0;
  while (bytes.length - used >= 4) {
    const length = bytes.readUInt32BE(used);
    if (length > longest) throw new Malformed(`a message of ${length} bytes`);
    if (bytes.length - used - 4 < length) break;
    said.push(messageIn(bytes.subarray(used + 4, used + 4 + length), grid));
    used += 4 + length;
  }
  return { said, used };
}

function messageIn(bytes: Buffer, grid: Grid): Said {
  const id = bytes[0];
  if (id === undefined) return { type: 'keepAlive' };
  const type = ids[id] as (typeof ids)[number] | undefined;
  const payload = bytes.subarray(1);
  const sized = (length: number) => {
    if (payload.length !== length) throw new Malformed(`${type} of ${payload.length} bytes`);
  };
  switch (type) {
    case 'choke':
    case 'unchoke':
    case 'interested':
    case 'notInterested':
      sized(0);
      return { type };
    case 'have':
      sized(4);
      return { type, piece: indexIn(payload, grid) };
    case 'bitfield':
      sized(Math.ceil(grid.pieces / 8));
      return { type, has: bitsIn(payload, grid) };
    case 'request':
    case 'cancel':
      sized(12);
      return { type, ...refIn(payload, payload.readUInt32BE(8), grid) };
    case 'piece': {
      if (payload.length < 8) throw new Malformed(`piece of ${payload.length} bytes`);
      const data = Uint8Array.from(payload.subarray(8));
      const { piece, begin } = refIn(payload, data.length, grid);
      return { type, piece, begin, data };
    }
    default:
      return { type: 'other', id };
  }
}

function indexIn(payload: Buffer, { pieces }: Grid): number {
  const piece = payload.readUInt32BE(0);
  if (piece >= pieces) throw new Malformed(`piece ${piece} of ${pieces}`);
  return piece;
}

function bitsIn(payload: Buffer, { pieces }: Grid): number {
  let has = 0;
  for (let at = 0; at < payload.length * 8; at++) {
    if ((((payload[at >> 3] ?? 0) >> (7 - (at & 7))) & 1) === 0) continue;
    if (at >= pieces) throw new Malformed('a spare bit is set');
    has |= 1 << at;
  }
  return has;
}

/** A block that is one of the grid: the machine knows no others. */
function refIn(payload: Buffer, length: number, grid: Grid): BlockRef {
  const begin = payload.readUInt32BE(4);
  const isOnGrid = begin % grid.blockLength === 0 && length === grid.blockLength && begin + length <= grid.pieceLength;
  if (!isOnGrid) throw new Malformed(`a block at ${begin} of ${length} bytes`);
  return { piece: indexIn(payload, grid), begin, length };
}
