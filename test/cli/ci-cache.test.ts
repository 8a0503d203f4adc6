/** The cache of results: an unchanged suite is answered from it, in full, and whatever changes is worked out again. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { assign, setup } from 'xstate';
import { type Fingerprint, Fingerprints } from '../../src/cli/ci/fingerprint.js';
import { always, leadsTo, peer, recoverable, sometimes, system, type World } from '../../src/kernel/index.js';
import { projectRoot } from '../support/source.js';
import { bad, catalogue, claims, good, run, scratch, suiteOf } from './toy.js';

const home = scratch();
const now = () => performance.timeOrigin + performance.now();

/** Files are as if they had been there for long. */
function write(folder: string, name: string, text: string): void {
  writeFileSync(join(folder, name), text);
  utimesSync(join(folder, name), 1, 1);
}

function project(config: object = { suites: ['good', 'bad'] }) {
  const folder = mkdtempSync(join(home, 'p-'));
  write(folder, 'churnproof.config.json', JSON.stringify(config));
  write(folder, 'source.js', 'export const limit = 3;');
  const ci = async (words = '', given: object = {}) => {
    const before = process.cwd();
    process.chdir(folder);
    try {
      return await run(`ci ${words}`, { sources: [join(folder, 'source.js')], ...given });
    } finally {
      process.chdir(before);
    }
  };
  const cached = async (words?: string, given?: object) =>
    ((await ci(words, given)).out.match(/\(cached\)/g) ?? []).length;
  return { folder, ci, cached, kept: () => readdirSync(join(folder, '.churnproof-cache')) };
}

describe('the answer of an earlier run', () => {
  test('is the full report, marked, with the same exit code and the same counterexamples', async () => {
    const { ci, folder } = project();
    const first = await ci();
    const files = readdirSync(join(folder, 'counterexamples'));
    await ci();
    const again = await ci();
    expect(again.code).toBe(first.code);
    expect(again.out).toContain('(cached)');
    const old = /^.*counterexample.*\n( {2}SHOWN.*\n)?|^red: counter.*$/gm;
    const body = (text: string) => text.slice(text.indexOf('good/three'), text.indexOf('\n4 claims')).replace(old, '');
    expect(body(again.out).replaceAll(' (cached)', '')).toBe(body(first.out));
    expect(readdirSync(join(folder, 'counterexamples'))).toEqual(files);
  });

  test('needs no search: no machine takes a step, no claim is asked, and every line of the report is there', async () => {
    const worked = { steps: 0, claims: 0 };
    const worker = setup({ types: { context: {} as { n: number } } }).createMachine({
      context: { n: 0 },
      on: {
        add: {
          guard: ({ context }) => {
            worked.steps++;
            return context.n < 5;
          },
          actions: assign({ n: ({ context }) => context.n + 1 }),
        },
      },
    });
    const within = (limit: number) => (world: World) => {
      worked.claims++;
      return (world.peers.a as { readonly n: number }).n <= limit;
    };
    const suite = suiteOf('counted', [
      { property: always('it stops', within(5)) },
      { property: leadsTo('it counts', within(0), (world) => !within(0)(world), { weak: ['add'] }) },
      { property: recoverable('it can stay', within(5), ['add']) },
      { property: sometimes('it begins', within(0)) },
    ]);
    const fuzzed = { town: { doc: 'fuzzed', set: {}, fuzz: { runs: 5, moves: 20 } } };
    const made = () => system({ name: 'counted', peers: { a: peer(worker) }, operations: [{ name: 'add' }] });
    const catalogue = [
      { ...suite, system: made },
      { ...suite, model: 'fuzzed', configurations: fuzzed, system: made, claims: () => suite.claims({}).slice(0, 1) },
    ];
    const { ci } = project({ suites: ['counted', 'fuzzed'] });
    const first = await ci('', { catalogue });
    expect(first.code).toBe(0);
    const before = { ...worked };
    expect(before.steps).toBeGreaterThan(5);
    expect(before.claims).toBeGreaterThan(5);
    const again = await ci('', { catalogue });
    expect(again.code).toBe(0);
    expect(again.out.match(/\(cached\)/g)).toHaveLength(2);
    expect(again.out.replaceAll(' (cached)', '')).toBe(first.out);
    expect(worked).toEqual(before);
    await ci('--no-cache', { catalogue });
    expect(worked.steps).toBeGreaterThan(before.steps);
  });

  test('is not asked for with --no-cache, nor kept where nobody says what the suites are made of', async () => {
    const { cached } = project();
    await cached();
    expect(await cached('--no-cache')).toBe(0);
    expect(await cached()).toBe(2);
    expect(await cached('', { sources: undefined })).toBe(0);
  });

  test('counts under any limit of states that it stays within, and under no smaller one', async () => {
    const { cached, folder } = project({ suites: ['good'] });
    const limit = (maxStates: number) =>
      write(folder, 'churnproof.config.json', JSON.stringify({ suites: ['good'], profiles: { pr: { maxStates } } }));
    await cached();
    limit(16);
    expect(await cached()).toBe(1);
    limit(15);
    expect(await cached()).toBe(0);
  });

  test('of a seed is that of the seed, its runs and its moves', async () => {
    const made = suiteOf('made', [claims.reached, claims.bounded], {
      configurations: { town: { doc: 'x', set: { limit: 300 }, fuzz: { runs: 20, moves: 50 } } },
    });
    const { cached, folder } = project({ suites: ['made'] });
    const given = { catalogue: [made] };
    expect(await cached('', given)).toBe(0);
    expect(await cached('', given)).toBe(1);
    expect(await cached('--seed 9', given)).toBe(0);
    const config = { suites: ['made'], profiles: { pr: { fuzz: { moves: 60 } } } };
    write(folder, 'churnproof.config.json', JSON.stringify(config));
    expect(await cached('', given)).toBe(0);
  });
});

describe('is worked out again', () => {
  test('when a source changes, by one letter', async () => {
    const { cached, folder } = project();
    await cached();
    expect(await cached()).toBe(2);
    write(folder, 'source.js', 'export const limit = 4;');
    expect(await cached()).toBe(0);
    write(folder, 'source.js', 'export const limit = 3;');
    expect(await cached()).toBe(2);
  });

  test('when a source was written after the run began', async () => {
    const { cached, folder } = project();
    await cached();
    utimesSync(join(folder, 'source.js'), 4e9, 4e9);
    expect(await cached()).toBe(0);
  });

  test('when a value, a property or the configuration is another', async () => {
    const { cached, folder } = project({ suites: ['good'] });
    await cached();
    for (const choice of [
      { suite: 'good', set: { limit: 4 } },
      { suite: 'good', properties: ['both reach 2'] },
      { suite: 'good', configurations: ['hundred'] },
    ]) {
      write(folder, 'churnproof.config.json', JSON.stringify({ suites: [choice] }));
      expect(await cached()).toBe(0);
    }
  });

  test('when a limit had a part in it', async () => {
    const { cached, kept } = project({ suites: ['good/hundred'], profiles: { pr: { maxStates: 50, fuzz: false } } });
    await cached();
    expect(await cached()).toBe(0);
    expect(() => kept()).toThrow('ENOENT');
  });

  test('when what was kept is broken, or another key', async () => {
    const { cached, kept, folder } = project({ suites: ['good'] });
    await cached();
    const [file = ''] = kept();
    const path = join(folder, '.churnproof-cache', file);
    const text = readFileSync(path, 'utf8');
    for (const broken of ['', '{', '{}', 'null', text.slice(0, -9), text.replace(/"key":"./, '"key":"x')]) {
      writeFileSync(path, broken);
      expect(await cached()).toBe(0);
    }
    expect(await cached()).toBe(1);
  });
});

describe('what a claims file is made of', () => {
  const files = {
    'mine.ts': `import { setup } from 'xstate';\nimport { always, type Suite } from 'churnproof';\nimport { n } from './lib/n.js';\nimport data from './data.json' with { type: 'json' };\nexport default { n, data, setup, always } as unknown as Suite;`,
    'n.ts': `export * from './deep';`,
    'deep.js': 'export const n = 1;',
    'data.json': '{}',
    'beside.ts': 'export const unused = 1;',
  };

  function claimsFile(changes: Record<string, string> = {}): Promise<Fingerprint> {
    const folder = mkdtempSync(join(home, 'c-'));
    mkdirSync(join(folder, 'lib'));
    mkdirSync(join(folder, 'node_modules/other'), { recursive: true });
    symlinkSync(projectRoot, join(folder, 'node_modules/churnproof'));
    symlinkSync(join(projectRoot, 'node_modules/xstate'), join(folder, 'node_modules/xstate'));
    for (const [name, text] of Object.entries({ ...files, ...changes })) {
      const inLib = name === 'n.ts' || name === 'deep.js';
      write(inLib ? join(folder, 'lib') : folder, name, text.replaceAll('HERE', folder));
    }
    return new Fingerprints(undefined, now()).of(join(folder, 'mine.ts'));
  }

  test('is the same for the same contents', async () => {
    const folder = mkdtempSync(join(home, 'same-'));
    write(folder, 'a.js', 'export default 1;');
    const of = () => new Fingerprints(undefined, now()).of(join(folder, 'a.js'));
    const first = await of();
    expect(first).toHaveProperty('hash');
    expect(await of()).toEqual(first);
    write(folder, 'a.js', 'export default 2;');
    expect(await of()).not.toEqual(first);
  });

  test('is known, with all that it imports', async () => {
    expect(await claimsFile()).toHaveProperty('hash');
  });

  test.each([
    ['the environment', { 'deep.js': 'export const n = process.env.N;' }, 'uses process'],
    ['time', { 'deep.js': 'export const n = Date.now();' }, 'uses Date'],
    ['chance', { 'deep.js': 'export const n = Math.random();' }, 'uses Math.random'],
    ['another global', { 'deep.js': 'export const n = globalThis.n;' }, 'uses globalThis'],
    ['a computed path', { 'n.ts': 'const name = "./deep.js"; export const { n } = await import(name);' }, 'computed'],
    ['require', { 'deep.js': 'export const n = require("./x");' }, 'uses require'],
    ['the file system', { 'deep.js': 'import { readFileSync as n } from "node:fs"; export { n };' }, 'imports node:fs'],
    ['a file that is not there', { 'n.ts': `export * from './gone.js';` }, 'not there'],
    ['a package that is not there', { 'deep.js': `import n from 'gone'; export { n };` }, 'not found'],
    ['a subpath import', { 'deep.js': `import n from '#n'; export { n };` }, 'imports #n'],
  ])('%s makes it unsure', async (_what, changes, why) => {
    expect(await claimsFile(changes as Record<string, string>)).toEqual({ unsure: expect.stringContaining(why) });
  });

  test('a change in what it imports, however far, and in a package, is seen', async () => {
    const folder = mkdtempSync(join(home, 'deps-'));
    mkdirSync(join(folder, 'node_modules/near/node_modules/far'), { recursive: true });
    write(folder, 'a.js', `import './b.js'; import 'near';`);
    write(folder, 'b.js', `import './c.json' with { type: 'json' };`);
    write(folder, 'c.json', '1');
    const near = join(folder, 'node_modules/near');
    const far = join(near, 'node_modules/far');
    write(near, 'package.json', '{ "dependencies": { "far": "1" } }');
    write(near, 'index.js', '');
    write(far, 'package.json', '{}');
    write(far, 'index.js', '');
    const of = async () => JSON.stringify(await new Fingerprints(undefined, now()).of(join(folder, 'a.js')));
    const seen = new Set([await of()]);
    for (const [where, name] of [
      [folder, 'b.js'],
      [folder, 'c.json'],
      [near, 'index.js'],
      [near, 'package.json'],
      [far, 'index.js'],
    ] as const) {
      write(where, name, `${readFileSync(join(where, name), 'utf8')} `);
      seen.add(await of());
    }
    expect([...seen].every((one) => one.includes('hash'))).toBe(true);
    expect(seen.size).toBe(6);
  });
});

test('the toy suites are the ones that are run', () => {
  expect(catalogue).toContain(good);
  expect(catalogue).toContain(bad);
});

test('what no run has used for a month goes, and nothing else of the folder', async () => {
  const { cached, kept, folder } = project({ suites: ['good'] });
  await cached();
  const [used = ''] = kept();
  const cache = join(folder, '.churnproof-cache');
  const days = (count: number) => Date.now() / 1000 - count * 24 * 60 * 60;
  const others = { [`${'0'.repeat(64)}.json`]: 31, [`${'1'.repeat(64)}.json`]: 29, 'mine.json': 400 };
  for (const [name, age] of Object.entries(others)) {
    writeFileSync(join(cache, name), '{}');
    utimesSync(join(cache, name), days(age), days(age));
  }
  utimesSync(join(cache, used), days(90), days(90));
  expect(await cached()).toBe(1);
  expect(kept().sort()).toEqual([`${'1'.repeat(64)}.json`, 'mine.json', used].sort());
});
