/** `churnproof replay`: the same steps each time, and a clear word when file and model do not fit. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { weightOf } from '../../src/cli/replay-page.js';
import { type TraceFile, writeTrace } from '../../src/trace/index.js';
import { claims, run, scratch, suiteOf } from './toy.js';

const folder = scratch();

const add = (by: string) =>
  ({ kind: 'operation', peer: by, operation: 'add', args: {}, event: { type: 'add' } }) as const;
const sample: TraceFile = {
  schemaVersion: 1,
  tool: 'churnproof',
  engine: '0.1.0',
  model: 'bad',
  configuration: 'three',
  values: { limit: 3, loud: false, order: 'up' },
  property: 'a stays below 2',
  kind: 'always',
  verdict: 'violated',
  start: 0,
  choices: [0, 0],
  moves: [add('a'), add('a')],
};

let files = 0;
function saved(text: string): string {
  const file = join(folder, `${files++}.json`);
  writeFileSync(file, text);
  return file;
}
const replay = (change: Partial<TraceFile>, given?: Parameters<typeof run>[1]) =>
  run(['replay', saved(writeTrace({ ...sample, ...change }))], given);

test('each step says what it changed, twice the same', async () => {
  const once = await replay({});
  expect(once).toMatchInlineSnapshot(`
    {
      "code": 0,
      "err": "",
      "out": "bad/three limit=3 loud=false order=up: a stays below 2
      recorded: violated in 2 moves
         0. start 1
              a: {"n":0,"limit":3}
              b: {"n":0,"limit":3}
         1. a: add
              a: n 0 -> 1
         2. a: add
              a: n 1 -> 2
      VIOLATED here: a stays below 2
      reproduced: violated after 2 moves
    ",
    }
  `);
  expect(await replay({})).toEqual(once);
});

test('a document for programs', async () => {
  const { code, out } = await run(['replay', saved(writeTrace(sample)), '--json']);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ schemaVersion: 1, model: 'bad', reproduced: true, shownAt: 2, drift: [] });
});

test('what a check writes is reproduced', async () => {
  await run(`check bad published --out ${folder}`);
  for (const model of ['bad', 'published']) {
    const { code, out } = await run(`replay ${join(folder, `${model}-three-a-stays-below-2.json`)}`);
    expect(code).toBe(0);
    expect(out).toContain('reproduced: violated after 2 moves');
  }
});

test('a trace that no longer shows it exits with 1', async () => {
  const { code, out } = await replay({ moves: [add('a'), add('b')], choices: [0, 1] });
  expect(code).toBe(1);
  expect(out).toContain('NOT REPRODUCED');
});

test('drift is told: followed by meaning, or lost', async () => {
  const followed = await replay({ choices: [0, 1] });
  expect(followed.code).toBe(0);
  expect(followed.out).toContain('drift: step 2 was choice 1, is now choice 0: the same move, so it was followed');
  const lost = await replay({ moves: [add('a'), { kind: 'crash', peer: 'a' }] });
  expect(lost.code).toBe(1);
  expect(lost.out).toContain('drift: step 2 was a: crash, is now a: add');
});

test('a trace of another version says so and is replayed', async () => {
  const { code, out } = await replay({ engine: '0.0.1' });
  expect(code).toBe(0);
  expect(out).toMatch(/drift: recorded by churnproof 0\.0\.1, this is \d/);
});

test('a configuration that is gone does not matter: the values say which system it was', async () => {
  expect((await replay({ configuration: 'gone' })).code).toBe(0);
});

test.each([
  ['an unknown model', { model: 'bat' }, 'TRACE_FOREIGN', 'named bat', 'bad'],
  ['an unknown parameter', { values: { limits: 3 } }, 'TRACE_FOREIGN', 'no parameter named limits', 'limit'],
  ['an unknown property', { property: 'a stays below 3' }, 'TRACE_FOREIGN', 'no property named', 'a stays below 2'],
  ['another kind of property', { kind: 'whenQuiet' }, 'TRACE_FOREIGN', 'the property is always now', ''],
  ['a value out of range', { values: { limit: 0 } }, 'PARAMETER_OUT_OF_RANGE', 'limit cannot be 0', ''],
] as const)('%s', async (_what, change, code, message, hint) => {
  const { code: exit, err } = await replay(change as Partial<TraceFile>);
  expect(exit).toBe(2);
  expect(err).toMatch(new RegExp(`^error ${code}: .*${message}`));
  expect(err).toContain(hint);
});

test('a changed model: another property of the same name, a start that is gone', async () => {
  const other = { ...claims.refuted, property: { ...claims.bounded.property, name: 'a stays below 2' } };
  const { code, out } = await replay({}, { catalogue: [suiteOf('bad', [other])] });
  expect(code).toBe(1);
  expect(out).toContain('NOT REPRODUCED');
  expect((await replay({ start: 3 })).out).toContain('drift: the trace begins in start 3, the model now has 1');
});

test('whatever a file holds, the answer is a verdict or one coded paragraph', async () => {
  const text = writeTrace(sample);
  const hostile = fc.constantFrom('"', '{', '}', '-1', '1e9', 'null', '"b"', '[]', '"__proto__":1,', '0', ',');
  await fc.assert(
    fc.asyncProperty(fc.nat(text.length - 1), fc.nat(6), hostile, async (at, remove, insert) => {
      const { code, err } = await run(['replay', saved(text.slice(0, at) + insert + text.slice(at + remove))]);
      if (code === 2) expect(err).toMatch(/^error (TRACE_\w+|PARAMETER_OUT_OF_RANGE): /);
      else expect([0, 1]).toContain(code);
    }),
    { numRuns: 200 },
  );
});

test('a page of more than 1 MB is told, with what can be done about it', () => {
  expect(weightOf('x'.repeat(1_000_000), 40)).toBeUndefined();
  expect(weightOf('é'.repeat(600_000), 40)).toContain('warning: the page has 1.2 MB, for 40 moves');
});
