/** What generic mutants come to: noticed, no bug at all, or a hole in the claims; and when two graphs are one. */
import { describe, expect, test } from 'vitest';
import { assign, emit, setup } from 'xstate';
import { stopAndWait } from '../../models/stop-and-wait/index.js';
import { twoPhaseCommit } from '../../models/two-phase-commit/index.js';
import { always, type ChurnproofError, type Property, peer, sometimes, system } from '../../src/kernel/index.js';
import { genericScoreOf, judgeGeneric } from '../../src/report/index.js';
import {
  beginGeneric,
  type GenericTrial,
  genericTrials,
  isEquivalent,
  limitOf,
  type Right,
  rightOf,
} from '../../src/run/generic.js';
import { sameGraph } from '../../src/run/same-graph.js';
import { compose } from '../../src/system/index.js';

const counter = setup({
  types: { context: {} as { n: number } },
  guards: { isLow: ({ context }) => context.n < 2, isHigh: ({ context }) => context.n > 5 },
  actions: { count: assign({ n: ({ context }) => context.n + 1 }), clear: assign({ n: 0 }) },
}).createMachine({
  id: 'counter',
  context: { n: 0 },
  on: { add: { guard: 'isLow', actions: 'count' }, clear: { guard: 'isHigh', actions: 'clear' } },
});

const one = system({ name: 'one', peers: { a: peer(counter) }, operations: [{ name: 'add' }, { name: 'clear' }] });

const low: Property = always('it stays low', (w) => (w.peers.a as { n: number }).n <= 2);
const full: Property = sometimes('it gets to 2', (w) => (w.peers.a as { n: number }).n === 2);

function judged(right: Right, most?: number) {
  return genericTrials(right.system).map((trial) => judge(trial, right, most));
}

function judge(trial: GenericTrial, right: Right, most?: number) {
  const told = { ...trial, right: right.report };
  try {
    const search = beginGeneric(trial, right, most);
    while (!search.done) search.advance(100);
    const came = search.report();
    return judgeGeneric({ ...told, came, isEquivalent: () => isEquivalent(trial, right, came.coverage.states) });
  } catch (error) {
    return judgeGeneric({ ...told, came: error as ChurnproofError, isEquivalent: () => false });
  }
}

const outcomes = (right: Right) => Object.fromEntries(judged(right).map(({ doc, outcome }) => [doc, outcome]));

test('what is noticed, what is none, and what is missing from the claims', () => {
  expect(outcomes(rightOf(one, [low, full]))).toEqual({
    'on add: guard isLow dropped': 'killed',
    'on add: guard isLow negated': 'killed',
    'on clear: guard isHigh dropped': 'survived',
    'on clear: guard isHigh negated': 'survived',
    'on add: transition lost': 'killed',
    'on clear: transition lost': 'equivalent',
    'on add: action count lost': 'killed',
    'on clear: action clear lost': 'equivalent',
  });
});

test('a claim more, and nothing is missing', () => {
  const untouched: Property = always('nobody clears', () => true);
  const steps: Property = {
    kind: 'alwaysStep',
    name: 'it never goes back',
    holds: (before, after) => (before.peers.a as { n: number }).n <= (after.peers.a as { n: number }).n,
  };
  const all = judged(rightOf(one, [low, full, untouched, steps]));
  expect(genericScoreOf(all)).toEqual({ killed: 6, survived: 0, equivalent: 2, undecided: 0, share: 1 });
  expect(all.find(({ doc }) => doc === 'on clear: guard isHigh dropped')?.noticed).toEqual([
    { property: 'it never goes back', verdict: 'violated', moves: 2 },
  ]);
});

test('a machine that can no longer go on was noticed', () => {
  const fragile = setup({
    types: { context: {} as { left: readonly number[] } },
    guards: { hasMore: ({ context }) => context.left.length > 0 },
    actions: {
      take: assign(({ context }) => {
        if (context.left.length === 0) throw new Error('nothing left');
        return { left: context.left.slice(1) };
      }),
    },
  }).createMachine({ context: { left: [1] }, on: { take: { guard: 'hasMore', actions: 'take' } } });
  const taking = system({ name: 'taking', peers: { a: peer(fragile) }, operations: [{ name: 'take' }] });
  const [dropped] = judged(
    rightOf(taking, [sometimes('it is empty', (w) => (w.peers.a as never as { left: [] }).left.length === 0)]),
  );
  expect(dropped).toMatchObject({ outcome: 'killed', error: 'MACHINE_THREW' });
});

test('a search that was cut decides nothing, unless something was noticed before', () => {
  const right = rightOf(stopAndWait({ network: 'fifo', packets: 2 }), [always('anything', () => true)]);
  const all = judged(right, 20);
  expect(new Set(all.map(({ outcome }) => outcome))).toContain('undecided');
  expect(genericScoreOf(all).share).toBe(0);
});

test('nothing is held against a search that was cut', () => {
  const right = rightOf(one, [low]);
  const cut = {
    ...right,
    report: { ...right.report, coverage: { ...right.report.coverage, kind: 'bounded' as const } },
  };
  const unsound = expect.objectContaining({ code: 'SEARCH_UNSOUND' });
  expect(() => limitOf(cut)).toThrow(unsound);
  const [trial] = genericTrials(one) as [GenericTrial];
  expect(() => beginGeneric(trial, cut, 1000)).toThrow(unsound);
});

describe('two graphs are one', () => {
  const commit = (rms: number) => compose(twoPhaseCommit({ rms }));
  test('the same system twice', () => expect(sameGraph(commit(3), commit(3), 1000)).toBe('same'));
  test('another size', () => expect(sameGraph(commit(3), commit(2), 1000)).toBe('different'));
  test('as far as was looked', () => expect(sameGraph(commit(3), commit(3), 100)).toBe('unknown'));
  test('a state more at the end', () => {
    const counting = (limit: number) =>
      compose(
        system({
          name: 'counting',
          peers: {
            a: peer(
              setup({ types: { context: {} as { n: number } } }).createMachine({
                context: { n: 0 },
                on: {
                  add: {
                    guard: ({ context }) => context.n < limit,
                    actions: assign({ n: ({ context }) => context.n + 1 }),
                  },
                },
              }),
            ),
          },
          operations: [{ name: 'add' }],
        }),
      );
    expect(sameGraph(counting(7), counting(8), 100)).toBe('different');
    expect(sameGraph(counting(8), counting(7), 100)).toBe('different');
  });
  test('the same states and moves, other words on the way', () => {
    const saying = (word: string) =>
      compose(
        system({
          name: 'saying',
          peers: {
            a: peer(
              setup({}).createMachine({
                context: {},
                on: { say: { actions: emit({ type: 'send', to: 'b', message: { type: word } } as never) } },
              }),
            ),
            b: peer(setup({}).createMachine({ context: {} })),
          },
          capacity: 1,
          operations: [{ name: 'say' }],
        }),
      );
    expect(sameGraph(saying('yes'), saying('no'), 100)).toBe('different');
    expect(sameGraph(saying('yes'), saying('yes'), 100)).toBe('same');
  });
});
