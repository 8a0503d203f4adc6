/** Schedules: what each finds that others do not, and what it does not find; in 600 runs, from three seeds. */
import { describe, expect, test } from 'vitest';
import { type ScheduleName, scheduleNames } from '../../src/kernel/index.js';
import { alternating, blindLock, late, lock, overtaken, stack } from '../support/bugs.js';
import { frequency, type Trial } from '../support/frequency.js';

const hits = (trial: Trial, schedule: ScheduleName, depth = 2): readonly number[] =>
  [1, 2, 3].map((seed) => frequency(trial, schedule, { runs: 600, seed, depth }).hits.length);

const never = [0, 0, 0];
const least = (counts: readonly number[]) => Math.min(...counts);
const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count);

describe('a move that must wait for thirty others', () => {
  test('is one chain behind another to pct, and one event of thirty-one to pos', () => {
    expect(least(hits(late, 'pct', 1))).toBeGreaterThan(240);
    expect(least(hits(late, 'pos'))).toBeGreaterThan(8);
  });

  test('is thirty throws of a coin to the others, none of which waits on purpose', () => {
    expect(hits(late, 'uniform')).toEqual(never);
    expect(hits(late, 'swarm')).toEqual(never);
  });
});

describe('a peer that overtakes another at one place', () => {
  test('is found by pct of depth 2, not of depth 1, and by pos', () => {
    expect(least(hits(overtaken, 'pct', 2))).toBeGreaterThan(5);
    expect(hits(overtaken, 'pct', 1)).toEqual(never);
    expect(least(hits(overtaken, 'pos'))).toBeGreaterThan(2);
  });

  test('is missed by uniform, swarm and coverage', () => {
    for (const schedule of ['uniform', 'swarm', 'coverage'] as const) expect(hits(overtaken, schedule)).toEqual(never);
  });
});

describe('a combination lock', () => {
  test('opens to coverage, which goes on from every right digit', () => {
    expect(least(hits(lock, 'coverage'))).toBeGreaterThan(50);
  });

  test('opens to nobody else, however they order moves', () => {
    for (const schedule of ['uniform', 'swarm', 'pct', 'pos'] as const) expect(hits(lock, schedule)).toEqual(never);
  });

  test('opens to nobody when it does not show how far one has come', () => {
    for (const schedule of scheduleNames) expect(hits(blindLock, schedule)).toEqual(never);
  });
});

describe('switching classes of move off', () => {
  test('fills a stack', () => {
    expect(least(hits(stack, 'swarm'))).toBeGreaterThan(10 * Math.max(...hits(stack, 'uniform')));
  });

  test('does harm where they must take turns', () => {
    expect(sum(hits(alternating, 'swarm'))).toBeLessThan(sum(hits(alternating, 'uniform')));
  });
});

describe('events that all race', () => {
  test('are to pos what they are to uniform', () => {
    const [ours, theirs] = [sum(hits(alternating, 'pos')), sum(hits(alternating, 'uniform'))];
    expect(ours).toBeLessThan(3 * theirs);
    expect(theirs).toBeLessThan(3 * ours);
  });

  test('leave pct stuck, since what is first in a loop stays first', () => {
    expect(hits(alternating, 'pct')).toEqual(never);
  });
});

describe('what pct promises', () => {
  test('is 1 / (chains x moves ^ (depth - 1)), with the largest it has seen', () => {
    const { told } = frequency(overtaken, 'pct', { runs: 600, depth: 3 });
    const bound = 1 / (2 * 24 ** 2);
    expect(told).toEqual({
      name: 'pct',
      priorities: { depth: 3, chains: 2, moves: 24, runs: 599, unended: 0, bound },
    });
  });

  test('is nothing where behaviours do not end', () => {
    const { priorities } = frequency(stack, 'pct', { runs: 20 }).told;
    expect(priorities?.unended).toBe(20);
    expect(priorities).not.toHaveProperty('bound');
  });
});

test('what coverage tells of is what it has seen', () => {
  const { corpus } = frequency(late, 'coverage', { runs: 600 }).told;
  expect(corpus).toMatchObject({ local: 31 + 3, pairs: 31 * 2 + 1 });
});
