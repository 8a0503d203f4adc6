/** assertHolds and toHold: they pass for what is proved, and fail with the report in words for everything else. */
import { expect, test } from 'vitest';
import { always, type Claim, eventually, type PropertyKind, type Verdict } from '../../src/kernel/index.js';
import { assertHolds } from '../../src/vitest/index.js';
import { exhaustive, reportOf, retry, traceOf } from '../report/sample.js';

const said = (verdict: Verdict, kind: PropertyKind = 'always') => reportOf([{ property: 'p', kind, verdict }]);
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

test('a temporal property passes when it holds, or fails as expected; else the message tells how it goes on for ever', () => {
  assertHolds(said('holds', 'eventually'));
  const finding = {
    property: 'p',
    kind: 'eventually',
    verdict: 'violated',
    trace: { ...traceOf([retry, retry]), loop: 1 },
    critical: { kind: 'lost', step: 1 },
  } as const;
  const message = /VIOLATED {3}p \(2 moves, the last 1 for ever\)\n.*<- critical\n {4}then for ever:\n(.|\n)*killed it/;
  expect(() => assertHolds(reportOf([finding]))).toThrow(message);
  const property = eventually('p', () => true, { weak: ['timeout'] });
  assertHolds(reportOf([finding]), { claims: [{ property, expect: 'violated' }] });
  expect(() => assertHolds(said('holds', 'eventually'), { claims: [{ property, expect: 'violated' }] })).toThrow(
    'HOLDS',
  );
});

test('a temporal property that a cut search or a sample left undecided fails, whatever is let pass', () => {
  const why = 'only the whole graph of states decides it';
  const open = { property: 'p', kind: 'eventually', verdict: 'undecided', why } as const;
  const cut = reportOf([open], { coverage: { ...exhaustive, kind: 'bounded', cut: 'states', queue: 3 } });
  const sample = reportOf([open], { coverage: sampled.coverage });
  const claims = [{ property: eventually('p', () => true, {}), expect: 'violated' } as const];
  for (const expectations of [{}, { sampled: 'suffices' }, { claims }, { claims, sampled: 'suffices' }] as const) {
    expect(() => assertHolds(cut, expectations)).toThrow(`undecided  p (`);
    expect(() => assertHolds(sample, expectations)).toThrow(why);
    expect(sample).not.toHold(expectations);
  }
});
