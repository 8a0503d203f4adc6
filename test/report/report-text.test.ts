/** What a report reads like: whole texts, for every verdict and kind of coverage. */
import { expect, test } from 'vitest';
import { always, type Claim, type Finding, sometimes } from '../../src/kernel/index.js';
import { renderReport, unpainted } from '../../src/report/index.js';
import { data, reportOf, retry, traceOf } from './sample.js';

const twice = 'bob never delivers more than alice sent';
const arrives = 'every packet arrives';
const refuted: Finding = {
  property: twice,
  kind: 'always',
  verdict: 'violated',
  trace: traceOf([data(0), retry, data(0)]),
};
const seen: Finding = { property: arrives, kind: 'sometimes', verdict: 'witnessed', trace: traceOf([data(0)]) };
const expectRefuted: Claim = { property: always(twice, () => true), expect: 'violated', length: 3 };

test('a violation nobody expected is told in full, with the line to paste', () => {
  const text = renderReport({
    report: reportOf([refuted, seen]),
    title: 'stop-and-wait/unordered',
    files: new Map([[twice, 'counterexamples/stop-and-wait-unordered.json']]),
  });
  expect(text).toMatchInlineSnapshot(`
    "stop-and-wait/unordered: exhaustive breadth-first search, 1107 states, 4331 transitions, depth 20
      VIOLATED   bob never delivers more than alice sent (3 moves)
         1. deliver alice -> bob {"type":"data","bit":0}
         2. alice: timer retry
         3. deliver alice -> bob {"type":"data","bit":0}
        replay: churnproof replay counterexamples/stop-and-wait-unordered.json
      witnessed  every packet arrives (1 move)"
  `);
});

test('an expected one is a line, and a story on demand', () => {
  const told = { report: reportOf([refuted]), claims: [expectRefuted], seconds: 75.2 };
  expect(renderReport(told)).toMatchInlineSnapshot(`
    "stop-and-wait: exhaustive breadth-first search, 1107 states, 4331 transitions, depth 20, 1 min 15 s
      violated   bob never delivers more than alice sent (as expected, 3 moves)"
  `);
  expect(renderReport(told, { traces: true }).split('\n')).toHaveLength(5);
});

test('a length other than the published one is told where it is the shortest', () => {
  const claims = [{ ...expectRefuted, length: 2 }];
  expect(renderReport({ report: reportOf([refuted]), claims })).toContain('(as expected, 3 moves, published with 2)');
  const deep = reportOf([refuted], { strategy: 'depth-first' });
  expect(renderReport({ report: deep, claims })).not.toContain('published');
});

test('what holds although a violation was expected, and what is never seen, stand out', () => {
  const report = reportOf([
    { property: twice, kind: 'always', verdict: 'holds' },
    { property: arrives, kind: 'sometimes', verdict: 'neverWitnessed' },
  ]);
  expect(renderReport({ report, claims: [expectRefuted] })).toMatchInlineSnapshot(`
    "stop-and-wait: exhaustive breadth-first search, 1107 states, 4331 transitions, depth 20
      HOLDS      bob never delivers more than alice sent (expected: violated, in all 1107 states)
      NEVER SEEN every packet arrives (in all 1107 states)"
  `);
});

test('a search that was cut says where it stood, why, and what grew', () => {
  const report = reportOf(
    [
      { property: twice, kind: 'always', verdict: 'undecided' },
      { property: arrives, kind: 'sometimes', verdict: 'undecided' },
    ],
    {
      coverage: { kind: 'bounded', cut: 'memory', states: 1_234_567, transitions: 9_999, depth: 312, queue: 1 },
      effort: { machineCalls: 1, bytesPerState: 16, blocked: 1, fullestInbox: 312 },
    },
  );
  expect(renderReport({ report })).toMatchInlineSnapshot(`
    "stop-and-wait: bounded breadth-first search, 1,234,567 states, 9999 transitions, depth 312, 1 state waiting; stopped because the memory was full
      undecided  bob never delivers more than alice sent (not refuted in the first 1,234,567 states)
      undecided  every packet arrives (not seen in the first 1,234,567 states)
      note: an inbox grew to 312 messages: without a capacity, or limits on who may send, the states never end
      note: 1 move was not offered because a link was full: see capacity, whenFull"
  `);
});

test('a sample tells its seed, its runs and how short the traces are', () => {
  const coverage = { kind: 'sampled', states: 80, transitions: 5000, depth: 44, queue: 0, runs: 10 } as const;
  const minimal = { proved: true, scope: 'subspace', states: 312, among: 'peers alice, bob; moves timeout' } as const;
  const shrunk: Finding = { ...refuted, shrunk: { from: 812, to: 3, minimal } };
  const found = { ...reportOf([], { coverage, strategy: 'fuzz' }), seed: 7 };
  expect(
    renderReport({
      report: { ...found, findings: [shrunk, { property: arrives, kind: 'sometimes', verdict: 'undecided' }] },
    }),
  ).toMatchInlineSnapshot(`
    "stop-and-wait: 10 random runs from seed 7, 80 states, 5000 transitions, depth 44
      VIOLATED   bob never delivers more than alice sent (3 moves, proved minimal)
         1. deliver alice -> bob {"type":"data","bit":0}
         2. alice: timer retry
         3. deliver alice -> bob {"type":"data","bit":0}
        shrunk from 812 moves to 3, proved minimal: no shorter one in 312 states (only peers alice, bob; moves timeout)
      undecided  every packet arrives (not seen in 10 runs, 80 states)"
  `);
  const unproved = { proved: false, why: '300,000 states were not enough' } as const;
  const open: Finding = { ...refuted, shrunk: { from: 3, to: 3, minimal: unproved } };
  expect(renderReport({ report: { ...found, findings: [open] } })).toContain(
    '    3 moves, not proved minimal: 300,000 states were not enough',
  );
});

test('a very long story loses its middle', () => {
  const long: Finding = {
    ...refuted,
    trace: traceOf(
      Array.from({ length: 5000 }, () => retry),
      2,
    ),
  };
  const lines = renderReport({ report: reportOf([long]) }).split('\n');
  expect(lines.slice(2, 4)).toEqual(['     0. start 2 of the model', '     1. alice: timer retry']);
  expect(lines).toContain('        ... 4900 more moves ...');
  expect(lines.at(-1)).toBe('  5000. alice: timer retry');
});

test('paint colours words and changes none', () => {
  const told = { report: reportOf([refuted, seen]), claims: [] };
  const mark = (text: string) => `<${text}>`;
  const painted = renderReport(told, { paint: { good: mark, bad: mark, doubt: mark, aside: mark, title: mark } });
  expect(painted).toContain('<VIOLATED  >');
  expect(painted.replace(/<([^<>]*)>/g, '$1')).toBe(renderReport(told, { paint: unpainted }));
});

test('a property without a claim is expected to hold, or to be seen', () => {
  const property = sometimes('x', () => true);
  const claims = [{ property, expect: 'neverWitnessed' as const }];
  const never: Finding = { property: 'x', kind: 'sometimes', verdict: 'neverWitnessed' };
  expect(renderReport({ report: reportOf([never]) })).toContain('NEVER SEEN');
  expect(renderReport({ report: reportOf([never]), claims })).toContain('never seen');
});
