/** Every seeded mistake breaks the laws it is said to break, at the length it is said to; survivors break none. */
import { describe, expect, test } from 'vitest';
import { chordZave, originalMutants, ringView, type ZaveContext } from '../../models/chord/index.js';
import { originalSuite } from '../../properties/chord/original-suite.js';
import { zaveSuite } from '../../properties/chord/zave-suite.js';
import { atLeastOneRing } from '../../properties/chord.js';
import { state } from '../../properties/common/law.js';
import type { Suite } from '../../src/kernel/index.js';
import { shortName } from '../../src/report/mutants.js';
import { check } from '../../src/run/check.js';
import { judged, told, trials, written } from '../support/mutants.js';

/** Hundreds of thousands of states; they are tried by `npm run soak`. */
const slow = ['P4', 'S1'];

describe.each([originalSuite, zaveSuite])('$model', (suite) => {
  const named = trials(suite).map((trial) => ({ name: trial.mutant.name, trial }));

  test.each(named.filter(({ name }) => !slow.includes(name)))('$name', ({ trial }) => {
    expect(told(judged(trial, { glance: 1_000 }))).toEqual(written(trial));
  });

  // No protocol breaks this one: it follows from the other laws of one state, whatever led to it.
  const lemmas = suite === zaveSuite ? ['NonIdealImpliesChangeEnabled'] : [];
  const words = (claims: ReturnType<Suite['claims']>) =>
    claims.filter(({ property }) => property.kind !== 'sometimes').map(({ property }) => shortName(property.name));

  test('every law is broken by some of them', () => {
    const broken = new Set(named.flatMap(({ trial }) => Object.keys(trial.mutant.kills)));
    const claimed = new Set(named.flatMap(({ trial }) => words(trial.claims)));
    expect([...claimed].filter((word) => !broken.has(word))).toEqual(lemmas);
  });
});

test('the original is as wrong as some of its mutants: those are what was published, or help nothing', () => {
  const asWrong = trials(originalSuite)
    .filter(({ mutant }) => !slow.includes(mutant.name))
    .filter((trial) => !judged(trial, { glance: 1_000 }).falls.some(({ own }) => own))
    .map(({ mutant }) => mutant.name);
  expect(asWrong).toEqual(['P3', 'P4-reuse', 'P5', 'P6', 'P8']);
  expect(asWrong.every((name) => 'source' in originalMutants[name as keyof typeof originalMutants])).toBe(true);
});

test('a checker that looks at first entries only raises a false alarm', () => {
  const slipped = ringView<ZaveContext>(
    ({ list }) => list,
    (list, members) => {
      const [first] = list;
      return first !== undefined && (members >> first) & 1 ? first : undefined;
    },
  );
  const [finding] = check(chordZave({ n: 4, r: 2, rejoin: false }), [state(atLeastOneRing, slipped).property]).findings;
  expect([finding?.verdict, finding?.trace?.moves.length]).toEqual(['violated', 6]);
});
