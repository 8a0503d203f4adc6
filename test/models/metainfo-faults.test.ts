/** Every class of malformed torrent file is refused with its code, a place and what to do; and no mutation does anything else. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Bencode,
  bencoded,
  decode,
  encode,
  fromLatin,
  MetainfoError,
  type MetainfoFault,
  maxFileSize,
  metainfoFaults,
  readMetainfo,
} from '../../models/metainfo/index.js';
import { explainError } from '../../src/kernel/index.js';
import { torrent, torrentNames } from '../support/torrents.js';

const { integer, bytes, list, dictionary } = bencoded;

function refusal(read: Uint8Array): MetainfoError {
  try {
    readMetainfo(read);
  } catch (thrown) {
    if (thrown instanceof MetainfoError) return thrown;
    throw thrown;
  }
  return expect.fail('it was taken');
}

const text = (source: string): Uint8Array => fromLatin(source);

type Fields = { readonly [key: string]: Bencode };

const torrentOf = (info: Fields, top: Fields = {}): Uint8Array =>
  encode(dictionary(Object.entries({ ...top, info: dictionary(Object.entries(info)) })));

const single = {
  name: bytes('a'),
  'piece length': integer(16_384),
  length: integer(20_000),
  pieces: bytes(new Uint8Array(40)),
};
const file = (length: number | bigint, ...path: readonly (string | Uint8Array)[]): Bencode =>
  dictionary([
    ['length', integer(length)],
    ['path', list(...path.map(bytes))],
  ]);
const several = (...files: readonly Bencode[]): Uint8Array =>
  torrentOf({
    name: bytes('a'),
    'piece length': integer(16_384),
    pieces: bytes(new Uint8Array(20)),
    files: list(...files),
  });
const inInfo = (change: Fields): Uint8Array => torrentOf({ ...single, ...change });
const leaf = (length: number, root?: Uint8Array): Bencode =>
  dictionary([
    ['', dictionary([['length', integer(length)], ...(root ? [['pieces root', bytes(root)] as const] : [])])],
  ]);
const treeOf = (tree: Bencode, layers: readonly (readonly [string, Bencode])[] = [], change: Fields = {}): Uint8Array =>
  torrentOf(
    { name: bytes('a'), 'piece length': integer(16_384), 'meta version': integer(2), 'file tree': tree, ...change },
    { 'piece layers': dictionary(layers) },
  );
const root = new Uint8Array(32).fill(7);
const rootKey = String.fromCharCode(...root);
const spoiled = (name: string, from: string, to: string): Uint8Array => {
  const source = Buffer.from(torrent(name)).toString('latin1');
  expect(source).toContain(from);
  return text(source.replace(from, to));
};

const nested = (depth: number): string => `d4:info${'l'.repeat(depth)}${'e'.repeat(depth)}e`;

const malformed: readonly (readonly [fault: MetainfoFault, what: string, bytes: Uint8Array])[] = [
  ['too-large', 'a file of more bytes than are read', new Uint8Array(maxFileSize + 1)],
  ['truncated', 'nothing', text('')],
  ['truncated', 'a list without an end', text('l')],
  ['truncated', 'an integer without an end', text('d1:ai12')],
  ['truncated', 'a length without a colon', text('d1')],
  ['truncated', 'a key without a value', text('d1:a')],
  ['trailing-bytes', 'something after the end', text('d1:ai1eee')],
  ['too-deep', 'a hundred thousand lists', text(nested(100_000))],
  ['too-deep', 'one level too many', text(nested(100))],
  ['unknown-type', 'a value of no type', text('d1:ax')],
  ['bad-integer', 'no digits', text('d1:aiee')],
  ['bad-integer', 'only a sign', text('d1:ai-ee')],
  ['bad-integer', 'minus zero', text('d1:ai-0ee')],
  ['bad-integer', 'a leading zero', text('d1:ai01ee')],
  ['bad-integer', 'a plus', text('d1:ai+1ee')],
  ['bad-integer', 'a fraction', text('d1:ai1.5ee')],
  ['integer-too-long', 'a thousand digits', text(`d1:ai${'9'.repeat(1000)}ee`)],
  ['bad-string-length', 'a leading zero', text('d01:ai1ee')],
  ['bad-string-length', 'a minus', text('d1:a1-2:xxe')],
  ['string-beyond-end', 'more than is there', text('d1:a9:xe')],
  ['string-beyond-end', 'more than there is memory', text(`d1:a${'9'.repeat(30)}:xe`)],
  ['key-not-a-string', 'a number for a key', text('di1ei2ee')],
  ['keys-unsorted', 'b before a', text('d1:bi1e1:ai1ee')],
  ['keys-unsorted', 'a longer key first', text('d2:aai1e1:ai1ee')],
  ['key-twice', 'a and a', text('d1:ai1e1:ai2ee')],
  ['not-a-dictionary', 'a list', text('le')],
  ['info-missing', 'an announce alone', text('d8:announce1:xe')],
  ['wrong-type', 'info is a list', text('d4:infolee')],
  ['wrong-type', 'no name', torrentOf({ ...single, name: integer(1) })],
  ['wrong-type', 'announce is a number', torrentOf(single, { announce: integer(1) })],
  ['wrong-type', 'pieces are missing', torrentOf({ name: bytes('a'), 'piece length': integer(1), length: integer(0) })],
  ['wrong-type', 'a tier is no list', torrentOf(single, { 'announce-list': list(bytes('x')) })],
  [
    'wrong-type',
    'a part of a path is a number',
    several(
      dictionary([
        ['length', integer(1)],
        ['path', list(integer(1))],
      ]),
    ),
  ],
  ['not-text', 'a name that is no UTF-8', inInfo({ name: bytes(Uint8Array.of(0xff)) })],
  ['not-text', 'a part of a path that is no UTF-8', several(file(1, Uint8Array.of(0xc3)))],
  ['not-text', 'an overlong form of a dot', several(file(1, Uint8Array.of(0xc0, 0xae)))],
  ['meta-version', 'version 3', treeOf(dictionary([['a', leaf(1, root)]]), [], { 'meta version': integer(3) })],
  ['piece-length', 'no bytes', inInfo({ 'piece length': integer(0) })],
  ['piece-length', 'fewer than none', inInfo({ 'piece length': integer(-16_384) })],
  ['piece-length', 'what 32 bits take for nothing', inInfo({ 'piece length': integer(2n ** 32n) })],
  ['piece-length', 'one more than 31 bits hold', inInfo({ 'piece length': integer(2n ** 31n) })],
  [
    'piece-length',
    'version 2, not a power of two',
    treeOf(dictionary([['a', leaf(1, root)]]), [], { 'piece length': integer(24_576) }),
  ],
  [
    'piece-length',
    'version 2, less than a block',
    treeOf(dictionary([['a', leaf(1, root)]]), [], { 'piece length': integer(8192) }),
  ],
  ['pieces-length', 'half a hash', inInfo({ pieces: bytes(new Uint8Array(30)) })],
  ['pieces-count', 'a hash too few', inInfo({ pieces: bytes(new Uint8Array(20)) })],
  ['pieces-count', 'a hash too many', inInfo({ pieces: bytes(new Uint8Array(60)) })],
  ['file-length', 'less than nothing', inInfo({ length: integer(-1) })],
  ['file-length', 'more than 53 bits hold', inInfo({ length: integer(2n ** 53n) })],
  ['file-length', 'more than 64 bits hold', several(file(2n ** 64n, 'x'))],
  ['file-length', 'all together', several(file(2 ** 52, 'x'), file(2 ** 52, 'y'))],
  ['length-and-files', 'both', inInfo({ files: list(file(1, 'x')) })],
  ['no-length-no-files', 'neither', torrentOf({ name: bytes('a'), 'piece length': integer(1), pieces: bytes('') })],
  ['no-length-no-files', 'an empty list', several()],
  ['path-empty', 'a path without parts', several(file(1))],
  ['path-empty', 'a part without a letter', several(file(1, 'x', ''))],
  ['path-empty', 'no name', inInfo({ name: bytes('') })],
  ...['.', '..', 'a/b', '../x', '/etc', 'a\\b', '..\\x', 'a\0b', 'C:', 'c:x', 'NUL', 'con.txt', 'Lpt1'].flatMap(
    (part) => [
      ['path-unsafe', `the part ${JSON.stringify(part)}`, several(file(1, 'x', part))] as const,
      ['path-unsafe', `the name ${JSON.stringify(part)}`, inInfo({ name: bytes(part) })] as const,
      [
        'path-unsafe',
        `the name ${JSON.stringify(part)} in a tree`,
        treeOf(dictionary([[part, leaf(1, root)]])),
      ] as const,
    ],
  ),
  ['path-unsafe', 'more parts than a path has', several(file(1, ...Array.from({ length: 101 }, () => 'x')))],
  [
    'path-unsafe',
    'a link',
    several(
      dictionary([
        ['length', integer(0)],
        ['path', list(bytes('x'))],
        ['symlink path', list(bytes('..'))],
      ]),
    ),
  ],
  ['path-twice', 'two files, one name', several(file(1, 'x'), file(1, 'x'))],
  ['path-twice', 'a file that is a directory', several(file(1, 'x', 'y'), file(1, 'x'))],
  ['path-twice', 'a directory that is a file', several(file(1, 'x'), file(1, 'x', 'y'))],
  ['file-tree', 'empty', treeOf(dictionary([]))],
  ['file-tree', 'a file without a name', treeOf(dictionary([['', dictionary([['length', integer(0)]])]]))],
  [
    'file-tree',
    'a file with siblings',
    treeOf(
      dictionary([
        [
          'x',
          dictionary([
            ['', dictionary([['length', integer(0)]])],
            ['y', leaf(0)],
          ]),
        ],
      ]),
    ),
  ],
  ['pieces-root', 'none', treeOf(dictionary([['x', leaf(1)]]))],
  ['pieces-root', 'one of an empty file', treeOf(dictionary([['x', leaf(0, root)]]))],
  ['pieces-root', 'of 20 bytes', treeOf(dictionary([['x', leaf(1, root.slice(12))]]))],
  ['layer-missing', 'of a file of several pieces', treeOf(dictionary([['x', leaf(16_385, root)]]))],
  ['layer-length', 'a hash too few', treeOf(dictionary([['x', leaf(16_385, root)]]), [[rootKey, bytes(root)]])],
  [
    'layer-root',
    'of another file',
    treeOf(dictionary([['x', leaf(16_385, root)]]), [[rootKey, bytes(new Uint8Array(64))]]),
  ],
  ['hybrid-disagrees', 'another name', spoiled('libtorrent-hybrid-multi.torrent', '7:one.bineed4', '7:onf.bineed4')],
  [
    'hybrid-disagrees',
    'another length',
    spoiled('libtorrent-hybrid-multi.torrent', 'd6:lengthi40000e4:path', 'd6:lengthi39999e4:path'),
  ],
];

describe('malformed files', () => {
  test.each(malformed)('%s: %s', (fault, _, file) => {
    const error = refusal(file);
    expect(error.fault).toBe(fault);
    expect(error.code).toBe('METAINFO_INVALID');
    expect(error.where).not.toBe('');
    expect(error.expected).not.toBe('');
    expect(error.hint).not.toBe('');
  });

  test('there is one of each class', () =>
    expect(metainfoFaults.filter((fault) => malformed.every(([other]) => other !== fault))).toEqual([]));

  test('what is said is of use', () =>
    expect(explainError(refusal(inInfo({ 'piece length': integer(2n ** 32n) })))).toMatchInlineSnapshot(`
      "error METAINFO_INVALID: pieces have 4294967296 bytes (piece-length)
        where: info.piece length
        expected: 1 to 2^31-1 bytes
        try: get the file again, or have it made by a client that writes canonical bencode"
    `));
  test('and tells where', () =>
    expect(explainError(refusal(text('d1:bi1e1:ai1ee')))).toMatchInlineSnapshot(`
    "error METAINFO_INVALID: the key "a" comes after "b" (keys-unsorted)
      where: byte 7
      expected: keys in order of their bytes
      try: get the file again, or have it made by a client that writes canonical bencode"
  `));
});

describe('what is odd and in order', () => {
  test('an empty torrent', () =>
    expect(readMetainfo(torrentOf({ ...single, length: integer(0), pieces: bytes('') })).length).toBe(0));
  test('as deep as may be', () => expect(refusal(text(nested(99))).fault).toBe('wrong-type'));
  test('two fillings of one name', () =>
    expect(
      readMetainfo(
        several(
          ...['x', 'y'].flatMap((name) => [
            file(1, name),
            dictionary([
              ['attr', bytes('p')],
              ['length', integer(1)],
              ['path', list(bytes('.pad'), bytes('1'))],
            ]),
          ]),
        ),
      ).files.filter(({ pad }) => pad),
    ).toHaveLength(2));
  test('keys that nobody knows count for the hash', () =>
    expect(readMetainfo(inInfo({ x: integer(1) })).infoHash).not.toBe(readMetainfo(inInfo({})).infoHash));
});

type Change =
  | { readonly kind: 'flip'; readonly at: number; readonly bit: number }
  | { readonly kind: 'cut'; readonly at: number; readonly length: number }
  | { readonly kind: 'end'; readonly at: number }
  | { readonly kind: 'splice'; readonly at: number; readonly from: number; readonly length: number }
  | { readonly kind: 'put'; readonly at: number; readonly what: string };

function changed(bytes: Buffer, change: Change): Buffer {
  const at = bytes.length === 0 ? 0 : change.at % bytes.length;
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
  switch (change.kind) {
    case 'flip':
      return Buffer.concat([before, Uint8Array.of((after[0] ?? 0) ^ (1 << change.bit)), after.subarray(1)]);
    case 'cut':
      return Buffer.concat([before, after.subarray(change.length)]);
    case 'end':
      return Buffer.from(before);
    case 'splice': {
      const from = bytes.length === 0 ? 0 : change.from % bytes.length;
      return Buffer.concat([before, bytes.subarray(from, from + change.length), after]);
    }
    case 'put':
      return Buffer.concat([before, Buffer.from(change.what), after]);
  }
}

/** A mutation of a file: bytes changed, cut out, put in from elsewhere, or something that is known to hurt. */
const mutated = fc
  .tuple(
    fc.constantFrom(...torrentNames.map(torrent)),
    fc.array(
      fc.oneof(
        fc.record({ kind: fc.constant('flip' as const), at: fc.nat(), bit: fc.nat(7) }),
        fc.record({ kind: fc.constant('cut' as const), at: fc.nat(), length: fc.nat(40) }),
        fc.record({ kind: fc.constant('end' as const), at: fc.nat() }),
        fc.record({ kind: fc.constant('splice' as const), at: fc.nat(), from: fc.nat(), length: fc.nat(60) }),
        fc.record({
          kind: fc.constant('put' as const),
          at: fc.nat(),
          what: fc.constantFrom(
            '9'.repeat(20),
            '-',
            'i-0e',
            'i18446744073709551616e',
            '4294967296:',
            'd9:__proto__d1:ai1eee',
            '9:__proto__',
            '11:constructor',
            '9:prototype',
            'l'.repeat(5000),
            'd1:a'.repeat(5000),
            'le'.repeat(500),
            '0:',
            'e',
          ),
        }),
      ),
      { minLength: 1, maxLength: 4 },
    ),
  )
  .map(([original, changes]) => changes.reduce(changed, Buffer.from(original)));

test('10,000 mutated files are taken, or refused with a code, and nothing else happens', () => {
  const seen: Record<string, number> = {};
  const untouched = Object.getOwnPropertyNames(Object.prototype).join();
  fc.assert(
    fc.property(mutated, (bytes) => {
      let outcome: string;
      try {
        const metainfo = readMetainfo(bytes);
        const isCanonical = Buffer.compare(encode(decode(bytes)), bytes) === 0;
        outcome = isCanonical && metainfo.swarm.length === 40 ? 'taken' : 'taken wrongly';
      } catch (thrown) {
        if (!(thrown instanceof MetainfoError)) throw thrown;
        outcome = thrown.fault;
      }
      seen[outcome] = (seen[outcome] ?? 0) + 1;
    }),
    { seed: 52, numRuns: 10_000 },
  );
  expect(Object.getOwnPropertyNames(Object.prototype).join()).toBe(untouched);
  expect(({} as { a?: unknown }).a).toBeUndefined();
  expect(seen['taken wrongly']).toBeUndefined();
  // The mutations reach all parts of the reader.
  expect(Object.keys(seen).length).toBeGreaterThan(20);
  expect(seen.taken).toBeGreaterThan(100);
}, 120_000);
