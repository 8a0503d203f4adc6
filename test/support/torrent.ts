/** A torrent file for tests: one file of pseudo-random bytes, private, with one tracker. */
import { createHash } from 'node:crypto';
import { bencoded, encode } from '../../models/metainfo/index.js';

const { integer, bytes, dictionary } = bencoded;

export interface Torrent {
  readonly file: Uint8Array;
  readonly infoHash: string;
  readonly data: Buffer;
}

export function torrentOf(name: string, length: number, announce: string): Torrent {
  const pieceLength = 32_768;
  const data = Buffer.alloc(length);
  let seed = 1;
  for (let at = 0; at < length; at++) {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    data[at] = seed >> 16;
  }
  const pieces: Buffer[] = [];
  for (let at = 0; at < length; at += pieceLength)
    pieces.push(
      createHash('sha1')
        .update(data.subarray(at, at + pieceLength))
        .digest(),
    );
  const info = dictionary([
    ['length', integer(length)],
    ['name', bytes(name)],
    ['piece length', integer(pieceLength)],
    ['pieces', bytes(Buffer.concat(pieces))],
    ['private', integer(1)],
  ]);
  return {
    file: encode(
      dictionary([
        ['announce', bytes(announce)],
        ['info', info],
      ]),
    ),
    infoHash: createHash('sha1').update(encode(info)).digest('hex'),
    data,
  };
}
