/** The engine against the oracle, and the oracles against each other, on a hundred times as many graphs as in a minute. */
import { expect, test } from 'vitest';
import { breadthFirst, depthFirst } from '../../src/check/index.js';
import { agree, agreeOracles } from '../liveness/compare.js';
import { draw } from '../liveness/draw.js';
import { Oracle } from '../liveness/oracle.js';

/** None of the seeds that the fast tests use. */
const first = 1_000_000;

test('two oracles that have nothing in common agree on 100 000 graphs', () => {
  let small = 0;
  for (let seed = first; small < 100_000; seed++) {
    const one = draw(seed, { states: [2, 4], edges: 8 }, true);
    if (one.graph.states > 4 || one.graph.edges.length > 9) continue;
    small++;
    agreeOracles(one);
  }
  expect(small).toBe(100_000);
});

test.each([
  { graphs: 500_000, least: 2, most: 7 },
  { graphs: 20_000, least: 8, most: 10 },
])('the engine and the oracle agree on $graphs graphs of $least to $most states', ({ graphs, least, most }) => {
  for (let seed = first; seed < first + graphs; seed++) {
    const one = draw(seed, { states: [least, most] }, true);
    const oracle = new Oracle(one.graph);
    for (const strategy of [breadthFirst, depthFirst]) agree(strategy, one, oracle);
  }
});
