/** The parts of a store that keeps hashes, each against the plainest thing that does the same. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Backlog } from '../../src/check/backlog.js';
import { Bits } from '../../src/check/bits.js';
import { Fingerprints } from '../../src/check/fingerprints.js';
import { chanceOfCollision } from '../../src/check/hashed-store.js';
import { Links } from '../../src/check/links.js';
import { Speck } from '../../src/check/speck.js';
import { none, Zobrist } from '../../src/check/zobrist.js';
import { Moves } from '../../src/kernel/index.js';
import { percent } from '../../src/report/words.js';

const word = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });

/** Words that look random, the same every time. */
function* words(key: number): Generator<readonly [number, number]> {
  const random = new Speck([key, 1, 2, 3]);
  for (let n = 0; ; n++) {
    random.encrypt(0, n);
    yield [random.x === 0 ? 1 : random.x, random.y];
  }
}

test('Speck64/128 gives what its authors published', () => {
  const speck = new Speck([0x03020100, 0x0b0a0908, 0x13121110, 0x1b1a1918]);
  speck.encrypt(0x3b726574, 0x7475432d);
  expect([speck.x >>> 0, speck.y >>> 0]).toEqual([0x8c6fa548, 0x454e028b]);
});

describe('fingerprints of states', () => {
  const width = 4;
  const state = fc.array(fc.nat(200), { minLength: width, maxLength: width }).map((values) => Int32Array.from(values));
  const of = (zobrist: Zobrist, s: Int32Array) => {
    zobrist.of(s);
    return [zobrist.high, zobrist.low];
  };

  test('a move changes one as if it were computed anew', () => {
    fc.assert(
      fc.property(state, fc.array(state, { minLength: 1, maxLength: 5 }), word, (from, others, seed) => {
        const goals = [...others, from];
        const [ahead, anew] = [new Zobrist(width, seed >>> 0), new Zobrist(width, seed >>> 0)];
        const moves = new Moves();
        for (const goal of goals) {
          moves.begin(0, 0, 0, 0);
          for (const [c, value] of goal.entries()) if (value !== from[c]) moves.change(c, value);
          moves.end();
        }
        const keys = new Int32Array(2 * goals.length + 6);
        ahead.of(from);
        ahead.after(from, moves, keys, 6);
        for (const [i, goal] of goals.entries()) {
          const isIdle = String(goal) === String(from);
          expect([keys[6 + 2 * i], keys[7 + 2 * i]]).toEqual(isIdle ? [none, 0] : of(anew, goal));
        }
      }),
    );
  });

  test('none begins with the word that marks an empty place, and each seed has its own', () => {
    const all = new Set<string>();
    for (let seed = 0; seed < 500; seed++) {
      const zobrist = new Zobrist(1, seed, 10);
      const [high] = of(zobrist, Int32Array.of(0));
      expect(high).not.toBe(0);
      all.add(String(of(new Zobrist(1, seed), Int32Array.of(0))));
    }
    expect(all.size).toBe(500);
  });

  test('pairs of states are alike as often as the bits say', () => {
    const bits = 8;
    let alike = 0;
    const seeds = 20_000;
    for (let seed = 0; seed < seeds; seed++) {
      const zobrist = new Zobrist(2, seed, bits);
      if (String(of(zobrist, Int32Array.of(1, 2))) === String(of(zobrist, Int32Array.of(2, 1)))) alike++;
    }
    // Binomial: 78 are expected, with a standard deviation of 9.
    expect(Math.abs(alike - seeds / 2 ** bits)).toBeLessThan(45);
  });
});

describe('a set of fingerprints', () => {
  test('has what was added and nothing else, while it grows from one page to many', () => {
    const set = new Fingerprints();
    const source = words(1);
    const added = Array.from({ length: 300_000 }, () => source.next().value as readonly [number, number]);
    for (const [n, [high, low]] of added.entries()) {
      if (n % 1000 === 0) expect(set.has(high, low)).toBe(false);
      if (!set.add(high, low)) throw new Error(`number ${n} seems known`);
    }
    expect(set.count).toBe(added.length);
    for (const [high, low] of added) if (!set.has(high, low) || set.add(high, low)) throw new Error('forgotten');
    for (let n = 0; n < 100_000; n++) {
      const [high, low] = source.next().value as readonly [number, number];
      if (set.has(high, low)) throw new Error('never added');
    }
    expect(set.count).toBe(added.length);
    expect(set.bytes / set.count).toBeLessThan(13);
  });

  test('however its members crowd together', () => {
    // Few first words, at the ends of their range and in the middle, so that many want one place, the last one too.
    const high = fc.constantFrom(-(2 ** 31), -(2 ** 31) + 1, -1, 1, 2, 2 ** 31 - 2, 2 ** 31 - 1);
    const member = fc.tuple(high, fc.oneof(word, fc.nat(3)));
    fc.assert(
      fc.property(fc.array(member, { maxLength: 3000, size: 'max' }), (members) => {
        const set = new Fingerprints();
        const plain = new Set<string>();
        for (const [h, l] of members) {
          expect(set.has(h, l)).toBe(plain.has(`${h} ${l}`));
          expect(set.add(h, l)).toBe(!plain.has(`${h} ${l}`));
          plain.add(`${h} ${l}`);
        }
        expect(set.count).toBe(plain.size);
      }),
      { numRuns: 20 },
    );
  });

  test('says before it grows how large it will be', () => {
    const set = new Fingerprints();
    const source = words(2);
    for (let n = 0; n < 100_000; n++) {
      const foretold = set.bytesFor(1);
      const [high, low] = source.next().value as readonly [number, number];
      set.add(high, low);
      if (set.bytes > foretold) throw new Error(`${set.bytes} bytes where ${foretold} were foretold`);
    }
  });
});

describe('a field of bits', () => {
  test('has all that was added, and estimates how many seemed known', () => {
    const set = new Bits(1 << 14);
    const source = words(3);
    let taken = 0;
    for (let n = 0; n < 40_000; n++) {
      const [high, low] = source.next().value as readonly [number, number];
      if (!set.add(high, low)) taken++;
      expect(set.has(high, low)).toBe(true);
    }
    expect(set.count).toBe(40_000 - taken);
    expect(taken).toBeGreaterThan(500);
    expect(Math.abs(set.omitted / taken - 1)).toBeLessThan(0.1);
    expect(set.load).toBeGreaterThan(0.3);
  });
});

describe('the backlog', () => {
  test('gives states back in order, whatever their numbers grow to', () => {
    const width = 5;
    const state = fc.array(
      fc.tuple(fc.nat(30), fc.nat(2 ** 31 - 1)).map(([bits, value]) => value & (2 ** bits - 1)),
      { minLength: width, maxLength: width },
    );
    const script = fc.array(fc.oneof(state, fc.constant('next' as const)), { maxLength: 200 });
    fc.assert(
      fc.property(script, (steps) => {
        const backlog = new Backlog(width);
        const plain: string[] = [];
        const read = new Int32Array(width);
        const take = () => {
          backlog.next(read);
          expect(String(read)).toBe(plain.shift());
        };
        for (const step of steps) {
          if (step === 'next') {
            if (plain.length > 0) take();
            continue;
          }
          backlog.push(Int32Array.from(step));
          plain.push(String(Int32Array.from(step)));
        }
        while (plain.length > 0) take();
      }),
    );
  });

  test('uses again the pages in which nothing waits', () => {
    const backlog = new Backlog(2);
    const state = Int32Array.of(2 ** 20, 2 ** 20);
    const read = new Int32Array(2);
    for (let n = 0; n < 1000; n++) backlog.push(state);
    for (let n = 0; n < 200_000; n++) {
      backlog.push(state);
      backlog.next(read);
    }
    expect(backlog.bytes).toBeLessThan(200_000);
  });
});

test('links lead back, over pages and for choices that need more than a byte', () => {
  const links = new Links();
  const random = words(4);
  const plain: { parent: number; choice: number }[] = [];
  let parent = 0;
  while (plain.length < 120_000) {
    const [h, l] = random.next().value as readonly [number, number];
    if (h % 3 === 0) parent += (h >>> 4) % 7 === 0 ? 500 : 1;
    plain.push({ parent, choice: l % 50 === 0 ? (l >>> 8) % 1000 : (l >>> 8) % 12 });
  }
  for (const { parent, choice } of plain) links.add(parent, choice);
  for (const n of [0, 1, 2, 119_999, ...plain.keys()].filter((n) => n < 300 || n % 37 === 0 || n > 119_900))
    expect(links.of(n)).toEqual(plain[n]);
});

describe('the bound', () => {
  test.each([
    [1, 64, 2 ** -64],
    [100_000_000, 64, 0.000_271_050_546],
    [1_745_408, 64, 8.257_7e-8],
    [4096, 12, 1],
  ])('%i states by %i bits: %f', (found, bits, chance) => {
    expect(chanceOfCollision(found, bits)).toBeCloseTo(chance, 10);
  });

  test('is printed with two digits and never smaller than it is', () => {
    expect([2.710505e-4, 8.2577e-8, 6.8e-12, 0.001, 0, 0.5, 1].map(percent)).toEqual([
      '0.028 %',
      '0.0000083 %',
      '6.8e-10 %',
      '0.1 %',
      '0 %',
      '50 %',
      '100 %',
    ]);
  });
});
