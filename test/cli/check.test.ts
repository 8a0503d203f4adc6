/** `churnproof check`: what it prints, writes and exits with, for every way in which a search can end. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readTrace } from '../../src/trace/index.js';
import { bad, catalogue, claims, good, published, run, scratch, suiteOf } from './toy.js';

const out = scratch();
const check = (words: string, given?: Parameters<typeof run>[1]) => run(`check ${words} --out ${out}`, given);

describe('what it prints', () => {
  test('all as expected', async () => {
    expect(await check('good')).toMatchInlineSnapshot(`
      {
        "code": 0,
        "err": "",
        "out": "good/three: exhaustive breadth-first search, 16 states, 24 transitions, depth 6, 0.0 s
        holds      nobody passes the limit (in all 16 states)
        witnessed  both reach 2 (4 moves)
      2 claims, all as expected
      ",
      }
    `);
  });

  test('an expected violation counts as expected and tells its length', async () => {
    const { code, out: text } = await check('published');
    expect(code).toBe(0);
    expect(text).toContain('violated   a stays below 2 (as expected, 2 moves)');
    expect(text).not.toContain('1. ');
  });

  test('an unexpected one is told, written and exits with 1', async () => {
    const folder = join(out, 'bad');
    const result = await run(`check bad --out ${folder}`);
    expect({ ...result, out: result.out.replaceAll(folder, 'FOLDER') }).toMatchInlineSnapshot(`
      {
        "code": 1,
        "err": "",
        "out": "bad/three: exhaustive breadth-first search, 16 states, 24 transitions, depth 6, 0.0 s
        holds      nobody passes the limit (in all 16 states)
        VIOLATED   a stays below 2 (2 moves)
           1. a: add
           2. a: add
          replay: churnproof replay FOLDER/bad-three-a-stays-below-2.json
      1 counterexample is in FOLDER: churnproof replay <file>
      2 claims: 1 not as expected
      ",
      }
    `);
    const [file] = readdirSync(folder);
    expect(file).toBe('bad-three-a-stays-below-2.json');
    const text = readFileSync(join(folder, file as string), 'utf8');
    expect(readTrace(text, 'x')).toMatchObject({
      model: 'bad',
      values: { limit: 3, loud: false, order: 'up' },
      choices: [0, 0],
    });
  });

  test('the same trace is written byte for byte each time', async () => {
    const once = join(out, 'once');
    const again = join(out, 'again');
    await run(`check bad --out ${once}`);
    await run(`check bad --out ${again}`);
    const read = (folder: string) => readFileSync(join(folder, 'bad-three-a-stays-below-2.json'), 'utf8');
    expect(read(again)).toBe(read(once));
  });

  test('without a model: the quick configurations of every suite', async () => {
    const { code, out: text } = await check('', { catalogue: [good, published, bad] });
    expect(code).toBe(0);
    expect(text.match(/^\S+: /gm)).toEqual(['good/three: ', 'published/three: ']);
    expect(text).toContain('5 claims, all as expected');
  });

  test('one document, or a list of several', async () => {
    const one = JSON.parse((await check('bad --json')).out);
    expect(one).toMatchObject({ schemaVersion: 1, model: 'bad', config: 'three', strategy: 'breadth-first' });
    expect(one.coverage).toMatchObject({ kind: 'exhaustive', states: 16, transitions: 24, depth: 6 });
    expect(one.verdicts[1]).toMatchObject({ verdict: 'violated', asExpected: false, length: 2 });
    expect(one.verdicts[1].trace).toEqual({
      path: join(out, 'bad-three-a-stays-below-2.json'),
      start: 0,
      moves: ['a: add', 'a: add'],
    });
    const several = JSON.parse((await check('good published/hundred --json')).out);
    expect(several.reports.map((report: { config: string }) => report.config)).toEqual(['three', 'hundred']);
  });

  test('colours only where they are wanted', async () => {
    expect((await check('good')).out).not.toContain('\u001B');
    expect((await check('good', { env: { FORCE_COLOR: '1' } })).out).toContain('\u001B[32mholds');
    expect((await check('good', { env: { FORCE_COLOR: '1', NO_COLOR: '1' } })).out).not.toContain('\u001B');
  });

  test('two properties that look alike have a file each', async () => {
    const alike = suiteOf('alike', [
      { ...claims.refuted, property: { ...claims.refuted.property, name: 'A stays, below 2' } },
      { ...claims.refuted, property: { ...claims.refuted.property, name: 'a stays below 2!' } },
      { ...claims.refuted, property: { ...claims.refuted.property, name: '???' } },
    ]);
    const folder = join(out, 'alike');
    await run(`check alike --out ${folder}`, { catalogue: [alike] });
    expect(readdirSync(folder).sort()).toEqual([
      'alike-three-a-stays-below-2-2.json',
      'alike-three-a-stays-below-2.json',
      'alike-three.json',
    ]);
  });
});

describe('what it looks at', () => {
  test('settings override the configuration', async () => {
    const { out: text } = await check('good/hundred --set limit=4 --set loud=true --set order=down');
    expect(text).toContain('good/hundred limit=4 loud=true order=down: exhaustive breadth-first search, 25 states');
  });

  test('only the claims that were asked for', async () => {
    const { out: text } = await check('good published --property A');
    expect(text.match(/^ {2}\w+ /gm)).toEqual(['  violated ']);
    expect(text).not.toContain('good');
  });

  test('by either strategy', async () => {
    expect((await check('good --strategy depth-first')).out).toContain('exhaustive depth-first search, 16 states');
  });

  test('a person has suites of their own, with the bundled ones beside them', async () => {
    const file = join(out, 'own.mjs');
    const kernel = new URL('../../src/kernel/index.ts', import.meta.url).href;
    writeFileSync(
      file,
      `import { always, peer, system } from ${JSON.stringify(kernel)};
       import { setup } from 'file://${join(process.cwd(), 'node_modules/xstate/dist/xstate.esm.js')}';
       const machine = setup({}).createMachine({ context: {}, initial: 'off', states: { off: { on: { go: 'on' } }, on: {} } });
       export default {
         model: 'lamp', summary: 'A lamp', parameters: {}, configurations: { plain: { doc: 'a lamp', set: {} } },
         system: () => system({ name: 'lamp', peers: { a: peer(machine) }, operations: [{ name: 'go' }] }),
         claims: () => [{ property: always('the lamp is off', (w) => w.state('a') === 'off') }],
       };`,
    );
    const { code, out: text } = await check(file);
    expect(text).toContain('lamp/plain: exhaustive');
    expect(text).toContain(`replay: churnproof replay --suite ${file} ${join(out, 'lamp-plain-the-lamp-is-off.json')}`);
    expect(code).toBe(1);
    expect((await check(`lamp good --suite ${file}`)).out).toMatch(/lamp\/plain: .*good\/three: /s);
    expect((await check(`--suite ${file}`)).out).not.toContain('good');
    const again = await run(`replay --suite ${file} ${join(out, 'lamp-plain-the-lamp-is-off.json')}`);
    expect(again.code).toBe(0);
    expect(again.out).toContain('a: off -> on');
  });
});

describe('how it ends', () => {
  test.each([
    ['good', 0],
    ['bad', 1],
    ['nothing', 2],
    ['good/hundred --max-states 100', 3],
    ['good/hundred --max-depth 2', 3],
    ['vacuous', 4],
    ['fickle', 5],
    ['vacuous good/hundred --max-states 100', 4],
    ['bad vacuous', 1],
  ])('%s: exit code %i', async (words, code) => {
    expect((await check(words)).code).toBe(code);
  });

  test('a limit is told with what to do', async () => {
    const { out: text } = await check('good/hundred --max-states 100');
    expect(text).toContain('stopped because the limit of states was reached');
    expect(text).toContain('  try: raise --max-states, or make the system smaller with --set');
    expect(text).toContain('2 claims: 1 undecided');
  });

  test('no time and no memory leave claims undecided', async () => {
    const timed = await check('good --set limit=400 --time-limit 0.001');
    expect(timed).toMatchObject({ code: 3, err: '' });
    expect(timed.out).toContain('stopped because the time was up');
    const crowded = await check('good --set limit=400 --memory-limit 1');
    expect(crowded.code).toBe(3);
    expect(crowded.out).toContain('stopped because the memory was full');
  });

  test('a system without end is caught, with a hint at the missing capacity', async () => {
    const { code, out: text } = await check('flood --max-states 3000');
    expect(code).toBe(3);
    expect(text).toMatch(/note: an inbox grew to \d+ messages: without a capacity/);
  });

  test('an interruption tells what is known, leaves the rest and exits with 130', async () => {
    const controller = new AbortController();
    controller.abort();
    const { code, out: text } = await check('good/hundred good', { interrupted: controller.signal });
    expect(code).toBe(130);
    expect(text).toContain('stopped because it was interrupted');
    expect(text).toContain('interrupted: 2 claims: 1 undecided');
    expect(text).not.toContain('good/three');
  });

  test('Ctrl-C is such an interruption', async () => {
    const before = process.listenerCount('SIGINT');
    setTimeout(() => process.emit('SIGINT'), 20);
    const { code } = await check('good --set limit=400');
    expect(code).toBe(130);
    expect(process.listenerCount('SIGINT')).toBe(before);
  });

  test('--first stops when every claim is decided', async () => {
    const { out: text } = await check('bad --set limit=400 --property a --first');
    expect(text).toContain('stopped because every claim was decided');
  });
});

test('list shows everything there is to name', async () => {
  expect((await run('list good')).out).toMatchInlineSnapshot(`
    "good: Two counters: good
      parameters
        limit  how far they count (a whole number from 1 to 400; default 3)
        loud   changes nothing (true or false; default false)
        order  changes nothing (one of up, down; default up)
      configurations, the first is the default
        three    up to three (limit=3 quick)
        hundred  up to a hundred (limit=100)
      claims of good/three
        always     nobody passes the limit
        sometimes  both reach 2
    "
  `);
  const document = JSON.parse((await run('list --json')).out);
  expect(document.models.map(({ model }: { model: string }) => model)).toEqual(catalogue.map(({ model }) => model));
  expect(document.models[1].claims[1]).toEqual({
    property: 'a stays below 2',
    kind: 'always',
    expected: 'violated',
    length: 2,
  });
});
