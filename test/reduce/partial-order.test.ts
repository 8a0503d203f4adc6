/**
 * A search under partial order reduction decides what the full search decides, in as few moves, on systems drawn at random; and
 * where the reduction is made to forget one of its reasons, that shows.
 */
import { expect, test } from 'vitest';
import { breadthFirst } from '../../src/check/index.js';
import type { Model, Property, Report } from '../../src/kernel/index.js';
import { reduced } from '../../src/reduce/reduced.js';
import type { Forgotten } from '../../src/reduce/stubborn.js';
import { compose } from '../../src/system/index.js';
import { randomErrands, randomProperties } from '../support/errands.js';
import { chance } from '../support/random.js';

const maxStates = 300;

function search(model: Model, properties: readonly Property[]): Report {
  const running = breadthFirst.start(model, properties, { maxStates });
  while (!running.done) running.advance(1000);
  return running.report();
}

const told = ({ findings }: Report) => findings.map(({ verdict, trace }) => `${verdict} ${trace?.moves.length ?? ''}`);

interface Sum {
  systems: number;
  smaller: number;
  readonly differ: number[];
}

/** The soak takes thousands. */
const systems = 80;

/** Systems from `first` on, each asked one property after the other and all at once; ends with the first difference. */
function compare(first: number, count: number, forgotten?: Forgotten): Sum {
  const sum: Sum = { systems: 0, smaller: 0, differ: [] };
  for (let seed = first; seed < first + count && sum.differ.length === 0; seed++) {
    const dice = chance(seed);
    const spec = randomErrands(`errands ${seed}`, dice);
    const properties = randomProperties(Object.keys(spec.peers), dice);
    const whole = search(compose(spec), properties);
    if (whole.coverage.kind !== 'exhaustive') continue;
    sum.systems++;
    for (const [at, asked] of [properties, ...properties.map((one) => [one])].entries()) {
      const less = search(reduced(compose(spec), asked, ['partial-order'], forgotten), asked);
      const expected = at === 0 ? told(whole) : [told(whole)[at - 1]];
      if (less.coverage.states < whole.coverage.states) sum.smaller++;
      if (told(less).join() !== expected.join()) sum.differ.push(seed);
      if (sum.differ.length > 0) break;
    }
  }
  return sum;
}

test(`${systems} systems: the verdicts and shortest traces of the full search`, () => {
  const sum = compare(0, systems);
  expect(sum.differ).toEqual([]);
  expect(sum.systems).toBeGreaterThan(systems / 2);
  expect(sum.smaller, 'searches with something left out').toBeGreaterThan(systems);
});

test.each<[keyof Forgotten, number]>([
  ['arrivals', 20],
  ['capacity', 180],
  ['budgets', 40],
  ['goals', 10],
])('a reduction that forgets %s is caught', (reason, first) => {
  expect(compare(first, 20).differ).toEqual([]);
  expect(compare(first, 20, { [reason]: true }).differ).toHaveLength(1);
});
