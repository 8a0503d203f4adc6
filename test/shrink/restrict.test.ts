/** A restricted model: fewer moves, the same states, the same quiet ones, and traces that can be told in the whole one. */
import { expect, test } from 'vitest';
import { stopAndWait } from '../../models/stop-and-wait/index.js';
import { noMoreThanSent } from '../../properties/stop-and-wait.js';
import { breadthFirst } from '../../src/check/index.js';
import { Moves, type Property, type Strategy } from '../../src/kernel/index.js';
import { allowedBy, describeAllowed, fewerPeers, restrict } from '../../src/shrink/restrict.js';
import { compose } from '../../src/system/index.js';
import { follow, operation, timer, toyModel, valued } from '../support/toy-model.js';

const pair = toyModel({
  names: ['a', 'b'],
  rules: [
    timer('a', 'climb', ([a = 0, b = 0]) => (a < 3 ? [a + 1, b] : undefined)),
    operation('b', 'climb', ([a = 0, b = 0]) => (b < 4 ? [a, b + 1] : undefined)),
    operation('b', 'fall', ([a = 0, b = 0]) => (b > 0 ? [a, b - 1] : undefined)),
    operation('a', 'fall', ([a = 0, b = 0]) => (a > 0 ? [a - 1, b] : undefined)),
  ],
});

function search(strategy: Strategy, model: typeof pair, properties: readonly Property[]) {
  const running = strategy.start(model, properties);
  while (!running.done) running.advance(1000);
  return running.report();
}

test('keeps the moves of some peers and of some classes', () => {
  const space = (peers: string[], classes: string[]) =>
    search(breadthFirst, restrict(pair, { peers: new Set(peers), classes: new Set(classes) }), []).coverage;
  expect(search(breadthFirst, pair, []).coverage.states).toBe(20);
  expect(space(['a', 'b'], ['timeout', 'climb', 'fall'])).toMatchObject({ states: 20, transitions: 62 });
  expect(space(['b'], ['timeout', 'climb', 'fall'])).toMatchObject({ states: 5, transitions: 8 });
  expect(space(['a', 'b'], ['climb'])).toMatchObject({ states: 5, transitions: 4 });
  expect(space([], ['climb'])).toMatchObject({ states: 1, transitions: 0 });
});

test('calls a state quiet when the whole model does', () => {
  const onlyB = restrict(pair, { peers: new Set(['b']), classes: new Set(['climb']) });
  const moves = new Moves();
  onlyB.expand(Int32Array.of(0, 0), moves);
  expect([moves.count, moves.quiet]).toEqual([1, false]);
  onlyB.expand(Int32Array.of(3, 0), moves);
  expect([moves.count, moves.quiet]).toEqual([1, true]);
});

test('tells its traces in the words and numbers of the whole model', () => {
  const high = valued('always', 'b is below 3', ([, b = 0]) => b < 3);
  const onlyB = restrict(pair, { peers: new Set(['b']), classes: new Set(['climb']) });
  const trace = search(breadthFirst, onlyB, [high]).findings[0]?.trace;
  if (trace === undefined) throw new Error('no trace');
  expect(trace.choices).toEqual([0, 0, 0]);
  const told = onlyB.original(trace);
  expect(told.choices).toEqual([1, 1, 1]);
  expect(told.moves).toEqual(trace.moves);
  expect([...follow(pair, told.start, told.choices).state]).toEqual([0, 3]);
});

test('is stated by what a trace uses', () => {
  const model = compose(stopAndWait({ network: 'unordered' }));
  const trace = search(breadthFirst, model, [noMoreThanSent as unknown as Property]).findings[0]?.trace;
  if (trace === undefined) throw new Error('no trace');
  const allowed = allowedBy(trace);
  expect(describeAllowed(allowed)).toBe('peers alice, bob; moves deliver, timeout');
  const coverage = search(breadthFirst, restrict(model, allowed), []).coverage;
  expect(coverage.kind).toBe('exhaustive');
  expect(coverage.states).toBeLessThan(830);
});

test('may be made of fewer peers, the smallest groups first', () => {
  const classes = new Set(['climb']);
  const smaller = [...fewerPeers({ peers: new Set(['c', 'a', 'b']), classes })];
  expect(smaller.map(({ peers }) => [...peers].join(''))).toEqual(['a', 'b', 'c', 'ab', 'ac', 'bc']);
  expect(smaller.every((allowed) => allowed.classes === classes)).toBe(true);
});
