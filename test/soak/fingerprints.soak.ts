/** Fingerprints against the exact search: every quick configuration to the end by two seeds, and every seeded bug. */
import { expect, test } from 'vitest';
import { catalogue } from '../../properties/catalogue.js';
import { isTemporal } from '../../src/kernel/index.js';
import { check } from '../../src/run/check.js';
import { alike, quickOf, search } from '../support/hashed.js';
import { trials } from '../support/mutants.js';

const quick = catalogue.flatMap((suite) =>
  quickOf(suite).map((configuration) => ({ name: `${suite.model}/${configuration}`, suite, configuration })),
);

test.each(quick)('$name', ({ suite, configuration }) => {
  const exact = alike(search(suite, configuration));
  for (const seed of [1, 2]) expect(alike(search(suite, configuration, { store: 'fingerprint', seed }))).toEqual(exact);
});

const bugs = catalogue.flatMap((suite) =>
  trials(suite).map((trial) => ({ name: `${suite.model} ${trial.mutant.name}`, trial })),
);

test.each(bugs)('$name falls alike', ({ trial: { system, claims } }) => {
  const properties = claims.map(({ property }) => property).filter((property) => !isTemporal(property));
  const limits = { maxStates: 300_000, stopWhenDecided: true };
  const exact = check(system, properties, limits);
  expect(alike(check(system, properties, { ...limits, store: 'fingerprint' }))).toEqual(alike(exact));
});
