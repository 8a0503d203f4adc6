/** Every claim of every bundled configuration, the large ones too; and long campaigns of fuzzing. */
import { expect, test } from 'vitest';
import { catalogue } from '../../properties/catalogue.js';
import { expectedOf, type Suite, type Values } from '../../src/kernel/index.js';
import { check } from '../../src/run/check.js';
import { fuzz } from '../../src/run/fuzz.js';

const configurations = catalogue.flatMap((suite) =>
  Object.entries(suite.configurations).map(([name, { set }]) => ({ name: `${suite.model}/${name}`, suite, set })),
);

const valuesOf = (suite: Suite, set: Values): Values => ({
  ...Object.fromEntries(Object.entries(suite.parameters).map(([name, parameter]) => [name, parameter.default])),
  ...set,
});

test.each(configurations)('$name: every claim is as expected', ({ suite, set }) => {
  const values = valuesOf(suite, set);
  const claims = suite.claims(values);
  const report = check(
    suite.system(values),
    claims.map(({ property }) => property),
  );
  expect(report.coverage.kind).toBe('exhaustive');
  expect(report.findings.map(({ property, verdict, trace }) => [property, verdict, trace?.moves.length])).toEqual(
    claims.map((claim, i) => [
      claim.property.name,
      expectedOf(claim),
      claim.length ?? report.findings[i]?.trace?.moves.length,
    ]),
  );
});

test.each(configurations)('$name: fuzzing refutes nothing that holds', async ({ suite, set }) => {
  const values = valuesOf(suite, set);
  const claims = suite.claims(values);
  const properties = claims.map(({ property }) => property);
  for (let seed = 1; seed <= 5; seed++) {
    const { findings } = await fuzz(suite.system(values), properties, { seed, runs: 300, moves: 2_000 });
    for (const [i, { verdict, shrunk }] of findings.entries()) {
      const claim = claims[i] as (typeof claims)[number];
      if (verdict === 'undecided') continue;
      expect(verdict).toBe(expectedOf(claim));
      if (shrunk?.minimal.proved && claim.length !== undefined) expect(shrunk.to).toBe(claim.length);
    }
  }
});
