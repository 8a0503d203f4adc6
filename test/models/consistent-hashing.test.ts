/** Consistent hashing: known identifiers, the laws on random members, wrong siblings that the laws catch, and how even it is. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  arcOf,
  firstFrom,
  identifierOf,
  indexFrom,
  liesIn,
  mutants,
  type Placement,
  type PlacementMutant,
  type PlacementOptions,
  type Placing,
  placementOf,
  placeOf,
  truncated,
} from '../../models/consistent-hashing/index.js';

describe('identifiers', () => {
  // FIPS 180-2, appendix A; the empty text as every implementation has it.
  test.each([
    ['abc', 0xa9993e364706816aba3e25717850c26c9cd0d89dn],
    ['abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq', 0x84983e441c3bd26ebaae4aa1f95129e5e54670f1n],
    ['a'.repeat(1_000_000), 0x34aa973cd4c4daa4f61eeb2bdbad27316534016fn],
    ['', 0xda39a3ee5e6b4b0d3255bfef95601890afd80709n],
  ])('SHA-1 of a known text', (text, id) => {
    expect(identifierOf(text)).toBe(id);
    expect(identifierOf(new TextEncoder().encode(text))).toBe(id);
  });

  test('a smaller circle keeps the order', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.integer({ min: 1, max: 160 }), (a, b, bits) => {
        const [low, high] = identifierOf(a) <= identifierOf(b) ? [a, b] : [b, a];
        return truncated(identifierOf(low), bits) <= truncated(identifierOf(high), bits);
      }),
    );
    expect(truncated(identifierOf('abc'), 160)).toBe(identifierOf('abc'));
    expect(placeOf('abc', 8)).toBe(0xa9);
  });
});

describe('circles', () => {
  const ids = fc.uniqueArray(fc.nat(20)).map((list) => list.toSorted((a, b) => a - b));

  test('the first clockwise is the one that no other comes before', () => {
    fc.assert(
      fc.property(ids, fc.nat(20), (list, id) => {
        const distance = (to: number) => (to - id + 21) % 21;
        const nearest = list.toSorted((a, b) => distance(a) - distance(b));
        return list[indexFrom(id, list)] === nearest[0] && `${firstFrom(id, list, 3)}` === `${nearest.slice(0, 3)}`;
      }),
    );
  });

  test('every identifier lies in exactly one of the arcs between points', () => {
    fc.assert(
      fc.property(ids, fc.nat(20), (list, id) => {
        const arcs = list.filter((upTo, at) => liesIn(list.at(at - 1) as number, id, upTo));
        return arcs.length === Math.min(1, list.length);
      }),
    );
  });
});

const names = fc.uniqueArray(fc.string({ unit: fc.constantFrom(...'abcdefgh'), minLength: 1, maxLength: 2 }), {
  maxLength: 6,
});
const some = names.filter((list) => list.length > 0);
const name = fc.string({ unit: fc.constantFrom(...'abcdefgh'), minLength: 1, maxLength: 2 });
const key = fc.string({ minLength: 1, maxLength: 4 });
// Small circles for members that fall together and keys after the last point, one large one for what is usual.
const options: fc.Arbitrary<PlacementOptions> = fc.record({
  bits: fc.constantFrom(1, 2, 3, 4, 160),
  copies: fc.constantFrom(1, 2, 3),
  weight: fc.constantFrom(
    () => 1,
    (member: string) => (member < 'c' ? 0.2 : 1),
  ),
});

const laws: Readonly<Record<PlacementMutant['law'], (place: Placing) => fc.IProperty<unknown>>> = {
  /** Total: every key has one owner, a member, as soon as there is a member; and a member that has points has keys. */
  'S-CH1': (place) =>
    fc.property(some, key, options, (members, k, how) => {
      const placement = place(members, how);
      return members.includes(placement.owner(k) ?? '') && `${placement.members}` === `${members.toSorted()}`;
    }) as fc.IProperty<unknown>,
  /** What is placed depends on who the members are, not on when they came, who went, or what was asked before. */
  'S-CH2': (place) =>
    fc.property(names, name, name, key, options, (members, came, went, k, how) => {
      const asked = place(members, how);
      asked.owner(k);
      const changed = asked.add(came).remove(went);
      const left = [...members, came].filter((m) => m !== went);
      return same(changed, place(left.reverse(), how), k);
    }) as fc.IProperty<unknown>,
  /** Monotone: who comes takes keys to itself, who goes leaves its own. */
  'S-CH3': (place) =>
    fc.property(names, name, key, options, (members, other, k, how) => {
      const without = place(
        members.filter((m) => m !== other),
        how,
      );
      const before = without.owner(k);
      const after = without.add(other).owner(k);
      const back = without.add(other).remove(other).owner(k);
      return (after === before || after === other) && (after === other || back === after);
    }) as fc.IProperty<unknown>,
  /** Coming and going leaves no trace. */
  'S-CH4': (place) =>
    fc.property(names, name, key, options, (members, other, k, how) => {
      const placement = place(members, how);
      return same(placement.add(other).remove(other), placement.remove(other), k);
    }) as fc.IProperty<unknown>,
  /** Replicas are distinct, as many as can be, begin with the owner, and fewer of them are the first of more. */
  'S-CH5': (place) =>
    fc.property(some, key, fc.nat(7), options, (members, k, r, how) => {
      const placement = place(members, how);
      const replicas = placement.replicas(k, r);
      const more = placement.replicas(k, r + 1);
      return (
        new Set(replicas).size === Math.min(r, members.length) &&
        replicas.length === new Set(replicas).size &&
        (r === 0 || replicas[0] === placement.owner(k)) &&
        replicas.every((one, at) => more[at] === one)
      );
    }) as fc.IProperty<unknown>,
  /** Where members fall together a total order decides, whatever the order in which they came. */
  'S-CH7': (place) =>
    fc.property(some, key, (members, k) => {
      const placement = place(members, { bits: 1 });
      const turned = place(members.toReversed(), { bits: 1 });
      return same(placement, turned, k);
    }) as fc.IProperty<unknown>,
  /** A key is looked up at the member in whose arc it lies, which is where it was handed over to. */
  'S-CH9': (place) =>
    fc.property(names, key, options, (members, k, how) => {
      const placement = place(members, how);
      return placement.owner(k) === arcOf(k, placement.arcs(), how.bits)?.member;
    }) as fc.IProperty<unknown>,
};

const same = (a: Placement, b: Placement, k: string): boolean =>
  a.owner(k) === b.owner(k) && `${a.replicas(k, 3)}` === `${b.replicas(k, 3)}` && `${a.members}` === `${b.members}`;

const run = { numRuns: 300, seed: 1 };

describe('laws', () => {
  test.each(Object.entries(laws))('%s holds', (_, law) => fc.assert(law(placementOf), run));

  test.each(Object.entries<PlacementMutant>(mutants))('the mutant %s is caught', (_, { law, place }) => {
    expect(fc.check(laws[law](place), run).failed).toBe(true);
  });

  test('every law is needed', () => {
    const caught = new Set(Object.values<PlacementMutant>(mutants).map(({ law }) => law));
    expect([...caught].sort()).toEqual(Object.keys(laws).sort());
  });
});

describe('how even it is', () => {
  const keys = Array.from({ length: 20_000 }, (_, i) => `key ${i}`);
  const hundred = Array.from({ length: 100 }, (_, i) => `member ${i}`);

  /** Largest load over the mean, and the standard deviation over the mean, over several hundred members in all. */
  function spread(copies: number): readonly [max: number, deviation: number] {
    const placement = placementOf(hundred, { copies });
    const load = new Map<string | undefined, number>(hundred.map((m) => [m, 0]));
    for (const k of keys) load.set(placement.owner(k), (load.get(placement.owner(k)) ?? 0) + 1);
    const mean = keys.length / hundred.length;
    const loads = [...load.values()];
    const variance = loads.reduce((sum, one) => sum + (one - mean) ** 2, 0) / loads.length;
    return [Math.max(...loads) / mean, Math.sqrt(variance) / mean];
  }

  test('the load of a member varies as one over the root of its points', () => {
    const [max, deviation] = spread(1);
    expect(max).toBeGreaterThan(3);
    expect(deviation).toBeCloseTo(1, 0);
    const [even, small] = spread(100);
    expect(even).toBeLessThan(1.6);
    expect(small).toBeGreaterThan(0.05);
    expect(small).toBeLessThan(0.2);
  });

  test('one more of ten moves a share near one in eleven, all of it to the newcomer', () => {
    const before = placementOf(hundred.slice(0, 10), { copies: 100 });
    const after = before.add('member 10');
    const moved = keys.filter((k) => before.owner(k) !== after.owner(k));
    expect(moved.every((k) => after.owner(k) === 'member 10')).toBe(true);
    expect(moved.length / keys.length).toBeGreaterThan(0.06);
    expect(moved.length / keys.length).toBeLessThan(0.13);
  });
});
