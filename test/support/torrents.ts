/** The torrent files in test/fixtures/torrents, with what those who made them say of them, and the data that they describe. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './source.js';

const folder = join(projectRoot, 'test/fixtures/torrents');

export interface Stated {
  readonly infoHash: string | null;
  readonly infoHashV2: string | null;
  readonly name: string;
  readonly pieceLength: number;
  readonly private: boolean;
  readonly trackers: readonly string[];
  readonly files: readonly (readonly [path: string, length: number])[];
}

export const stated: Readonly<Record<string, Stated>> = JSON.parse(readFileSync(join(folder, 'stated.json'), 'utf8'));

export const torrentNames = readdirSync(folder).filter((name) => name.endsWith('.torrent'));

export const torrent = (name: string): Uint8Array => new Uint8Array(readFileSync(join(folder, name)));

const salts: Readonly<Record<string, number>> = { 'song.bin': 1, 'one.bin': 2, 'two.bin': 3, 'art.bin': 4 };

/** The contents of a file by the last part of its path; filling is zeros. */
export function dataOf(path: readonly string[], length: number): Uint8Array {
  const salt = salts[path.at(-1) ?? ''];
  return Uint8Array.from({ length }, (_, i) => (salt === undefined ? 0 : (i * 31 + (i >> 8) * 17 + salt) % 251));
}
