/** The JSON document: its fields, for one report and for several. */
import { expect, test } from 'vitest';
import { always, type Finding } from '../../src/kernel/index.js';
import { outcomesOf, renderDocument, reportDocument } from '../../src/report/index.js';
import { data, exhaustive, reportOf, traceOf } from './sample.js';

const violated: Finding = { property: 'p', kind: 'always', verdict: 'violated', trace: traceOf([data(0)]) };
const told = {
  report: reportOf([violated, { property: 'q', kind: 'sometimes', verdict: 'neverWitnessed' }]),
  subject: { model: 'm', config: 'c', values: { n: 3 } },
  claims: [{ property: always('p', () => true), expect: 'violated' as const }],
  seconds: 0.5,
  files: new Map([['p', 'out/p.json']]),
};

test('one report is the document', () => {
  expect(JSON.parse(renderDocument([reportDocument(told)]))).toEqual({
    schemaVersion: 1,
    model: 'm',
    config: 'c',
    values: { n: 3 },
    strategy: 'breadth-first',
    coverage: { ...exhaustive, seconds: 0.5 },
    verdicts: [
      {
        property: 'p',
        kind: 'always',
        verdict: 'violated',
        expected: 'violated',
        asExpected: true,
        length: 1,
        trace: { path: 'out/p.json', start: 0, moves: ['deliver alice -> bob {"type":"data","bit":0}'] },
      },
      { property: 'q', kind: 'sometimes', verdict: 'neverWitnessed', expected: 'witnessed', asExpected: false },
    ],
    effort: { machineCalls: 12, bytesPerState: 16, blocked: 0, fullestInbox: 2 },
  });
});

test('several reports are a list', () => {
  const one = reportDocument(told);
  expect(JSON.parse(renderDocument([one, one]))).toEqual({ schemaVersion: 1, reports: [one, one] });
});

test('messages that JSON has no words for are told all the same', () => {
  const odd: Finding = {
    ...violated,
    trace: traceOf([{ kind: 'deliver', from: 'a', to: 'b', message: { type: 'x', big: 12n, none: undefined } }]),
  };
  const document = renderDocument([reportDocument({ report: reportOf([odd]) })]);
  expect(JSON.parse(document).verdicts[0].trace.moves[0]).toBe('deliver a -> b {"type":"x","big":"12n"}');
});

test('outcomes: nothing found by a sample is all that can be expected of it, but not of a search', () => {
  const open: Finding = { property: 'p', kind: 'always', verdict: 'undecided' };
  const sampled = { ...exhaustive, kind: 'sampled', runs: 3 } as const;
  const bounded = { ...exhaustive, kind: 'bounded' } as const;
  expect(outcomesOf({ report: reportOf([open], { coverage: sampled }) })).toEqual(['asExpected']);
  expect(outcomesOf({ report: reportOf([open], { coverage: bounded }) })).toEqual(['undecided']);
  expect(outcomesOf({ report: reportOf([open], { coverage: sampled }), claims: told.claims })).toEqual(['undecided']);
  expect(outcomesOf({ report: reportOf([{ ...open, verdict: 'holds' }]), claims: told.claims })).toEqual([
    'notAsExpected',
  ]);
  expect(outcomesOf(told)).toEqual(['asExpected', 'vacuous']);
});
