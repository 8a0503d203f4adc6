/** Keys on the Chord ring: exact sizes, every claim, every seeded bug, and the machines outside the toolkit. */
import { describe, expect, test } from 'vitest';
import { createActor } from 'xstate';
import {
  bitsFor,
  chordKeys,
  type Items,
  type KeysMutant,
  type KeysOptions,
  keyNames,
  type MemberInput,
  member,
  mutants,
} from '../../models/chord-keys/index.js';
import { placeOf } from '../../models/consistent-hashing/index.js';
import { suite } from '../../properties/chord-keys.js';
import { expectedOf, type Values } from '../../src/kernel/index.js';
import { check } from '../../src/run/check.js';
import { trialsOf, tryOut } from '../../src/run/mutants.js';

test('the keys stand where the model says', () => {
  expect(keyNames.map((key) => placeOf(key, bitsFor(4)))).toEqual([1, 2, 3, 0]);
  expect(keyNames.map((key) => placeOf(key, bitsFor(8)))).toEqual([2, 4, 7, 0]);
});

/** What was found where a claim says otherwise, and the size of the search. */
function surprises(values: Values): readonly [states: number, transitions: number, surprises: readonly unknown[]] {
  const claims = suite.claims(values);
  const { coverage, findings } = check(
    suite.system(values),
    claims.map(({ property }) => property),
  );
  expect(coverage.kind).toBe('exhaustive');
  const wrong = findings.filter(({ verdict }, at) => verdict !== expectedOf(claims[at] as (typeof claims)[number]));
  return [coverage.states, coverage.transitions, wrong.map(({ property, verdict }) => [property, verdict])];
}

describe('every quick configuration is as expected', () => {
  const sizes: Readonly<Record<string, readonly [states: number, transitions: number]>> = {
    join: [3_878, 11_212],
    joins: [21_167, 86_832],
    leave: [21_516, 76_657],
    fail: [31_342, 112_796],
    r3: [6_313, 19_364],
    churn: [28_094, 112_919],
  };
  const quick = Object.entries(suite.configurations).filter(([, one]) => one.quick);

  test.each(quick)('%s', (name, { set }) => expect(surprises(set)).toEqual([...(sizes[name] ?? []), []]));

  test('each has its size here', () => expect(quick.map(([name]) => name)).toEqual(Object.keys(sizes)));
});

describe('mutants', () => {
  const trials = trialsOf(suite, () => []);

  test.each(trials.map((trial) => [trial.mutant.name, trial] as const))('%s', (_, trial) => {
    const { findings } = tryOut(trial);
    const kills = findings
      .filter(({ property }) => trial.recorded.has(property))
      .map(({ property, verdict, trace }) => [property, verdict === 'neverWitnessed' ? 'never' : trace?.moves.length]);
    expect(Object.fromEntries(kills)).toEqual(Object.fromEntries(trial.recorded));
    if (trial.mutant.survivor) expect(findings.filter(({ verdict }) => verdict === 'violated')).toEqual([]);
  });

  const rightOnes = new Map(
    Object.values<KeysMutant>(mutants).map(({ values }) => [JSON.stringify(values), values satisfies KeysOptions]),
  );

  test.each([...rightOnes])('nothing is wrong without the mutation: %s', (_, values) => {
    expect(surprises(values)[2]).toEqual([]);
  });

  test('each claim is broken by one of them', () => {
    const broken = new Set(Object.values<KeysMutant>(mutants).flatMap(({ kills }) => Object.keys(kills)));
    const claimed = Object.values(suite.configurations)
      .flatMap(({ set }) => suite.claims(set))
      .filter(({ property }) => property.kind !== 'sometimes')
      .map(({ property }) => property.name.split(':')[0]);
    expect([...new Set(claimed)].filter((word) => !broken.has(String(word)))).toEqual([]);
  });
});

test('over ordered links too', () => {
  const { join } = suite.configurations;
  expect(surprises({ ...join?.set, network: 'fifo' })[2]).toEqual([]);
});

test('sizes that cannot be are refused', () => {
  const { set } = suite.configurations.join as { readonly set: Values };
  expect(() => suite.system({ ...set, r: 3 })).toThrow('copies');
});

test('outside the toolkit a joiner gets the keys that are its own', () => {
  const start = { bits: 2, r: 1 };
  const items: Items = { 'readme.txt': 1, 'song.mp3': 4 };
  const inputs: readonly MemberInput[] = [
    { id: 0, ...start, pred: 0, succs: [], items },
    { id: 1, ...start },
  ];
  const actors = inputs.map((input) => createActor(member, { input }));
  actors.forEach((actor, from) => {
    actor.on('send', ({ to, message }) => {
      for (const name of [to].flat())
        actors[Number(name)]?.send({ ...message, from: String(from) } as Parameters<typeof actor.send>[0]);
    });
    actor.start();
  });
  actors[1]?.send({ type: 'join', succs: [0] });
  expect(actors.map((actor) => actor.getSnapshot().context.items)).toEqual([{ 'song.mp3': 4 }, { 'readme.txt': 1 }]);
  expect(actors.map((actor) => actor.getSnapshot().value)).toEqual([{ member: 'serving' }, { member: 'serving' }]);
});

test('a system may be named and made by itself', () => {
  const { name } = chordKeys({ ...mutants.L4.values });
  expect(name).toBe('chord-keys n=2 founders=1 r=1 keys=1 puts=0 gets=0 leaves=0 crashes=0 losses=0 network=unordered');
});
