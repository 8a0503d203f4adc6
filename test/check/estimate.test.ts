/** Estimates of what was not seen, held against the truth where it is known. */
import { describe, expect, test } from 'vitest';
import { stopAndWait } from '../../models/stop-and-wait/index.js';
import { Campaign } from '../../src/check/campaign.js';
import { Dice } from '../../src/check/dice.js';
import { momentOf, unseenOf } from '../../src/check/estimate.js';
import { classesOf } from '../../src/check/schedule.js';
import { Sightings } from '../../src/check/sightings.js';
import { type ScheduleName, type SystemSpec, sometimes } from '../../src/kernel/index.js';
import { compose } from '../../src/system/index.js';

describe('sightings', () => {
  test('tell how many were seen in one run, and in two', () => {
    const sightings = new Sightings();
    for (const [thing, run] of [
      [7, 1],
      [7, 1],
      [2, 1],
      [2, 3],
      [2, 3],
      [2, 1],
      [900, 2],
      [5, 1],
      [5, 2],
      [5, 3],
      [5, 1],
    ] as const)
      sightings.note(thing, run);
    expect(sightings.unseen(4)).toEqual({ seen: 4, once: 2, twice: 1, next: 0.5, unseen: (3 / 4) * (2 / 4) });
  });

  test('of what is part of several things are those of all of them', () => {
    const whole = new Sightings();
    for (const [thing, run] of [
      [0, 1],
      [1, 2],
      [2, 1],
      [2, 2],
      [3, 1],
      [3, 2],
      [3, 3],
      [4, 9],
    ] as const)
      whole.note(thing, run);
    const part = new Sightings();
    const seenIn = (things: readonly number[]) => {
      const one = new Sightings();
      for (const thing of things) one.noteAll(0, whole, thing);
      const { once, twice, seen } = one.unseen(9);
      return once === 1 ? 1 : twice === 1 ? 2 : seen === 1 ? 3 : 0;
    };
    part.noteAll(3, whole, 5); // never seen
    expect(part.unseen(9).seen).toBe(0);
    expect([[0], [4], [0, 1], [2], [0, 2, 1], [3], [2, 4], [0, 3], [3, 0]].map(seenIn)).toEqual([
      1, 1, 2, 2, 2, 3, 3, 3, 3,
    ]);
  });
});

/** Things of a known distribution, the n-th half as likely as the n/2-th. */
function urn(things: number) {
  const weights = Array.from({ length: things }, (_, i) => 1 / (i + 1));
  const total = weights.reduce((sum, w) => sum + w);
  const shares = weights.map((w) => w / total);
  const draw = (dice: Dice) => {
    let ticket = dice.real();
    return Math.max(
      0,
      shares.findIndex((share) => {
        ticket -= share;
        return ticket < 0;
      }),
    );
  };
  return { shares, draw };
}

describe('drawn from an urn of which all is known', () => {
  const { shares, draw } = urn(400);
  const trials = Array.from({ length: 100 }, (_, seed) => {
    const dice = new Dice();
    dice.throw(1000 + seed * 77_777);
    const sightings = new Sightings();
    const seen = new Set<number>();
    for (let run = 1; run <= 300; run++) {
      const thing = draw(dice);
      seen.add(thing);
      sightings.note(thing, run);
    }
    const truth = shares.reduce((sum, share, thing) => (seen.has(thing) ? sum : sum + share), 0);
    const unseen = sightings.unseen(300);
    return { truth, unseen, moment: momentOf(unseen.once, 300) };
  });
  const mean = (of: (trial: (typeof trials)[number]) => number) =>
    trials.reduce((sum, trial) => sum + of(trial), 0) / trials.length;

  test('the share of what was drawn once is that of what was not drawn, on the average', () => {
    expect(Math.abs(mean(({ moment, truth }) => moment.share - truth))).toBeLessThan(0.01);
    expect(mean(({ moment, truth }) => Math.abs(moment.share - truth))).toBeLessThan(0.05);
  });

  test('the bound holds', () => {
    const broken = trials.filter(({ moment, truth }) => truth > moment.atMost);
    expect(broken.length).toBeLessThanOrEqual(5);
    expect(mean(({ moment }) => moment.atMost - moment.share)).toBeCloseTo(4.637 / Math.sqrt(300), 2);
  });

  test('there are at least as many as Chao says, and more than were seen', () => {
    const estimated = mean(({ unseen }) => unseen.seen + unseen.unseen);
    expect(estimated).toBeLessThan(400);
    expect(estimated).toBeGreaterThan(1.5 * mean(({ unseen }) => unseen.seen));
  });
});

test('an estimate of nothing drawn is no estimate, and of little a wide one', () => {
  expect(momentOf(1, 1)).toEqual({ once: 1, share: 1, atMost: 1, confidence: 0.95 });
  expect(momentOf(0, 10).atMost).toBe(1);
  expect(unseenOf(0, 0, 0, 0)).toEqual({ seen: 0, once: 0, twice: 0, next: 0, unseen: 0 });
});

describe('of a campaign', () => {
  const system = stopAndWait({ network: 'unordered' });
  const classes = classesOf(system as SystemSpec);
  const open = sometimes('nothing decides this', () => false);
  const run = async (runs: number, seed: number, schedule: ScheduleName = 'uniform', property = open) => {
    const campaign = new Campaign(compose(system), [property], classes, { seed, runs, moves: 60, schedule });
    await campaign.run(async () => true);
    const { coverage } = campaign.report();
    if (coverage.estimate === undefined) throw new Error('no estimate');
    return { states: coverage.states, estimate: coverage.estimate };
  };

  test('the next runs see as many new states as expected', async () => {
    let [expected, found] = [0, 0];
    for (let seed = 7919; seed <= 30 * 7919; seed += 7919) {
      const { estimate, states } = await run(60, seed);
      expect(estimate.states.seen).toBe(states);
      expected += 5 * estimate.states.next;
      // The same seed: the same first sixty runs.
      found += (await run(65, seed)).states - states;
    }
    expect(found).toBeGreaterThan(0.7 * expected);
    expect(found).toBeLessThan(1.3 * expected);
  });

  test('there are not more states than there are, nor fewer than were seen', async () => {
    const all = 830;
    for (let seed = 1; seed <= 5; seed++) {
      const { seen, unseen } = (await run(200, seed)).estimate.states;
      expect(seen + unseen).toBeGreaterThan(1.1 * seen);
      expect(seen + unseen).toBeLessThan(1.2 * all);
    }
  });

  test('when everything was seen, nothing more is expected', async () => {
    const { estimate } = await run(3000, 1);
    expect(estimate.moves.unseen).toBe(0);
    expect(estimate.local?.unseen).toBe(0);
    expect(estimate.moment?.share).toBeLessThan(0.05);
    expect(estimate.moment?.atMost).toBeLessThan(0.15);
  });

  test('the bound is given only of runs that are independent', async () => {
    const isBounded = async (schedule: ScheduleName) => (await run(20, 1, schedule)).estimate.moment !== undefined;
    const all = await Promise.all((['uniform', 'swarm', 'pos', 'pct', 'coverage'] as const).map(isBounded));
    expect(all).toEqual([true, true, true, false, false]);
    const decided = await run(
      20,
      1,
      'uniform',
      sometimes('at once', () => true),
    );
    expect(decided.estimate).not.toHaveProperty('moment');
  });
});
