/**
 * k-bucket beside the rules of Kademlia: the reference itself, the campaigns in small scopes, faults in front of the
 * implementation, and defects of others put into it.
 */
import { describe, expect, test } from 'vitest';
import { campaignOf, catalogue } from '../../conform/catalogue.js';
import { defects } from '../../conform/dht/defects.js';
import { kBucket } from '../../conform/dht/kbucket.js';
import { tableSuite } from '../../conform/dht/suite.js';
import { closest, distance, emptyTable, heard, kademliaRules } from '../../conform/dht/table.js';
import type { AnyEntry } from '../../conform/entry.js';
import { missing } from '../../conform/installed.js';
import { conform, isAsKnown, withFault } from '../../src/conform/index.js';
import { expectedOf, type Values } from '../../src/kernel/index.js';
import { check } from '../../src/run/check.js';

const entry = (name: string) => catalogue.find((one) => one.name === name) as AnyEntry;

describe('the table that is the reference', () => {
  test.each([
    [1, 482],
    [2, 1_830],
  ])('keeps the rules whatever is heard of and fails, buckets of %i: %i states', (k, states) => {
    const values: Values = { bits: 3, k, selves: 1, asksAgain: false, hearsItself: true };
    const claims = tableSuite.claims(values);
    const { coverage, findings } = check(
      tableSuite.system(values),
      claims.map(({ property }) => property),
    );
    expect(coverage).toMatchObject({ kind: 'exhaustive', states });
    for (const [at, { verdict }] of findings.entries()) expect(verdict).toBe(expectedOf(claims[at] as never));
  });

  test('is split only where its own id is, and is full elsewhere', () => {
    const shape = { bits: 4, k: 2 };
    const of = (...ids: readonly number[]) =>
      ids.reduce((table, id) => heard(shape, kademliaRules, table, id), emptyTable(0));
    expect(of(8, 9).buckets).toEqual([[8, 9]]);
    expect(of(8, 9, 4).buckets).toEqual([[8, 9], [4]]);
    expect(of(8, 9, 10)).toMatchObject({ buckets: [[8, 9], []], probes: [{ oldest: 8, newcomer: 10 }], pinged: 8 });
    expect(of(8, 9, 8, 10)).toMatchObject({ buckets: [[9, 8], []], pinged: 9 });
    expect(closest(of(8, 9, 4, 5, 1), 7, 3)).toEqual([5, 4, 1]);
  });

  test('measures by a metric in which at each distance there is one id', () => {
    const ids = Array.from({ length: 16 }, (_, id) => id);
    for (const a of ids) {
      expect(new Set(ids.map((b) => distance(a, b))).size).toBe(16);
      for (const b of ids) {
        expect(distance(a, b)).toBe(distance(b, a));
        for (const c of ids) expect(distance(a, c)).toBeLessThanOrEqual(distance(a, b) + distance(b, c));
      }
    }
  });
});

const why = missing('k-bucket');

describe.skipIf(why !== undefined)(`k-bucket${why === undefined ? '' : ` (skipped: ${why})`}`, () => {
  const small = { kind: 'exhaustive', moves: 3, repeats: 3 } as const;

  test.each(['k-bucket', 'k-bucket-itself'])(
    '%s, every schedule of three moves: all that differs is known',
    async (name) => {
      const report = await conform(campaignOf(entry(name), 2), small);
      expect(isAsKnown(report)).toBe(true);
      expect(report.gone).toEqual([]);
      for (const { values } of report.aspects) expect(values).toBeGreaterThan(1);
    },
  );

  test('with buckets of two, at random: nothing differs', async () => {
    const report = await conform(campaignOf(entry('k-bucket-large'), 5), {
      kind: 'random',
      runs: 12,
      seed: 3,
      moves: 30,
      repeats: 30,
    });
    expect(report).toMatchObject({ schedules: 12, agreed: 12 });
  });

  test.each([
    ['drop', 1],
    ['swap', 1],
    ['stale', 1],
    ['drop', 2],
    ['stale', 2],
  ] as const)('%s at %i: found, and shrunk to as many moves', async (kind, at) => {
    const campaign = campaignOf(entry('k-bucket'), 2);
    const adapter = withFault(campaign.adapter, { kind, at });
    for (const mode of [small, { kind: 'random', runs: 20, seed: 1, moves: 6, repeats: 6 } as const]) {
      const report = await conform({ ...campaign, adapter }, mode);
      const found = report.divergences.filter((one) => one.known.length === 0);
      expect(Math.min(...found.map(({ trace }) => trace.moves.length))).toBe(at);
    }
  });

  test.each([
    ['nothing is split', 3],
    ['one bucket answers', 3],
    ['nearest to itself', 2],
    ['never sorted', 2],
    ['another distance', 2],
  ])('%s: found, and shrunk to %i moves', async (name, length) => {
    const campaign = campaignOf(entry('k-bucket-large'), 3);
    const adapter = kBucket({ bits: 3, k: 2 }, defects[name]);
    const report = await conform(
      { ...campaign, adapter },
      { kind: 'random', runs: 5, seed: 1, moves: 12, repeats: 12 },
    );
    expect(Math.min(...report.divergences.map(({ trace }) => trace.moves.length))).toBe(length);
  });

  test('every one of those defects is tried', () => expect(Object.keys(defects)).toHaveLength(5));
});
