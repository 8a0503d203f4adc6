/** The ledger where it takes minutes: every placement with a crash, random placements in larger trees, more crashes. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chainLedger } from '../../models/chain-ledger/index.js';
import { defaults, suite } from '../../properties/chain-ledger.js';
import { expectedOf, type Property, type Values } from '../../src/kernel/index.js';
import { check } from '../../src/run/check.js';

const larger: readonly Values[] = [
  { world: 'placements' },
  { world: 'placements', crashes: 1 },
  { world: 'placements', crashes: 1, flush: 'lazy' },
  { crashes: 4, flush: 'lazy' },
];

test.each(larger)('every claim is as expected with %o', (set) => {
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

/** Names of worlds: each block on any before it, with any cargo. */
const placement = fc
  .integer({ min: 4, max: 5 })
  .chain((n) =>
    fc
      .tuple(...Array.from({ length: n }, (_, at) => fc.tuple(fc.nat(at), fc.constantFrom('-', 'T', 'S', 'C', 'B'))))
      .map((blocks) => ['placed', ...blocks.map(([parent, cargo]) => `${parent}${cargo}`)].join(' ')),
  );

const always: readonly Property[] = suite
  .claims({ ...defaults, crashes: 1 })
  .map(({ property }) => property)
  .filter(({ kind }) => kind !== 'sometimes');

test('all that is claimed holds in any world of four or five blocks, with a crash', () => {
  fc.assert(
    fc.property(placement, fc.constantFrom('each', 'lazy'), (world, flush) => {
      const { coverage, findings } = check(chainLedger({ world, n: 3, crashes: 1, flush: flush as 'each' }), always);
      expect(coverage.kind).toBe('exhaustive');
      expect(findings.filter(({ verdict }) => verdict !== 'holds')).toEqual([]);
    }),
    { numRuns: 150, endOnFailure: true },
  );
});
