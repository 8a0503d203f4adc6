/**
 * A torrent file read from its bytes: canonical bencode, every field that matters of its kind and its size, and the info hash
 * taken of the bytes as they stand, never of what they were decoded to. What is wrong is refused with a code and a place.
 */
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { decode, type Node } from './bencode.js';
import { fatal, type MetainfoFault, type Refuse, refusing } from './fault.js';
import { asText, type Fields, optional, required, take, textIn } from './fields.js';
import { blockSize, powerOfTwo } from './merkle.js';
import type { Metainfo, TorrentFile } from './metainfo.js';
import { checkPart } from './paths.js';
import { readVersion1 } from './version1.js';
import { readVersion2 } from './version2.js';

/** Bytes of a torrent file, at most. @public */
export const maxFileSize = 16 * 1024 * 1024;

/** How a seeded mistake reads. @internal */
export interface ReaderVariation {
  readonly overlooks?: readonly MetainfoFault[];
  /** The bytes that are hashed, instead of those of `info`. */
  readonly hashed?: (bytes: Uint8Array, info: Node) => Uint8Array;
}

/** @throws MetainfoError @public */
export function readMetainfo(bytes: Uint8Array, { overlooks, hashed = slice }: ReaderVariation = {}): Metainfo {
  if (bytes.length > maxFileSize)
    throw fatal('too-large', `the file has ${bytes.length} bytes`, { byte: maxFileSize }, `${maxFileSize} at most`);
  const refuse = refusing(overlooks);
  const root = decode(bytes, refuse);
  if (root.kind !== 'dictionary')
    throw fatal('not-a-dictionary', 'the file is not a dictionary', { byte: 0 }, 'd, keys and values, e');
  const top: Fields = { of: root, path: '', refuse };
  const node = root.entries.get('info');
  if (node === undefined) throw fatal('info-missing', 'there is no info', { field: 'info' }, 'a dictionary');
  const info: Fields = { of: take(node, 'dictionary', 'info'), path: 'info', refuse };
  return {
    ...described(info, top, refuse),
    ...hashes(hashed(bytes, node), info),
    ...trackers(top, info),
    info: { start: node.start, end: node.end },
  };
}

const slice = (bytes: Uint8Array, { start, end }: Node): Uint8Array => bytes.subarray(start, end);

type Version = Metainfo['version'];

function versionOf(info: Fields): Version {
  const version = optional(info, 'meta version', 'integer');
  if (version !== undefined && version.value !== 2n)
    throw fatal(
      'meta-version',
      `meta version is ${version.value}`,
      { field: 'info.meta version' },
      '2, or none for version 1',
      'use a client that knows this version',
    );
  if (version === undefined) return 'v1';
  return ['pieces', 'files', 'length'].some((key) => info.of.entries.has(key)) ? 'hybrid' : 'v2';
}

function hashes(bytes: Uint8Array, info: Fields): Pick<Metainfo, 'infoHash' | 'infoHashV2' | 'swarm'> {
  const version = versionOf(info);
  const first = version === 'v2' ? {} : { infoHash: bytesToHex(sha1(bytes)) };
  const second = version === 'v1' ? {} : { infoHashV2: bytesToHex(sha256(bytes)) };
  return { ...first, ...second, swarm: first.infoHash ?? (second.infoHashV2 ?? '').slice(0, 40) };
}

function described(info: Fields, top: Fields, refuse: Refuse) {
  const version = versionOf(info);
  const name = asText(required(info, 'name', 'bytes').value, 'info.name');
  checkPart(name, 'info.name', refuse);
  const pieceLength = pieceLengthOf(info, version);
  const tree = version === 'v1' ? [] : readVersion2(info, top, name, pieceLength);
  const first = version === 'v2' ? undefined : readVersion1(info, name, pieceLength);
  if (first !== undefined && version === 'hybrid') checkAgreement(first.files, tree, pieceLength, refuse);
  const last = tree.at(-1);
  return {
    name,
    version,
    pieceLength,
    tree,
    files: first?.files ?? tree,
    length: first?.length ?? (last === undefined ? 0 : last.offset + last.length),
    ...(first === undefined ? {} : { pieces: first.pieces }),
  };
}

function pieceLengthOf(info: Fields, version: Version): number {
  const { value } = required(info, 'piece length', 'integer');
  const field = 'info.piece length';
  if (value <= 0n || value > 0x7fff_ffffn)
    throw fatal('piece-length', `pieces have ${value} bytes`, { field }, '1 to 2^31-1 bytes');
  const length = Number(value);
  if (version !== 'v1' && (length < blockSize || powerOfTwo(length) !== length))
    throw fatal('piece-length', `pieces have ${length} bytes`, { field }, `a power of two from ${blockSize} on`);
  return length;
}

/** The two descriptions of a hybrid: the same files in the same order, each beginning with a piece. */
function checkAgreement(
  files: readonly TorrentFile[],
  tree: readonly TorrentFile[],
  pieceLength: number,
  refuse: Refuse,
): void {
  const real = files.filter(({ pad }) => !pad);
  const isSame =
    real.length === tree.length &&
    real.every(({ path, length, offset }, at) => {
      const other = tree[at];
      return (
        other !== undefined &&
        path.join('/') === other.path.join('/') &&
        length === other.length &&
        (length === 0 || offset === other.offset) &&
        (length === 0 || offset % pieceLength === 0)
      );
    });
  if (!isSame)
    refuse(
      'hybrid-disagrees',
      'the two descriptions of the files differ',
      { field: 'info' },
      'the same files in the same places in both',
    );
}

function trackers(top: Fields, info: Fields): Pick<Metainfo, 'announce' | 'tiers' | 'private'> {
  const announce = textIn(top, 'announce');
  const tiers = optional(top, 'announce-list', 'list')?.items.map((tier, at) => {
    const field = `announce-list[${at}]`;
    return take(tier, 'list', field).items.map((url, index) =>
      asText(take(url, 'bytes', `${field}[${index}]`).value, `${field}[${index}]`),
    );
  });
  return {
    ...(announce === undefined ? {} : { announce }),
    tiers: tiers ?? (announce === undefined ? [] : [[announce]]),
    private: optional(info, 'private', 'integer')?.value === 1n,
  };
}
