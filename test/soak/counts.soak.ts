/** The counts that take minutes. */
import { expect, test } from 'vitest';
import { twoPhaseCommit } from '../../models/two-phase-commit/index.js';
import { check } from '../../src/run/check.js';
import { largeCounts, largestCounts } from '../support/chord-counts.js';

test.each(['breadth-first', 'depth-first'] as const)('two-phase commit with 9 resource managers, %s', (strategy) => {
  const { coverage } = check(twoPhaseCommit({ rms: 9 }), [], { strategy });
  expect(coverage).toMatchObject({ kind: 'exhaustive', states: 10_340_352, transitions: 123_558_401 });
});

test.each(largeCounts)('$name has $states states, whichever way it is searched', ({ system, ...expected }) => {
  const { states, transitions, depth } = expected;
  expect(check(system, []).coverage).toMatchObject({ kind: 'exhaustive', states, transitions, depth });
  const deep = check(system, [], { strategy: 'depth-first' }).coverage;
  expect(deep).toMatchObject({ kind: 'exhaustive', states, transitions });
});

test.each(largestCounts)('$name has $states states', ({ system, states, transitions, depth }) => {
  expect(check(system, []).coverage).toMatchObject({ kind: 'exhaustive', states, transitions, depth });
});
