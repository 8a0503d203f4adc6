/** Lanes: what properties say of each state of a behaviour, and of the steps between. */
import { expect, test } from 'vitest';
import { assign, setup } from 'xstate';
import { always, alwaysStep, eventually, leadsTo, peer, system, whenQuiet } from '../../src/kernel/index.js';
import { compose } from '../../src/system/index.js';
import { lanesOf } from '../../src/trace/index.js';

const counter = setup({ types: { context: {} as { n: number } } }).createMachine({
  context: { n: 0 },
  initial: 'on',
  states: {
    on: {
      after: { 10: { guard: ({ context }) => context.n < 3, actions: assign({ n: ({ context }) => context.n + 1 }) } },
    },
  },
});

const model = compose(system({ name: 'counter', peers: { a: peer(counter) }, operations: [] }));

test('a sign for each state: true, false, not asked', () => {
  const { state } = model.starts[0] as (typeof model.starts)[number];
  const states = [state, state];
  const n = (w: { readonly peers: { readonly [name: string]: unknown } }) => (w.peers.a as { readonly n: number }).n;
  const lanes = lanesOf(
    model,
    [
      always('none', (w) => n(w) === 0),
      always('some', (w) => n(w) > 0),
      alwaysStep('the same', (before, after) => n(before) === n(after)),
      whenQuiet('done', (w) => n(w) === 3),
      eventually('counts', (w) => n(w) > 0, {}),
      leadsTo(
        'goes on',
        (w) => n(w) === 0,
        (w) => n(w) > 0,
        {},
      ),
    ],
    states,
  );
  expect(lanes.map(({ property, role, values }) => [property, role, values])).toEqual([
    ['none', 'holds', '11'],
    ['some', 'holds', '00'],
    ['the same', 'holds', '-1'],
    ['done', 'holds', '--'],
    ['counts', 'holds', '00'],
    ['goes on', 'given', '11'],
    ['goes on', 'holds', '00'],
  ]);
});
