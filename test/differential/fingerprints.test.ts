/** Bundled configurations by fingerprints and exactly: counts, verdicts, depths and traces. The soak takes them all to the end. */
import { expect, test } from 'vitest';
import { catalogue } from '../../properties/catalogue.js';
import type { Suite } from '../../src/kernel/index.js';
import { check } from '../../src/run/check.js';
import { fairProperties, randomErrands, randomLikes, randomProperties } from '../support/errands.js';
import { alike, quickOf, search } from '../support/hashed.js';
import { trials } from '../support/mutants.js';
import { chance } from '../support/random.js';

const suiteOf = (model: string): Suite => catalogue.find((suite) => suite.model === model)!;

test('the first states of every model', () => {
  for (const suite of catalogue)
    for (const name of quickOf(suite).slice(0, 1))
      expect(alike(search(suite, name, { store: 'fingerprint', maxStates: 150 })), `${suite.model}/${name}`).toEqual(
        alike(search(suite, name, { maxStates: 150 })),
      );
});

test.each([
  ['two-phase-commit', 'five', 8832],
  ['stop-and-wait', 'unordered', 830],
  ['leader-election', 'five', 507],
  ['chord-zave', 'reuse', 2577],
  ['chord-zave', 'five', 15_740],
  ['chord-msg', 'visible-r1', 310],
  ['dissemination', 'n4k2', 2200],
  ['tracker', 'remember', 1354],
  ['chain-network', 'withholds', 955],
])('%s/%s to the end: %i states', (model, configuration, states) => {
  const exact = search(suiteOf(model), configuration);
  expect(exact.coverage).toMatchObject({ kind: 'exhaustive', states });
  const hashed = search(suiteOf(model), configuration, { store: 'fingerprint', seed: 7 });
  expect(hashed.coverage.kind).toBe('hashed');
  expect(alike(hashed)).toEqual(alike(exact));
});

test.each(['stop-and-wait', 'leader-election', 'two-phase-commit'])('seeded bugs of %s fall alike', (model) => {
  const all = trials(suiteOf(model));
  expect(all.length).toBeGreaterThan(0);
  for (const { system, claims, mutant } of all) {
    const properties = claims.map(({ property }) => property);
    const exact = check(system, properties, { maxStates: 20_000 });
    const hashed = check(system, properties, { maxStates: 20_000, store: 'fingerprint' });
    const kept = (_: unknown, i: number) => hashed.findings[i]?.why === undefined;
    expect(alike({ ...hashed, findings: hashed.findings.filter(kept) }), mutant.name).toEqual(
      alike({ ...exact, findings: exact.findings.filter(kept) }),
    );
  }
});

test.each([
  [['partial-order'], randomErrands],
  [['symmetry'], randomLikes],
  [['symmetry', 'partial-order'], randomLikes],
] as const)('systems drawn at random, under %s', (reduce, draw) => {
  let traces = 0;
  for (let seed = 0; seed < 60; seed++) {
    const dice = chance(seed);
    const spec = draw(`random ${seed}`, dice);
    const properties = draw === randomErrands ? randomProperties(Object.keys(spec.peers), dice) : fairProperties(dice);
    const asked = [spec as never, properties as never] as const;
    const exact = check(...asked, { reduce, maxStates: 1000 });
    expect(alike(check(...asked, { reduce, maxStates: 1000, store: 'fingerprint', seed })), `seed ${seed}`).toEqual(
      alike(exact),
    );
    traces += exact.findings.filter(({ trace }) => (trace?.moves.length ?? 0) > 1).length;
  }
  expect(traces).toBeGreaterThan(15);
});

test.each([
  ['chord-zave', 'five'],
  ['chord-orig', 'reuse'],
])('%s/%s under rotation, with the traces of claims that are refuted or witnessed', (model, configuration) => {
  const limits = { reduce: ['rotation'], maxStates: 3000 } as const;
  const exact = search(suiteOf(model), configuration, limits);
  expect(exact.findings.filter(({ trace }) => (trace?.moves.length ?? 0) > 1).length).toBeGreaterThan(2);
  expect(alike(search(suiteOf(model), configuration, { ...limits, store: 'fingerprint' }))).toEqual(alike(exact));
});
