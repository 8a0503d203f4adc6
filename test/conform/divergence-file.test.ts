/** The file of a divergence: written and read back, taken again, and refused by a code where it is wrong. */
import { expect, test } from 'vitest';
import {
  conform,
  type DivergenceFile,
  divergenceFile,
  isDivergence,
  readDivergence,
  readKnown,
  reproduce,
  writeDivergence,
} from '../../src/conform/index.js';
import { ChurnproofError } from '../../src/kernel/index.js';
import { campaign, type Program, right } from '../support/counter.js';

const wrong: Program = (value, move, moves) => (move.by === 2 && value === 3 ? 0 : right(value, move, moves));

async function recorded(): Promise<DivergenceFile> {
  const report = await conform(campaign(wrong), { kind: 'exhaustive', moves: 3, repeats: 3 });
  return divergenceFile(report, report.divergences[0] as (typeof report.divergences)[number]);
}

test('what is written is read back', async () => {
  const file = await recorded();
  expect(file).toMatchObject({
    implementation: 'program',
    label: 'from 1',
    step: 2,
    aspect: 'value',
    allowed: [5],
    seen: 0,
  });
  const text = writeDivergence(file);
  expect(isDivergence(text)).toBe(true);
  expect(readDivergence(text, 'file')).toEqual(file);
  expect(writeDivergence(readDivergence(text, 'file'))).toBe(text);
});

test('it is taken again on both sides', async () => {
  const file = await recorded();
  expect(await reproduce(campaign(wrong), file)).toMatchObject({
    same: true,
    run: { divergence: { step: 2, seen: 0 } },
  });
  expect(await reproduce(campaign(right), file)).toMatchObject({ same: false, run: { start: 1 } });
});

test('a start that is another now, and moves that are no longer there, are told', async () => {
  const file = await recorded();
  expect(await reproduce(campaign(wrong), { ...file, label: 'from 9' })).toMatchObject({
    same: false,
    drift: 'start 1 is from 1 now',
  });
  const move = { ...file.moves[0], args: { by: 5 } } as (typeof file.moves)[number];
  expect(await reproduce(campaign(wrong), { ...file, moves: [...file.moves, move] })).toMatchObject({
    same: true,
    drift: 'only 2 of 3 moves could be taken',
  });
});

test.each([
  ['not JSON', '{', 'cannot be read'],
  ['a field that is missing', '{"schemaVersion":1,"tool":"churnproof","kind":"divergence"}', 'campaign is missing'],
  ['a number', '7', 'the file is 7'],
])('%s is refused by a code', (_, text, problem) => {
  expect(() => readDivergence(text, 'x.json')).toThrow(ChurnproofError);
  expect(() => readDivergence(text, 'x.json')).toThrow(problem);
});

test.each([
  ['without a reason', [{ id: 'a', implementation: 'x', version: '1', kind: 'defect', reason: 'bug' }]],
  ['of no kind', [{ id: 'a', implementation: 'x', version: '1', kind: 'odd', reason: 'a reason that is long enough' }]],
  [
    'twice',
    Array(2).fill({
      id: 'a',
      implementation: 'x',
      version: '1',
      kind: 'defect',
      reason: 'a reason that is long enough',
    }),
  ],
  ['no list', {}],
])('a list of known divergences with one %s is refused', (_, list) => {
  expect(() => readKnown(list, 'known.ts')).toThrow(expect.objectContaining({ code: 'KNOWN_INVALID' }));
});
