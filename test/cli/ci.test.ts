/** `churnproof ci`: old counterexamples, claims, fuzzing; what it prints and exits with, and that a red run ends with why. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Config } from '../../src/ci/index.js';
import type { Suite } from '../../src/kernel/index.js';
import { projectRoot } from '../support/source.js';
import { bad, catalogue, claims, good, published, run, scratch, suiteOf } from './toy.js';

const home = scratch();

/** A project of its own with this config; `ci` runs in it, and says `HERE` for its folder. */
function project(config: Config) {
  const folder = mkdtempSync(join(home, 'p-'));
  writeFileSync(join(folder, 'churnproof.config.json'), JSON.stringify(config));
  const ci = async (words = '', given: Parameters<typeof run>[1] = {}) => {
    const before = process.cwd();
    process.chdir(folder);
    try {
      return await run(`ci ${words}`, given);
    } finally {
      process.chdir(before);
    }
  };
  return { folder, ci, traces: () => readdirSync(join(folder, 'counterexamples')) };
}

test('all as expected', async () => {
  const { ci } = project({ suites: ['good', 'published'], profiles: { pr: { timeLimit: 60, maxStates: 1000 } } });
  expect(await ci()).toMatchInlineSnapshot(`
    {
      "code": 0,
      "err": "",
      "out": "profile pr of churnproof.config.json: 2 systems, fuzzing from seed 1; 1 min 0 s and 1000 states, shared out
    counterexamples: none recorded
    good/three: exhaustive breadth-first search, 16 states, 24 transitions, depth 6, 0.0 s
      holds      nobody passes the limit (in all 16 states)
      witnessed  both reach 2 (4 moves)
    published/three: exhaustive breadth-first search, 16 states, 24 transitions, depth 6, 0.0 s
      holds      nobody passes the limit (in all 16 states)
      violated   a stays below 2 (as expected, 2 moves)
      witnessed  both reach 2 (4 moves)
    5 claims, all as expected
    ",
    }
  `);
});

test('a red run ends with property, seed and replay line, and its counterexample is replayed first the next time', async () => {
  const { ci, traces, folder } = project({ suites: ['good', 'bad'] });
  const first = await ci();
  expect(first.code).toBe(1);
  expect(first.out.split('\n').slice(-7)).toMatchInlineSnapshot(`
    [
      "4 claims: 1 not as expected",
      "",
      "red: bad/three: violated, expected: holds",
      "  property: a stays below 2",
      "  seed: none, nothing was random",
      "  replay: churnproof replay counterexamples/bad-three-a-stays-below-2.json",
      "",
    ]
  `);
  expect(traces()).toEqual(['bad-three-a-stays-below-2.json']);

  const second = await ci();
  expect(second.code).toBe(1);
  expect(second.out.split('\n').slice(1, 4)).toMatchInlineSnapshot(`
    [
      "counterexamples: 1 replayed, 0.0 s: 0 as expected, 1 not",
      "  SHOWN counterexamples/bad-three-a-stays-below-2.json: it shows its violation, and its claim says that there is none",
      "good/three: exhaustive breadth-first search, 16 states, 24 transitions, depth 6, 0.0 s",
    ]
  `);

  // What the search found is what is back: the job's page draws it once, where it comes first.
  await ci('--reporter markdown');
  const summary = readFileSync(join(folder, 'churnproof-summary.md'), 'utf8');
  const drawn = summary.match(/```mermaid\nsequenceDiagram\n[\s\S]*?```/g);
  expect(drawn).toHaveLength(1);
  expect(summary.indexOf('Drawn above, under ')).toBeGreaterThan(summary.indexOf('sequenceDiagram'));

  const mended = await ci('', { catalogue: [good, suiteOf('bad', [claims.bounded])] });
  expect(mended).toMatchObject({ code: 1 });
  expect(mended.out).toContain('TRACE_FOREIGN: bad has no property named a stays below 2');

  const small = { configurations: { three: { doc: 'x', set: { limit: 1 } } } };
  const changed: Suite = { ...bad, ...small, system: (values) => bad.system({ ...values, limit: 1 }) };
  const after = await ci('', { catalogue: [good, changed] });
  expect(after.code).toBe(0);
  expect(after.out.split('\n').slice(1, 4)).toMatchInlineSnapshot(`
    [
      "counterexamples: 1 replayed, 0.0 s: 1 as expected, 1 stale",
      "  stale counterexamples/bad-three-a-stays-below-2.json: the model has changed, and it cannot be followed",
      "    step 2 was a: add, is now b: add",
    ]
  `);
});

test('the trace of a mended bug stays when another bug breaks the same claim', async () => {
  const { ci, traces, folder } = project({ suites: ['bad'] });
  await ci();
  const file = join(folder, 'counterexamples', 'bad-three-a-stays-below-2.json');
  const old = readFileSync(file, 'utf8').replaceAll('"peer":"a"', '"peer":"b"');
  writeFileSync(file, old);
  await ci();
  await ci();
  expect(traces()).toEqual(['bad-three-a-stays-below-2-2.json', 'bad-three-a-stays-below-2.json']);
  expect(readFileSync(file, 'utf8')).toBe(old);
});

describe('exit codes', () => {
  test('out of states is undecided, and says so; never a pass', async () => {
    const { ci } = project({ suites: ['good/hundred'], profiles: { pr: { maxStates: 50, fuzz: false } } });
    const { code, out } = await ci();
    expect(code).toBe(3);
    expect(out).toContain('open: good/hundred: undecided, expected: holds');
    expect(out).toContain('the limit of states was reached');
  });

  test('out of time is undecided', async () => {
    const { ci } = project({ suites: ['good/hundred'], profiles: { pr: { fuzz: false } } });
    const { code, out } = await ci('--time-limit 0.001');
    expect(code).toBe(3);
    expect(out).toContain('stopped because the time was up');
  });

  test('vacuous', async () => {
    const { ci } = project({ suites: ['vacuous'] });
    const { code, out } = await ci();
    expect(code).toBe(4);
    expect(out).toMatch(/again: churnproof check vacuous\/one --property "a reaches 1000"\n$/);
  });

  test('interrupted', async () => {
    const controller = new AbortController();
    controller.abort();
    const { ci } = project({ suites: ['good'] });
    const { code, out } = await ci('', { interrupted: controller.signal });
    expect(code).toBe(130);
    expect(out).toContain('interrupted: ');
  });

  test.each([
    ['', 'CONFIG_INVALID', { suites: [] }],
    ['', 'UNKNOWN_MODEL', { suites: ['godo'] }],
    ['', 'UNKNOWN_CONFIGURATION', { suites: [{ suite: 'good', configurations: ['four'] }] }],
    ['', 'SUITE_INVALID', { suites: ['./missing.js'] }],
    ['', 'UNKNOWN_PROPERTY', { suites: [{ suite: 'good', properties: ['nothing'] }] }],
    ['', 'UNKNOWN_PARAMETER', { suites: [{ suite: 'good', set: { size: 3 } }] }],
    ['nobody', 'USAGE', { suites: ['good'] }],
    ['--config gone.js', 'CONFIG_MISSING', { suites: ['good'] }],
    ['--shard 3/2', 'USAGE', { suites: ['good'] }],
  ])('a mistake: %s %s', async (words, code, config) => {
    const { err, ...result } = await project(config).ci(words);
    expect(result.code).toBe(2);
    expect(err).toContain(`error ${code}: `);
  });

  test('no config at all', async () => {
    const { ci, folder } = project({ suites: ['good'] });
    mkdirSync(join(folder, 'empty'));
    const before = process.cwd();
    process.chdir(join(folder, 'empty'));
    try {
      expect((await run('ci')).err).toContain('error CONFIG_MISSING: there is no config file');
    } finally {
      process.chdir(before);
    }
    expect((await ci()).code).toBe(0);
  });
});

describe('fuzzing', () => {
  /** Too large to search within 50 states. */
  const wide = suiteOf('wide', [{ ...claims.refuted, expect: 'violated' }, claims.reached]);
  const given = { catalogue: [wide, published, good] };

  test('looks for what the search left open, and its word counts', async () => {
    const { ci } = project({ suites: [{ suite: 'wide', set: { limit: 300 } }], profiles: { pr: { maxStates: 2 } } });
    const { code, out } = await ci('', given);
    expect(out).toContain('wide/three limit=300: bounded breadth-first search');
    expect(out).toMatch(/wide\/three limit=300: \d+ random runs? from seed 1/);
    expect(out).toContain('2 claims, all as expected');
    expect(code).toBe(0);
  });

  test('what neither finds is undecided', async () => {
    const { ci } = project({ suites: [{ suite: 'good', set: { limit: 300 } }], profiles: { pr: { maxStates: 2 } } });
    const { code, out } = await ci('', given);
    expect(code).toBe(3);
    expect(out).toContain('open: good/three limit=300: undecided, expected: holds');
    expect(out).toContain('property: nobody passes the limit');
  });

  test('what the search decided is not fuzzed', async () => {
    expect((await project({ suites: ['good'] }).ci()).out).not.toContain('random');
  });

  test('what fuzzing finds ends with its seed', async () => {
    const made = suiteOf('made', [claims.refuted], {
      configurations: { town: { doc: 'x', set: { limit: 300 }, fuzz: { runs: 20, moves: 50 } } },
    });
    const { ci } = project({ suites: ['made'], profiles: { pr: { fuzz: { seeds: [7, 8] } } } });
    const { code, out } = await ci('', { catalogue: [made] });
    expect(code).toBe(1);
    expect(out).not.toContain('breadth-first');
    expect(out.split('\n').slice(-5)).toEqual([
      'red: made/town: violated, expected: holds',
      '  property: a stays below 2',
      '  seed: 7',
      '  replay: churnproof replay counterexamples/made-town-a-stays-below-2.json',
      '',
    ]);
  });

  test('at night the seed is a fresh one, which is told and can be given again', async () => {
    const { ci } = project({ suites: ['good'] });
    const seeds = await Promise.all(
      [1, 2].map(async () => /fuzzing from seed (\d+);/.exec((await ci('--profile nightly good/three')).out)?.[1]),
    );
    expect(seeds[0]).toMatch(/^\d+$/);
    expect(seeds[0]).not.toBe(seeds[1]);
    expect((await ci(`--profile nightly good/three --seed ${seeds[0]}`)).out).toContain(`from seed ${seeds[0]};`);
  });
});

test('a config in TypeScript, and a claims file in TypeScript beside it, which share their kernel with the command', async () => {
  const folder = mkdtempSync(join(home, 'ts-'));
  symlinkSync(join(projectRoot, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(
    join(folder, 'mine.ts'),
    `import { shared } from './shared.js';
     const suite: { model: string; [part: string]: unknown } = {
       model: 'mine', summary: 'mine', parameters: {}, configurations: { one: { doc: 'x', set: {} } },
       system: (): unknown => shared.system, claims: (): unknown => shared.claims,
     };
     export default suite;`,
  );
  writeFileSync(
    join(folder, 'shared.ts'),
    `import { setup } from 'xstate';
     interface Shared { system: object; claims: object[] }
     export const shared: Shared = {
       system: { name: 'mine', peers: { a: { machine: setup({}).createMachine({ context: {} }), stable: [] as string[] } } },
       claims: [{ property: { kind: 'always', name: 'it is well', holds: (): boolean => true } }],
     };`,
  );
  writeFileSync(
    join(folder, 'churnproof.config.ts'),
    `interface Wanted { suites: string[] }
     export default { suites: ['./mine.ts'] } satisfies Wanted as Wanted;`,
  );
  const { code, out, err } = await run(`ci --config ${join(folder, 'churnproof.config.ts')}`, { catalogue });
  expect(err).toBe('');
  expect(out).toContain('holds      it is well (in all 1 state)');
  expect(code).toBe(0);
});
