/** Two oracles agree, and the engine agrees with the first: on thousands of graphs, for every kind of property, however fair. */
import { describe, expect, test } from 'vitest';
import { breadthFirst, depthFirst } from '../../src/check/index.js';
import { agree, agreeOracles } from './compare.js';
import { draw } from './draw.js';
import { Oracle } from './oracle.js';

const seeds = (count: number) => Array.from({ length: count }, (_, seed) => seed);

test('two oracles that have nothing in common agree', () => {
  const drawn = seeds(1_500).map((seed) => draw(seed, { states: [2, 4], edges: 7 }));
  const small = drawn.filter(({ graph }) => graph.states <= 4 && graph.edges.length <= 8);
  expect(small.length).toBeGreaterThan(900);
  for (const one of small) agreeOracles(one);
});

describe('five thousand graphs', () => {
  const drawn = seeds(5_000).map((seed) => draw(seed, { states: [2, 7] }));
  const oracles = drawn.map(({ graph }) => new Oracle(graph));

  test('are such that every question has both answers, often', () => {
    const answers = new Map<string, { violated: number; holds: number }>();
    let nested = 0;
    for (const [i, { questions }] of drawn.entries()) {
      const oracle = oracles[i]!;
      for (const { mode, asked } of questions) {
        const key = `${asked.kind}, ${mode}`;
        const counts = answers.get(key) ?? { violated: 0, holds: 0 };
        counts[oracle.isViolated(asked) ? 'violated' : 'holds']++;
        answers.set(key, counts);
        if (mode === 'strong' && asked.kind === 'alwaysEventually' && oracle.isNested(asked)) nested++;
      }
    }
    expect(answers.size).toBe(4 * 8 + 1);
    for (const [key, { violated, holds }] of answers) expect(Math.min(violated, holds), key).toBeGreaterThan(100);
    expect(nested).toBeGreaterThan(50);
  });

  test.each([breadthFirst, depthFirst])('are judged alike by the oracle and by a $name search', (strategy) => {
    for (const [i, one] of drawn.entries()) agree(strategy, one, oracles[i]);
  });
});
