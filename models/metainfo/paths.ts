/** Names of files as a torrent gives them: which of them could lead out of the directory, or mean something else on some system. */
import type { Refuse } from './fault.js';

const reserved = /^(con|prn|aux|nul|com[1-9]|lpt[1-9])(\..*)?$/i;

/** Why a part of a path must not be used as it stands; `undefined` if it may. @public */
export function whyUnsafe(part: string): string | undefined {
  if (part === '') return 'it is empty';
  if (part === '.' || part === '..') return 'it names a directory that is there already';
  if (/[/\\]/.test(part)) return 'it has a separator in it';
  if (part.includes('\0')) return 'it has a zero byte in it';
  if (/^[a-z]:/i.test(part)) return 'it names a drive';
  if (reserved.test(part)) return 'it names a device on Windows';
  return undefined;
}

/** @internal */
export function checkPart(part: string, field: string, refuse: Refuse): void {
  const why = whyUnsafe(part);
  if (why === undefined) return;
  const fault = part === '' ? 'path-empty' : 'path-unsafe';
  refuse(
    fault,
    `${JSON.stringify(part)} cannot be a part of a path: ${why}`,
    { field },
    'a plain name',
    'do not write this file',
  );
}

/** Refuses files that would be one file, and files that would be directories of others. @internal */
export function checkDistinct(paths: readonly (readonly string[])[], refuse: Refuse): void {
  const files = new Set<string>();
  const directories = new Set<string>();
  for (const path of paths) {
    const above: string[] = [];
    let whole = '';
    for (const part of path) {
      if (whole !== '') above.push(whole);
      whole = whole === '' ? part : `${whole}/${part}`;
    }
    if (files.has(whole) || directories.has(whole) || above.some((directory) => files.has(directory)))
      refuse('path-twice', `${JSON.stringify(whole)} is there twice`, { field: 'info' }, 'a path for each file');
    files.add(whole);
    for (const directory of above) directories.add(directory);
  }
}
