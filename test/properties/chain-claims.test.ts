/** The suite of one node finds what it expects in every configuration, and in every small one that can be asked for. */
import { expect, test } from 'vitest';
import { defaults, suite } from '../../properties/chain.js';
import { expectedOf, type Values } from '../../src/kernel/index.js';
import { check } from '../../src/run/check.js';

/** What was found where a claim says otherwise. */
function surprises(values: Values): readonly string[] {
  const claims = suite.claims(values);
  const { findings, coverage } = check(
    suite.system(values),
    claims.map(({ property }) => property),
  );
  expect(coverage.kind).toBe('exhaustive');
  return findings.flatMap(({ property, verdict }, at) =>
    verdict === expectedOf(claims[at] as (typeof claims)[number]) ? [] : [`${property}: ${verdict}`],
  );
}

const quick = Object.entries(suite.configurations).filter(([, { quick }]) => quick);

test.each(quick)('%s', (_name, { set }) => expect(surprises(set)).toEqual([]));

test('every configuration sets every parameter', () => {
  for (const { set } of Object.values(suite.configurations))
    expect(Object.keys(set).sort()).toEqual(Object.keys(suite.parameters).sort());
});

const optionsOf = (name: string): readonly string[] => {
  const parameter = suite.parameters[name];
  return parameter?.type === 'choice' ? parameter.options : [];
};

/** Every choice of what is wrong and of ties, at both paces; three blocks are for the soak. */
const small = [2].flatMap((n) =>
  optionsOf('flawed').flatMap((flawed) =>
    (flawed === 'none' ? ['ctxInvalid'] : optionsOf('flaw')).flatMap((flaw) =>
      optionsOf('tie').flatMap((tie) =>
        optionsOf('steps').map((steps) => ({ n, flawed, flaw, tie, steps, maxWork: 2 })),
      ),
    ),
  ),
);

test.each(small)('%o', (set) => expect(surprises({ ...defaults, ...set })).toEqual([]));

const mixed: readonly Values[] = [
  { n: 2, maxWork: 3, rule: 'length' },
  { n: 2, maxWork: 3, rule: 'length', tie: 'lowestHash' },
  { n: 3, maxWork: 2, rule: 'length', tie: 'lowerHeight' },
  { n: 3, maxWork: 3, rule: 'length', steps: 'whole' },
  { n: 3, maxWork: 2, tie: 'lowestHash' },
  { n: 2, crashes: 1 },
  { n: 2, crashes: 1, flush: 'lazy', headers: true },
  { n: 3, crashes: 1, flush: 'lazy', flawed: 'one' },
  { n: 3, crashes: 1, steps: 'whole' },
  { n: 2, invalidations: 1 },
  { n: 3, invalidations: 1, reconsiderations: 1, flawed: 'one', flaw: 'bodyInvalid' },
  { n: 2, invalidations: 2, reconsiderations: 1, crashes: 1, flush: 'lazy' },
  { n: 2, deliveries: 'any', mutated: true, headers: true },
  { n: 1, deliveries: 'any', mutated: true },
  { n: 2, mutated: true, flawed: 'one', flaw: 'headerInvalid' },
  { n: 3, orphanLimit: 1, deliveries: 'any', flawed: 'one', flaw: 'headerInvalid' },
];

test.each(mixed)('%o', (set) => expect(surprises({ ...defaults, ...set })).toEqual([]));
