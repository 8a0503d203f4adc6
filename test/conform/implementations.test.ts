/**
 * The real implementations, in small scopes; the whole of it is `npm run conform`. They are a package of their own: where they are
 * not installed each test says that it is skipped, and why.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { campaignOf, catalogue } from '../../conform/catalogue.js';
import type { AnyEntry } from '../../conform/entry.js';
import { missing } from '../../conform/installed.js';
import { known } from '../../conform/known.js';
import { conform, isAsKnown, readDivergence, reproduce, withFault } from '../../src/conform/index.js';
import { projectRoot } from '../support/source.js';

const entry = (name: string) => catalogue.find((one) => one.name === name) as AnyEntry;
const exhaustive = { kind: 'exhaustive' } as const;

/** Skipped with its reason where there is nothing to drive. */
const driven = (needs: string, title: string, run: () => Promise<void>) => {
  const why = missing(needs);
  test(why === undefined ? title : `${title} (skipped: ${why})`, { skip: why !== undefined }, run);
};

describe('every schedule of every tree of three blocks', () => {
  for (const [name, agreed, schedules] of [
    ['bcoin', 121, 144],
    ['ethereumjs', 144, 144],
    ['blockchain-spv', 144, 144],
  ] as const) {
    const of = entry(name);
    driven(of.needs, `${name}: ${agreed} of ${schedules} agree, the others as known`, async () => {
      const report = await conform(campaignOf(of, 3), exhaustive);
      expect(report).toMatchObject({ schedules, agreed, complete: true });
      expect(isAsKnown(report)).toBe(true);
      for (const { values } of report.aspects) expect(values).toBeGreaterThan(1);
    });
  }

  driven('bcoin', 'bcoin: without the list of what is known the same are new', async () => {
    const { known: _, explanations: __, ...campaign } = campaignOf(entry('bcoin'), 3);
    const report = await conform(campaign, exhaustive);
    expect(isAsKnown(report)).toBe(false);
    expect(report.divergences.reduce((sum, { schedules }) => sum + schedules, 0)).toBe(23);
  });

  driven('bcoin', 'bcoin: each of the known ones occurs, and none explains what another does', async () => {
    const report = await conform(campaignOf(entry('bcoin'), 3), exhaustive);
    const ids = known.filter(({ implementation }) => implementation === 'bcoin').map(({ id }) => id);
    expect(report.divergences.flatMap(({ known: by }) => by).sort()).toEqual(ids.toSorted());
    expect(report.gone).toEqual([]);
  });
});

describe('seeded faults in front of an implementation', () => {
  for (const of of ['bcoin', 'ethereumjs', 'blockchain-spv'].map(entry)) {
    for (const [kind, at] of [
      ['drop', 1],
      ['swap', 2],
      ['stale', 2],
    ] as const) {
      driven(of.needs, `${of.name}, ${kind} at ${at}: found after ${at} moves`, async () => {
        const campaign = campaignOf(of, 2);
        const adapter = withFault(campaign.adapter, { kind, at });
        const report = await conform({ ...campaign, adapter }, exhaustive);
        const fresh = report.divergences.filter((one) => one.known.length === 0);
        expect(Math.min(...fresh.map(({ trace }) => trace.moves.length))).toBe(at);
        const random = await conform({ ...campaign, adapter }, { kind: 'random', runs: 20, seed: 1, moves: 6 });
        const shrunk = random.divergences.filter((one) => one.known.length === 0);
        expect(Math.min(...shrunk.map(({ trace }) => trace.moves.length))).toBe(at);
      });
    }
  }
});

describe('every recorded divergence', () => {
  const folder = join(projectRoot, 'conform/divergences');
  for (const name of readdirSync(folder)) {
    const file = readDivergence(readFileSync(join(folder, name), 'utf8'), name);
    const of = entry(file.campaign);
    driven(of.needs, `${name} is reproduced by the version that it was recorded of`, async () => {
      const campaign = campaignOf(of, Number(file.values.n));
      expect(campaign.adapter.version).toBe(file.version);
      expect(await reproduce(campaign, file)).toMatchObject({ same: true });
    });
    test(`${name} is on the list of what is known`, () => {
      const ids = known.filter(({ implementation }) => implementation === file.implementation).map(({ id }) => id);
      expect(file.known.length).toBeGreaterThan(0);
      expect(ids).toEqual(expect.arrayContaining([...file.known]));
    });
  }
});
