/** Difficulty and time: exact sizes, what holds and what falls in each way to measure, every seeded bug, and the timewarp itself. */
import { describe, expect, test } from 'vitest';
import { createActor } from 'xstate';
import { retargeted, workOf } from '../../models/bitcoin/index.js';
import {
  difficultyChart,
  foundAt,
  headerChain,
  power,
  scaleOf,
  soundRules,
} from '../../models/chain-difficulty/index.js';
import { defaults, suite } from '../../properties/chain-difficulty.js';
import { expectedOf, framesOf, type Values } from '../../src/kernel/index.js';
import { check } from '../../src/run/check.js';
import { compose } from '../../src/system/index.js';
import { judged, told, trials, written } from '../support/mutants.js';

function searched(values: Values) {
  const claims = suite.claims(values);
  const { coverage, findings } = check(
    suite.system(values),
    claims.map(({ property }) => property),
  );
  expect(coverage.kind).toBe('exhaustive');
  const wrong = findings.filter(({ verdict }, at) => verdict !== expectedOf(claims[at] as (typeof claims)[number]));
  const fallen = findings.flatMap(({ property, verdict, trace }) =>
    verdict === 'violated' ? [`${property.split(':')[0]} ${trace?.moves.length}`] : [],
  );
  return {
    states: coverage.states,
    wrong: wrong.map(({ property, verdict }) => [property, verdict]),
    fallen,
    findings,
  };
}

describe('every quick configuration is as expected', () => {
  const sizes: Readonly<Record<string, readonly [states: number, fallen: readonly string[]]>> = {
    bip54: [4_574, []],
    joined: [4_444, []],
    overlapping: [11_743, ['Floor 15']],
    bitcoin: [4_513, ['Pace 17', 'Floor 11']],
  };
  const quick = Object.entries(suite.configurations).filter(([, one]) => one.quick);

  test.each(quick)('%s', (name, { set }) => {
    const { states, wrong, fallen } = searched(set);
    expect([states, fallen, wrong]).toEqual([...(sizes[name] ?? []), []]);
  });

  test('each has its size here', () => expect(quick.map(([name]) => name)).toEqual(Object.keys(sizes)));
});

test.each([
  [3, 9, ['Floor 8']],
  [3, 10, ['Pace 13', 'Floor 8']],
  [4, 10, []],
  [4, 11, ['Floor 11']],
  [4, 12, ['Floor 11']],
  [4, 13, ['Pace 17', 'Floor 11']],
])('as it is, with windows of %i, in the time of %i blocks: %j', (window, horizon, falls) => {
  const { wrong, fallen } = searched({ ...defaults, measure: 'bitcoin', window, horizon });
  expect([wrong, fallen]).toEqual([[], falls]);
});

describe('mutants', () => {
  test.each(trials(suite).map((trial) => [trial.mutant.name, trial] as const))('%s', (_, trial) =>
    expect(told(judged(trial))).toEqual(written(trial)),
  );

  const mutants = suite.mutants ?? [];
  const right = new Map(mutants.map(({ values }) => [JSON.stringify(values), values]));
  test.each([...right])('nothing is wrong without the mutation: %s', (_, values) =>
    expect(searched(values).wrong).toEqual([]),
  );

  test('each claim is broken by one of them', () => {
    const broken = new Set(mutants.flatMap(({ kills }) => Object.keys(kills)));
    const claimed = suite
      .claims(defaults)
      .filter(({ property }) => property.kind !== 'sometimes')
      .map(({ property }) => property.name.split(':')[0]);
    expect([...new Set(claimed)].filter((word) => !broken.has(String(word)))).toEqual([]);
  });
});

test('honest miners are paid by their power, also as it is', () => {
  const scale = scaleOf({ measure: 'bitcoin', window: 4 });
  const actor = createActor(headerChain(soundRules, scale, power), { input: { bits: 0x200fffff } }).start();
  for (let block = 1; block <= 400; block++) {
    const { context } = actor.getSnapshot();
    actor.send({ type: 'mine', time: foundAt(context, power) });
    expect(actor.getSnapshot().context.height).toBe(block);
  }
  const { height, now } = actor.getSnapshot().context;
  // Three steps are measured for four: a block takes a third longer than it should.
  expect(now / height / 8).toBeGreaterThan(1.25);
  expect(now / height / 8).toBeLessThan(1.4);
});

test('a time that is too early or too late is no block', () => {
  const actor = createActor(headerChain(soundRules, scaleOf({ measure: 'bip54', window: 4 }), power), {
    input: { bits: 0x200fffff },
  }).start();
  for (const time of [0, 11]) actor.send({ type: 'mine', time });
  expect(actor.getSnapshot().context.height).toBe(0);
  actor.send({ type: 'mine', time: 10 });
  expect(actor.getSnapshot().context).toMatchObject({ height: 1, times: [0, 10], now: 8 });
});

test('the story of the timewarp, as a person sees it', () => {
  const values = { ...defaults, measure: 'bitcoin', window: 3, horizon: 10 };
  const { trace } = searched(values).findings.find(({ property }) => property.startsWith('Pace')) ?? {};
  expect(trace).toBeDefined();
  if (trace === undefined) return;
  expect(difficultyChart(framesOf(compose(suite.system(values)), trace))).toEqual([
    '      block  says  clock  the next is worth',
    '  0.      0     0      0    16 ################',
    '  1.      1     1      8    16 ################',
    '  2.      2    18     16    21 #####################',
    '  3.      3     2     27    21 #####################',
    '  4.      4     3     38    21 #####################',
    '  5.      5    51     49    10 ##########',
    '  6.      6     4     54    10 ##########',
    '  7.      7     5     59    10 ##########',
    '  8.      8    66     64     5 #####',
    '  9.      9     6     67     5 #####',
    ' 10.     10     7     70     5 #####',
    ' 11.     11    75     73     2 ##',
    ' 12.     12     8     74     2 ##',
    ' 13.     13     9     75     2 ##',
  ]);
});

test('a window that took twice its time halves the work', () => {
  const scale = scaleOf({ measure: 'bip54', window: 4 });
  expect(workOf(retargeted(0x200fffff, 0, 64, scale))).toBe(8n);
});
