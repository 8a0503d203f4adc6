/** The second form of `info` (BEP 52): a tree of files, each with the root of its own Merkle tree, and the layers that prove it. */
import type { Dictionary } from './bencode.js';
import { fromLatin, latin } from './bencode.js';
import { fatal, type Refuse } from './fault.js';
import { asText, type Fields, lengthIn, optional, required, take } from './fields.js';
import { inParts, rootOfLayer, sameBytes } from './merkle.js';
import type { TorrentFile } from './metainfo.js';
import { checkDistinct, checkPart } from './paths.js';

/** @internal */
export function readVersion2(info: Fields, top: Fields, name: string, pieceLength: number): readonly TorrentFile[] {
  const tree = required(info, 'file tree', 'dictionary');
  const leaves = walk(tree, [], info.refuse);
  if (leaves.length === 0)
    throw fatal('file-tree', 'the file tree is empty', { field: 'info.file tree' }, 'a file at least');
  const [only] = leaves;
  const isSingle = leaves.length === 1 && only?.path.length === 1 && only.path[0] === name;
  const layers = optional(top, 'piece layers', 'dictionary');
  let offset = 0;
  const files = leaves.map(({ path, length, piecesRoot, field }): TorrentFile => {
    const layer =
      length > pieceLength ? layerOf(layers, piecesRoot, length, pieceLength, field, info.refuse) : undefined;
    const begins = offset;
    offset += Math.ceil(length / pieceLength) * pieceLength;
    return {
      path: isSingle ? path : [name, ...path],
      length,
      offset: begins,
      pad: false,
      ...(piecesRoot === undefined ? {} : { piecesRoot }),
      ...(layer === undefined ? {} : { layer }),
    };
  });
  if (!Number.isSafeInteger(offset))
    throw fatal('file-length', 'all files together are too long', { field: 'info.file tree' }, '2^53-1 bytes at most');
  checkDistinct(
    files.map(({ path }) => path),
    info.refuse,
  );
  return files;
}

interface Leaf {
  readonly path: readonly string[];
  readonly length: number;
  readonly piecesRoot?: Uint8Array;
  readonly field: string;
}

/** Depth is bounded: the decoder has seen to it. */
function walk(tree: Dictionary, path: readonly string[], refuse: Refuse): readonly Leaf[] {
  return [...tree.entries].flatMap(([key, node]) => {
    const field = `info.file tree${[...path, ''].join('/')}`;
    if (key === '')
      throw fatal('file-tree', 'a file has siblings, or no name', { field }, 'a file alone under its name');
    const name = asText(fromLatin(key), field);
    checkPart(name, field, refuse);
    const below = take(node, 'dictionary', `${field}${name}`);
    const file = below.entries.get('');
    if (file === undefined) return walk(below, [...path, name], refuse);
    if (below.entries.size > 1)
      throw fatal('file-tree', 'a file has siblings', { field: `${field}${name}` }, 'a file alone under its name');
    return [leaf(take(file, 'dictionary', `${field}${name}`), [...path, name], `${field}${name}`, refuse)];
  });
}

function leaf(of: Dictionary, path: readonly string[], field: string, refuse: Refuse): Leaf {
  const fields: Fields = { of, path: field, refuse };
  const length = lengthIn(fields, 'length');
  const root = optional(fields, 'pieces root', 'bytes')?.value;
  if (root !== undefined && root.length !== 32)
    throw fatal('pieces-root', `a root has ${root.length} bytes`, { field }, '32 bytes');
  if (length > 0 !== (root !== undefined))
    throw fatal(
      'pieces-root',
      'a file has no root, or an empty one has',
      { field },
      'a root for every file that is not empty',
    );
  return { path, length, field, ...(root === undefined ? {} : { piecesRoot: root }) };
}

function layerOf(
  layers: Dictionary | undefined,
  root: Uint8Array | undefined,
  length: number,
  pieceLength: number,
  field: string,
  refuse: Refuse,
): readonly Uint8Array[] {
  const node = root === undefined ? undefined : layers?.entries.get(latin(root));
  if (node === undefined || root === undefined)
    throw fatal('layer-missing', 'a file of several pieces has no layer', { field }, 'its hashes in `piece layers`');
  const { value: hashes } = take(node, 'bytes', 'piece layers');
  const count = Math.ceil(length / pieceLength);
  if (hashes.length !== 32 * count)
    throw fatal('layer-length', `a layer has ${hashes.length} bytes`, { field }, `32 for each of ${count} pieces`);
  const layer = inParts(hashes, 32);
  if (!sameBytes(rootOfLayer(layer, pieceLength), root))
    refuse('layer-root', 'a layer does not lead to the root', { field }, 'hashes whose root is the root of the file');
  return layer;
}
