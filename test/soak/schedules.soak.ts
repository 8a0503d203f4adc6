/** What pct promises, measured: over many runs it finds each bug at least as often as its bound says. */
import { describe, expect, test } from 'vitest';
import { late, overtaken } from '../support/bugs.js';
import { frequency, type Trial } from '../support/frequency.js';
import { timer, toyModel } from '../support/toy-model.js';

const runs = 100_000;

/**
 * Three peers of six moves each. Three orders make the bug: `b` begins after the third move of `a`, makes its third after the
 * fifth of `c`, and four before the fourth of `a`.
 */
const twice: Trial = {
  model: toyModel({
    names: ['a', 'b', 'c', 'seen'],
    rules: [
      timer('a', 'climb', ([a = 0, b = 0, c = 0, seen = 0]) => {
        if (a === 6) return undefined;
        return [a + 1, b, c, a === 3 && seen === 1 && b >= 4 ? 2 : a === 2 && b === 0 ? 1 : seen === 2 ? 2 : 0];
      }),
      timer('b', 'climb', ([a = 0, b = 0, c = 0, seen = 0]) =>
        b < 6 ? [a, b + 1, c, b === 2 && c < 5 ? 0 : seen] : undefined,
      ),
      timer('c', 'climb', ([a = 0, b = 0, c = 0, seen = 0]) => (c < 6 ? [a, b, c + 1, seen] : undefined)),
    ],
  }),
  classes: ['timeout'],
  isBug: ([, , , seen]) => seen === 2,
  moves: 100,
};

describe.each([
  ['late', late, 1],
  ['late', late, 2],
  ['overtaken', overtaken, 2],
  ['overtaken', overtaken, 3],
  ['twice overtaken', twice, 3],
  ['twice overtaken', twice, 4],
] as const)('%s', (_, trial, depth) => {
  test(`by pct of depth ${depth}`, () => {
    const { hits, told } = frequency(trial, 'pct', { runs, depth });
    const bound = told.priorities?.bound ?? Number.NaN;
    const measured = hits.length / runs;
    // Four standard deviations of what the bound itself would give.
    expect(measured).toBeGreaterThan(bound - 4 * Math.sqrt((bound * (1 - bound)) / runs));
    expect(measured).toBeLessThan(1);
  });
});
