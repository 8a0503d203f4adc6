/** More of the tracker than a pull request waits for: three clients that finish or stop, and combinations of churn. */
import { expect, test } from 'vitest';
import { suite } from '../../properties/tracker.js';
import { expectedOf, type Values } from '../../src/kernel/index.js';
import { check } from '../../src/run/check.js';

const larger: readonly (readonly [states: number, set: Values])[] = [
  [166_716, { finishes: 1 }],
  [146_482, { stops: 1 }],
  [28_084, { clients: 2, finishes: 1, stops: 1 }],
  [30_169, { clients: 2, finishes: 1, trackerCrashes: 1, losses: 1 }],
  [414_056, { clients: 2, moves: 1, finishes: 1 }],
  [26_496, { clients: 2, moves: 1, losses: 1, keyPolicy: 'peerId' }],
  [11_390, { clients: 2, crashes: 1, keyPolicy: 'key' }],
  [6_146, { clients: 1, seeds: 0, shared: 0, finishes: 1, crashes: 1, duplicates: 1 }],
  [2_001, { clients: 2, seeds: 2, seedsToSeeds: true, losses: 1, trackerCrashes: 1 }],
];

const defaults: Values = Object.fromEntries(
  Object.entries(suite.parameters).map(([name, parameter]) => [name, parameter.default]),
);

test.each(larger)('%i states: every claim is as expected with %o', (states, set) => {
  const values = { ...defaults, ...set };
  const claims = suite.claims(values);
  const { coverage, findings } = check(
    suite.system(values),
    claims.map(({ property }) => property),
  );
  expect(coverage).toMatchObject({ kind: 'exhaustive', states });
  expect(findings.map(({ property, verdict }) => [property, verdict])).toEqual(
    claims.map((claim) => [claim.property.name, expectedOf(claim)]),
  );
});
