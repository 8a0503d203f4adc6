/**
 * The simulator against the packed engine: every configuration of every suite, and systems drawn at random, are walked in both
 * side by side; every step of a machine is judged by xstate on the way.
 */
import { expect, test } from 'vitest';
import { catalogue } from '../../properties/catalogue.js';
import { type Move, moveKinds } from '../../src/kernel/index.js';
import { select } from '../../src/run/suite.js';
import { randomVillage } from '../support/gossip.js';
import { chance } from '../support/random.js';
import { simulateBeside } from '../support/simulate-beside.js';

const configurations = catalogue.flatMap((suite) =>
  Object.keys(suite.configurations).map((name) => {
    const { system } = select(suite, name, {}, () => []);
    return { name: `${suite.model}/${name}`, system };
  }),
);
const stepsEach = Math.ceil(6_000 / configurations.length);

/** To compose a system takes a step of xstate for each peer of each start: those with very many are walked in the soak tests. */
const manyStarts = 10_000;
const small = configurations.filter(({ system }) => (system.starts?.length ?? 1) < manyStarts);

test.each(small)('$name', ({ system }) => {
  const walked = simulateBeside(system, { seed: 1, steps: stepsEach, compareMovesEvery: 15 });
  expect(walked.steps).toBe(stepsEach);
  expect(walked.comparedMoves).toBeGreaterThan(stepsEach / 30);
  if (walked.notCompiled === 0) expect(walked.judged).toBeGreaterThan(stepsEach / 2);
});

const seeds = 48;

test(`${seeds} villages, and in them every kind of move`, () => {
  const kinds = new Map<Move['kind'], number>();
  for (let seed = 0; seed < seeds; seed++) {
    const walked = simulateBeside(randomVillage(`village ${seed}`, chance(seed)), { seed, steps: 100 });
    for (const [kind, count] of walked.kinds) kinds.set(kind, (kinds.get(kind) ?? 0) + count);
  }
  for (const kind of moveKinds) expect(kinds.get(kind) ?? 0, kind).toBeGreaterThan(25);
});
