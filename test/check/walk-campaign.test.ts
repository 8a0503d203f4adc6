/** A campaign: what many runs find, that a seed says it all, and that swarm runs find what plain ones hardly ever do. */
import { describe, expect, test } from 'vitest';
import { Campaign, type CampaignOptions } from '../../src/check/campaign.js';
import { ChurnproofError, type Model, type Property, type ScheduleName } from '../../src/kernel/index.js';
import { follow, operation, timer, toyModel, valued } from '../support/toy-model.js';

/** A stack that takes a hundred: pushing and popping alike often, a run hardly ever fills it. */
const stack = toyModel({
  names: ['stack'],
  rules: [
    operation('stack', 'push', ([size = 0]) => (size < 100 ? [size + 1] : undefined)),
    operation('stack', 'pop', ([size = 0]) => (size > 0 ? [size - 1] : undefined)),
  ],
});
const neverFull = valued('always', 'the stack is never full', ([size = 0]) => size < 100);
const full = valued('sometimes', 'the stack is full', ([size = 0]) => size === 100);
const half = valued('sometimes', 'the stack is half full', ([size = 0]) => size === 50);

const base: CampaignOptions = { seed: 1, runs: 20, moves: 600 };
const classes = ['push', 'pop'];

async function run(model: Model, properties: readonly Property[], options: Partial<CampaignOptions> = {}) {
  const campaign = new Campaign(model, properties, classes, { ...base, ...options });
  await campaign.run(async () => true);
  return campaign;
}

const verdicts = (campaign: Campaign) => campaign.report().findings.map(({ verdict }) => verdict);

describe('a campaign', () => {
  test('decides what it comes across and leaves open what it does not', async () => {
    const impossible = valued('sometimes', 'the stack is more than full', ([size = 0]) => size > 100);
    const true_ = valued('always', 'the stack is not negative', ([size = 0]) => size >= 0);
    const campaign = await run(stack, [neverFull, half, impossible, true_]);
    expect(verdicts(campaign)).toEqual(['violated', 'witnessed', 'undecided', 'undecided']);
    const { coverage } = campaign.report();
    expect(coverage).toMatchObject({ kind: 'sampled', runs: 20, states: 101, queue: 0 });
    expect(coverage.cut).toBeUndefined();
    expect(coverage.transitions).toBeGreaterThan(20 * 200);
  });

  test('ends when everything is decided', async () => {
    const { coverage } = (await run(stack, [half], { runs: 1000 })).report();
    expect(coverage.cut).toBe('decided');
    expect(coverage.runs).toBeLessThan(20);
  });

  test('gives for each discovery a legal behaviour that ends with what was discovered', async () => {
    const campaign = await run(stack, [neverFull, half]);
    for (const [property, size] of [
      [neverFull, 100],
      [half, 50],
    ] as const) {
      const { trace, from } = campaign.discovered(property, true) ?? { from: 0 };
      if (trace === undefined) throw new Error('not discovered');
      const { state, moves } = follow(stack, trace.start, trace.choices);
      expect([...state]).toEqual([size]);
      expect(moves).toEqual(trace.moves);
      expect(trace.moves.length).toBeLessThanOrEqual(from);
      expect(campaign.discovered(property, false)?.trace.moves).toHaveLength(from);
    }
  });

  test('begins anew, within one run, where nothing goes on', async () => {
    const short = toyModel({
      names: ['a'],
      starts: [[0], [10], [20]],
      rules: [timer('a', 'climb', ([a = 0]) => (a % 10 < 5 ? [a + 1] : undefined))],
    });
    const campaign = new Campaign(short, [valued('always', 'true', () => true)], ['timeout'], {
      ...base,
      runs: 1,
      moves: 5000,
    });
    await campaign.run(async () => true);
    expect(campaign.progress.states).toBe(18);
    expect(campaign.report().coverage.depth).toBe(5);
    expect(campaign.progress.moves).toBeGreaterThan(20);
  });

  test('is the same for the same seed, and another for another', async () => {
    const outcome = async (seed: number) => {
      const campaign = await run(stack, [neverFull, half], { seed });
      return JSON.stringify([campaign.report(), campaign.discovered(half, true)]);
    };
    expect(await outcome(7)).toBe(await outcome(7));
    expect(await outcome(7)).not.toBe(await outcome(8));
  });

  test('says when there was no room to count states, and walks on', async () => {
    const options = { ...base, runs: 200, stateBytes: 4096 };
    const climb = toyModel({
      names: ['a'],
      rules: [operation('a', 'push', ([a = 0]) => (a < 500 ? [a + 1] : undefined))],
    });
    const top = valued('sometimes', 'a is 500', ([a = 0]) => a === 500);
    const campaign = new Campaign(climb, [top], classes, options);
    await campaign.run(async () => true);
    expect(verdicts(campaign)).toEqual(['witnessed']);
    expect(campaign.report().coverage).toMatchObject({ states: 256, uncounted: true });
    expect(campaign.report().coverage.estimate).not.toHaveProperty('moment');
    expect(campaign.discovered(top, true)?.trace.moves).toHaveLength(500);
  });

  test('stops when a pause says so, and gives way to others', async () => {
    const campaign = new Campaign(stack, [valued('always', 'true', () => true)], classes, { ...base, runs: 100_000 });
    let pauses = 0;
    await campaign.run(async () => ++pauses < 3);
    expect(pauses).toBe(3);
    expect(campaign.report().coverage.cut).toBe('interrupted');
    expect(campaign.progress.moves).toBeLessThan(200_000);
  });

  test.each([
    [{ runs: 0 }, /runs is 0/],
    [{ moves: 1.5 }, /moves is 1.5/],
    [{ seed: Number.NaN }, /seed is NaN/],
    [{ schedule: 'pct', depth: 0 }, /depth is 0/],
    [{ weights: { shove: 2 } }, /'shove'/],
  ])('refuses %o', async (options, message) => {
    await expect(run(stack, [half], options as Partial<CampaignOptions>)).rejects.toThrow(message);
  });

  test('takes a property that throws, or answers neither yes nor no, for neither', async () => {
    const throws = valued('always', 'this throws', ([size = 0]) => {
      if (size === 3) throw new Error('three');
      return true;
    });
    const fault = await run(stack, [throws]).catch((thrown: unknown) => thrown);
    expect(fault).toBeInstanceOf(ChurnproofError);
    expect(fault).toMatchObject({ code: 'PROPERTY_THREW', where: expect.stringContaining('"value":3') });
    const vague = valued('always', 'this says maybe', (() => 'maybe') as unknown as () => boolean);
    await expect(run(stack, [vague])).rejects.toMatchObject({ code: 'PROPERTY_NOT_BOOLEAN' });
  });
});

describe('swarm', () => {
  const seeds = Array.from({ length: 20 }, (_, seed) => seed);
  const successes = async (schedule: ScheduleName) => {
    let count = 0;
    for (const seed of seeds) {
      const [verdict] = verdicts(await run(stack, [full], { seed, schedule, runs: 12 }));
      if (verdict === 'witnessed') count++;
    }
    return count;
  };

  test('finds what a run of everything hardly ever does', async () => {
    expect(await successes('swarm')).toBeGreaterThan(15);
    expect(await successes('uniform')).toBeLessThan(4);
  });
});
