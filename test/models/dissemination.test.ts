/** Distribution in rounds: the optimum by search against the closed form and the page, every claim, every seeded bug. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { dissemination, fewestRounds, type Way } from '../../models/dissemination/index.js';
import { isComplete, suite } from '../../properties/dissemination.js';
import { expectedOf, sometimes, type Values } from '../../src/kernel/index.js';
import { check } from '../../src/run/check.js';
import { judged, told, trials, written } from '../support/mutants.js';

const searched = (values: Values) => {
  const claims = suite.claims(values);
  const { coverage, findings } = check(
    suite.system(values),
    claims.map(({ property }) => property),
  );
  return {
    size: [coverage.kind, coverage.states, coverage.transitions],
    wrong: findings
      .filter(({ verdict }, at) => verdict !== expectedOf(claims[at] as (typeof claims)[number]))
      .map(({ property, verdict }) => [property, verdict]),
    lengths: findings.map(({ property, trace }) => [property, trace?.moves.length]),
  };
};

const optimum = (n: number, k: number, way: Way = 'peers'): Values => ({
  ...{ n, k, way, rounds: fewestRounds(way, n, k) ?? 0, cut: true },
});

/** The tables of the page, in their order: by leechers, then by pieces. */
const page = readFileSync(new URL('../../models/dissemination/README.md', import.meta.url), 'utf8');
const tables = [...page.matchAll(/\| N \| k=1.*\n\|[-|]+\n((?:\| \d.*\n)+)/g)].map(([, rows = '']) =>
  rows
    .trim()
    .split('\n')
    .map((row) => row.split('|').slice(2, -1).map(Number)),
);
const sizes = [1, 2, 3, 4].flatMap((n) => [1, 2, 3, 4].map((k) => [n, k] as const));
const affordable = sizes.filter(([n, k]) => n * k < 12);

test('the page has the two tables', () => {
  expect(tables.map((table) => table.map((row) => row.length))).toEqual([
    [4, 4, 4, 4],
    [4, 4, 4, 4],
  ]);
});

test('the table of the page is the closed form', () => {
  expect(tables[0]).toEqual([1, 2, 3, 4].map((n) => [1, 2, 3, 4].map((k) => k + Math.floor(Math.log2(n)))));
});

/** Not one round fewer, and so many are enough: nothing here is taken from the closed form but where to look. */
const isOptimum = (n: number, k: number, way: Way, rounds: number): readonly [string, string] => {
  const verdict = (limit: number) =>
    check(dissemination({ n, k, way, rounds: limit, cut: true }), [sometimes('complete', isComplete(k))]).findings[0]
      ?.verdict ?? 'undecided';
  return [verdict(rounds - 1), verdict(rounds)];
};

test.each(affordable)('%i leechers, %i pieces: the search finds what the page says', (n, k) => {
  const [full, half] = tables.map((table) => table[n - 1]?.[k - 1] ?? 0);
  for (const [way, rounds = 0] of [
    ['peers', full],
    ['half-duplex', half],
    ['server', n * k],
  ] as const) {
    if (rounds > 1) expect([way, ...isOptimum(n, k, way, rounds)]).toEqual([way, 'neverWitnessed', 'witnessed']);
    expect(fewestRounds(way, n, k)).toBe(rounds);
  }
});

describe('every quick configuration is as expected', () => {
  const counts: Readonly<Record<string, readonly unknown[]>> = {
    n3k3: ['exhaustive', 3_817, 5_975],
    n4k2: ['exhaustive', 2_200, 4_131],
    half: ['exhaustive', 4_012, 6_216],
    server: ['exhaustive', 3_615, 5_626],
  };
  const quick = Object.entries(suite.configurations).filter(([, one]) => one.quick);
  test.each(quick)('%s', (name, { set }) => {
    expect(searched(set)).toMatchObject({ size: counts[name], wrong: [] });
  });
});

test.each([
  [2, 2],
  [2, 3],
  [3, 2],
  [3, 3],
] as const)('%i leechers, %i pieces: what is cut was not needed', (n, k) => {
  const whole = searched({ ...optimum(n, k), cut: false });
  expect(whole.wrong).toEqual([]);
  expect(whole.lengths).toEqual(searched(optimum(n, k)).lengths);
});

test.each(trials(suite).map((trial) => [trial.mutant.name, trial] as const))('mutant %s', (_, trial) => {
  expect(told(judged(trial))).toEqual(written(trial));
  expect(searched(trial.mutant.values).wrong).toEqual([]);
});

test('sizes that cannot be are refused', () => {
  expect(() => dissemination({ n: 0, k: 1, rounds: 1, way: 'peers', cut: true })).toThrow('leechers');
});
