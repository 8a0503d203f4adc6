/** What of a machine a search has used: exactly what the behaviours it saw went through, merged over the peers that run it. */
import { expect, test } from 'vitest';
import { and, assign, not, or, setup } from 'xstate';
import { peer, sometimes, system } from '../../src/kernel/index.js';
import { renderReport, reportDocument } from '../../src/report/index.js';
import { check } from '../../src/run/check.js';

const counter = setup({
  types: { context: {} as { n: number; limit: number }, input: {} as { limit: number } },
  delays: { late: 1000 },
  guards: {
    isLow: ({ context }) => context.n < context.limit,
    isHigh: ({ context }) => context.n > 9,
    isThere: () => true,
    isAsked: () => true,
    both: and(['isLow', 'isThere']),
  },
  actions: { count: assign({ n: ({ context }) => context.n + 1 }) },
}).createMachine({
  id: 'counter',
  context: ({ input }) => ({ n: 0, limit: input.limit }),
  initial: 'low',
  on: { reset: { guard: 'isHigh', target: '.low' } },
  states: {
    low: { on: { add: [{ guard: 'both', actions: 'count' }, { target: 'passing' }], never: { guard: 'isAsked' } } },
    passing: { always: 'full' },
    full: { after: { late: 'spare' }, on: { add: {} } },
    spare: { initial: 'inner', states: { inner: { on: { add: 'other' } }, other: {} } },
  },
});

const counting = (operations: readonly string[], limits: readonly number[] = [1]) =>
  system({
    name: 'counting',
    peers: Object.fromEntries(limits.map((limit, at) => [`p${at}`, peer(counter, { limit })])),
    operations: operations.map((name) => ({ name })),
  });

const report = (...given: Parameters<typeof counting>) =>
  check(counting(...given), [sometimes('it begins', () => true)]);

test('what was used, a state that was only passed through among it', () => {
  expect(report(['add', 'reset']).machines).toEqual([
    {
      machine: 'counter',
      peers: ['p0'],
      states: { of: 6, unused: [] },
      transitions: { of: 8, unused: ['on reset', 'low, on never'] },
      // Guards that combine others are seen through those.
      guards: { of: 4, always: ['isThere'], never: ['isHigh'], unasked: ['isAsked'] },
    },
  ]);
});

test('where nobody adds, nothing is', () => {
  const [machine] = report([]).machines ?? [];
  expect(machine).toMatchObject({
    states: { unused: ['passing', 'full', 'spare', 'spare.inner', 'spare.other'] },
    guards: { always: [], never: [], unasked: ['isLow', 'isHigh', 'isThere', 'isAsked'] },
  });
  expect(machine?.transitions.unused).toEqual([
    'on reset',
    'low, on add (1 of 2)',
    'low, on add (2 of 2)',
    'low, on never',
    'passing, always',
    'full, on add',
    'full, after late',
    'spare.inner, on add',
  ]);
});

test('a guard without a name is known by its place, and seen through what combines it', () => {
  const gate = setup({
    types: { context: {} as { n: number } },
    guards: {
      isOpen: () => true,
      deep: and(['isOpen', not(({ context }: { context: { n: number } }) => context.n > 5)]),
    },
  }).createMachine({
    context: { n: 0 },
    initial: 'idle',
    states: {
      idle: {
        on: {
          ping: [
            { guard: ({ context }) => context.n > 0, target: 'busy' },
            { guard: or([({ context }) => context.n === 0, 'isOpen']), target: 'busy' },
          ],
        },
      },
      busy: {
        always: { guard: ({ context }) => context.n > 9, target: 'idle' },
        on: { ping: { guard: 'deep', target: 'idle' }, pong: { guard: () => true } },
      },
    },
  });
  const one = system({ name: 'gate', peers: { a: peer(gate) }, operations: [{ name: 'ping' }] });
  const report = check(one, [sometimes('it is busy', (w) => w.state('a') === 'busy')]);
  const [machine] = report.machines ?? [];
  expect(renderReport({ report }).split('\n').slice(-3)).toEqual([
    '  2 of 5 transitions taken; never: idle, on ping (1 of 2); busy, on pong; busy, always',
    '  2 of 6 guards always true: isOpen; guard of idle, on ping (2 of 2), part 1 of 2',
    '  3 of 6 guards never true: deep, part 2 of 2; guard of idle, on ping (1 of 2); guard of busy, always',
  ]);
  expect(machine?.transitions.unused).toEqual(['idle, on ping (1 of 2)', 'busy, on pong', 'busy, always']);
  expect(machine?.guards).toEqual({
    of: 6,
    always: ['isOpen', 'guard of idle, on ping (2 of 2), part 1 of 2'],
    never: ['deep, part 2 of 2', 'guard of idle, on ping (1 of 2)', 'guard of busy, always'],
    unasked: ['guard of busy, on pong'],
  });
});

test('peers that run one machine count together', () => {
  const [machine, ...others] = report(['add'], [0, 11]).machines ?? [];
  expect(others).toEqual([]);
  expect(machine?.peers).toEqual(['p0', 'p1']);
  expect(machine?.guards.always).toEqual(['isThere']);
});

test('a report tells what was never taken, and all of it on demand', () => {
  const told = { report: report([]) };
  expect(renderReport(told)).toMatchInlineSnapshot(`
    "counting: exhaustive breadth-first search, 1 state, 0 transitions, depth 0
      witnessed  it begins (0 moves)
      0 of 8 transitions taken; never: on reset; low, on add (1 of 2); low, on add (2 of 2) and 5 more (--coverage)"
  `);
  expect(renderReport(told, { coverage: true })).toMatchInlineSnapshot(`
    "counting: exhaustive breadth-first search, 1 state, 0 transitions, depth 0
      witnessed  it begins (0 moves)
      counter (p0): 1 of 6 states, 0 of 8 transitions, 4 guards
        states never entered: passing; full; spare; spare.inner; spare.other
        transitions never taken: on reset; low, on add (1 of 2); low, on add (2 of 2); low, on never; passing, always; full, on add; full, after late; spare.inner, on add
        guards that were never asked: isLow; isHigh; isThere; isAsked"
  `);
  expect(reportDocument(told).machines).toEqual(told.report.machines);
});

test('a search that was cut says nothing of what it did not come to', () => {
  const cut = check(counting(['add']), [sometimes('it is full', (w) => w.state('p0') === 'full')], { maxStates: 2 });
  expect(renderReport({ report: cut })).not.toContain('never:');
});
