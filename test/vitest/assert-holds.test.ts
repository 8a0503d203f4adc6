/** assertHolds and toHold: they pass for what is proved, and fail with the report in words for everything else. */
import { expect, test } from 'vitest';
import { always, type Claim, type Verdict } from '../../src/kernel/index.js';
import { assertHolds } from '../../src/vitest/index.js';
import { exhaustive, reportOf } from '../report/sample.js';

const said = (verdict: Verdict, kind: 'always' | 'sometimes' = 'always') =>
  reportOf([{ property: 'p', kind, verdict }]);
const sampled = { ...said('undecided'), coverage: { ...exhaustive, kind: 'sampled', runs: 9 } } as const;
const refuted: Claim = { property: always('p', () => true), expect: 'violated' };

test('what holds and what is witnessed passes', () => {
  assertHolds(said('holds'));
  assertHolds(said('witnessed', 'sometimes'));
  expect(said('holds')).toHold();
  expect(said('violated')).not.toHold();
});

test.each([
  ['violated', 'always', 'VIOLATED   p'],
  ['undecided', 'always', 'undecided  p'],
  ['undecided', 'sometimes', 'undecided  p'],
  ['neverWitnessed', 'sometimes', 'NEVER SEEN p'],
] as const)('%s of %s fails with the report', (verdict, kind, line) => {
  expect(() => assertHolds(said(verdict, kind))).toThrow(line);
  expect(() => expect(said(verdict, kind)).toHold()).toThrow(line);
});

test('the message is the whole report', () => {
  expect(() => assertHolds(said('violated'))).toThrow(
    /^stop-and-wait: exhaustive breadth-first search, 1107 states, 4331 transitions, depth 20\n {2}VIOLATED/,
  );
});

test('an expected violation passes, and its absence fails', () => {
  assertHolds(said('violated'), { claims: [refuted] });
  expect(said('violated')).toHold({ claims: [refuted] });
  expect(() => assertHolds(said('holds'), { claims: [refuted] })).toThrow('HOLDS      p (expected: violated');
  expect(() => expect(said('holds')).not.toHold()).toThrow('expected a property not to be as expected');
});

test('a sample is no proof unless it is said to suffice', () => {
  expect(() => assertHolds(sampled)).toThrow('undecided  p (not refuted in 9 runs');
  assertHolds(sampled, { sampled: 'suffices' });
  expect(() => assertHolds(sampled, { sampled: 'suffices', claims: [refuted] })).toThrow('undecided');
});

test('an expectation of a property that the report does not know is a mistake', () => {
  const other = { ...refuted, property: always('q', () => true) };
  expect(() => assertHolds(said('holds'), { claims: [other] })).toThrow('the report says nothing of the property "q"');
});
