/** What each thread of a search of a mutant runs: it finds the mutant in the compiled package by its recipe, and does its part. */
import { workerData } from 'node:worker_threads';

const { dist } = workerData.recipe;
const part = (path) => import(new URL(path, dist).href);
const [{ work }, { compose }, { select }, { genericTrials }, { bundled }] = await Promise.all(
  [
    'src/workers/index.js',
    'src/system/index.js',
    'src/run/suite.js',
    'src/run/generic.js',
    'properties/bundled.js',
  ].map(part),
);

await work(workerData, async ({ model, configuration, values, bug, asked }) => {
  const suite = (await bundled([model])).find((one) => one.model === model);
  const { system, claims } = select(suite, configuration, values, () => []);
  const wrong =
    typeof bug === 'number'
      ? genericTrials(system)[bug].system
      : suite.mutants.find(({ name }) => name === bug).system();
  return {
    model: compose(wrong),
    properties: asked.map((name) => claims.find(({ property }) => property.name === name).property),
  };
});
