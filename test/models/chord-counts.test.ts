/** Chord has exactly the reference counts of states, transitions and depth, whichever way it is searched. */
import { expect, test } from 'vitest';
import { check } from '../../src/run/check.js';
import { largeCounts, smallCounts } from '../support/chord-counts.js';

test.each([...smallCounts, ...largeCounts])('$name has $states states', ({ system, states, transitions, depth }) => {
  expect(check(system, []).coverage).toEqual({ kind: 'exhaustive', states, transitions, depth, queue: 0 });
});

test.each(smallCounts)('$name has them depth first too', (row) => {
  const { coverage } = check(row.system, [], { strategy: 'depth-first' });
  expect([coverage.kind, coverage.states, coverage.transitions]).toEqual(['exhaustive', row.states, row.transitions]);
});
