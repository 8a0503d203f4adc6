/** Torrent files that a web server may publish: some in order, one of each kind of mistake; a few hundred bytes each. */
import { type Bencode, bencoded, encode, fromLatin, latin } from './bencode.js';
import type { MetainfoFault } from './fault.js';
import { inParts, rootOfLayer } from './merkle.js';

/** @public */
export interface Published {
  readonly bytes: Uint8Array;
  /** What is wrong with it. */
  readonly fault?: MetainfoFault;
  /** Of one in order: the info hash, as libtorrent 2.0.8 states it, cut to 20 bytes; and the size of its first piece. */
  readonly swarm?: string;
  readonly piece?: number;
}

const { integer, bytes, list, dictionary } = bencoded;

type Fields = { readonly [key: string]: Bencode };

const torrentOf = (info: Fields, top: Fields = {}): Uint8Array =>
  encode(
    dictionary(
      Object.entries({
        announce: bytes('http://tracker.example/announce'),
        ...top,
        info: dictionary(Object.entries(info)),
      }),
    ),
  );

/** Pieces that are no whole number of blocks. */
const single: Fields = {
  name: bytes('song.ogg'),
  'piece length': integer(30_000),
  length: integer(60_000),
  pieces: bytes(new Uint8Array(40).fill(1)),
};

const fileAt = (length: number, ...path: readonly string[]): Bencode =>
  dictionary([
    ['length', integer(length)],
    ['path', list(...path.map(bytes))],
  ]);

const albumOf = (...path: readonly string[]): Fields => ({
  name: bytes('album'),
  'piece length': integer(16_384),
  pieces: bytes(new Uint8Array(20).fill(2)),
  files: list(fileAt(100, ...path)),
});

const layer = new Uint8Array(64).fill(3);
const root = rootOfLayer(inParts(layer, 32), 16_384);
const treeOf = (hashes: Uint8Array): Uint8Array =>
  torrentOf(
    {
      name: bytes('film.mkv'),
      'piece length': integer(16_384),
      'meta version': integer(2),
      'file tree': dictionary([
        [
          'film.mkv',
          dictionary([
            [
              '',
              dictionary([
                ['length', integer(20_000)],
                ['pieces root', bytes(root)],
              ]),
            ],
          ]),
        ],
      ]),
    },
    { 'piece layers': dictionary([[latin(root), bytes(hashes)]]) },
  );

/** The file with a field before `info` that is not canonical. */
const beside = (text: string): Uint8Array => {
  const whole = latin(torrentOf(single));
  const at = whole.indexOf('4:info');
  return fromLatin(whole.slice(0, at) + text + whole.slice(at));
};

/** By name. @public */
export const catalogue = {
  song: { bytes: torrentOf(single), swarm: '03e076d6fc82caf00a8acb9ee44b124d76230054', piece: 30_000 },
  album: {
    bytes: torrentOf(albumOf('disc', 'one.ogg')),
    swarm: '54d035738de36e907c05228f362c3adbfc5d0a68',
    piece: 100,
  },
  film: { bytes: treeOf(layer), swarm: 'c3724745c1d4c3d9dee8fd01a8e67ae3e9ca8e10', piece: 16_384 },
  cut: { bytes: torrentOf(single).subarray(0, 150), fault: 'string-beyond-end' },
  longer: { bytes: fromLatin(`${latin(torrentOf(single))}x`), fault: 'trailing-bytes' },
  deep: { bytes: beside(`4:deep${'l'.repeat(200)}${'e'.repeat(200)}`), fault: 'too-deep' },
  number: { bytes: beside('1:cie'), fault: 'bad-integer' },
  huge: { bytes: beside('1:c99999999999999999999:'), fault: 'string-beyond-end' },
  unsorted: { bytes: beside('1:xi1e'), fault: 'keys-unsorted' },
  double: { bytes: beside('8:announce1:x'), fault: 'key-twice' },
  narrow: { bytes: torrentOf({ ...single, 'piece length': integer(2n ** 32n) }), fault: 'piece-length' },
  short: { bytes: torrentOf({ ...single, pieces: bytes(new Uint8Array(20)) }), fault: 'pieces-count' },
  both: { bytes: torrentOf({ ...single, files: list(fileAt(60_000, 'song.ogg')) }), fault: 'length-and-files' },
  climber: { bytes: torrentOf(albumOf('..', '..', 'passwd')), fault: 'path-unsafe' },
  forged: { bytes: treeOf(new Uint8Array(64).fill(4)), fault: 'layer-root' },
} as const satisfies { readonly [name: string]: Published };

/** @public */
export type FileName = keyof typeof catalogue;

/** @public */
export const published = (name: FileName): Published => catalogue[name];

/** The first or the second half of a file, as the server sends it. @public */
export function halfOf(name: FileName, part: 0 | 1): Uint8Array {
  const { bytes: whole } = published(name);
  const middle = Math.floor(whole.length / 2);
  return part === 0 ? whole.subarray(0, middle) : whole.subarray(middle);
}
