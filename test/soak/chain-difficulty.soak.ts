/** Difficulty and time for longer: windows that are joined keep their pace, those that overlap lose it. */
import { expect, test } from 'vitest';
import { defaults, suite } from '../../properties/chain-difficulty.js';
import { expectedOf, type Values } from '../../src/kernel/index.js';
import { check } from '../../src/run/check.js';

const longer: readonly Values[] = [
  ...Object.values(suite.configurations).flatMap(({ quick, set }) => (quick ? [] : [set])),
  { measure: 'joined', horizon: 40 },
  { measure: 'bip54', horizon: 40 },
  { measure: 'bip54', window: 3, horizon: 44 },
  { measure: 'overlapping', horizon: 28 },
  { measure: 'overlapping', horizon: 29 },
  { measure: 'bitcoin', horizon: 12, truth: true },
];

test.each(longer)('every claim is as expected with %o', (set) => {
  const values = { ...defaults, ...set };
  const claims = suite.claims(values);
  const { coverage, findings } = check(
    suite.system(values),
    claims.map(({ property }) => property),
  );
  expect(coverage.kind).toBe('exhaustive');
  expect(findings.map(({ property, verdict }) => [property, verdict])).toEqual(
    claims.map((claim) => [claim.property.name, expectedOf(claim)]),
  );
});
