/** `churnproof check --reduce`: the first line says so, and what cannot be shown sound is refused with its code. */
import { expect, test } from 'vitest';
import { catalogue as bundled } from '../../properties/catalogue.js';
import { run, scratch } from './toy.js';

const out = scratch();
const check = (words: readonly string[]) => run(['check', ...words, '--out', out], { catalogue: bundled });

test('the first line names the reduction', async () => {
  const order = await check(['leader-election', '--property', 'when nothing', '--reduce', 'partial-order']);
  expect(order.out).toMatch(
    /^leader-election\/five: exhaustive breadth-first search under partial order reduction, 175 states, /,
  );
  const both = ['--reduce', 'symmetry', '--reduce', 'partial-order'];
  const { code, out: text } = await check(['two-phase-commit/three', '--property', 'no resource manager', ...both]);
  expect([code, text]).toEqual([0, expect.stringContaining('under symmetry and partial order reduction')]);
});

test('what cannot be shown sound is refused, with exit code 2', async () => {
  const { code, err } = await check([
    'two-phase-commit/three',
    '--property',
    'a decision is final',
    '--reduce',
    'partial-order',
  ]);
  expect([code, err]).toEqual([
    2,
    expect.stringContaining("SEARCH_UNSOUND: partial order reduction cannot be shown sound: 'a decision"),
  ]);
});

test('there are three reductions', async () => {
  const { code, err } = await check(['leader-election', '--reduce', 'luck']);
  expect([code, err]).toEqual([2, expect.stringContaining('partial-order, symmetry or rotation')]);
});
