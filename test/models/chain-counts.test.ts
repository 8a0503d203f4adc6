/** The behaviours of one node, counted: every order of every tree, and what the tip does in them. */
import { expect, test } from 'vitest';
import { countChain, countSaid } from '../support/chain-counts.js';

const none = { first: 0, middle: 0, last: 0 };

test.each([
  { n: 3, trees: 6, runs: 36, ambiguous: 2, reorganisations: 9 },
  { n: 4, trees: 24, runs: 576, ambiguous: 10, reorganisations: 246 },
  { n: 5, trees: 120, runs: 14_400, ambiguous: 56, reorganisations: 8482 },
])('$n valid blocks: $runs runs, $reorganisations reorganisations', ({ n, ...counts }) => {
  expect(countChain({ n, flawed: 'none' })).toEqual({ ...counts, failed: none });
  const { runs, reorganisations } = counts;
  expect(countSaid({ n, flawed: 'none' })).toEqual({ runs, reorganisations, failed: 0 });
});

test.each([
  { n: 3, runs: 108, failed: { first: 9, middle: 0, last: 9 } },
  { n: 4, runs: 2304, failed: { first: 246, middle: 0, last: 246 } },
])('$n blocks, one of them invalid: $runs runs, failed attempts $failed', ({ n, runs, failed }) => {
  expect(countChain({ n, flawed: 'one' })).toMatchObject({ runs, failed });
  expect(countSaid({ n, flawed: 'one' })).toMatchObject({ runs, failed: failed.first + failed.middle + failed.last });
});

test('5 blocks, one of them invalid: 72,000 runs, in 17,414 of them an attempt fails', () => {
  expect(countSaid({ n: 5, flawed: 'one' })).toMatchObject({ runs: 72_000, failed: 17_414 });
});
