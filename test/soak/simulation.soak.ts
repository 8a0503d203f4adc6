/** The simulator at length: many more machines and systems drawn at random, every configuration walked in both engines, and fuzzed. */
import { expect, test } from 'vitest';
import { catalogue } from '../../properties/catalogue.js';
import { expectedOf } from '../../src/kernel/index.js';
import { fuzz } from '../../src/run/fuzz.js';
import { select } from '../../src/run/suite.js';
import { randomVillage } from '../support/gossip.js';
import { chance } from '../support/random.js';
import { simulateBeside } from '../support/simulate-beside.js';

const selections = catalogue.flatMap((suite) =>
  Object.keys(suite.configurations).map((name) => ({ name: `${suite.model}/${name}`, suite, configuration: name })),
);
const chosen = ({ suite, configuration }: (typeof selections)[number]) => select(suite, configuration, {}, () => []);

test.each(selections)('$name, walked in both engines', (selection) => {
  const walked = simulateBeside(chosen(selection).system, { seed: 7, steps: 2_000, compareMovesEvery: 20 });
  expect(walked.steps).toBe(2_000);
});

test('500 villages', () => {
  for (let seed = 1000; seed < 1500; seed++)
    simulateBeside(randomVillage(`village ${seed}`, chance(seed)), { seed, steps: 300 });
});

test.each(selections)(
  '$name, fuzzed: nothing but what the claims say, and all of it shown again',
  async (selection) => {
    const { system, claims } = chosen(selection);
    const properties = claims.map(({ property }) => property);
    const options = { seed: 3, runs: 20, moves: 2_000, simulate: true, proofStates: 0 };
    const { findings } = await fuzz(system, properties, options);
    for (const [i, { verdict, trace, property }] of findings.entries()) {
      const claim = claims[i]!;
      if (verdict === 'undecided') continue;
      expect([property, verdict]).toEqual([property, expectedOf(claim)]);
      if (claim.length !== undefined) expect(trace?.moves.length, property).toBeGreaterThanOrEqual(claim.length);
    }
  },
);
