/** Runs: which classes of move a system has, what weights they may be given, and what fast-check draws and shrinks. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stopAndWait } from '../../models/stop-and-wait/index.js';
import { twoPhaseCommit } from '../../models/two-phase-commit/index.js';
import { behaviours, classesOf, dialsOf, runsOf, weightsOf } from '../../src/check/schedule.js';

describe('classes', () => {
  test('are the kinds of move that a system has, and its operations', () => {
    expect(classesOf(stopAndWait())).toEqual(['deliver', 'timeout', 'lose', 'duplicate']);
    expect(classesOf(twoPhaseCommit())).toEqual([
      'deliver',
      'timeout',
      'prepare',
      'refuse',
      'decideCommit',
      'decideAbort',
    ]);
    const churn = { join: { limit: 1 }, crash: { limit: 1 }, reuse: true };
    const faults = { partition: { limit: 1 } };
    expect(classesOf({ name: 'x', peers: {}, network: 'synchronous', churn, faults })).toEqual([
      'timeout',
      'partition',
      'heal',
      'join',
      'crash',
    ]);
  });
});

describe('weights', () => {
  test('are 1 where nothing is said', () => {
    expect([...weightsOf(['deliver', 'crash'], { crash: 7 })]).toEqual([1, 7]);
  });

  test.each([
    [{ crush: 1 }, /'crush', which is no move of this system/],
    [{ crash: -1 }, /the weight of 'crash' is -1/],
    [{ crash: 0.5 }, /the weight of 'crash' is 0.5/],
    [{ crash: Number.NaN }, /the weight of 'crash' is NaN/],
    [{ crash: 1001 }, /the weight of 'crash' is 1001/],
  ])('%o are refused', (wanted, message) => {
    const ask = () => weightsOf(['deliver', 'crash'], wanted as Readonly<Record<string, number>>);
    expect(ask).toThrow(message);
    expect(ask).toThrow(expect.objectContaining({ code: 'SEARCH_INVALID' }));
  });
});

describe('fast-check', () => {
  const drawn = fc.sample(runsOf(4, 3, 1000), { seed: 5, numRuns: 200 });

  test('switches classes off and others up, or leaves all alike', () => {
    const dials = (swarm: boolean) => new Set(fc.sample(dialsOf(3, swarm), { seed: 5, numRuns: 200 }).flat());
    expect(dials(true)).toEqual(new Set([0, 1, 8]));
    expect(dials(false)).toEqual(new Set([1]));
    expect(new Set(drawn.flatMap((run) => run.dials))).toEqual(new Set([0, 1, 8]));
  });

  test('draws runs of all lengths, from all starts', () => {
    const lengths = drawn.map(({ moves }) => moves);
    expect(Math.max(...lengths)).toBeGreaterThan(950);
    expect(lengths.filter((length) => length > 500).length).toBeGreaterThan(70);
    expect(new Set(drawn.map(({ start }) => start)).size).toBe(4);
  });

  test('shrinks a behaviour that it did not generate itself', () => {
    const shrunk = [...behaviours(4, 100).shrink([3, [5, 6, 7, 8]], undefined)].map(({ value }) => value);
    expect(shrunk).toContainEqual([0, [5, 6, 7, 8]]);
    expect(shrunk).toContainEqual([3, []]);
    expect(shrunk).toContainEqual([3, [7, 8]]);
  });
});
