/** Ten nodes and 200 blocks in the simulator, at fixed seeds: nothing is found in what is right, and all that should happen does. */
import { expect, test } from 'vitest';
import {
  chainNetwork,
  isOn,
  mutants,
  type NetworkMutant,
  type NetworkOptions,
  type NetworkWorld,
} from '../../models/chain-network/index.js';
import { suite } from '../../properties/chain-network.js';
import { alwaysStep } from '../../src/kernel/index.js';
import { fuzz } from '../../src/run/fuzz.js';

const { set = {}, fuzz: settings = {} } = suite.configurations.large ?? {};
const laws = suite.claims(set).flatMap(({ property }) => (property.kind === 'sometimes' ? [] : [property]));

/** Counts what happens, and never objects. */
function counter() {
  const seen = { mined: 0, height: 0, left: 0, cut: 0, healed: 0, crashed: 0, restarted: 0, lied: 0 };
  const watch = alwaysStep('counts', (before: NetworkWorld, after: NetworkWorld) => {
    const [was, is] = [before.partition(), after.partition()];
    if (was === undefined && is !== undefined) seen.cut++;
    if (was !== undefined && is === undefined) seen.healed++;
    for (const name of after.names) {
      const [then, now] = [before.peers[name], after.peers[name]];
      if (then !== undefined && now === undefined) seen.crashed++;
      if (then === undefined && now !== undefined) seen.restarted++;
      if (then === undefined || now === undefined || then === now) continue;
      // Whoever lies keeps what it has made, and is no node.
      if (!('at' in now)) {
        if ((now as unknown as { made: unknown }).made !== (then as unknown as { made: unknown }).made) seen.lied++;
        continue;
      }
      seen.height = Math.max(seen.height, now.active.length - 1);
      if (!isOn(now.active, now.blocks, then.tip)) seen.left++;
    }
    seen.mined = Math.max(seen.mined, sumOf(after));
    return true;
  });
  return { seen, watch };
}

const sumOf = ({ names, peers }: NetworkWorld): number =>
  names.reduce((sum, name) => sum + (peers[name]?.mined ?? 0), 0);

const settingsOf = (seed: number, runs: number, moves: number) =>
  ({
    seed,
    runs,
    moves,
    weights: settings.weights ?? {},
    simulate: true,
    proofStates: 0,
    schedule: 'uniform',
  }) as const;

test('nothing is found, and blocks, forks, cuts, crashes and lies all happen', async () => {
  const { seen, watch } = counter();
  const { findings } = await fuzz(suite.system(set), [...laws, watch], settingsOf(3, 3, 20_000));
  expect(findings.filter(({ verdict }) => verdict === 'violated').map(({ property }) => property)).toEqual([]);
  expect(seen.mined).toBe(200);
  expect(seen.height).toBeGreaterThan(80);
  expect(seen.left).toBeGreaterThan(300);
  expect(seen.cut).toBeGreaterThan(30);
  expect(seen.healed).toBeGreaterThan(30);
  expect(seen.crashed).toBeGreaterThan(150);
  expect(seen.restarted).toBeGreaterThan(150);
  expect(seen.lied).toBeGreaterThan(30);
});

/** The claim that each must lose. */
const wrong: readonly (readonly [name: string, claim: string])[] = [
  ['N02', 'P16h'],
  ['N06', 'P18'],
  ['N07', 'P1'],
];

test.each(wrong)('%s is found by %s', async (name, claim) => {
  const { variation } = mutants[name] as NetworkMutant;
  const system = chainNetwork({ ...set, variation } as unknown as NetworkOptions);
  const lost = laws.filter(({ name: full }) => full.startsWith(`${claim}:`));
  const { findings } = await fuzz(system, lost, settingsOf(1, 1, 3_000));
  expect(findings.map(({ verdict }) => verdict)).toEqual(['violated']);
});
