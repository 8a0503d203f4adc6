/** Two-phase commit: the published counts, every claim of its suite, and every mutant caught by the claim it names. */
import { describe, expect, test } from 'vitest';
import { twoPhaseCommit } from '../../models/two-phase-commit/index.js';
import { suite } from '../../properties/two-phase-commit.js';
import { expectedOf } from '../../src/kernel/index.js';
import { check } from '../../src/run/check.js';
import { judged, told, trials, written } from '../support/mutants.js';

const published = [
  { rms: 3, states: 288, transitions: 1_145, depth: 10 },
  { rms: 5, states: 8_832, transitions: 58_145, depth: 16 },
  { rms: 6, states: 50_816, transitions: 402_305, depth: 19 },
  { rms: 7, states: 296_448, transitions: 2_744_705, depth: 22 },
  { rms: 8, states: 1_745_408, transitions: 18_507_777, depth: 25 },
];

describe.each(published)('with $rms resource managers', ({ rms, states, transitions, depth }) => {
  // Others count the initial state as a transition and as a level; here both begin at none.
  test('has the published counts', () => {
    const { coverage } = check(twoPhaseCommit({ rms }), []);
    expect(coverage).toEqual({ kind: 'exhaustive', states, transitions, depth, queue: 0 });
    const { coverage: deep } = check(twoPhaseCommit({ rms }), [], { strategy: 'depth-first' });
    expect([deep.states, deep.transitions]).toEqual([states, transitions]);
  });
});

test.each([2, 3, 5])('every claim is as expected with %i resource managers', (rms) => {
  const claims = suite.claims({ rms });
  const report = check(
    suite.system({ rms }),
    claims.map(({ property }) => property),
  );
  expect(report.coverage.kind).toBe('exhaustive');
  expect(report.findings.map(({ property, verdict, trace }) => [property, verdict, trace?.moves.length])).toEqual(
    claims.map((claim) => [claim.property.name, expectedOf(claim), claim.length]),
  );
});

const seeded = trials(suite).map((trial) => ({ name: trial.mutant.name, trial }));

test.each(seeded)('the mutant $name is caught', ({ trial }) => {
  expect(told(judged(trial))).toEqual(written(trial));
});
