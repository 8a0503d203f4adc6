/** The plan of a run: which systems, in which order, in which shard; and the budget, of which everybody gets a fair part. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inShard, type Named, Purse, planOf } from '../../src/ci/index.js';
import type { Suite } from '../../src/kernel/index.js';
import { good, suiteOf } from '../cli/toy.js';

const titles = (named: readonly Named[], configurations: 'quick' | 'all' = 'quick') =>
  planOf(named, { configurations }).map(({ title }) => title);

const large: Suite = suiteOf('large', [], {
  configurations: {
    small: { doc: '', quick: true, set: {} },
    town: { doc: '', set: {}, fuzz: { runs: 5 } },
    city: { doc: '', set: {}, fuzz: { simulate: true } },
  },
});

describe('a plan', () => {
  test('has the quick configurations, or all, or those that are named', () => {
    expect(titles([{ suite: good }])).toEqual(['good/three']);
    expect(titles([{ suite: good }], 'all')).toEqual(['good/three', 'good/hundred']);
    expect(titles([{ suite: good, configurations: ['hundred'] }])).toEqual(['good/hundred']);
    expect(titles([{ suite: good, configuration: 'hundred', set: { limit: 5 } }])).toEqual(['good/hundred limit=5']);
  });

  test('without a quick one, the first', () => {
    const slow = suiteOf('slow', [], { configurations: { a: { doc: '', set: {} }, b: { doc: '', set: {} } } });
    expect(titles([{ suite: slow }])).toEqual(['slow/a']);
  });

  test('adds the one that is made to be fuzzed, which is not searched', () => {
    const plan = planOf([{ suite: large }], { configurations: 'quick' });
    expect(plan.map(({ title, search, fuzz }) => [title, search, fuzz])).toEqual([
      ['large/small', true, false],
      ['large/town', false, true],
    ]);
    expect(planOf([{ suite: large }], { configurations: 'all' }).map(({ search }) => search)).toEqual([
      true,
      false,
      false,
    ]);
  });

  test('names each system once, as the last one who names it says', () => {
    const plan = planOf([{ suite: good }, { suite: large }, { suite: good, share: 3 }], { configurations: 'quick' });
    expect(plan.map(({ title, share }) => [title, share])).toEqual([
      ['good/three', 3],
      ['large/small', 1],
      ['large/town', 1],
    ]);
  });
});

test('every place is in exactly one shard', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.nat(100), (of, place) => {
      const shards = Array.from({ length: of }, (_, at) => ({ index: at + 1, of }));
      expect(shards.filter((shard) => inShard(shard, place))).toHaveLength(1);
    }),
  );
});

describe('the purse', () => {
  test('gives parts by shares, and what one leaves to those after it', () => {
    const purse = new Purse(100, [
      ['a', 1],
      ['b', 3],
      ['c', 1],
    ]);
    expect(purse.take('a', 0)).toBe(20);
    expect(purse.take('b', 0)).toBe(75);
    expect(purse.take('c', 60)).toBe(40);
    expect(purse.take('c', 60)).toBe(0);
  });

  test('what is released is for the others', () => {
    const purse = new Purse(100, [
      ['a', 1],
      ['b', 1],
    ]);
    purse.release('a');
    expect(purse.take('b', 10)).toBe(90);
  });

  test('whoever uses no more than its part leaves each of the others at least theirs', () => {
    const shares = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(
        shares,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 10, maxLength: 10 }),
        (all, uses) => {
          const purse = new Purse(
            100,
            all.map((share, at) => [String(at), share] as const),
          );
          const sum = all.reduce((a, b) => a + b, 0);
          let spent = 0;
          for (const [at, share] of all.entries()) {
            const part = purse.take(String(at), spent);
            expect(part).toBeGreaterThanOrEqual((100 * share) / sum - 1e-9);
            spent += part * (uses[at] as number);
          }
          expect(spent).toBeLessThanOrEqual(100 + 1e-9);
        },
      ),
    );
  });
});
