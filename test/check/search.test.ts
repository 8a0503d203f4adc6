/** The search agrees with a naive explorer, on thousands of random systems: counts, verdicts, depths, shortest traces. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { breadthFirst, depthFirst } from '../../src/check/index.js';
import {
  always,
  alwaysStep,
  type Budget,
  type Model,
  Moves,
  type Property,
  type Report,
  type Strategy,
  sometimes,
  type Trace,
  whenQuiet,
} from '../../src/kernel/index.js';
import { at, decode, type Table, tableModel } from '../support/table-model.js';

const size = fc.integer({ min: 1, max: 40 });
const tables: fc.Arbitrary<Table> = size.chain((n) =>
  fc.record({
    edges: fc.array(fc.array(fc.nat(n - 1), { maxLength: 4 }), { minLength: n, maxLength: n }),
    starts: fc.uniqueArray(fc.nat(n - 1), { minLength: 1, maxLength: 3 }),
  }),
);

const run = (strategy: Strategy, model: Model, properties: readonly Property[], budget?: Budget): Report => {
  const search = strategy.start(model, properties, budget);
  while (!search.done) search.advance(7);
  return search.report();
};

/** Distances from the starts, by the most obvious breadth-first search there is. */
function naive({ edges, starts }: Table): Map<number, number> {
  const distance = new Map(starts.map((id) => [id, 0]));
  for (const queue = [...starts]; queue.length > 0; ) {
    const id = queue.shift()!;
    for (const to of edges[id]!) {
      if (distance.has(to)) continue;
      distance.set(to, distance.get(id)! + 1);
      queue.push(to);
    }
  }
  return distance;
}

/** Where a trace leads, taking its choices. */
function follow(model: Model, { start, choices, moves: described }: Trace): number[] {
  const state = model.starts[start]!.state.slice();
  const moves = new Moves();
  const way = [decode(state)];
  choices.forEach((choice, step) => {
    model.expand(state, moves);
    expect(model.move(moves, choice)).toEqual(described[step]);
    moves.apply(choice, state);
    way.push(decode(state));
  });
  return way;
}

describe.each([breadthFirst, depthFirst])('$name', (strategy) => {
  test('finds the states, moves and depth that a naive search finds', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const distance = naive(table);
        const { coverage } = run(strategy, tableModel(table), []);
        expect(coverage.kind).toBe('exhaustive');
        expect(coverage.states).toBe(distance.size);
        expect(coverage.transitions).toBe([...distance.keys()].reduce((sum, id) => sum + table.edges[id]!.length, 0));
        const farthest = Math.max(...distance.values());
        if (strategy === breadthFirst) expect(coverage.depth).toBe(farthest);
        else expect(coverage.depth).toBeGreaterThanOrEqual(farthest);
      }),
      { numRuns: 1000 },
    );
  });

  test('says of each kind of property what the naive search says, with a trace that leads there', () => {
    fc.assert(
      fc.property(tables, fc.integer({ min: 2, max: 5 }), (table, m) => {
        const model = tableModel(table);
        const distance = naive(table);
        const reached = [...distance.keys()];
        const stuck = (id: number) => table.edges[id]!.every((to) => to === id);
        const isBad = (id: number) => id % m === 1;
        const isBadStep = (from: number, to: number) => (from + 2 * to) % m === 1;
        const report = run(strategy, model, [
          always('never bad', (w) => !isBad(at(w))),
          sometimes('bad', (w) => isBad(at(w))),
          whenQuiet('never stuck in bad', (w) => !isBad(at(w))),
          alwaysStep('no bad step', (before, after) => !isBadStep(at(before), at(after))),
        ]);
        const [safe, seen, quiet, step] = report.findings;
        const bad = reached.filter(isBad);
        expect(safe!.verdict).toBe(bad.length > 0 ? 'violated' : 'holds');
        expect(seen!.verdict).toBe(bad.length > 0 ? 'witnessed' : 'neverWitnessed');
        const badQuiet = bad.filter(stuck);
        expect(quiet!.verdict).toBe(badQuiet.length > 0 ? 'violated' : 'holds');
        const badSteps = reached.flatMap((from) =>
          table.edges[from]!.filter((to) => isBadStep(from, to)).map(() => from),
        );
        expect(step!.verdict).toBe(badSteps.length > 0 ? 'violated' : 'holds');
        if (safe!.trace) expect(isBad(follow(model, safe!.trace).at(-1)!)).toBe(true);
        if (quiet!.trace) expect(badQuiet).toContain(follow(model, quiet!.trace).at(-1)!);
        if (step!.trace) {
          const [before, after] = follow(model, step!.trace).slice(-2);
          expect(isBadStep(before!, after!)).toBe(true);
        }
        if (strategy !== breadthFirst) return;
        const nearest = (ids: number[]) => Math.min(...ids.map((id) => distance.get(id)!));
        if (safe!.trace) expect(safe!.trace.choices.length).toBe(nearest(bad));
        if (quiet!.trace) expect(quiet!.trace.choices.length).toBe(nearest(badQuiet));
        if (step!.trace) expect(step!.trace.choices.length).toBe(nearest(badSteps) + 1);
      }),
      { numRuns: 1000 },
    );
  });

  test('a search that was cut decides nothing that it has not seen', () => {
    const budgets = fc.oneof(
      fc.record({ maxStates: fc.integer({ min: 1, max: 30 }) }),
      fc.record({ maxDepth: fc.integer({ min: 1, max: 4 }) }),
    );
    fc.assert(
      fc.property(tables, budgets, (table, budget) => {
        const distance = naive(table);
        const { coverage, findings } = run(
          strategy,
          tableModel(table),
          [always('never', () => true), sometimes('far', (w) => distance.get(at(w))! > 3)],
          budget,
        );
        if (coverage.kind === 'exhaustive') {
          expect(coverage.states).toBe(distance.size);
          expect(findings[0]!.verdict).toBe('holds');
        } else {
          expect(coverage.queue).toBeGreaterThan(0);
          expect(findings[0]!.verdict).toBe('undecided');
          expect(findings[1]!.verdict).not.toBe('neverWitnessed');
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('limits', () => {
  const line: Table = { edges: Array.from({ length: 1290 }, (_, i) => [Math.min(i + 1, 1289)]), starts: [0] };

  test.each([
    ['states', { maxStates: 50 }],
    ['depth', { maxDepth: 50 }],
    ['memory', { maxBytes: 30_000 }],
  ] as const)('a search cut by %s says so', (cut, budget) => {
    const { coverage, findings } = run(breadthFirst, tableModel(line), [always('true', () => true)], budget);
    expect(coverage).toMatchObject({ kind: 'bounded', cut });
    expect(findings[0]!.verdict).toBe('undecided');
  });

  test('stopping as soon as everything is decided is a bounded search', () => {
    const far = sometimes('reaches 10', (w) => at(w) === 10);
    const { coverage, findings } = run(breadthFirst, tableModel(line), [far], { stopWhenDecided: true });
    expect(coverage).toMatchObject({ kind: 'bounded', cut: 'decided', states: 11 });
    expect(findings[0]!.verdict).toBe('witnessed');
  });

  test('a report asked for in the middle is undecided, and names why', () => {
    const search = breadthFirst.start(tableModel(line), [always('true', () => true)]);
    search.advance(5);
    expect(search.report('interrupted')).toMatchObject({
      coverage: { kind: 'bounded', cut: 'interrupted' },
      findings: [{ verdict: 'undecided' }],
    });
  });

  test.each([0, -1, Number.NaN])('a limit of %s is refused', (maxStates) => {
    expect(() => breadthFirst.start(tableModel(line), [], { maxStates })).toThrow(
      expect.objectContaining({ code: 'SEARCH_INVALID' }),
    );
  });
});

describe('properties that misbehave', () => {
  const two = tableModel({ edges: [[1], []], starts: [0] });

  test('one that throws is an error that names it and the state, never a pass', () => {
    const broken = always('is fine', (w) => {
      if (at(w) === 1) throw new Error('no such thing');
      return true;
    });
    expect(() => run(breadthFirst, two, [broken])).toThrow(
      expect.objectContaining({ code: 'PROPERTY_THREW', message: expect.stringContaining('is fine') }),
    );
  });

  test.each([
    ['undefined', undefined],
    ['a promise', Promise.resolve(true)],
    ['1', 1],
  ])('one that answers %s is an error', (_, answer) => {
    expect(() => run(breadthFirst, two, [always('odd', () => answer as never)])).toThrow(
      expect.objectContaining({ code: 'PROPERTY_NOT_BOOLEAN' }),
    );
  });
});
