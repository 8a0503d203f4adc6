/** `churnproof certify` and `verify`: what they write, what they say of every way to differ, and what they exit with. */
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { importsIn } from '../../src/cli/certificates/imports.js';
import { main } from '../../src/cli/main.js';
import type { Suite } from '../../src/kernel/index.js';
import { suite } from '../fixtures/certified/properties/light.js';
import { unexpected } from '../fixtures/certified/properties/unexpected.js';
import { importsOf, projectRoot, readSources } from '../support/source.js';

const scratch = mkdtempSync(join(tmpdir(), 'churnproof-certificates-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const fixture = join(projectRoot, 'test/fixtures/certified');
let home: string;

/** A package of its own for each test: its sources may be changed, and what runs stays. */
beforeEach(() => {
  home = mkdtempSync(join(scratch, 'package-'));
  cpSync(fixture, home, { recursive: true });
  for (const shared of ['src', 'node_modules']) symlinkSync(join(projectRoot, shared), join(home, shared));
});

async function run(command: string, ...words: (string | Suite)[]) {
  const argv = [command, ...words.filter((word) => typeof word === 'string')];
  const catalogue = words.filter((word) => typeof word !== 'string');
  const said: { out: string[]; err: string[] } = { out: [], err: [] };
  const stdout = { write: (text: string) => said.out.push(text) };
  const stderr = { write: (text: string) => said.err.push(text) };
  const sources = [join(fixture, 'models'), join(fixture, 'properties')];
  const code = await main([...argv, '--quiet'], {
    catalogue: catalogue.length > 0 ? catalogue : [suite],
    sources,
    home,
    stdout,
    stderr,
    env: {},
  });
  return { code, out: said.out.join('').replace(/, \d+\.\d s/g, ', TIME'), err: said.err.join('') };
}

const file = () => join(home, 'certificates/light.json');
const written = () => readFileSync(file(), 'utf8');
const edit = (path: string, from: string | RegExp, to: string) => {
  const before = readFileSync(join(home, path), 'utf8');
  const after = before.replace(from, to);
  expect(after).not.toBe(before);
  writeFileSync(join(home, path), after);
};

describe('certify', () => {
  test('writes all that was found, without a date or a place', async () => {
    const { code, out, err } = await run('certify');
    expect([err, code, out]).toEqual(['', 0, 'light: certified, 2 configurations\n']);
    const { sources, engine, ...found } = JSON.parse(written());
    expect(Object.keys(sources.files)).toEqual(['models/light/machine.ts', 'properties/light.ts']);
    expect(engine.packages).toHaveProperty('xstate');
    expect(written()).not.toContain(scratch);
    expect(found).toMatchSnapshot();
  });

  test('gives the same text again, byte for byte; leaves alone what is fresh, unless it is forced', async () => {
    await run('certify');
    const first = written();
    expect((await run('certify')).out).toBe('light: fresh\n');
    expect((await run('certify', '--force')).out).toBe('light: certified, 2 configurations\n');
    expect(written()).toBe(first);
  });

  test('takes in a configuration that is named, and keeps it', async () => {
    await run('certify', 'light/often');
    expect((await run('certify', '--force')).out).toBe('light: certified, 3 configurations\n');
    expect((await run('verify')).out).toContain('light: as certified; 3 configurations');
  });

  test('does not depend on line endings; does on every source that is reached', async () => {
    await run('certify');
    edit('properties/light.ts', /\n/g, '\r\n');
    expect((await run('verify', '--hashes')).code).toBe(0);
    edit('properties/door.ts', 'Hands', 'Gives');
    expect((await run('verify', '--hashes')).code).toBe(0);
    edit('models/light/machine.ts', 'A light', 'A lamp');
    const { code, out } = await run('verify', '--hashes');
    expect(code).toBe(1);
    expect(out).toContain('  stale: models/light/machine.ts has changed\n');
    expect(out).toContain('try: churnproof certify light\n');
  });

  test('reads imports as TypeScript does, in every source that a certificate may rest on', () => {
    const beside = /^src\/(cli|vitest)\/|^properties\/bundled\.ts$/;
    const files = readSources(['models', 'properties', 'src']).filter(({ path }) => !beside.test(path));
    expect(files.length).toBeGreaterThan(200);
    for (const one of files) expect([one.path, importsIn(one.text)]).toEqual([one.path, importsOf(one)]);
  });
});

describe('verify', () => {
  const claim = 'claim "it never breaks"';
  const differing: readonly (readonly [what: string, from: string | RegExp, to: string, says: string])[] = [
    ['a count', '"states": 4', '"states": 6', 'configuration once: coverage.states was 6, is 4'],
    [
      'a verdict',
      '"verdict": "violated"',
      '"verdict": "holds"',
      `configuration once, ${claim}: verdict was holds, is violated`,
    ],
    ['a length', '"length": 5', '"length": 4', `configuration twice, ${claim}: length was 4, is 5`],
    [
      'a claim that is not there any more',
      '"it never breaks"',
      '"it lasts"',
      'configuration once, claim "it lasts" is gone',
    ],
    ['a claim that was not there', '"it never breaks"', '"it lasts"', `configuration once, ${claim} is new`],
    ['an assumption', '"press"', '"mend"', 'configuration once, claim "it breaks": fairness.weak was mend, is press'],
    ['a witness', /"once": 1/, '"once": null', 'witness "it is on": seen.once was null, is 1'],
    ['a value', '"left": 1', '"left": 2', 'configuration once: values.left was 2, is 1'],
    [
      'a transition that was taken',
      /"unused": \[\s+"broken, on mend"/,
      '"unused": ["on, on press"',
      'configuration once, machine lamp: transitions.unused was "on, on press", is "broken, on mend"',
    ],
    ['a mutant', '"it is on": "never"', '"it is on": 3', 'mutant bright: fell."it is on" was 3, is never'],
    ['the score', '"killed": 12', '"killed": 11', 'generic.killed was 11, is 12'],
    [
      'a configuration that was quick',
      '"quick": true',
      '"quick": false',
      'configuration once: quick was false, is true',
    ],
  ];

  test('says that all is as certified', async () => {
    await run('certify');
    const { code, out } = await run('verify', 'light');
    expect(out).toMatchInlineSnapshot(`
      "light: as certified; 2 configurations, 10 verdicts, 10 states, 1 of 1 mutant killed, 1 survivor, 12 of 12 generic ones, TIME
      1 certificate, all as certified
      "
    `);
    expect(code).toBe(0);
  });

  test.each(differing)('tells %s that differs', async (_what, from, to, says) => {
    await run('certify');
    edit('certificates/light.json', from, to);
    const { code, out } = await run('verify');
    expect(out).toContain(`  ${says}\n`);
    expect(code).toBe(1);
  });

  test('tells, and does not mind, that another engine came to the same', async () => {
    await run('certify');
    edit(
      'certificates/light.json',
      /("engine": \{\s+"version": "[^"]+",\s+"hash": ")[0-9a-f]{64}/,
      `$1${'0'.repeat(64)}`,
    );
    edit('certificates/light.json', /"xstate": "[^"]+"/, '"xstate": "5.0.0"');
    const { code, out } = await run('verify');
    expect(code).toBe(0);
    expect(out).toContain('  certified by another engine: the engine has changed within its version\n');
    expect(out).toMatch(/ {2}certified by another engine: xstate was 5\.0\.0, is 5\.\d+\.\d+\n/);
  });

  test('prints one document for programs', async () => {
    await run('certify');
    edit('certificates/light.json', '"states": 4', '"states": 6');
    const { code, out } = await run('verify', '--json');
    const [one] = JSON.parse(out).certificates;
    expect(code).toBe(1);
    expect(one).toMatchObject({
      model: 'light',
      outcome: 'notAsExpected',
      searched: true,
      stale: [],
      differences: [{ where: 'configuration once', field: 'coverage.states', was: 6, is: 4 }],
    });
  });

  test('refuses what is no certificate of the model', async () => {
    const missing = await run('verify');
    expect([missing.code, missing.err]).toEqual([
      2,
      expect.stringContaining('error CERTIFICATE_MISSING: light has no'),
    ]);
    await run('certify');
    edit('certificates/light.json', '"model": "light"', '"model": "lamp"');
    const other = await run('verify');
    expect([other.code, other.err]).toEqual([2, expect.stringContaining('it is the certificate of lamp')]);
    const path = await run('verify', './mine.js');
    expect([path.code, path.err]).toEqual([2, expect.stringContaining('only bundled models have certificates')]);
  });
});

describe('a model that is not as expected', () => {
  test('is not certified, and what was written before stays', async () => {
    await run('certify');
    const before = written();
    const { code, out } = await run('certify', unexpected);
    expect(out).toBe('light: not certified: once: it never breaks: violated, and not holds (and 2 more)\n');
    expect(code).toBe(1);
    expect(written()).toBe(before);
  });
});
