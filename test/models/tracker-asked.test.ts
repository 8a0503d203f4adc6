/** The tracker that is asked anything: its size, and the mistakes that its claims notice. */
import { describe, expect, test } from 'vitest';
import { suite } from '../../properties/tracker-asked.js';
import { check } from '../../src/index.js';
import { judged, told, trials, written } from '../support/mutants.js';

test('one peer of two, drawn by chance: every claim is as expected, in 8757 states', () => {
  const values = {
    ...Object.fromEntries(Object.entries(suite.parameters).map(([name, { default: usual }]) => [name, usual])),
    ...suite.configurations.chance?.set,
  };
  const claims = suite.claims(values);
  const { coverage, findings } = check(
    suite.system(values),
    claims.map(({ property }) => property),
  );
  expect(coverage).toMatchObject({ kind: 'exhaustive', states: 8757 });
  expect(findings.map(({ verdict }) => verdict).filter((one) => one !== 'holds' && one !== 'witnessed')).toEqual([]);
});

describe('mutants', () => {
  test.each(trials(suite).map((trial) => [trial.mutant.name, trial] as const))('%s', (_, trial) =>
    expect(told(judged(trial))).toEqual(written(trial)),
  );
});
