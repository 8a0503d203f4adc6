/** The suites of Chord find what they expect, to the move, in every configuration that is small enough. */
import { describe, expect, test } from 'vitest';
import { suites } from '../../properties/chord.js';
import { type Claim, expectedOf, type Suite, type Values } from '../../src/kernel/index.js';
import { check } from '../../src/run/check.js';

const [original, zave] = suites as readonly [Suite, Suite];

const defaultsOf = ({ parameters }: Suite): Values =>
  Object.fromEntries(Object.entries(parameters).map(([name, parameter]) => [name, parameter.default]));

/** What was found where a claim says otherwise. */
function surprises(suite: Suite, values: Values): readonly unknown[] {
  const claims = suite.claims(values);
  const properties = claims.map(({ property }) => property);
  const { findings, coverage } = check(suite.system(values), properties);
  expect(coverage.kind).toBe('exhaustive');
  return findings.flatMap(({ property, verdict, trace }, at) => {
    const claim = claims[at] as Claim;
    const length = trace?.moves.length;
    const isExpected = verdict === expectedOf(claim) && (claim.length === undefined || claim.length === length);
    return isExpected ? [] : [{ property, verdict, length }];
  });
}

describe.each(suites)('$model', (suite) => {
  const quick = Object.entries(suite.configurations).filter(([, { quick }]) => quick);

  test.each(quick)('%s', (_name, { set }) => {
    expect(surprises(suite, { ...defaultsOf(suite), ...set })).toEqual([]);
  });

  test('every configuration sets every parameter', () => {
    for (const { set } of Object.values(suite.configurations))
      expect(Object.keys(set).sort()).toEqual(Object.keys(suite.parameters).sort());
  });
});

const switches = [true, false];
const choices = switches.flatMap((rejoin) =>
  switches.flatMap((split) => switches.flatMap((jfix) => switches.map((sfix) => ({ rejoin, split, jfix, sfix })))),
);

test.each(choices.map((choice) => ({ n: 2, ...choice })))('chord-orig with %o', (values) => {
  expect(surprises(original, values)).toEqual([]);
});

const three = choices.filter(({ rejoin, split }) => !(rejoin && split)).map((choice) => ({ n: 3, ...choice }));
const four = { n: 4, rejoin: false, split: true, jfix: true, sfix: true };

test.each([...three, four])('chord-orig with %o', (values) => expect(surprises(original, values)).toEqual([]));

test.each([
  { n: 3, r: 1, rejoin: false },
  { n: 4, r: 1, rejoin: true },
  { n: 5, r: 1, rejoin: false },
  { n: 4, r: 2, rejoin: false },
  { n: 5, r: 3, rejoin: true },
  { n: 6, r: 4, rejoin: false },
])('chord-zave with %o', (values) => expect(surprises(zave, values)).toEqual([]));

test('successor lists that are too long for the circle are refused', () => {
  expect(() => zave.system({ n: 4, r: 3, rejoin: false })).toThrow('a circle of 4 identifiers cannot be checked');
});
