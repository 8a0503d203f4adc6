/** `churnproof mutants`: what it prints for every way in which a seeded bug can come out, and what it exits with. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { assign, setup } from 'xstate';
import { type Mutant, peer, type Suite, system, type Values } from '../../src/kernel/index.js';
import { claims, run, scratch, suiteOf } from './toy.js';

/** Counts up to `most`, whatever its limit is. */
const counter = setup({
  types: {
    context: {} as { n: number; limit: number; most: number },
    input: {} as { limit: number; most: number },
  },
}).createMachine({
  context: ({ input }) => ({ n: 0, ...input }),
  on: {
    add: { guard: ({ context }) => context.n < context.most, actions: assign({ n: ({ context }) => context.n + 1 }) },
  },
});

const counting = (limit: number, most: number) => {
  const one = peer(counter, { limit, most });
  return system({ name: 'counters', peers: { a: one, b: one }, operations: [{ name: 'add' }] });
};

const mutant = (name: string, kills: Mutant['kills'], most: number, change: Partial<Mutant> = {}): Mutant => ({
  name,
  doc: `it counts to ${most}`,
  values: { limit: 2 },
  system: () => counting(2, most),
  kills,
  ...change,
});

const survivor = (name: string, most: number): Mutant => mutant(name, {}, most, { survivor: true });

/** `a stays below 2` is false of the right one too, in two moves. */
const standing = [claims.bounded, { ...claims.refuted, expect: 'violated' as const }, claims.reached];

const suiteWith = (model: string, mutants: readonly Mutant[], change: Partial<Suite> = {}): Suite =>
  suiteOf(model, standing, { mutants, ...change });

const passing = mutant('passes', { 'nobody passes the limit': 3 }, 3);
const stopping = mutant('stops', { 'both reach 2': 'never' }, 1, { doc: 'it stops too soon '.repeat(3).trim() });

const cases = suiteWith('cases', [passing, stopping, survivor('same', 2)]);

/** Seconds are never the same. */
const timeless = (text: string) => text.replace(/ +\d+\.\d s/g, ' TIME');

const mutants = async (words: string, suites: readonly Suite[], given: Parameters<typeof run>[1] = {}) => {
  const { code, out, err } = await run(`mutants ${words}`, { catalogue: suites, ...given });
  return { code, out: timeless(out), err };
};

describe('what it prints', () => {
  test('a line for each, the matrix, the score', async () => {
    const { code, out, err } = await mutants('', [cases]);
    expect(out).toMatchInlineSnapshot(`
      "cases: Two counters: cases
        killed     passes  it counts to 3                                         limit=2 TIME  nobody passes the limit 3
        killed     stops   it stops too soon it stops too soon it stops too soon  limit=2 TIME  both reach 2 never seen
        quiet      same    it counts to 2                                         limit=2 TIME

                1  2
        passes  3  .
        stops   .  x
        same    .  .
        n: it falls after n moves; x: never seen; .: as it should be
        1  nobody passes the limit  kills 1, passes alone
        2  both reach 2             kills 1, stops alone
        kill no mutant: a stays below 2

      killed 2 of 2, survivors quiet 1 of 1
      "
    `);
    expect([code, err]).toEqual([0, '']);
  });

  test('what is wrong is cut where the terminal is narrow', async () => {
    let text = '';
    const stdout = { columns: 90, isTTY: true, write: (more: string) => (text += more) };
    await run('mutants cases', { catalogue: [cases], ...{ stdout } });
    expect(text).toContain('it stops too soon it stops…  limit=2');
  });

  test('the traces of what fell, on demand', async () => {
    const { out } = await mutants('--mutant passes --traces', [cases]);
    expect(out).toContain('      nobody passes the limit\n     1. a: add\n     2. a: add\n     3. a: add\n');
    expect(out).not.toContain('stops');
    // Of one mutant nobody expects that it falls by every claim.
    expect(out).not.toContain('kill no mutant');
  });

  test('one document', async () => {
    const { code, out } = await run('mutants cases --json', { catalogue: [cases] });
    const { schemaVersion, score, mutants: told, claims: killers } = JSON.parse(out);
    expect([code, schemaVersion, score]).toEqual([0, 1, { killed: 2, mutants: 2, quiet: 1, survivors: 1 }]);
    expect(told[0]).toEqual({
      model: 'cases',
      name: 'passes',
      doc: 'it counts to 3',
      values: { limit: 2, loud: false, order: 'up' },
      kills: { 'nobody passes the limit': 3 },
      survivor: false,
      outcome: 'killed',
      fallen: [
        {
          property: 'nobody passes the limit',
          kind: 'always',
          length: 3,
          recorded: true,
          own: true,
          trace: { start: 0, moves: ['a: add', 'a: add', 'a: add'] },
        },
        {
          property: 'a stays below 2',
          kind: 'always',
          length: 2,
          recorded: false,
          own: false,
          trace: { start: 0, moves: ['a: add', 'a: add'] },
        },
      ],
      surprises: [],
      undecided: [],
      coverage: { kind: 'exhaustive', states: 16, transitions: 24, depth: 6, queue: 0 },
      seconds: expect.any(Number),
    });
    expect(killers.map((one: { kills: unknown; alone: unknown }) => [one.kills, one.alone])).toEqual([
      [['passes'], ['passes']],
      [[], []],
      [['stops'], ['stops']],
    ]);
  });

  test('what falls in a large system is looked for after a glance at the rest', async () => {
    const far = mutant('far', { 'nobody passes the limit': 301 }, 301, {
      values: { limit: 300 },
      system: () => counting(300, 301),
    });
    const large = suiteOf('large', [...standing, claims.vacuous], { mutants: [far] });
    const { code, out } = await run('mutants --json', { catalogue: [large] });
    const [told] = JSON.parse(out).mutants;
    expect([code, told.fallen[0].length, told.undecided]).toEqual([0, 301, ['a reaches 1000']]);
    expect(told.coverage).toMatchObject({ kind: 'bounded', cut: 'states', states: 25_000 });
    expect((await mutants('--max-states 30000', [large])).code).toBe(3);
    const whole = JSON.parse((await run('mutants --whole --json', { catalogue: [large] })).out).mutants[0];
    expect([whole.coverage.states, whole.undecided]).toEqual([302 * 302, []]);
  });
});

describe('how it ends', () => {
  const unchanged = mutant('unchanged', { 'nobody passes the limit': 3 }, 2);
  test.each<[string, Mutant, number, string]>([
    ['a mutant that no claim notices', unchanged, 4, 'SURVIVED   unchanged'],
    ['what is false of its right sibling as well', mutant('idle', { 'a stays below 2': 3 }, 2), 4, 'SURVIVED   idle'],
    ['another length', mutant('early', { 'nobody passes the limit': 4 }, 3), 1, '3 moves, expected: 4 moves'],
    ['another claim', mutant('other', { 'both reach 2': 'never' }, 3), 1, 'witnessed, expected: never seen'],
    [
      'a claim among others',
      mutant('half', { 'nobody passes the limit': 3, 'both reach 2': 'never' }, 3),
      1,
      'NOT AS RECORDED  half',
    ],
    ['a false alarm', survivor('loud', 3), 1, 'nobody passes the limit: violated, expected: holds'],
    ['a survivor that is hurt', survivor('late', 1), 1, 'both reach 2: never seen, expected: witnessed'],
    [
      'what its right sibling shows too',
      mutant('published', { 'a stays below 2': 2 }, 2),
      0,
      'as wrong as their right siblings: published',
    ],
  ])('%s', async (_what, one, code, text) => {
    const ended = await mutants('', [suiteWith('one', [one])]);
    expect(ended.out).toContain(text);
    expect(ended.code).toBe(code);
  });

  test('a limit leaves mutants undecided, unless what was said of them is seen before', async () => {
    const limited = await mutants('--max-states 3', [cases]);
    expect(limited.code).toBe(3);
    expect(limited.out).toContain('undecided  passes');
    expect(limited.out).toContain('not decided: nobody passes the limit, a stays below 2, both reach 2');
    expect(limited.out).toContain('killed 0 of 2, survivors quiet 0 of 1; undecided: passes, stops, same');
    expect((await mutants('--max-states 12 --mutant passes', [cases])).code).toBe(0);
    expect((await mutants('--max-states 8 --mutant same', [cases])).code).toBe(3);
  });

  test('the worst outcome decides', async () => {
    const all = suiteWith('all', [passing, unchanged, survivor('loud', 3)]);
    const { code, out } = await mutants('', [all]);
    expect(code).toBe(1);
    expect(out).toContain('killed 1 of 2, survivors quiet 0 of 1; survived: unchanged; false alarms: loud');
  });

  test('an interruption tells what is known and exits with 130', async () => {
    const controller = new AbortController();
    controller.abort();
    const { code, out } = await mutants('', [cases], { interrupted: controller.signal });
    expect(code).toBe(130);
    expect(out).toContain('interrupted: killed');
    expect(out).not.toContain('stops');
  });
});

describe('which mutants', () => {
  const family = ['ring-a', 'ring-b', 'rings'].map((model) => suiteWith(model, [passing]));

  test('a word means a family of models', async () => {
    const { out } = await mutants('ring', family);
    expect(out.match(/^ring\S*(?=:)/gm)).toEqual(['ring-a', 'ring-b']);
    expect((await mutants('ring-b ring-b', family)).out.match(/^ring\S*(?=:)/gm)).toEqual(['ring-b']);
    expect((await mutants('', family)).out).toContain('killed 3 of 3');
  });

  test('a person has suites of their own', async () => {
    const file = join(scratch(), 'own.mjs');
    const kernel = new URL('../../src/kernel/index.ts', import.meta.url).href;
    writeFileSync(
      file,
      `import { always, peer, system } from ${JSON.stringify(kernel)};
       import { setup } from 'file://${join(process.cwd(), 'node_modules/xstate/dist/xstate.esm.js')}';
       const lamp = (on) => setup({}).createMachine({ context: {}, initial: 'off', states: { off: { on: { go: on } }, on: {} } });
       const lit = (on) => system({ name: 'lamp', peers: { a: peer(lamp(on)) }, operations: [{ name: 'go' }] });
       export default {
         model: 'lamp', summary: 'A lamp', parameters: {}, configurations: { plain: { doc: 'a lamp', set: {} } },
         system: () => lit('off'),
         claims: () => [{ property: always('the lamp is off', (w) => w.state('a') === 'off') }],
         mutants: [{ name: 'M1', doc: 'it lights', values: {}, system: () => lit('on'), kills: { 'the lamp is off': 1 } }],
       };`,
    );
    const { code, out } = await mutants(file, []);
    expect([code, out]).toEqual([0, expect.stringContaining('killed 1 of 1')]);
  });

  test.each<[string, string, readonly Suite[], string]>([
    ['an unknown model', 'rnig', family, 'there is no model named "rnig"'],
    ['an unknown mutant', '--mutant pases', [cases], 'there is no mutant named pases'],
    ['a model without any', 'bare', [suiteOf('bare', standing)], 'no model that was named has seeded bugs'],
    ['a configuration', 'cases/three', [cases], 'names a configuration, and mutants bring their own'],
  ])('%s is a mistake', async (_what, words, suites, text) => {
    const { code, err } = await mutants(words, suites);
    expect([code, err]).toEqual([2, expect.stringContaining(text)]);
  });

  const broken = (change: Partial<Record<keyof Mutant, unknown>>) => [{ ...passing, ...change } as Mutant];
  test.each<[string, readonly Mutant[], string]>([
    ['kills a claim that there is not', broken({ kills: { nobody: 1 } }), 'passes kills "nobody", which is no claim'],
    ['kills nothing', broken({ kills: {} }), 'passes kills nothing'],
    ['survives and kills', broken({ survivor: true }), 'passes survives and kills'],
    ['is there twice', [passing, passing], 'two mutants have the name "passes"'],
    ['has no system', broken({ system: undefined }), 'passes has no system'],
    [
      'has a system that throws',
      broken({ system: () => (undefined as never as Values).x }),
      'system() of passes threw',
    ],
    ['has no kills', broken({ kills: undefined }), 'passes has no values or no kills'],
    ['has no name', broken({ name: 7 }), 'one has no name or no doc'],
    ['is not in a list', {} as never, 'mutants is no list'],
    ['has values out of range', broken({ values: { limit: 0 } }), 'limit cannot be 0'],
  ])('one that %s is a mistake in the suite', async (_what, wrong, text) => {
    const { code, err } = await mutants('', [suiteWith('wrong', wrong)]);
    expect([code, err]).toEqual([2, expect.stringContaining(text)]);
  });
});

describe('a file for each fall', () => {
  const folder = scratch();

  test('is written, named in the list, and replays on the mutant', async () => {
    const out = join(folder, 'falls');
    const { code, out: told } = await mutants(`cases --out ${out}`, [cases]);
    expect(code).toBe(0);
    const file = join(out, 'cases-passes-nobody-passes-the-limit.json');
    expect(told).toContain(`      replay: churnproof replay ${file}`);
    expect(readdirSync(out)).toEqual(['cases-passes-nobody-passes-the-limit.json']);
    const again = await run(`replay ${file}`, { catalogue: [cases] });
    expect(again.code).toBe(0);
    expect(again.out).toContain('cases with the bug passes limit=2');
    expect(again.out).toContain('  the bug: it counts to 3\n');
    expect(again.out).toContain('reproduced: violated after 3 moves');
  });

  test('is of that mutant and its values alone', async () => {
    const out = join(folder, 'changed');
    await mutants(`cases --out ${out}`, [cases]);
    const file = join(out, 'cases-passes-nobody-passes-the-limit.json');
    const renamed = suiteWith('cases', [mutant('slips', { 'nobody passes the limit': 3 }, 3)]);
    const lost = await run(`replay ${file} --json`, { catalogue: [renamed] });
    expect(lost.code).toBe(2);
    expect(JSON.parse(lost.out).error).toMatchObject({ code: 'TRACE_FOREIGN', expected: 'one of: slips' });
    const mended = suiteWith('cases', [mutant('passes', { 'both reach 2': 'never' }, 1)]);
    expect((await run(`replay ${file}`, { catalogue: [mended] })).code).toBe(1);
    const other = JSON.parse(readFileSync(file, 'utf8'));
    writeFileSync(file, JSON.stringify({ ...other, values: { ...other.values, limit: 1 } }));
    const foreign = await run(`replay ${file} --json`, { catalogue: [cases] });
    expect(JSON.parse(foreign.out).error).toMatchObject({
      code: 'TRACE_FOREIGN',
      message: 'the mutant passes has limit 2 now',
    });
  });
});
