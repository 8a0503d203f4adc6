/** `docs/replay.md` tells the truth: its commands print what they show, its picture has the type that it claims. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalogue } from '../../properties/catalogue.js';
import { main } from '../../src/cli/main.js';
import type { Frame, View } from '../../src/kernel/index.js';
import { projectRoot } from '../support/source.js';

const page = readFileSync(join(projectRoot, 'docs/replay.md'), 'utf8');
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map((match) => match[1] ?? '');

const timeless = (text: string) => text.replace(/, \d+(\.\d+)? s$/gm, ', TIME').trim();

/** Commands of all blocks in their order, each with what it is said to print. */
const commands = blocks('console')
  .join('')
  .split(/^\$ npx churnproof /m)
  .slice(1)
  .map((text) => [text.slice(0, text.indexOf('\n')), text.slice(text.indexOf('\n') + 1)] as const);

const home = process.cwd();
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'churnproof-docs-'));
  process.chdir(folder);
});
afterAll(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true, force: true });
});

test.each(commands)('%s', async (command, shown) => {
  const printed: string[] = [];
  const words = [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? (word as string));
  const stdout = { write: (text: string) => void printed.push(text) };
  // What the page is made of is another test's affair; here it need not be built.
  const assets = async () => ({ script: '', style: '', scriptHash: '', styleHash: '' });
  const code = await main(words, { catalogue, stdout, stderr: { write: () => {} }, env: {}, page: assets });
  expect(code).toBe(0);
  expect(timeless(printed.join(''))).toBe(timeless(shown));
});

test('the picture of the token can be drawn', () => {
  const { outputText } = ts.transpileModule(blocks('ts')[0] ?? '', {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS },
  });
  const exported: { view?: (frames: readonly Frame[]) => View } = {};
  new Function('exports', outputText)(exported);
  const picture = {
    peers: [
      { name: 'ann', status: 'up', context: { holds: true } },
      { name: 'ben', status: 'crashed' },
    ],
    inFlight: [],
  } as const;
  expect(exported.view?.([{ step: 0, picture }]).drawings).toEqual([
    { kind: 'matrix', columns: ['ann', 'ben'], rows: [{ label: 'token', cells: ['held', null] }] },
  ]);
});
