/** The picture of a block tree: chain first, branches below, what is connected to nothing last; and the film of a behaviour. */
import { expect, test } from 'vitest';
import { chainChart, treeLines } from '../../models/chain/index.js';
import { defaults, suite } from '../../properties/chain.js';
import { framesOf, traceOf } from '../../src/kernel/index.js';
import { check } from '../../src/run/check.js';
import { compose } from '../../src/system/index.js';

test('genesis alone', () => expect(treeLines({ parents: [0], marks: ['active'], tip: 0 })).toEqual(['[0]']));

test('branches hang below the block from which they go off', () => {
  const parents = [0, 0, 1, 1, 2, 3, 0, 8, 6, 1];
  const marks = [
    'active',
    'active',
    'stale',
    'active',
    'invalid',
    'active',
    'header',
    'orphan',
    null,
    'stale',
  ] as const;
  expect(treeLines({ parents, marks, tip: 5 })).toEqual([
    '0----1----3----[5]',
    '|    +----2~---4!',
    '|    `----9~',
    '`----6.',
    '7?',
  ]);
});

test('branches within a branch keep their line', () => {
  const parents = [0, 0, 0, 2, 2, 0];
  const marks = ['active', 'active', 'stale', 'stale', 'stale', 'stale'] as const;
  expect(treeLines({ parents, marks, tip: 1, label: (id) => 'GABCDE'[id] as string })).toEqual([
    'G----[A]',
    '+----B~---C~',
    '|    `----D~',
    '`----E~',
  ]);
});

test('the film of a behaviour leaves out what looks as before', () => {
  const values = { ...defaults, n: 2, flawed: 'one', crashes: 1 };
  const system = suite.system(values);
  const claims = suite.claims(values);
  const { findings } = check(
    system,
    claims.map(({ property }) => property),
  );
  const { trace } = findings.find(({ property }) => property.startsWith('at stake in P5')) ?? {};
  const model = compose(system);
  const frames = framesOf(model, traceOf(model, trace?.start ?? -1, trace?.choices ?? []));
  expect(chainChart(frames)).toEqual([
    '     [n] tip  n~ stale  n? orphan  n! invalid  n. header only',
    '  0. [0]',
    '  2. [0]--1~',
    '  3. [0]--1!',
    '  5. [0]--1!---2!',
  ]);
});
