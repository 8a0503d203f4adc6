/** Lookups in Chord: every claim of every quick configuration, in a space of exactly so many states, in which nobody has to wait. */
import { expect, test } from 'vitest';
import { suite } from '../../properties/chord-lookup.js';
import { expectedOf, type Values } from '../../src/kernel/index.js';
import { check } from '../../src/run/check.js';

const defaults = Object.fromEntries(
  Object.entries(suite.parameters).map(([name, { default: value }]) => [name, value]),
);

const valuesOf = (configuration: string, set: Values = {}): Values => ({
  ...defaults,
  ...suite.configurations[configuration]?.set,
  ...set,
});

/** States, transitions and depth of the quick configurations, and of a few more that are small. */
const counts: Readonly<Record<string, readonly [number, number, number]>> = {
  ideal: [13_411, 22_392, 10],
  full: [1_233, 2_440, 10],
  primitive: [6_573, 11_424, 8],
  iterative: [3_303, 3_786, 8],
  fingers: [9_465, 14_970, 10],
  'iterative-fingers': [6_312, 7_137, 12],
  two: [14_007, 35_670, 15],
  failures: [3_161, 7_832, 20],
  'iterative-failures': [1_901, 4_252, 16],
  churn: [36_798, 102_894, 19],
  fixing: [85_456, 282_864, 47],
  'failures without fingers': [7_517, 23_084, 15],
  'failures, with one finger wrong': [32_601, 71_013, 13],
  alone: [11, 12, 4],
};

const others: Readonly<Record<string, Values>> = {
  'failures without fingers': valuesOf('failures', { method: 'primitive' }),
  'failures, with one finger wrong': valuesOf('failures', { members: 3, r: 2, crashes: 1, wrong: 1 }),
  alone: valuesOf('full', { n: 2, members: 1 }),
};

const quick = Object.entries(suite.configurations).filter(([, { quick }]) => quick === true);

const cases = [...quick.map(([name]) => [name, valuesOf(name)] as const), ...Object.entries(others)];

test.each(cases)('%s: every claim is as expected', (name, values) => {
  const claims = suite.claims(values);
  const { coverage, findings, effort } = check(
    suite.system(values),
    claims.map(({ property }) => property),
  );
  expect(findings.map(({ property, verdict }) => [property, verdict])).toEqual(
    claims.map((claim) => [claim.property.name, expectedOf(claim)]),
  );
  expect([coverage.kind, coverage.states, coverage.transitions, coverage.depth]).toEqual([
    'exhaustive',
    ...(counts[name] ?? []),
  ]);
  // No link is ever full: the bound on what it holds is there for mutants alone.
  expect(effort.blocked).toBe(0);
});

test('every configuration is one that its parameters allow', () => {
  for (const { set } of Object.values(suite.configurations)) {
    for (const [name, value] of Object.entries(set)) {
      const parameter = suite.parameters[name];
      if (parameter?.type === 'integer')
        expect([name, Number(value) >= parameter.min && Number(value) <= parameter.max]).toEqual([name, true]);
      else if (parameter?.type === 'choice') expect(parameter.options).toContain(value);
      else expect(parameter?.type).toBe('boolean');
    }
  }
});
