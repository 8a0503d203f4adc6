/** Bundled configurations with properties that remember what they answered, and with properties that never do. */
import { expect, test } from 'vitest';
import { catalogue } from '../../properties/catalogue.js';
import { breadthFirst } from '../../src/check/index.js';
import type { Model, Property } from '../../src/kernel/index.js';
import { select } from '../../src/run/suite.js';
import { compose } from '../../src/system/index.js';
import { forgetful } from '../support/forgetful.js';
import { alike, quickOf } from '../support/hashed.js';
import { trials } from '../support/mutants.js';

const search = (model: Model, properties: readonly Property[], maxStates?: number) => {
  const running = breadthFirst.start(model, properties, maxStates === undefined ? {} : { maxStates });
  while (!running.done) running.advance(1000);
  return alike(running.report());
};

test('the first states of every quick configuration', () => {
  for (const suite of catalogue)
    for (const name of quickOf(suite)) {
      const { system, claims } = select(suite, name, {}, () => []);
      const properties = claims.map(({ property }) => property);
      expect(search(compose(system), properties, 40), `${suite.model}/${name}`).toEqual(
        search(forgetful(compose(system)), properties, 40),
      );
    }
});

test.each([
  ['stop-and-wait', 'unordered'],
  ['leader-election', 'five'],
  ['chord-msg', 'visible-r1'],
  ['tracker', 'remember'],
])('%s/%s to the end', (model, configuration) => {
  const { system, claims } = select(catalogue.find((suite) => suite.model === model)!, configuration, {}, () => []);
  const properties = claims.map(({ property }) => property);
  expect(search(compose(system), properties)).toEqual(search(forgetful(compose(system)), properties));
});

test.each(['stop-and-wait', 'leader-election', 'chord-zave'])('seeded bugs of %s fall alike', (model) => {
  const all = trials(catalogue.find((suite) => suite.model === model)!);
  expect(all.length).toBeGreaterThan(0);
  for (const { system, claims, mutant } of all) {
    const properties = claims.map(({ property }) => property);
    expect(search(compose(system), properties, 250), mutant.name).toEqual(
      search(forgetful(compose(system)), properties, 250),
    );
  }
});
