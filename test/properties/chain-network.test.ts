/** The suite of a blockchain network: exact sizes, every claim as expected, and every seeded mistake noticed as it is said to be. */
import { describe, expect, test } from 'vitest';
import { suite } from '../../properties/chain-network.js';
import { expectedOf, type Values } from '../../src/kernel/index.js';
import { check } from '../../src/run/check.js';
import { judged, told, trials, written } from '../support/mutants.js';

/** What was found where a claim says otherwise, and the size of the search. */
function surprises(values: Values): readonly [states: number, transitions: number, surprises: readonly unknown[]] {
  const claims = suite.claims(values);
  const { coverage, findings } = check(
    suite.system(values),
    claims.map(({ property }) => property),
  );
  expect(coverage.kind).toBe('exhaustive');
  const wrong = findings.filter(({ verdict }, at) => verdict !== expectedOf(claims[at] as (typeof claims)[number]));
  return [coverage.states, coverage.transitions, wrong.map(({ property, verdict }) => [property, verdict])];
}

const sizes: Readonly<Record<string, readonly [states: number, transitions: number]>> = {
  small: [38_723, 151_432],
  split: [5_753, 19_014],
  further: [4_378, 9_880],
  inv: [3_255, 10_067],
  crashes: [106_649, 441_925],
  absence: [4_593, 10_532],
  batch: [2_902, 7_030],
  hasty: [445, 1_182],
  lower: [2_987, 5_384],
  limit: [355, 794],
  clock: [269, 582],
  withholds: [955, 2_716],
  invalid: [6_915, 17_818],
  mutates: [513, 1_680],
  spams: [845, 1_934],
  orphans: [3_018, 7_870],
  stalls: [141, 282],
  stale: [962, 2_846],
  equivocates: [4_041, 10_428],
};
const quick = Object.entries(suite.configurations).filter(([, one]) => one.quick);

test.each(quick)('%s', (name, { set }) => expect(surprises(set)).toEqual([...(sizes[name] ?? []), []]));

test('each quick configuration has its size here', () =>
  expect(quick.map(([name]) => name)).toEqual(Object.keys(sizes)));

test('every configuration sets every parameter', () => {
  for (const { set } of Object.values(suite.configurations))
    expect(Object.keys(set).sort()).toEqual(Object.keys(suite.parameters).sort());
});

test.each(trials(suite).map((trial) => ({ name: trial.mutant.name, trial })))('mutant $name', ({ trial }) =>
  expect(told(judged(trial))).toEqual(written(trial)),
);

const right = [...new Map((suite.mutants ?? []).map(({ values }) => [JSON.stringify(values), values])).values()];

test.each(right)('nothing is broken without a mistake: %o', (values) => expect(surprises(values)[2]).toEqual([]));

describe('every claim is broken by some mistake', () => {
  const broken = new Set((suite.mutants ?? []).flatMap(({ kills }) => Object.keys(kills)));
  const words = Object.values(suite.configurations).flatMap(({ set }) =>
    suite
      .claims(set)
      .filter(({ property }) => property.kind !== 'sometimes')
      .map(({ property }) => property.name.split(':')[0] as string),
  );
  test.each([...new Set(words)])('%s', (word) => expect(broken).toContain(word));
});
