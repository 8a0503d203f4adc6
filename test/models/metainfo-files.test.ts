/** Torrent files made by other programs say here what they say there: info hash, files, trackers, and pieces of real data. */
import bencode from 'bencode';
import { describe, expect, test } from 'vitest';
import {
  type Bencode,
  bencoded,
  blocksOf,
  decode,
  encode,
  isPiece,
  isPieceOfFile,
  type Metainfo,
  pieceCount,
  pieceSize,
  readMetainfo,
} from '../../models/metainfo/index.js';
import { dataOf, stated, torrent, torrentNames } from '../support/torrents.js';

test('each fixture is told of, and nothing else is', () => expect(Object.keys(stated)).toEqual(torrentNames));

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

const wholeData = (metainfo: Metainfo): Uint8Array =>
  Uint8Array.from(metainfo.files.flatMap(({ path, length }) => [...dataOf(path, length)]));

describe.each(torrentNames)('%s', (name) => {
  const bytes = torrent(name);
  const metainfo = readMetainfo(bytes);
  const said = stated[name] as (typeof stated)[string];

  test('has the info hash that it is stated to have', () => {
    expect(metainfo.infoHash ?? null).toBe(said.infoHash);
    expect(metainfo.infoHashV2 ?? null).toBe(said.infoHashV2);
    expect(metainfo.swarm).toBe(said.infoHash ?? said.infoHashV2?.slice(0, 40));
  });

  test('says what it is stated to say', () => {
    expect(metainfo.name).toBe(said.name);
    expect(metainfo.pieceLength).toBe(said.pieceLength);
    expect(metainfo.private).toBe(said.private);
    expect(metainfo.tiers.flat()).toEqual(said.trackers);
    const files = metainfo.files.filter(({ pad }) => !pad).map(({ path, length }) => [path.join('/'), length]);
    expect(files).toEqual(said.files);
  });

  test('is written again as it is', () => expect(encode(decode(bytes))).toEqual(bytes));

  test('is read by bencode alike, as far as bencode can tell', () => {
    const theirs = bencode.decode(bytes);
    expect(text(theirs.info.name)).toBe(metainfo.name);
    expect(theirs.info['piece length']).toBe(metainfo.pieceLength);
    expect(text(theirs.announce)).toBe(metainfo.announce);
  });

  test('its pieces are those of the data, and of no other', () => {
    if (metainfo.pieces !== undefined) {
      const data = wholeData(metainfo);
      for (let piece = 0; piece < pieceCount(metainfo); piece++) {
        const from = piece * metainfo.pieceLength;
        const part = data.slice(from, from + metainfo.pieceLength);
        expect(isPiece(metainfo, piece, part)).toBe(true);
        expect(isPiece(metainfo, piece, part.slice(1))).toBe(false);
        expect(isPiece(metainfo, piece + 1, part)).toBe(false);
        part[part.length - 1] = (part.at(-1) as number) ^ 1;
        expect(isPiece(metainfo, piece, part)).toBe(false);
      }
    }
    for (const file of metainfo.tree) {
      const data = dataOf(file.path, file.length);
      for (let piece = 0; piece * metainfo.pieceLength < file.length; piece++) {
        const part = data.slice(piece * metainfo.pieceLength, (piece + 1) * metainfo.pieceLength);
        expect(isPieceOfFile(file, metainfo.pieceLength, piece, part)).toBe(true);
        expect(isPieceOfFile(file, metainfo.pieceLength, piece + 1, part)).toBe(false);
        part[0] = (part[0] as number) ^ 1;
        expect(isPieceOfFile(file, metainfo.pieceLength, piece, part)).toBe(false);
      }
    }
  });
});

test('one file has one info hash whoever describes it', () =>
  expect(readMetainfo(torrent('create-torrent-single.torrent')).infoHash).toBe(
    readMetainfo(torrent('libtorrent-v1-single.torrent')).infoHash,
  ));

describe('writing', () => {
  test('keys come in order of their bytes, whatever order they are given in', () => {
    const written = encode(
      bencoded.dictionary([
        ['b', bencoded.integer(-7)],
        ['\xff', bencoded.list()],
        ['a', bencoded.bytes('é')],
        ['', bencoded.integer(2n ** 70n)],
      ]),
    );
    expect(Buffer.from(written).toString('latin1')).toBe('d0:i1180591620717411303424e1:a2:\xc3\xa91:bi-7e1:\xfflee');
    expect(encode(decode(written))).toEqual(written);
  });

  test('__proto__ is a key like any other', () => {
    const node = decode(Buffer.from('d9:__proto__d1:ai1eee'));
    expect(node.kind === 'dictionary' && [...node.entries.keys()]).toEqual(['__proto__']);
    expect(({} as { a?: unknown }).a).toBeUndefined();
  });

  test('what is made here is read by bencode, and back', () => {
    const value: Bencode = bencoded.dictionary([
      ['list', bencoded.list(bencoded.integer(0), bencoded.bytes('x'), bencoded.dictionary([]))],
      ['n', bencoded.integer(-42)],
    ]);
    const theirs = bencode.decode(encode(value));
    expect(theirs).toMatchObject({ list: [0, new TextEncoder().encode('x'), {}], n: -42 });
    expect(new Uint8Array(bencode.encode(theirs))).toEqual(encode(value));
  });
});

describe('pieces and blocks', () => {
  test('the last piece is what is left', () => {
    const sizes = { length: 65_000, pieceLength: 30_000 };
    expect([0, 1, 2, 3].map((piece) => pieceSize(sizes, piece))).toEqual([30_000, 30_000, 5_000, 0]);
    expect(pieceCount({ length: 0, pieceLength: 16_384 })).toBe(0);
  });
  test('blocks begin with each piece and end with it', () =>
    expect(blocksOf(30_000)).toEqual([
      { begin: 0, length: 16_384 },
      { begin: 16_384, length: 13_616 },
    ]));
});
