/** Every seeded mistake in lookups breaks the claims it is said to break, at the length it is said to; survivors break none. */
import { describe, expect, test } from 'vitest';
import { chordLookup, type LookupMutant, lookupMutants } from '../../models/chord-lookup/index.js';
import { suite } from '../../properties/chord-lookup.js';
import type { Property } from '../../src/kernel/index.js';
import { check } from '../../src/run/check.js';

const seeded: readonly (readonly [string, LookupMutant])[] = Object.entries(lookupMutants);

const wordOf = ({ name }: Pick<Property, 'name'>): string => name.split(':')[0] as string;

test.each(seeded)('%s', (_, { values, variation, kills, survivor }) => {
  const properties = suite.claims(values).map(({ property }) => property);
  const { coverage, findings } = check(chordLookup({ ...values, variation }), properties);
  expect(coverage.kind).toBe('exhaustive');
  const fallen = findings.flatMap(({ property, verdict, trace }) => {
    const word = wordOf({ name: property });
    if (verdict === 'violated') return [[word, trace?.moves.length]];
    // Witnesses go missing along with what they are there for; only those that tell something are written down.
    return verdict === 'neverWitnessed' && (word in kills || survivor) ? [[word, 'never']] : [];
  });
  expect(Object.fromEntries(fallen)).toEqual(kills);
});

const siblings = new Map(seeded.map(([name, { values }]) => [JSON.stringify(values), [name, values] as const]));

test.each([...siblings.values()])('the right sibling of %s keeps every claim', (_, values) => {
  const claims = suite.claims(values);
  const { findings } = check(
    chordLookup(values),
    claims.map(({ property }) => property),
  );
  expect(findings.filter(({ verdict }) => verdict !== 'holds' && verdict !== 'witnessed')).toEqual([]);
});

test('the suite has them all', () => {
  expect(suite.mutants?.map(({ name }) => name)).toEqual(Object.keys(lookupMutants));
});

describe('every claim can be broken', () => {
  const broken = new Set(seeded.flatMap(([, { kills }]) => Object.keys(kills)));
  const words = Object.values(suite.configurations).flatMap(({ set }) =>
    suite
      .claims({ ...set })
      .filter(({ property }) => property.kind !== 'sometimes')
      .map(({ property }) => wordOf(property)),
  );

  test.each([...new Set(words)])('%s', (word) => expect(broken).toContain(word));
});
