/** Holds every file against the table of rooms in src/README.md and against the house rules, and tests both judges. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { brokenImports, cycles, parseRooms, unmatchedRooms } from './support/rooms.js';
import { projectRoot, readSources } from './support/source.js';
import { maxLines, untidy } from './support/tidy.js';

const rooms = parseRooms(readFileSync(join(projectRoot, 'src/README.md'), 'utf8'));
const files = readSources(['src', 'models', 'properties', 'services', 'web', 'bench', 'conform']);

const file = (path: string, text: string) => ({ path, text });

describe('rooms', () => {
  test('every import is one that the row of its room names', () => {
    expect(brokenImports(files, rooms)).toEqual([]);
  });

  test('no rooms import each other in a circle', () => {
    expect(cycles(files, rooms)).toEqual([]);
  });

  test('every row has its room, and everything in src has its row', () => {
    const inSrc = readdirSync(join(projectRoot, 'src')).map((name) => `src/${name}`);
    const beside = ['models', 'properties', 'services', 'web', 'bench', 'conform'].filter((name) =>
      existsSync(join(projectRoot, name)),
    );
    expect(unmatchedRooms(rooms, [...inSrc, ...beside])).toEqual([]);
  });
});

describe('the judge of rooms', () => {
  const complaintsOf = (path: string, text: string) => brokenImports([file(path, text)], rooms);

  test('says who imports what, and what the room may import', () => {
    expect(complaintsOf('src/shrink/moves.ts', `import { compose } from '../system/compose.js';`)).toEqual([
      'src/shrink/moves.ts imports src/system/compose.ts, but room src/shrink may import only kernel',
    ]);
    expect(complaintsOf('src/kernel/model.ts', `import 'xstate';`)).toEqual([
      'src/kernel/model.ts imports xstate, but room src/kernel may import only its own files',
    ]);
  });

  test.each([
    ['a type', `import type { A } from '../system/a.js';`],
    ['a type among values', `import { type A } from '../system/a.js';`],
    ['a type written in place', `export type B = import('../system/a.js').A;`],
    ['the type of a module', `export type B = typeof import('../system/a.js');`],
    ['a dynamic import', `export const a = () => import('../system/a.js');`],
    ['a re-export', `export { a } from '../system/a.js';`],
    ['a re-export of everything', `export * from '../system/a.js';`],
    ['a re-export of types', `export type * from '../system/a.js';`],
    ['an import for its effects', `import '../system/a.js';`],
    ['a require', `const a = require('../system/a.js');`],
    ['an import by assignment', `import a = require('../system/a.js');`],
    ['an augmentation', `declare module '../system/a.js' {}`],
    ['a computed path', `export const a = (name: string) => import(name);`],
    ['a file outside every room', `import { helper } from '../../test/support/rooms.js';`],
    ['a package the row does not name', `import fc from 'fast-check';`],
    ['a package whose name only begins alike', `import { a } from 'xstate-tools';`],
    ['a module of Node', `import { readFileSync } from 'node:fs';`],
    ['the package by its own name', `import { check } from 'churnproof';`],
    ['the public door', `import { check } from '../index.js';`],
  ])('sees %s', (_what, text) => {
    expect(complaintsOf('src/machine/bad.ts', text)).toHaveLength(1);
  });

  test('allows what a row names, a room its own files, and words in comments and strings', () => {
    expect(complaintsOf('src/machine/good.ts', `import type { System } from '../kernel/index.js';`)).toEqual([]);
    expect(complaintsOf('src/machine/good.ts', `import { intern } from './intern.js';`)).toEqual([]);
    expect(complaintsOf('src/machine/good.ts', `import { setup } from 'xstate/graph';`)).toEqual([]);
    expect(complaintsOf('src/machine/good.ts', `// import '../cli/a.js'\nconst a = "import '../cli/a.js'";`)).toEqual(
      [],
    );
    expect(complaintsOf('models/ring/machine.ts', `import { sha1 } from '@noble/hashes/legacy.js';`)).toEqual([]);
    expect(complaintsOf('src/cli/main.ts', `import 'node:fs'; import '../run/index.js'; import(path);`)).toEqual([]);
    expect(complaintsOf('bench/run.ts', `import 'node:os'; import '../models/ring/index.js';`)).toEqual([]);
  });

  test('sees a file that is in no room', () => {
    expect(complaintsOf('src/attic/old.ts', '')).toEqual([
      'src/attic/old.ts is in no room: give it a row in src/README.md or move it',
    ]);
  });

  test('keeps src from importing models, properties and the command line', () => {
    expect(complaintsOf('src/cli/main.ts', `import '../../models/ring/index.js';`)).toHaveLength(1);
    expect(complaintsOf('src/cli/main.ts', `import '../../properties/catalogue.js';`)).toHaveLength(1);
    expect(complaintsOf('src/run/index.ts', `import '../cli/main.js';`)).toHaveLength(1);
  });

  test('tells a circle once', () => {
    const circle = [
      file('src/run/a.ts', `import '../check/a.js';`),
      file('src/check/a.ts', `import type { A } from '../shrink/a.js';`),
      file('src/shrink/a.ts', `export * from '../check/b.js';`),
    ];
    expect(cycles(circle, rooms)).toEqual(['src/check -> src/shrink -> src/check']);
  });

  test('sees a row without a room, a room without a row, and a row written twice', () => {
    const two = [
      { path: 'src/kernel', mayImport: [] },
      { path: 'src/ghost', mayImport: [] },
      { path: 'src/ghost', mayImport: [] },
    ];
    expect(unmatchedRooms(two, ['src/kernel', 'src/ghost', 'src/attic', 'src/README.md', 'models'])).toEqual([
      'room src/ghost has two rows in src/README.md',
      'src/attic has no row in src/README.md',
    ]);
    expect(unmatchedRooms(two.slice(0, 2), ['src/kernel'])).toEqual([
      'room src/ghost has a row in src/README.md but is not there',
    ]);
  });

  test('refuses a table it cannot read', () => {
    const head = '| room | what it decides | may import |\n|---|---|---|\n';
    expect(() => parseRooms('# no table')).toThrow('has no table');
    expect(() => parseRooms(`${head}| \`src/kernel\` | words | kernel without ticks |`)).toThrow(
      'cannot read this row',
    );
    expect(parseRooms(`${head}| \`src/kernel\` | words | nothing |\n\nMore text.`)).toEqual([
      { path: 'src/kernel', mayImport: [] },
    ]);
  });
});

describe('house rules', () => {
  test('every file is tidy', () => {
    const all = [...files, ...readSources(['test', 'bin', 'scripts', 'examples'])];
    expect(all.flatMap(untidy)).toEqual([]);
  });

  const opening = '/** Decides nothing at all. */\n';
  const complaintsOf = (path: string, text: string) => untidy(file(path, opening + text));

  test.each([
    'Math.random()',
    "Math['random']()",
    'Date.now()',
    'new Date()',
    'Date()',
    'performance.now()',
    'process.exit(1)',
    'globalThis.process.env',
    'crypto.randomUUID()',
  ])('the judge sees %s, but not where the world is allowed in', (text) => {
    expect(complaintsOf('src/check/bad.ts', text)).toHaveLength(1);
    expect(complaintsOf('models/ring/bad.ts', text)).toHaveLength(1);
    expect(complaintsOf('properties/bad.ts', text)).toHaveLength(1);
    expect(complaintsOf('src/cli/good.ts', text)).toEqual([]);
    expect(complaintsOf('bench/good.ts', text)).toEqual([]);
  });

  test('the judge does not read comments and strings as code', () => {
    const text = `// a process. Math.random() is refused\nconst hint = 'use a seed, not Math.random()'; machine.process.step;`;
    expect(complaintsOf('src/machine/good.ts', text)).toEqual([]);
  });

  test.each(['test', 'it', 'describe', 'describe.concurrent'])('the judge sees %s.only', (word) => {
    expect(complaintsOf('test/bad.test.ts', `${word}.${'only'}('this one', () => {});`)).toHaveLength(1);
  });

  test('the judge sees unfinished work', () => {
    for (const word of ['TO' + 'DO', 'FIX' + 'ME'])
      expect(complaintsOf('test/bad.ts', `// ${word} later`)).toEqual([
        `test/bad.ts:2 has ${word}: finish it, or write an issue`,
      ]);
  });

  test.each([
    '',
    'export {};',
    '/* Not a doc comment. */',
    '/** Too short. */',
    '/** @public the first word is a tag. */',
  ])('the judge wants a first sentence, not "%s"', (text) => {
    expect(untidy(file('src/check/bad.ts', text))).toHaveLength(1);
    expect(untidy(file('test/good.ts', text))).toEqual([]);
  });

  test('the judge reads a first sentence over two lines', () => {
    const text = '/**\n * The order in which states are\n * visited: order is contract.\n */\nexport {};\n';
    expect(untidy(file('src/check/good.ts', text))).toEqual([]);
  });

  test('the judge counts lines', () => {
    expect(complaintsOf('src/check/good.ts', '\n'.repeat(maxLines - 1))).toEqual([]);
    expect(complaintsOf('src/check/bad.ts', '\n'.repeat(maxLines))).toHaveLength(1);
    expect(complaintsOf('models/ring/good.ts', '\n'.repeat(maxLines))).toEqual([]);
  });
});
