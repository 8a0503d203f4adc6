/** The regression corpus: what the trace of a mended bug, of an expected violation and of a changed model comes to. */
import { describe, expect, test } from 'vitest';
import { assign, setup } from 'xstate';
import { catalogue as bundled } from '../../properties/catalogue.js';
import { Corpus } from '../../src/ci/index.js';
import { always, type Claim, peer, type Suite, sometimes, system } from '../../src/kernel/index.js';
import { check } from '../../src/run/check.js';
import { writeTrace } from '../../src/trace/index.js';
import { catalogue, lampSuite, temporal } from '../cli/toy.js';
import { recordedCorpus } from '../support/corpus.js';

/** A counter that `add` takes up to a limit; a mended one does not pass 1, a changed one calls it `inc`. */
const counting = (limit: number, operation = 'add') =>
  system({
    name: 'counting',
    peers: {
      a: peer(
        setup({ types: { context: {} as { n: number } } }).createMachine({
          context: { n: 0 },
          on: {
            [operation]: {
              guard: ({ context }: { context: { n: number } }) => context.n < limit,
              actions: assign({ n: ({ context }) => (context as { n: number }).n + 1 }),
            },
            rest: {},
          },
        }),
      ),
    },
    operations: [{ name: 'rest' }, { name: operation }],
  });

type Counting = ReturnType<typeof counting>;
const below = always<Counting['peers'], false>('a stays below 2', (w) => w.peers.a.n < 2);

const suite = (made: Counting, claims: readonly Claim[] = [{ property: below }]): Suite => ({
  model: 'counting',
  summary: 'A counter',
  parameters: { limit: { type: 'integer', doc: 'x', default: 3, min: 1, max: 9 } },
  configurations: { plain: { doc: 'x', set: {} } },
  system: () => made,
  claims: () => claims,
});

/** What a search of the broken counter recorded. */
function recorded(values = { limit: 3 }): string {
  const { findings } = check(counting(3), [below]);
  const { trace } = findings[0] as (typeof findings)[0];
  if (trace === undefined) throw new Error('the counter is not broken');
  return writeTrace({
    schemaVersion: 1,
    tool: 'churnproof',
    engine: '0.1.0',
    model: 'counting',
    configuration: 'plain',
    values,
    property: below.name,
    kind: 'always',
    verdict: 'violated',
    start: trace.start,
    choices: trace.choices,
    moves: trace.moves,
  });
}

const judge = (known: readonly Suite[], text = recorded()) => new Corpus(known, () => []).judge(text, 'f.json');

describe('a claim that is expected to hold', () => {
  test('its bug is back: not as expected', () => {
    expect(judge([suite(counting(3))])).toMatchObject({
      expected: 'notShown',
      state: 'shown',
      outcome: 'notAsExpected',
    });
  });

  test('its bug is mended, and the move is refused where it went wrong: stale, with the step, and as expected', () => {
    expect(judge([suite(counting(1))])).toMatchObject({
      expected: 'notShown',
      state: 'stale',
      outcome: 'asExpected',
      notes: ['step 2 was a: add, is now no move at all'],
    });
  });

  test('its bug is mended, and the moves can still be taken: not shown, and as expected', () => {
    const mended = suite(counting(3), [
      { property: always<Counting['peers'], false>(below.name, (w) => w.peers.a.n < 3) },
    ]);
    expect(judge([mended])).toMatchObject({
      expected: 'notShown',
      state: 'notShown',
      outcome: 'asExpected',
      notes: [],
    });
  });
});

describe('a claim that is expected to be violated', () => {
  const claims = [{ property: below, expect: 'violated' }] as const;

  test('it still is', () => {
    expect(judge([suite(counting(3), claims)])).toMatchObject({
      expected: 'shown',
      state: 'shown',
      outcome: 'asExpected',
    });
  });

  test('the model changed so that its trace cannot be followed: not as expected, with the step', () => {
    expect(judge([suite(counting(3, 'inc'), claims)])).toMatchObject({
      expected: 'shown',
      state: 'stale',
      outcome: 'notAsExpected',
      notes: ['step 1 was a: add, is now a: inc'],
    });
  });

  test('the same moves under other numbers are followed, and told', () => {
    const made = counting(3);
    const reordered = { ...made, operations: [...(made.operations ?? [])].reverse() };
    const text = recorded().replace('"choices": [0,0]', '"choices": [5,5]');
    expect(judge([suite(reordered, claims)], text)).toMatchObject({
      state: 'shown',
      outcome: 'asExpected',
      notes: [expect.stringContaining('step 1 was choice 5, is now choice 0'), expect.stringContaining('step 2')],
    });
  });
});

test('a witness that is expected must be shown, too', () => {
  const seen = sometimes<Counting['peers'], false>('a reaches 2', (w) => w.peers.a.n === 2);
  const text = recorded()
    .replace(below.name, seen.name)
    .replace('"kind": "always"', '"kind": "sometimes"')
    .replace('"violated"', '"witnessed"');
  expect(judge([suite(counting(3), [{ property: seen }])], text)).toMatchObject({ expected: 'shown', state: 'shown' });
  expect(judge([suite(counting(1), [{ property: seen }])], text).outcome).toBe('notAsExpected');
  const absent = { property: seen, expect: 'neverWitnessed' } as const;
  expect(judge([suite(counting(1), [absent])], text)).toMatchObject({ expected: 'notShown', outcome: 'asExpected' });
});

describe('what cannot be used is not as expected, and the others are judged all the same', () => {
  test.each([
    ['no JSON', '{', 'TRACE_UNREADABLE'],
    ['no trace', '{}', 'TRACE_INVALID'],
    ['another tool', '{"tool": "x"}', 'TRACE_FOREIGN'],
    ['another model', recorded().replace('"model": "counting"', '"model": "gone"'), 'TRACE_FOREIGN'],
    ['another property', recorded().replace(below.name, 'gone'), 'TRACE_FOREIGN'],
    ['another parameter', recorded().replace('"limit":3', '"gone":3'), 'TRACE_FOREIGN'],
  ])('%s', (_what, text, code) => {
    const told = judge([suite(counting(3))], text);
    expect(told).toMatchObject({ state: 'unusable', outcome: 'notAsExpected' });
    expect(told.notes[0]).toContain(code);
  });

  test('another kind of property', () => {
    const seen = sometimes<Counting['peers'], false>(below.name, (w) => w.peers.a.n < 2);
    expect(judge([suite(counting(3), [{ property: seen }])]).notes[0]).toContain('the property is sometimes now');
  });
});

test('a temporal counterexample is proved again, and is refuted when the model is mended', () => {
  const claims = [temporal.mended];
  const broken = lampSuite(claims);
  const { findings } = check(broken.system({ fragile: true }), [temporal.mended.property]);
  const { trace, dead } = findings[0] as (typeof findings)[0];
  if (trace === undefined || dead === undefined) throw new Error('the lamp is not broken');
  const text = writeTrace({
    schemaVersion: 1,
    tool: 'churnproof',
    engine: '0.1.0',
    model: 'lamp',
    configuration: 'fragile',
    values: { fragile: true },
    property: temporal.mended.property.name,
    kind: 'recoverable',
    verdict: 'violated',
    start: trace.start,
    choices: trace.choices,
    moves: trace.moves,
    dead,
  });
  expect(judge([broken], text)).toMatchObject({ state: 'shown', outcome: 'notAsExpected' });
  const solid: Suite = { ...broken, system: () => broken.system({ fragile: false }) };
  expect(judge([solid], text)).toMatchObject({ state: 'stale', outcome: 'asExpected' });
});

test('each system is composed once, whoever many traces there are of it', () => {
  let made = 0;
  const counted: Suite = {
    ...suite(counting(3)),
    system: () => {
      made++;
      return counting(3);
    },
  };
  const corpus = new Corpus([counted, ...catalogue], () => []);
  for (let n = 0; n < 20; n++) corpus.judge(recorded(), `${n}.json`);
  for (let n = 0; n < 20; n++) corpus.judge(recorded({ limit: 4 }), `${n}-4.json`);
  expect(made).toBe(2);
});

test('a thousand traces of bundled models are replayed in less than a second of work', () => {
  const traces = recordedCorpus(['stop-and-wait/unordered', 'chord-orig/reuse']);
  expect(traces.length).toBeGreaterThan(10);
  const corpus = new Corpus(bundled, () => []);
  const before = process.cpuUsage();
  for (let n = 0; n < 1000; n++) {
    const told = corpus.judge(traces[n % traces.length] as string, `${n}.json`);
    expect(told).toMatchObject({ state: 'shown', outcome: 'asExpected', notes: [] });
  }
  // What this process worked, not what a busy machine made of it; and with room for a slower one.
  const { user, system: kernel } = process.cpuUsage(before);
  expect((user + kernel) / 1e6).toBeLessThan(2);
});
