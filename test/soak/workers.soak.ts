/** A hundred searches by two to four workers, of whom some are lost at any time: the report of one worker, or an error; never another. */
import { afterAll, expect, test } from 'vitest';
import { catalogue } from '../../properties/catalogue.js';
import type { Report, Suite } from '../../src/kernel/index.js';
import { check } from '../../src/run/check.js';
import { begin, builtPackage, ended, type Wanted, wanted } from '../support/workers.js';

const built = builtPackage();
afterAll(() => built.remove());

const of = (model: string, configuration: string, set = {}): Wanted => ({
  suite: catalogue.find((suite) => suite.model === model) as Suite,
  configuration,
  set,
});

const systems: readonly Wanted[] = [
  of('two-phase-commit', 'three', { rms: 6 }),
  of('leader-election', 'five', { members: 8 }),
  of('chord-orig', 'reuse'),
  of('chord-zave', 'five'),
  of('tracker', 'remember'),
  of('chain-network', 'withholds'),
];

const told = ({ coverage, findings, machines }: Report) => ({ coverage, findings, machines });
const repetitions = 100;

test('is told the same, whoever is lost', async () => {
  const wholes = systems.map((one) => {
    const { system, properties } = wanted(one);
    return told(check(system, properties));
  });
  // Deterministic choices but for time, which is what is tried here.
  let seed = 20_261_126;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return (seed >>> 8) % below;
  };
  const counts = { undisturbed: 0, again: 0, lost: 0 };
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const at = repetition % systems.length;
    const workers = 2 + random(3);
    const kills = random(3) === 0 ? 0 : random(12) === 0 ? 20 : 1 + random(3);
    let losses = 0;
    const search = begin(built.folder, systems[at] as Wanted, workers, { lost: () => losses++ });
    const timers = Array.from({ length: kills }, () =>
      setTimeout(() => search.kill(random(workers)), kills > 3 ? random(4_000) : random(1_500)),
    );
    try {
      expect(told(await ended(search)), `repetition ${repetition}`).toEqual(wholes[at]);
      counts[losses === 0 ? 'undisturbed' : 'again']++;
    } catch (thrown) {
      if ((thrown as { code?: string }).code !== 'WORKER_LOST') throw thrown;
      counts.lost++;
    } finally {
      for (const timer of timers) clearTimeout(timer);
    }
  }
  console.log(
    `${repetitions} searches: ${counts.undisturbed} undisturbed, ${counts.again} begun again, ${counts.lost} given up`,
  );
  expect(counts.undisturbed).toBeGreaterThan(10);
  expect(counts.again).toBeGreaterThan(10);
});
