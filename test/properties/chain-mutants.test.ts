/** Every seeded mistake breaks the claims that it is said to break, as soon as it is said to, and no others. */
import { describe, expect, test } from 'vitest';
import { suite } from '../../properties/chain.js';
import { expectedOf, type Property } from '../../src/kernel/index.js';
import { check } from '../../src/run/check.js';

const mutants = suite.mutants ?? [];

/** A claim by the word before the colon, or before the end where that is the whole of its name. */
const wordOf = ({ name }: Pick<Property, 'name'>): string => name.split(':')[0] as string;

test.each(mutants)('$name: $doc', (mutant) => {
  const claims = suite.claims(mutant.values);
  const report = check(
    mutant.system(),
    claims.map(({ property }) => property),
  );
  expect(report.coverage.kind).toBe('exhaustive');
  const broken = report.findings.flatMap(({ property, verdict, trace }, at) =>
    verdict === expectedOf(claims[at] as (typeof claims)[number])
      ? []
      : [[wordOf({ name: property }), verdict === 'neverWitnessed' ? 'never' : trace?.moves.length]],
  );
  expect(Object.fromEntries(broken)).toEqual(mutant.kills);
});

const right = [...new Map(mutants.map(({ values }) => [JSON.stringify(values), values])).values()];

test.each(right)('nothing is broken without a mistake: %o', (values) => {
  const claims = suite.claims(values);
  const { findings } = check(
    suite.system(values),
    claims.map(({ property }) => property),
  );
  expect(findings.map(({ verdict }) => verdict)).toEqual(claims.map(expectedOf));
});

describe('every claim is broken by some mistake', () => {
  const broken = new Set(mutants.flatMap(({ kills }) => Object.keys(kills)));
  const words = Object.values(suite.configurations).flatMap(({ set }) =>
    suite
      .claims(set)
      .filter(({ property }) => property.kind !== 'sometimes')
      .map(({ property }) => wordOf(property)),
  );
  test.each([...new Set(words)])('%s', (word) => expect(broken).toContain(word));
});
