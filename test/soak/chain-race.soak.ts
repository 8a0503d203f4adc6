/** The double-spend race in full: the whole table of the page by search, and the configurations that are not quick. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { circumstances, depths, rowOf } from '../../bench/race-table.js';
import { suite } from '../../properties/chain-race.js';
import { expectedOf } from '../../src/kernel/index.js';
import { check } from '../../src/run/check.js';

const page = readFileSync(new URL('../../models/chain-race/README.md', import.meta.url), 'utf8');

test.each(
  circumstances.flatMap((circumstance) => depths.map((depth) => [circumstance.label, depth, circumstance] as const)),
)('%s, depth %i: the row of the page', (label, depth, circumstance) => {
  expect(page).toContain(`| ${[label, depth, ...rowOf(circumstance, depth)].join(' | ')} |\n`);
});

test.each(Object.entries(suite.configurations).filter(([, { quick }]) => !quick))('%s is as expected', (_, { set }) => {
  const claims = suite.claims(set);
  const { coverage, findings } = check(
    suite.system(set),
    claims.map(({ property }) => property),
  );
  expect(coverage.kind).toBe('exhaustive');
  expect(findings.map(({ property, verdict }) => [property, verdict])).toEqual(
    claims.map((claim) => [claim.property.name, expectedOf(claim)]),
  );
});
