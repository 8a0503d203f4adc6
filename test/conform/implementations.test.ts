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
import { scrapedKey } from '../../conform/tracker/bittorrent-tracker.js';
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

describe('trackers that are asked anything at any time', () => {
  for (const [name, runs] of [
    ['bittorrent-tracker', 25],
    ['bittorrent-tracker-udp', 25],
    ['bittorrent-tracker-chance', 10],
    ['bittorrent-tracker-time', 15],
    ['opentracker', 10],
    ['opentracker-udp', 10],
  ] as const) {
    const of = entry(name);
    driven(of.needs, `${name}: nothing new`, async () => {
      const report = await conform(campaignOf(of, 4), { kind: 'random', runs, seed: 2, moves: 8, repeats: 2 });
      expect(report).toMatchObject({ schedules: runs, complete: true });
      expect(isAsKnown(report)).toBe(true);
      for (const { aspect, values } of report.aspects.filter(({ compared }) => compared > 0))
        expect(values, aspect).toBeGreaterThan(1);
    });
  }

  driven('bittorrent-tracker', 'without the list of what is known the same are new', async () => {
    const { known: _, explanations: __, ...campaign } = campaignOf(entry('bittorrent-tracker'), 4);
    const report = await conform(campaign, { kind: 'random', runs: 25, seed: 2, moves: 8, repeats: 2 });
    expect(isAsKnown(report)).toBe(false);
    expect(Math.min(...report.divergences.map(({ trace }) => trace.moves.length))).toBe(2);
  });

  for (const of of ['bittorrent-tracker', 'bittorrent-tracker-udp', 'opentracker', 'opentracker-udp'].map(entry)) {
    for (const [kind, at, moves] of [
      ['drop', 2, 2],
      ['swap', 1, 1],
      ['stale', 2, 2],
    ] as const) {
      driven(
        of.needs,
        `${of.name}, ${kind} at ${at}: found, and shrunk to ${moves} move${moves === 1 ? '' : 's'}`,
        async () => {
          const campaign = campaignOf(of, 4);
          const adapter = withFault(campaign.adapter, { kind, at });
          const report = await conform(
            { ...campaign, adapter },
            { kind: 'random', runs: 5, seed: 1, moves: 6, repeats: 2 },
          );
          const fresh = report.divergences.filter((one) => one.known.length === 0);
          expect(Math.min(...fresh.map(({ trace }) => trace.moves.length))).toBe(moves);
        },
      );
    }
  }

  driven(
    'bittorrent-tracker',
    'bittorrent-tracker: a scrape writes bytes of an info hash as if they were text',
    async () => {
      const key = await scrapedKey(Buffer.from('c3e9'.repeat(10), 'hex'));
      expect(key).toBe('c383c3a9'.repeat(10));
      expect(await scrapedKey(Buffer.from('a'.repeat(20)))).toBe('61'.repeat(20));
    },
  );

  driven(
    'bittorrent-tracker',
    'bittorrent-tracker: who fell silent is counted until somebody looks for peers',
    async () => {
      const { adapter } = campaignOf(entry('bittorrent-tracker'), 4);
      const session = await adapter.open(50);
      const announce = (peer: string) =>
        session.perform({
          ...{ kind: 'operation', peer, operation: 'announce', event: { type: 'announce' } },
          args: { event: 'started', left: 1 },
        });
      await announce('ann');
      for (let lapse = 0; lapse < 2; lapse++)
        await session.perform({ kind: 'timeout', peer: 'tracker', timer: 'sweep' });
      expect(await session.observe()).toMatchObject({ scrape: { complete: 0, incomplete: 1 } });
      expect(await announce('ben')).toEqual({ reply: { complete: 0, incomplete: 2 }, peers: ['ben:2'] });
      expect(await announce('ben')).toEqual({ reply: { complete: 0, incomplete: 1 }, peers: ['ben:2'] });
      await session.close?.();
    },
  );
});

describe('every recorded divergence', () => {
  const folder = join(projectRoot, 'conform/divergences');
  for (const name of readdirSync(folder)) {
    const file = readDivergence(readFileSync(join(folder, name), 'utf8'), name);
    const of = entry(file.campaign);
    driven(of.needs, `${name} is reproduced by the version that it was recorded of`, async () => {
      const campaign = campaignOf(of, Number(file.values.n ?? of.quick.n));
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
