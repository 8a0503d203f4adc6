/** The suites as they are loaded one by one are those of the catalogue, in its order. */
import { expect, test } from 'vitest';
import { bundled } from '../../properties/bundled.js';
import { catalogue } from '../../properties/catalogue.js';

const models = catalogue.map(({ model }) => model);

test('all of them', async () => {
  expect((await bundled()).map(({ model }) => model)).toEqual(models);
  for (const [i, suite] of (await bundled()).entries()) expect(suite).toBe(catalogue[i]);
});

test.each(models)('%s, and not many beside it', async (model) => {
  const some = await bundled([model]);
  expect(some).toContain(catalogue.find((suite) => suite.model === model));
  expect(some.length).toBeLessThanOrEqual(4);
});

test('all, where one that is asked for is not bundled', async () => {
  expect(await bundled(['tracker', 'trakcer'])).toHaveLength(catalogue.length);
  expect((await bundled(['tracker', 'wire'])).map(({ model }) => model)).toEqual(['tracker', 'wire', 'swarm']);
});
