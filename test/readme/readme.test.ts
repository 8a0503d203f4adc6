/** The README tells the truth: its console blocks print what they show, its code runs. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as xstate from 'xstate';
import * as stopAndWait from '../../models/stop-and-wait/index.js';
import { catalogue } from '../../properties/catalogue.js';
import { main } from '../../src/cli/main.js';
import * as churnproof from '../../src/index.js';
import { projectRoot } from '../support/source.js';

const readme = readFileSync(join(projectRoot, 'README.md'), 'utf8');
const blocks = (language: string) =>
  [...readme.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map((m) => m[1] ?? '');

/** Times differ from run to run. */
const timeless = (text: string) => text.replace(/, \d+(\.\d+)? s$/gm, ', TIME').trim();

describe('console blocks', () => {
  const home = process.cwd();
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'churnproof-readme-'));
    process.chdir(folder);
  });
  afterAll(() => {
    process.chdir(home);
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(blocks('console').map((block) => [block.split('\n')[0] ?? '', block] as const))(
    '%s',
    async (command, block) => {
      const printed: string[] = [];
      const argv = command.replace('$ npx churnproof ', '').split(' ');
      const stdout = { write: (text: string) => void printed.push(text) };
      const code = await main(argv, { catalogue, stdout, stderr: { write: () => {} }, env: {} });
      expect(code).toBe(0);
      expect(timeless(printed.join(''))).toBe(timeless(block.split('\n').slice(1).join('\n')));
    },
  );
});

test('the log in the README is one that the model explains', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'churnproof-log-'));
  const file = join(folder, 'log.jsonl');
  writeFileSync(file, blocks('json')[0] as string);
  const stdout = { write: () => {} };
  expect(await main(['validate', 'stop-and-wait', file], { catalogue, stdout, stderr: stdout, env: {} })).toBe(0);
  rmSync(folder, { recursive: true });
});

const modules: Readonly<Record<string, object>> = {
  xstate,
  churnproof,
  'churnproof/models/stop-and-wait': stopAndWait,
};

/** Runs a block of TypeScript with its imports supplied; returns what it printed. */
async function run(source: string): Promise<string[]> {
  const names: string[] = [];
  const values: unknown[] = [];
  const body = source.replace(/import \{ (.*) \} from '(.*)';\n/g, (_line, list: string, from: string) => {
    for (const name of list.split(', ').filter((word) => !word.startsWith('type '))) {
      names.push(name);
      values.push((modules[from] as Record<string, unknown>)[name]);
      expect(values.at(-1), `${name} of ${from}`).toBeDefined();
    }
    return '';
  });
  const { outputText } = ts.transpileModule(body, { compilerOptions: { target: ts.ScriptTarget.ES2022 } });
  const printed: string[] = [];
  const execute = Object.getPrototypeOf(async () => {}).constructor(...names, 'console', outputText);
  await execute(...values, { log: (line: string) => printed.push(line) });
  return printed;
}

describe('code', () => {
  const [tokenRing = '', actors = ''] = blocks('ts');

  test('the token ring is checked', async () => {
    const [printed = ''] = await run(tokenRing);
    expect(printed).toContain('holds      at most one member holds the token');
    expect(printed).toContain('witnessed  cid holds it');
  });

  test('with room for a copy it is refuted, as the README says', async () => {
    const [printed = ''] = await run(tokenRing.replace('capacity: 1', 'capacity: 2'));
    expect(printed).toContain('VIOLATED   at most one member holds the token');
    expect(printed).toContain('duplicate ann -> ben');
  });

  test('the peers of stop-and-wait run under createActor, with real timers', async () => {
    expect(await run(actors)).toEqual(['bob has delivered 5 packets']);
  });

  test('its TypeScript has the types that it claims', () => {
    const file = join(projectRoot, 'readme-example.ts');
    const text = tokenRing.replace("'churnproof'", "'./src/index.js'").concat('\nexport {};\n');
    const { config } = ts.readConfigFile(join(projectRoot, 'tsconfig.json'), ts.sys.readFile);
    const { options } = ts.parseJsonConfigFileContent(config, ts.sys, projectRoot);
    const host = ts.createCompilerHost(options);
    const read = host.getSourceFile.bind(host);
    host.getSourceFile = (name, version) =>
      name === file ? ts.createSourceFile(name, text, version, true) : read(name, version);
    host.fileExists = (name) => name === file || ts.sys.fileExists(name);
    const program = ts.createProgram([file], { ...options, noEmit: true }, host);
    const problems = ts.getPreEmitDiagnostics(program, program.getSourceFile(file));
    expect(problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([]);
  }, 60_000);
});
