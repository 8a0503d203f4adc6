/**
 * The engine against xstate: every configuration of every suite is walked at random through the packed engine and, beside
 * it, through `transition()` and `createActor` with a naive network. Local states, timers, messages and offers must agree
 * on at least 100,000 steps.
 */
import { expect, test } from 'vitest';
import { catalogue } from '../../properties/catalogue.js';
import { select } from '../../src/run/suite.js';
import { type Walked, walkBeside } from '../support/walk-beside.js';

const configurations = catalogue.flatMap((suite) =>
  Object.keys(suite.configurations).map((configuration) => ({
    name: `${suite.model}/${configuration}`,
    // Only when it is walked: some have tens of thousands of starts, and all of them together would be kept.
    system: () => select(suite, configuration, {}, () => []).system,
  })),
);
const stepsEach = Math.ceil(100_000 / configurations.length);
const walks: Walked[] = [];

test.each(configurations)('$name', ({ system }) => {
  const walked = walkBeside(system(), { seed: 1, steps: stepsEach });
  expect(walked.steps).toBe(stepsEach);
  expect(walked.liveSteps).toBeGreaterThan(stepsEach / 5);
  expect(walked.judged).toBeGreaterThan(stepsEach / 20);
  walks.push(walked);
});

test('at least 100,000 steps in all', ({ skip }) => {
  if (walks.length < configurations.length) skip();
  const steps = walks.reduce((sum, walked) => sum + walked.steps, 0);
  const live = walks.reduce((sum, walked) => sum + walked.liveSteps, 0);
  console.log(`${steps} steps agree with transition(), ${live} of them with createActor`);
  expect(steps).toBeGreaterThanOrEqual(100_000);
});
