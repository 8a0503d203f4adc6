/** Leader election: the published counts, every claim, every mutant, and the same verdicts under partial order reduction. */
import { describe, expect, test } from 'vitest';
import { leaderElection } from '../../models/leader-election/index.js';
import { elected, suite } from '../../properties/leader-election.js';
import { expectedOf } from '../../src/kernel/index.js';
import { check } from '../../src/run/check.js';
import { judged, told, trials, written } from '../support/mutants.js';

/** Spin's counts of the same ring in Promela; it counts the initial state as one transition and one level more. */
test('eight members have as many states, transitions and levels as Spin counts', () => {
  const { coverage } = check(leaderElection({ members: 8 }), [elected]);
  expect(coverage).toMatchObject({ kind: 'exhaustive', states: 52_617, transitions: 221_169 - 1, depth: 37 - 1 });
});

describe.each(['falling', 'rising'] as const)('in %s order', (order) => {
  test.each([3, 5, 6])('every claim about %i members is as expected, reduced or not', (members) => {
    const claims = suite.claims({ members, order });
    const properties = claims.map(({ property }) => property);
    const full = check(leaderElection({ members, order }), properties);
    const reduced = check(leaderElection({ members, order }), properties, { reduce: ['partial-order'] });
    expect(full.findings.map(({ verdict }) => verdict)).toEqual(claims.map(expectedOf));
    for (const [i, { length }] of claims.entries())
      if (length !== undefined) expect(full.findings[i]?.trace?.moves).toHaveLength(length);
    expect(lengths(reduced)).toEqual(lengths(full));
  });
});

const lengths = ({ findings }: ReturnType<typeof check>) =>
  findings.map(({ verdict, trace }) => [verdict, trace?.moves.length]);

test('reduced, eight members take a twentieth of the states to the same verdict', () => {
  const report = check(leaderElection({ members: 8 }), [elected], { reduce: ['partial-order'] });
  expect(report).toMatchObject({ reduced: 'partial order reduction', coverage: { kind: 'exhaustive', states: 2435 } });
  expect(report.findings[0]?.verdict).toBe('holds');
});

const seeded = trials(suite).map((trial) => ({ name: trial.mutant.name, trial }));

test.each(seeded)('the mutant $name is caught', ({ trial }) => {
  expect(told(judged(trial))).toEqual(written(trial));
});

test.each(seeded)('the mutant $name gets the same verdicts reduced', ({ trial }) => {
  const properties = trial.claims.map(({ property }) => property);
  const reduced = check(trial.system, properties, { reduce: ['partial-order'] });
  expect(lengths(reduced)).toEqual(lengths(check(trial.system, properties)));
});
