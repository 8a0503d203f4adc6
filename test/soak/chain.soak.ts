/** The counts of one node that take minutes, and its whole suite on more configurations than a pull request waits for. */
import { expect, test } from 'vitest';
import { defaults, suite } from '../../properties/chain.js';
import { expectedOf, type Values } from '../../src/kernel/index.js';
import { check } from '../../src/run/check.js';
import { countChain, countSaid } from '../support/chain-counts.js';

test('5 blocks, one of them invalid, through the composed model', () => {
  expect(countChain({ n: 5, flawed: 'one' })).toMatchObject({
    trees: 600,
    runs: 72_000,
    failed: { first: 8332, middle: 600, last: 8482 },
  });
});

test('6 valid blocks', () => {
  const counts = { runs: 518_400, reorganisations: 387_432 };
  expect(countSaid({ n: 6, flawed: 'none' })).toEqual({ ...counts, failed: 0 });
  expect(countChain({ n: 6, flawed: 'none' })).toMatchObject({ trees: 720, ambiguous: 337, ...counts });
});

const larger: readonly Values[] = [
  { n: 5, flawed: 'upToOne' },
  { n: 4, maxWork: 2, flawed: 'upToOne' },
  { n: 4, deliveries: 'any', mutated: true, flawed: 'upToOne' },
  { n: 4, headers: true, flawed: 'upToOne' },
  { n: 4, invalidations: 2, reconsiderations: 2, flawed: 'upToOne' },
  { n: 4, crashes: 2, flush: 'lazy', flawed: 'upToOne' },
  { n: 4, crashes: 1, headers: true, orphanLimit: 1, deliveries: 'any', flawed: 'upToOne' },
  ...['ctxInvalid', 'bodyInvalid', 'headerInvalid', 'future', 'large'].flatMap((flaw) =>
    ['one', 'upToOne'].flatMap((flawed) =>
      ['firstSeen', 'lowestHash', 'lowerHeight'].flatMap((tie) =>
        ['single', 'whole'].map((steps) => ({ n: 3, maxWork: 2, flaw, flawed, tie, steps })),
      ),
    ),
  ),
];

test.each(larger)('every claim is as expected with %o', (set) => {
  const values = { ...defaults, ...set };
  const claims = suite.claims(values);
  const report = check(
    suite.system(values),
    claims.map(({ property }) => property),
  );
  expect(report.coverage.kind).toBe('exhaustive');
  expect(report.findings.map(({ property, verdict }) => [property, verdict])).toEqual(
    claims.map((claim) => [claim.property.name, expectedOf(claim)]),
  );
});
