/** Shrinking as a whole: the shortest trace, whether that is proved, and what stopped the proof where it is not. */
import { describe, expect, test } from 'vitest';
import { breadthFirst } from '../../src/check/index.js';
import { watcher } from '../../src/check/watch.js';
import type { Model, Property, Trace } from '../../src/kernel/index.js';
import { shrink } from '../../src/shrink/index.js';
import { follow, operation, timer, toyModel, valued, valuedStep } from '../support/toy-model.js';

/**
 * `walker` goes one step at a time; `rider` jumps from 0 to 20 at once, and stands in for it from there on. So a trace
 * that only walks can be locally minimal and yet far from the shortest. `idler` makes the whole space large.
 */
const road = toyModel({
  names: ['walker', 'rider', 'idler'],
  rules: [
    timer('walker', 'step', ([w = 0, r = 0, i = 0]) => (w < 40 ? [w + 1, r, i] : undefined)),
    operation('rider', 'jump', ([w = 0, r = 0, i = 0]) => [w, r + 20, i].map((value) => Math.min(value, 40))),
    operation('walker', 'detour', ([w = 0, r = 0, i = 0]) => (w % 5 === 0 && w < 30 ? [w + 7, r, i] : undefined)),
    operation('idler', 'turn', ([w = 0, r = 0, i = 0]) => [w, r, (i + 1) % 100]),
    operation('idler', 'spin', ([w = 0, r = 0, i = 0]) => [w, r, (i * 7 + 1) % 100]),
  ],
});

const far = valued('always', 'nobody has gone 20', ([w = 0, r = 0]) => w < 20 && r < 20);

const choose = (model: Model, choices: readonly number[]): Trace => ({
  model: 'toy',
  start: 0,
  choices,
  moves: follow(model, 0, choices).moves,
});

const run = (property: Property, trace: Trace, proofStates = 300_000, model = road) => {
  const pause = async () => true;
  return shrink(model, property, trace, { watch: watcher(model), search: breadthFirst, proofStates, pause });
};

/** Turns and steps until 20 is reached. */
const walked = choose(
  road,
  Array.from({ length: 39 }, (_, i) => (i % 2 === 0 ? 0 : -1)).map((choice, i) => (choice < 0 ? idle(i) : choice)),
);

/** The index of `turn`: one less where no detour is offered. */
function idle(i: number): number {
  return Math.ceil(i / 2) % 5 === 0 ? 3 : 2;
}

describe('shrinking', () => {
  test('finds the shortest trace of the whole system, and says that it is proved', async () => {
    const { trace, minimal } = await run(far, walked);
    expect(trace.moves).toHaveLength(1);
    expect(trace.moves[0]).toMatchObject({ peer: 'rider' });
    expect(minimal).toMatchObject({ proved: true, scope: 'system' });
    expect(follow(road, trace.start, trace.choices).moves).toEqual(trace.moves);
  });

  test('says among what it is the shortest when the whole system is too large', async () => {
    const onFoot = valued('always', 'the walker has not gone 20', ([w = 0]) => w < 20);
    const { trace, minimal } = await run(onFoot, walked, 300);
    // Deletion leaves twenty steps; none of them can go alone, and in their sub-space there is no shorter way.
    expect(trace.moves).toHaveLength(20);
    expect(minimal).toEqual({ proved: true, scope: 'subspace', states: 20, among: 'peers walker; moves timeout' });
    const whole = await run(onFoot, walked);
    // 7, steps to 10, 17, steps to 20; the same at 5, 15.
    expect(whole.trace.moves.length).toBeLessThan(20);
    expect(whole.minimal).toMatchObject({ proved: true, scope: 'system' });
  });

  test('looks among fewer peers when a space is too large', async () => {
    const step = (peer: string, at: number, when = (_: readonly number[]) => true) =>
      operation(peer, 'step', (values) => (when(values) ? values.map((v, i) => (i === at ? v + 1 : v)) : undefined));
    const trio = toyModel({
      names: ['a', 'b', 'c'],
      rules: [step('a', 0, ([a = 0, , c = 0]) => a < c), step('b', 1), step('c', 2)],
    });
    const apart = valued('always', 'a and b stay low', ([a = 0, b = 0]) => b < 20 && (a < 15 || b < 1));
    // c and a take turns; the first move of a is not enabled before that of c.
    const turns = Array.from({ length: 30 }, (_, i) => (i === 0 ? 1 : i % 2 === 1 ? 0 : 1));
    const { trace, minimal } = await run(apart, choose(trio, [...turns, 0]), 500, trio);
    expect(trace.moves).toHaveLength(20);
    expect(minimal).toEqual({ proved: true, scope: 'subspace', states: 20, among: 'peers b; moves step' });
  });

  test('says what stopped it when even that is too large', async () => {
    const spun = valued('always', 'the idler is not at 99', ([, , i = 0]) => i < 99);
    const turns = choose(
      road,
      Array.from({ length: 99 }, () => 3),
    );
    const chain = await run(spun, turns, 150);
    expect(chain.trace.moves).toHaveLength(99);
    expect(chain.minimal).toEqual({ proved: true, scope: 'subspace', states: 99, among: 'peers idler; moves turn' });
    const { trace, minimal } = await run(spun, turns, 50);
    expect(trace.moves).toHaveLength(99);
    expect(minimal).toEqual({ proved: false, why: expect.stringMatching(/^the search .* stopped at \d+ states$/) });
  });

  test.each<[string, Property, readonly number[], number]>([
    ['sometimes', valued('sometimes', 'far', ([w = 0, r = 0]) => w > 8 && r > 0), [1, 0, 0, 0, 0, 0, 0, 0, 0, 0], 4],
    ['whenQuiet', valued('whenQuiet', 'q', ([w = 0]) => w < 40), Array.from({ length: 40 }, () => 0), 22],
    ['alwaysStep', valuedStep('s', ([b = 0], [a = 0]) => a - b < 2), [0, 0, 0, 0, 0, 2], 1],
    ['always', valued('always', 'start', () => false), [0, 0, 0], 0],
  ])('is as good for %s', async (_kind, property, choices, length) => {
    const { trace, minimal } = await run(property, choose(road, choices));
    expect(trace.moves).toHaveLength(length);
    expect(minimal).toMatchObject({ proved: true, scope: 'system' });
    // The same search without any trace to start from agrees.
    const search = breadthFirst.start(road, [property], { stopWhenDecided: true });
    while (!search.done) search.advance(10_000);
    expect(search.report().findings[0]?.trace?.moves).toHaveLength(length);
  });

  test('a trace that is the shortest already stays as it is', async () => {
    const trace = choose(road, [1]);
    expect((await run(far, trace)).trace).toEqual(trace);
  });

  test('stops its proof when a pause says so', async () => {
    let pauses = 0;
    const pause = async () => ++pauses < 2;
    const tools = { watch: watcher(road), search: breadthFirst, proofStates: 300_000, pause };
    const arrived = valued('whenQuiet', 'the walker has not gone 40', ([w = 0]) => w < 40);
    const steps = choose(
      road,
      Array.from({ length: 40 }, () => 0),
    );
    const { minimal } = await shrink(road, arrived, steps, tools);
    expect(pauses).toBe(2);
    expect(minimal).toMatchObject({ proved: true, scope: 'subspace' });
  });
});
