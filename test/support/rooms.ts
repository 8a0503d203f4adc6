/** The law of rooms: reads the table of src/README.md and says which imports break it. */
import { posix } from 'node:path';
import { importsOf, type SourceText } from './source.js';

/** One row of the table: a folder (or src/index.ts) and what it may import, as written there. */
export interface Room {
  readonly path: string;
  readonly mayImport: readonly string[];
}

const wordsIn = (cell: string): readonly string[] => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '');

/** The rows of the one table headed `room | what it decides | may import`; throws when a row cannot be read. */
export function parseRooms(markdown: string): readonly Room[] {
  const lines = markdown.split('\n');
  const head = lines.findIndex((line) => /^\|\s*room\s*\|\s*what it decides\s*\|\s*may import\s*\|/.test(line));
  if (head < 0) throw new Error('src/README.md has no table headed `| room | what it decides | may import |`');
  const rest = lines.slice(head + 2);
  const end = rest.findIndex((line) => !line.startsWith('|'));
  return rest.slice(0, end < 0 ? undefined : end).map((line) => {
    const cells = line.split('|').slice(1, -1);
    const path = wordsIn(cells[0] ?? '')[0];
    const last = cells[2] ?? '';
    const mayImport = wordsIn(last);
    if (cells.length !== 3 || path === undefined || (mayImport.length === 0 && last.trim() !== 'nothing'))
      throw new Error(`src/README.md: cannot read this row of the rooms table: ${line}`);
    return { path, mayImport };
  });
}

/** The room a file lives in, or undefined. */
export function roomOf(path: string, rooms: readonly Room[]): Room | undefined {
  return rooms.find((room) => path === room.path || path.startsWith(`${room.path}/`));
}

const packageOf = (name: string): string =>
  name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');

const namesRoom = (word: string, target: Room): boolean =>
  word === '*' ||
  word === target.path ||
  `src/${word}` === target.path ||
  (word === 'src/*' && target.path.startsWith('src/'));

const namesModule = (word: string, name: string): boolean =>
  word === '*' || (word === 'node:*' ? name.startsWith('node:') : word === packageOf(name));

const lawOf = (room: Room): string =>
  `but room ${room.path} may import only ${room.mayImport.length === 0 ? 'its own files' : room.mayImport.join(', ')}`;

/** One complaint a line: every import of every file that its room's row does not name. */
export function brokenImports(files: readonly SourceText[], rooms: readonly Room[]): readonly string[] {
  return files.flatMap((file) => {
    const room = roomOf(file.path, rooms);
    if (room === undefined) return [`${file.path} is in no room: give it a row in src/README.md or move it`];
    return importsOf(file).flatMap((name) => {
      if (name === undefined) {
        const allowed = room.mayImport.includes('import(path)') || room.mayImport.includes('*');
        return allowed ? [] : [`${file.path} imports a computed path, ${lawOf(room)}`];
      }
      if (!name.startsWith('.'))
        return room.mayImport.some((word) => namesModule(word, name))
          ? []
          : [`${file.path} imports ${name}, ${lawOf(room)}`];
      const path = sourcePath(file.path, name);
      const target = roomOf(path, rooms);
      if (target === room) return [];
      if (target === undefined)
        return room.mayImport.includes('*') ? [] : [`${file.path} imports ${path}, ${lawOf(room)}`];
      return room.mayImport.some((word) => namesRoom(word, target))
        ? []
        : [`${file.path} imports ${path}, ${lawOf(room)}`];
    });
  });
}

/** Source files import each other by the name they will have once compiled; this is the name they have here. */
function sourcePath(from: string, name: string): string {
  return posix.join(posix.dirname(from), name).replace(/\.([cm]?)js$/, '.$1ts');
}

/** Each cycle that the imports make between rooms, as `a -> b -> a`; a cycle is told once, from its first room on. */
export function cycles(files: readonly SourceText[], rooms: readonly Room[]): readonly string[] {
  const edges = new Map<string, Set<string>>(rooms.map((room) => [room.path, new Set()]));
  for (const file of files) {
    const from = roomOf(file.path, rooms);
    if (from === undefined) continue;
    for (const name of importsOf(file)) {
      const to = name?.startsWith('.') ? roomOf(sourcePath(file.path, name), rooms) : undefined;
      if (to !== undefined && to !== from) edges.get(from.path)?.add(to.path);
    }
  }
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (room: string, path: readonly string[]): void => {
    const seen = path.indexOf(room);
    if (seen >= 0) found.push([...path.slice(seen), room].join(' -> '));
    if (seen >= 0 || done.has(room)) return;
    for (const next of edges.get(room) ?? []) visit(next, [...path, room]);
    done.add(room);
  };
  for (const room of rooms) visit(room.path, []);
  return found;
}

/**
 * Complaints about the table itself: two rows for one room, a row with nothing there, an entry of src without a row.
 * `entries` are the folders and files directly in src (`src/check`, `src/index.ts`) and the folders beside it.
 */
export function unmatchedRooms(rooms: readonly Room[], entries: readonly string[]): readonly string[] {
  const paths = rooms.map((room) => room.path);
  return [
    ...paths
      .filter((path, at) => paths.indexOf(path) !== at)
      .map((path) => `room ${path} has two rows in src/README.md`),
    ...paths
      .filter((path) => !entries.includes(path))
      .map((path) => `room ${path} has a row in src/README.md but is not there`),
    ...entries
      .filter((entry) => entry.startsWith('src/') && !entry.endsWith('.md') && !paths.includes(entry))
      .map((entry) => `${entry} has no row in src/README.md`),
  ];
}
