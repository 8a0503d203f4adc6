/** `churnproof replay` of a divergence: the model's side is taken again, and it is said what the other one showed. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type DivergenceFile, writeDivergence } from '../../src/conform/index.js';
import { run, scratch } from './toy.js';

const folder = scratch();

const add = (by: string) =>
  ({ kind: 'operation', peer: by, operation: 'add', args: {}, event: { type: 'add' } }) as const;
const sample: DivergenceFile = {
  schemaVersion: 1,
  tool: 'churnproof',
  kind: 'divergence',
  campaign: 'counters',
  implementation: 'abacus',
  version: '0.3.0',
  known: ['slow'],
  model: 'bad',
  configuration: 'three',
  values: { limit: 3, loud: false, order: 'up' },
  label: 'start 1',
  step: 2,
  aspect: 'sum',
  allowed: [2],
  seen: 1,
  because: '2 were added',
  start: 0,
  choices: [0, 0],
  moves: [add('a'), add('a')],
};

function replay(change: Partial<DivergenceFile>, ...options: readonly string[]) {
  const file = join(folder, 'divergence.json');
  writeFileSync(file, writeDivergence({ ...sample, ...change }));
  return run(['replay', file, ...options]);
}

test('each step, what the model expects and why, and what was seen instead', async () => {
  expect(await replay({})).toMatchInlineSnapshot(`
    {
      "code": 0,
      "err": "",
      "out": "bad/three limit=3 loud=false order=up: held against abacus 0.3.0
         0. start 1
              a: {"n":0,"limit":3}
              b: {"n":0,"limit":3}
         1. a: add
              a: n 0 -> 1
         2. a: add
              a: n 1 -> 2
      the model expects sum: 2, for 2 were added
      the implementation shows sum: 1
      the model does the same as when it was recorded
    ",
    }
  `);
});

test('a model that has changed since is told', async () => {
  expect(await replay({ label: 'start 9' })).toMatchObject({ code: 1, out: expect.stringContaining('CHANGED') });
  const foreign = { ...add('a'), operation: 'subtract' };
  const lost = await replay({ moves: [add('a'), foreign] });
  expect(lost).toMatchObject({ code: 1, out: expect.stringContaining('drift: step 2 was a: subtract') });
});

test.each(['--json', '--step', '--html=page.html', '--emit=vitest', '--export=itf'])(
  '%s is refused',
  async (option) => {
    expect(await replay({}, option)).toMatchObject({ code: 2, err: expect.stringContaining('error USAGE') });
  },
);

test('a file that is meant to be one and is not is refused by its code', async () => {
  const file = join(folder, 'broken.json');
  writeFileSync(file, '{"schemaVersion":1,"tool":"churnproof","kind":"divergence"}');
  expect(await run(['replay', file])).toMatchObject({ code: 2, err: expect.stringContaining('DIVERGENCE_INVALID') });
});
