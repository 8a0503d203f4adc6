/** The swarm of 20 peers in the simulator, at fixed seeds: nothing is found in the right one, and what is wrong in the others is. */
import { expect, test } from 'vitest';
import { mutants, type SwarmMutant, type SwarmOptions, swarm, wireMutants } from '../../models/swarm/index.js';
import { swarmSuite } from '../../properties/swarm.js';
import { fuzz } from '../../src/run/fuzz.js';

const { set = {}, fuzz: settings = {} } = swarmSuite.configurations.large ?? {};
const weights = settings.weights ?? {};
const properties = swarmSuite.claims(set).map(({ property }) => property);

const violatedIn = async (system: ReturnType<typeof swarmSuite.system>, seed: number, moves: number) => {
  const { findings } = await fuzz(system, properties, {
    seed,
    runs: 2,
    moves,
    weights,
    simulate: true,
    proofStates: 0,
  });
  const violated = findings.filter(({ verdict }) => verdict === 'violated');
  return violated.map(({ property }) => property.split(':')[0]);
};

test.each([1, 7])('nothing is found, seed %i', async (seed) => {
  expect(await violatedIn(swarmSuite.system(set), seed, 10_000)).toEqual([]);
});

/** Those that need choke rounds, blame or churn; the claim that each must lose. */
const wrong: readonly (readonly [name: string, claim: string])[] = [
  ['B12', 'W5'],
  ['B17', 'W6r'],
  ['B18', 'W8'],
  ['B19', 'W4'],
  ['S2', 'W3'],
  ['S3', 'W4'],
  ['S6', 'Counts'],
  ['M1', 'W2'],
];

test.each(wrong)('%s is found by %s', async (name, claim) => {
  const { variation } = { ...mutants, ...wireMutants }[name] as SwarmMutant;
  const options = { ...set, serving: 'queued', variation } as unknown as SwarmOptions;
  expect(await violatedIn(swarm(options), 1, 10_000)).toContain(claim);
});
