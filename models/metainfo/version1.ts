/** The first form of `info`: one file or a list of them, cut into pieces as if they were one, each with its SHA-1. */
import { maxDepth } from './bencode.js';
import { fatal } from './fault.js';
import { asText, type Fields, lengthIn, optional, required, take } from './fields.js';
import { inParts } from './merkle.js';
import type { TorrentFile } from './metainfo.js';
import { checkDistinct, checkPart } from './paths.js';

/** @internal */
export interface Version1 {
  readonly files: readonly TorrentFile[];
  readonly length: number;
  readonly pieces: readonly Uint8Array[];
}

/** @internal */
export function readVersion1(info: Fields, name: string, pieceLength: number): Version1 {
  const { refuse } = info;
  const [single, several] = [info.of.entries.get('length'), info.of.entries.get('files')];
  if (single !== undefined && several !== undefined)
    refuse('length-and-files', 'info has a length and files', { field: 'info' }, 'one of them');
  if (single === undefined && several === undefined)
    throw fatal('no-length-no-files', 'info has neither a length nor files', { field: 'info' }, 'one of them');
  const files =
    several === undefined
      ? [{ path: [name], length: lengthIn(info, 'length'), offset: 0, pad: false }]
      : readFiles(info, name);
  checkDistinct(
    files.filter(({ pad }) => !pad).map(({ path }) => path),
    refuse,
  );
  const length = files.reduce((sum, file) => sum + file.length, 0);
  if (!Number.isSafeInteger(length))
    throw fatal('file-length', 'all files together are too long', { field: 'info.files' }, '2^53-1 bytes at most');
  const { value: hashes } = required(info, 'pieces', 'bytes');
  const field = 'info.pieces';
  if (hashes.length % 20 !== 0)
    throw fatal('pieces-length', `pieces has ${hashes.length} bytes`, { field }, '20 bytes for each piece');
  const count = Math.ceil(length / pieceLength);
  if (hashes.length !== 20 * count)
    refuse(
      'pieces-count',
      `there are hashes for ${hashes.length / 20} pieces`,
      { field },
      `${count}, as many as there are pieces`,
    );
  return { files, length, pieces: inParts(hashes, 20) };
}

function readFiles(info: Fields, name: string): readonly TorrentFile[] {
  const { items } = required(info, 'files', 'list');
  if (items.length === 0)
    throw fatal('no-length-no-files', 'the list of files is empty', { field: 'info.files' }, 'a file at least');
  let offset = 0;
  return items.map((item, at) => {
    const path = `info.files[${at}]`;
    const file: Fields = { of: take(item, 'dictionary', path), path, refuse: info.refuse };
    const length = lengthIn(file, 'length');
    const attributes = optional(file, 'attr', 'bytes');
    const pad = attributes !== undefined && asText(attributes.value, `${path}.attr`).includes('p');
    if (file.of.entries.has('symlink path'))
      info.refuse(
        'path-unsafe',
        'a file is a link to another',
        { field: `${path}.symlink path` },
        'a file',
        'do not follow it',
      );
    const listed = required(file, 'path', 'list').items;
    if (listed.length > maxDepth)
      throw fatal('path-unsafe', 'a path has too many parts', { field: `${path}.path` }, `${maxDepth} at most`);
    const parts = listed.map((part, index) => {
      const field = `${path}.path[${index}]`;
      const text = asText(take(part, 'bytes', field).value, field);
      checkPart(text, field, info.refuse);
      return text;
    });
    if (parts.length === 0)
      info.refuse('path-empty', 'a path has no parts', { field: `${path}.path` }, 'a name at least');
    const begins = offset;
    offset += length;
    return { path: [name, ...parts], length, offset: begins, pad };
  });
}
