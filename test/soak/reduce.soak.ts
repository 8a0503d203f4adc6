/** Thousands of systems drawn at random: a reduced search decides what the full one does, in as few moves. */
import { expect, test } from 'vitest';
import { check } from '../../src/run/check.js';
import { fairProperties, randomErrands, randomLikes, randomProperties } from '../support/errands.js';
import { chance } from '../support/random.js';

const limit = { maxStates: 2000 };
const told = ({ findings }: ReturnType<typeof check>) =>
  findings.map(({ verdict, trace }) => [verdict, trace?.moves.length]);

test('five thousand systems by partial order', () => {
  for (let seed = 0; seed < 5000; seed++) {
    const dice = chance(seed);
    const spec = randomErrands(`errands ${seed}`, dice);
    const properties = randomProperties(Object.keys(spec.peers), dice);
    const full = check(spec as never, properties as never, limit);
    if (full.coverage.kind !== 'exhaustive') continue;
    for (const strategy of ['breadth-first', 'depth-first'] as const) {
      const less = check(spec as never, properties as never, { strategy, reduce: ['partial-order'] });
      if (strategy === 'breadth-first') expect(told(less), `seed ${seed}`).toEqual(told(full));
      else
        expect(
          told(less).map(([verdict]) => verdict),
          `seed ${seed}`,
        ).toEqual(told(full).map(([verdict]) => verdict));
    }
  }
});

test('two thousand systems by symmetry, and by both', () => {
  for (let seed = 0; seed < 2000; seed++) {
    const dice = chance(seed);
    const spec = randomLikes(`likes ${seed}`, dice) as never;
    const properties = fairProperties(dice) as never;
    const full = check(spec, properties, limit);
    if (full.coverage.kind !== 'exhaustive') continue;
    for (const reduce of [['symmetry'], ['symmetry', 'partial-order']] as const)
      expect(told(check(spec, properties, { reduce })), `seed ${seed}`).toEqual(told(full));
  }
});
