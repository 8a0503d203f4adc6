/** Mistakes of those who read torrent files, each with what it breaks and how soon. */
import type { Seeded } from '../mutant.js';
import { type Bencode, encode, type Node } from './bencode.js';
import type { ReaderRules } from './download.js';
import { fatal, type MetainfoFault } from './fault.js';
import { blockSize } from './merkle.js';
import { readMetainfo } from './read.js';
import type { MetainfoOptions } from './system.js';

/** @public */
export interface MetainfoMutant extends Seeded<Omit<MetainfoOptions, 'variation'> & Seeded['values']> {
  readonly variation: Partial<ReaderRules>;
}

const once = { publishes: 0, fetches: 1, losses: 0, duplicates: 0 } as const;

const overlooking = (...overlooks: readonly MetainfoFault[]): Partial<ReaderRules> => ({
  read: (bytes) => readMetainfo(bytes, { overlooks }),
});

/** What is left of a value when empty keys are dropped. */
const withoutEmptyKeys = (of: Node | Bencode): Bencode => {
  switch (of.kind) {
    case 'list':
      return { kind: 'list', items: of.items.map(withoutEmptyKeys) };
    case 'dictionary':
      return {
        kind: 'dictionary',
        entries: new Map(
          [...of.entries].flatMap(([key, value]) => (key === '' ? [] : [[key, withoutEmptyKeys(value)] as const])),
        ),
      };
    default:
      return of;
  }
};

/** @public */
export const metainfoMutants = {
  B13: {
    doc: 'blocks are cut by their size alone, past the end of a piece',
    values: once,
    variation: {
      blocks: (size) =>
        Array.from({ length: Math.ceil(size / blockSize) }, (_, at) => ({ begin: at * blockSize, length: blockSize })),
    },
    kills: { Blocks: 5 },
    source: 'Transmission issue 3111, pull request 3324',
  },
  B20: {
    doc: 'the info hash is taken of what was decoded and encoded again, which drops empty keys',
    values: once,
    variation: { read: (bytes) => readMetainfo(bytes, { hashed: (_, info) => encode(withoutEmptyKeys(info)) }) },
    kills: { ExactHash: 5 },
    source: 'aria2 issue 1927; NyaaPantsu issue 799',
  },
  B21: {
    doc: 'a layer that does not lead to the root is taken',
    values: once,
    variation: overlooking('layer-root'),
    kills: { WellFormed: 5, 'forged is refused': 'never' },
    source: 'libtorrent 2.0.8',
  },
  'B22-depth': {
    doc: 'lists may be nested without limit',
    values: once,
    variation: overlooking('too-deep'),
    kills: { WellFormed: 5, 'deep is refused': 'never' },
    source: 'CVE-2017-9847 and others',
  },
  'B22-integer': {
    doc: 'an integer without digits is taken for 0',
    values: once,
    variation: overlooking('bad-integer'),
    kills: { WellFormed: 5, 'number is refused': 'never' },
    source: 'libtorrent 1.1.5',
  },
  unsorted: {
    doc: 'keys may come in any order',
    values: once,
    variation: overlooking('keys-unsorted'),
    kills: { WellFormed: 5, 'unsorted is refused': 'never' },
  },
  'key-twice': {
    doc: 'of two equal keys the last counts',
    values: once,
    variation: overlooking('key-twice'),
    kills: { WellFormed: 5, 'double is refused': 'never' },
  },
  'bytes-after': {
    doc: 'what follows the value is not looked at',
    values: once,
    variation: overlooking('trailing-bytes'),
    kills: { WellFormed: 5, 'longer is refused': 'never' },
  },
  'too-few-hashes': {
    doc: 'hashes are not counted',
    values: once,
    variation: overlooking('pieces-count'),
    kills: { WellFormed: 5, 'short is refused': 'never' },
  },
  'both-forms': {
    doc: 'a length beside files is not looked at',
    values: once,
    variation: overlooking('length-and-files'),
    kills: { WellFormed: 5, 'both is refused': 'never' },
  },
  climbing: {
    doc: 'paths are taken as they stand',
    values: once,
    variation: overlooking('path-unsafe'),
    kills: { WellFormed: 5, Inside: 5, 'climber is refused': 'never' },
  },
  'small-buffer': {
    doc: 'a file that does not fit into 300 bytes is refused',
    values: once,
    variation: {
      read: (bytes) => {
        if (bytes.length > 300) throw fatal('too-large', 'the buffer is full', { byte: 300 }, '300 bytes at most');
        return readMetainfo(bytes);
      },
    },
    kills: { Coded: 5, 'film is taken': 'never', 'deep is refused': 'never', 'forged is refused': 'never' },
  },
  'mixed-versions': {
    doc: 'parts are put together whatever version they are of',
    values: { ...once, publishes: 1 },
    variation: {
      joined: ([first, second], { part, version }) => (part === 0 ? [version, second] : [first, version]),
    },
    kills: { OneVersion: 6, WellFormed: 6, Coded: 6 },
  },
  'waits-for-ever': {
    doc: 'a part that is of another version is thrown away, and the one that is here is kept',
    values: { ...once, publishes: 1 },
    variation: {
      joined: (parts, { part, version }) => {
        const [first, second] = parts;
        const other = parts[1 - part];
        if (other !== null && other !== version) return parts;
        return part === 0 ? [version, second] : [first, version];
      },
    },
    kills: { Ends: 9 },
  },
} as const satisfies { readonly [name: string]: MetainfoMutant };
