/** Piece exchange: exact sizes, every claim, every seeded bug, real hashes, and the machine outside the toolkit. */
import { sha1 } from '@noble/hashes/legacy.js';
import { describe, expect, test } from 'vitest';
import { createActor } from 'xstate';
import {
  atomicSwarm,
  bytesOf,
  hashesOf,
  isBlock,
  neighboursOf,
  pieceLength,
  refOf,
  type Setting,
  soundRules,
  swarm,
  swarmPeer,
  verifierOf,
} from '../../models/swarm/index.js';
import { swarmSuite, wireSuite } from '../../properties/swarm.js';
import { expectedOf, type Suite, type Values } from '../../src/kernel/index.js';
import { framesOf } from '../../src/kernel/trace.js';
import { check } from '../../src/run/check.js';
import { compose } from '../../src/system/index.js';
import { judged, told, trials, written } from '../support/mutants.js';

const searched = (suite: Suite, values: Values) => {
  const claims = suite.claims(values);
  const { coverage, findings } = check(
    suite.system(values),
    claims.map(({ property }) => property),
  );
  const wrong = findings
    .filter(({ verdict }, at) => verdict !== expectedOf(claims[at] as (typeof claims)[number]))
    .map(({ property, verdict }) => [property, verdict]);
  return { size: [coverage.kind, coverage.states, coverage.transitions], wrong, findings };
};

const shape = { pieces: 2, blocks: 2, short: true } as const;

describe('content', () => {
  test('a piece is good if its bytes are, and its hash says so', () => {
    const [first] = hashesOf(shape);
    const bytes = [0, 1].flatMap((block) => [...bytesOf(shape, block, true)]);
    expect(first).toEqual(sha1(Uint8Array.from(bytes)));
    const verifies = verifierOf(shape);
    expect([0, 1, 2, 3].map((bad) => verifies(1, bad))).toEqual([true, false, false, false]);
  });

  test('the last block of a piece is as long as what is left', () => {
    expect(pieceLength(shape)).toBe(6);
    expect([2, 3].map((block) => refOf(shape, block))).toEqual([
      { piece: 1, begin: 0, length: 4 },
      { piece: 1, begin: 4, length: 2 },
    ]);
    expect(isBlock(shape, refOf(shape, 3))).toBe(true);
    expect(isBlock(shape, refOf(shape, 3, false))).toBe(false);
  });
});

test('in a circle everybody knows six, and is known by them', () => {
  const names = Array.from({ length: 20 }, (_, i) => `p${i + 1}`);
  for (const name of names) {
    const near = neighboursOf(names, name, 6);
    expect(near).toHaveLength(6);
    for (const other of near) expect(neighboursOf(names, other, 6)).toContain(name);
  }
});

describe.each([wireSuite, swarmSuite])('$model', (suite) => {
  const sizes: Readonly<Record<string, readonly unknown[]>> = {
    one: ['exhaustive', 7_380, 22_548],
    cancel: ['exhaustive', 7_528, 22_636],
    blame: ['exhaustive', 5_616, 33_102],
    churn: ['exhaustive', 671, 2_982],
    links: ['exhaustive', 33_995, 121_074],
    rounds: ['exhaustive', 2_033, 6_590],
    freeride: ['exhaustive', 16_594, 62_028],
  };
  const quick = Object.entries(suite.configurations).filter(([, one]) => one.quick);

  test.each(quick)('%s is as expected', (name, { set }) => {
    const { size, wrong } = searched(suite, set);
    expect(wrong).toEqual([]);
    expect(size).toEqual(sizes[name]);
  });

  const all = trials(suite);
  test.each(all.map((trial) => [trial.mutant.name, trial] as const))('mutant %s', (_, trial) => {
    expect(told(judged(trial))).toEqual(written(trial));
  });

  const rightOnes = new Map(all.map(({ mutant }) => [JSON.stringify(mutant.values), mutant.values]));
  test.each([...rightOnes])('nothing is wrong without the mutation: %s', (_, values) => {
    expect(searched(suite, values).wrong).toEqual([]);
  });
});

test('each claim is broken by a mutant of either suite', () => {
  const suites = [wireSuite, swarmSuite];
  const broken = new Set(suites.flatMap(({ mutants = [] }) => mutants.flatMap(({ kills }) => Object.keys(kills))));
  const claimed = suites.flatMap((suite) =>
    Object.values(suite.configurations)
      .flatMap(({ set }) => suite.claims(set))
      .filter(({ property }) => property.kind !== 'sometimes')
      .map(({ property }) => property.name.split(':')[0]),
  );
  expect([...new Set(claimed)].filter((word) => !broken.has(String(word)))).toEqual([]);
});

/** What is cut away differs from what is kept by names alone: the verdicts and the lengths are those of the whole. */
test.each([
  { leechers: 2, corrupters: 1, pieces: 1, corruptions: 2, crashes: 1 },
  { leechers: 3, corrupters: 0, pieces: 2, corruptions: 0, crashes: 1 },
  { leechers: 2, corrupters: 1, pieces: 2, corruptions: 1, crashes: 0 },
])('atomic, $leechers leechers, $pieces pieces: what is cut was not needed', (sizes) => {
  const told = (cut: boolean) => {
    const values = { ...swarmSuite.configurations.swarm?.set, ...sizes, cut };
    return searched(swarmSuite, values).findings.map(({ property, verdict, trace }) => [
      property,
      verdict,
      trace?.moves.length,
    ]);
  };
  expect(told(true)).toEqual(told(false));
});

test('a picture shows who has what, when it changed, and what did it', () => {
  const { M1 } = Object.fromEntries((swarmSuite.mutants ?? []).map((mutant) => [mutant.name, mutant]));
  const values = M1?.values ?? {};
  const [claim] = swarmSuite.claims(values);
  if (M1 === undefined || claim === undefined) throw new Error('no M1');
  const { findings } = check(M1.system(), [claim.property]);
  const trace = findings[0]?.trace;
  if (trace === undefined) throw new Error('not violated');
  expect(swarmSuite.chart?.(framesOf(compose(M1.system()), trace), values)).toMatchInlineSnapshot(`
    [
      "      seed1  p1  bad1  # held  o partly  . missing  ! bad data among it",
      "   0. #      .   #",
      "   1. #      o   #     p1: fetch from seed1 piece 0 block 0",
      "   2. #      !   #     p1: poison from bad1 piece 0 block 1",
    ]
  `);
});

test('sizes that cannot be are refused', () => {
  const { set } = swarmSuite.configurations.swarm as { readonly set: Values };
  expect(() => swarmSuite.system({ ...set, level: 'wire', seeds: 0, leechers: 1, corrupters: 0 })).toThrow('leechers');
  expect(() => swarmSuite.system({ ...set, pieces: 2, deselected: 2 })).toThrow('pieces');
  expect(() => swarmSuite.system({ ...set, freeRiders: 1 })).toThrow('free-riders');
});

test('outside the toolkit a leecher fetches everything from a seed', () => {
  const names = ['seed1', 'p1'] as const;
  const logic = (self: string, others: readonly string[]) => {
    const setting: Setting = {
      ...{ self, neighbours: others, pieces: 2, blocks: 2, short: true, wants: 3, gives: true, slots: 1 },
      ...{ choking: 'open', serving: 'atOnce' },
    };
    return { rules: soundRules, setting, verifies: verifierOf(setting) };
  };
  const actors = {
    seed1: createActor(swarmPeer(logic('seed1', ['p1'])), { input: { have: 3 } }),
    p1: createActor(swarmPeer(logic('p1', ['seed1'])), { input: {} }),
  };
  for (const name of names) {
    actors[name].on('send', ({ to, message }) => {
      actors[to as (typeof names)[number]].send({ ...message, from: name });
    });
    actors[name].start();
  }
  actors.p1.send({ type: 'join', to: [0] });
  for (const block of [0, 1, 2, 3]) actors.p1.send({ type: 'ask', at: 0, block });
  expect(actors.p1.getSnapshot().context).toMatchObject({ have: 3, partials: [] });
  expect(actors.p1.getSnapshot().context.halves[0]?.interested).toBe(false);
});

test('a system may be made by itself', () => {
  const { set } = swarmSuite.configurations.links as { readonly set: Values };
  expect(swarm(set as unknown as Parameters<typeof swarm>[0]).name).toBe('swarm 3 peers, 2 pieces of 1');
  const atomic = swarmSuite.configurations.swarm as { readonly set: Values };
  expect(atomicSwarm(atomic.set as unknown as Parameters<typeof atomicSwarm>[0]).name).toContain('atomic, 5 peers');
});
