/** A node with signed transactions: exact sizes, every claim, every seeded bug, what each story shows, and the machine by itself. */
import { describe, expect, test } from 'vitest';
import { createActor, SimulatedClock } from 'xstate';
import {
  type Ledger,
  ledgerNode,
  ledgerOf,
  looseTxs,
  soundLedger,
  storyNames,
} from '../../models/chain-ledger/index.js';
import { coverage, coverageKeys } from '../../properties/chain-ledger/coverage.js';
import { historyOf } from '../../properties/chain-ledger/reference.js';
import { defaults, suite } from '../../properties/chain-ledger.js';
import { expectedOf, type Values } from '../../src/kernel/index.js';
import { check } from '../../src/run/check.js';
import { judged, told, trials, written } from '../support/mutants.js';

/** The size of the search, and what was found where a claim says otherwise. */
function surprises(values: Values): readonly [states: number, transitions: number, surprises: readonly unknown[]] {
  const claims = suite.claims(values);
  const { coverage: covered, findings } = check(
    suite.system(values),
    claims.map(({ property }) => property),
  );
  expect(covered.kind).toBe('exhaustive');
  const wrong = findings.filter(({ verdict }, at) => verdict !== expectedOf(claims[at] as (typeof claims)[number]));
  return [covered.states, covered.transitions, wrong.map(({ property, verdict }) => [property, verdict])];
}

describe('every quick configuration is as expected', () => {
  const sizes: Readonly<Record<string, readonly [states: number, transitions: number]>> = {
    stories: [1_131, 3_559],
    crashes: [11_102, 41_409],
    written: [4_841, 16_228],
  };
  const quick = Object.entries(suite.configurations).filter(([, one]) => one.quick);

  test.each(quick)('%s', (name, { set }) => expect(surprises(set)).toEqual([...(sizes[name] ?? []), []]));

  test('each has its size here', () => expect(quick.map(([name]) => name)).toEqual(Object.keys(sizes)));
});

test('every placement in trees of two blocks is as expected, with a crash', () =>
  expect(surprises({ ...defaults, world: 'placements', n: 2, crashes: 1, flush: 'lazy' })[2]).toEqual([]));

describe('mutants', () => {
  test.each(trials(suite).map((trial) => [trial.mutant.name, trial] as const))('%s', (_, trial) =>
    expect(told(judged(trial))).toEqual(written(trial)),
  );

  const mutants = suite.mutants ?? [];
  const right = new Map(mutants.map(({ values }) => [JSON.stringify(values), values]));
  test.each([...right])('nothing is wrong without the mutation: %s', (_, values) =>
    expect(surprises(values)[2]).toEqual([]),
  );

  test('each claim is broken by one of them', () => {
    const broken = new Set(mutants.flatMap(({ kills }) => Object.keys(kills)));
    const claimed = Object.values(suite.configurations)
      .flatMap(({ set }) => suite.claims(set))
      .filter(({ property }) => property.kind !== 'sometimes')
      .map(({ property }) => property.name.split(':')[0]);
    expect([...new Set(claimed)].filter((word) => !broken.has(String(word)))).toEqual([]);
  });
});

describe('the stories', () => {
  test.each(storyNames)('%s shows what it says and nothing else', (world) => {
    const { findings } = check(suite.system({ ...defaults, world }), coverage(new Set(coverageKeys), 0, 'each'));
    const seen = coverageKeys.filter((_, at) => findings[at]?.verdict === 'witnessed');
    expect(seen.toSorted()).toEqual(ledgerOf(world).shows.toSorted());
  });

  test('all that can be shown is shown by one of them', () => {
    const shown = new Set(storyNames.flatMap((world) => ledgerOf(world).shows));
    expect(coverageKeys.filter((key) => !shown.has(key))).toEqual([]);
  });

  test('what the reference says of each block is what the story was written for', () => {
    const flaws = (world: string) =>
      ledgerOf(world)
        .blocks.slice(1)
        .map((_, at) => historyOf(ledgerOf(world), at + 1).flaw);
    const told = Object.fromEntries(
      storyNames.map((world) => [
        world,
        flaws(world)
          .map((flaw) => flaw ?? 'ok')
          .join(' '),
      ]),
    );
    expect(told).toEqual({
      branches: 'ok ok ok',
      failing: 'ok ok ok missing ancestor',
      overspent: 'value',
      forged: 'signature',
      unripe: 'ok immature ok ok',
      early: 'not-final not-final ok ok',
      overflow: 'range',
      repeated: 'repeated',
      twins: 'ok twin ok',
      untold: 'height',
      fees: 'ok coinbase coinbase',
      across: 'ok ok missing',
      packed: 'ok missing ok ok',
      shorter: 'ok ok ok ok',
      lower: 'ok ok ok ok',
      later: 'ok ok ok ok',
    });
  });

  test('there is no other', () => expect(() => ledgerOf('nowhere')).toThrow('there is no world nowhere'));
});

describe('the concrete form', () => {
  const named = (ledger: Ledger, name: string) => ledger.txs.find((tx) => tx.name === name);

  test('ids are hashes, and different ones, of blocks of one world', () => {
    const { blocks } = ledgerOf('branches');
    expect(new Set(blocks.map(({ id }) => id)).size).toBe(blocks.length);
    expect(blocks.every(({ id }) => /^[0-7][0-9a-f]{63}$/.test(id))).toBe(true);
  });
  test('only the signature of the owner is one', () => {
    expect(named(ledgerOf('forged'), 'T')).toMatchObject({ signed: [false], signers: ['eve'] });
    expect(named(ledgerOf('branches'), 'W')).toMatchObject({ signed: [true], signers: ['ann'] });
  });
  test('the same coinbase twice is one transaction', () => {
    const { blocks, txs } = ledgerOf('twins');
    expect(blocks[1]?.txs).toEqual(blocks[2]?.txs);
    expect(txs.map(({ name }) => name)).toEqual(['genesis', 'coinbase 1', 'coinbase 3']);
  });
  test('locks are read off sequences and lock times', () => {
    const early = ledgerOf('early');
    expect(named(early, 'T')).toMatchObject({ lock: 1, waits: [0] });
    expect(named(early, 'R')).toMatchObject({ lock: 0, waits: [2] });
  });
  test('work is that of the targets', () =>
    expect(ledgerOf('shorter').tree.map(({ work }) => work)).toEqual([0, 1, 1, 1, 4]));
});

test('it runs by itself under createActor: a payment comes back when its block is left', () => {
  const clock = new SimulatedClock();
  const actor = createActor(ledgerNode(soundLedger, 'each'), { input: { world: 'packed' }, clock }).start();
  const ledger = ledgerOf('packed');
  const waiting = () => actor.getSnapshot().context.pool.map(({ tx }) => ledger.txs[tx]?.name);
  const [t, c] = looseTxs(ledger) as [number, number];
  actor.send({ type: 'submit', tx: c });
  expect(waiting()).toEqual([]);
  actor.send({ type: 'submit', tx: t });
  actor.send({ type: 'submit', tx: c });
  expect(waiting()).toEqual(['T', 'C']);
  for (const [block, then] of [
    [1, []],
    [3, []],
    [4, ['T', 'C']],
  ] as const) {
    actor.send({ type: 'block', block });
    while (actor.getSnapshot().value !== 'idle') clock.increment(1);
    expect(waiting()).toEqual(then);
  }
  expect(actor.getSnapshot().context.tip).toBe(4);
});
