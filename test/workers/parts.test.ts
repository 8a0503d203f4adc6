/** What workers are made of: the order of a level, the ring between two of them, contents told from one instance to another, owners. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../properties/catalogue.js';
import { type Contents, type Model, Moves, type Suite } from '../../src/kernel/index.js';
import { select } from '../../src/run/suite.js';
import { compose } from '../../src/system/index.js';
import { keyOf, order, rankAgainst } from '../../src/workers/level.js';
import { Owners } from '../../src/workers/owners.js';
import { partition } from '../../src/workers/partition.js';
import { Ring } from '../../src/workers/ring.js';

describe('a level', () => {
  const keys = fc.uniqueArray(fc.tuple(fc.nat(20), fc.nat(5)), { selector: (key) => key.join(), maxLength: 60 });

  test('is in the order of ranks, and then of choices', () => {
    fc.assert(
      fc.property(keys, (pairs) => {
        const all = Float64Array.from(pairs, ([rank, choice]) => keyOf(rank, choice));
        const sorted = [...all.keys()].sort((a, b) => (all[a] as number) - (all[b] as number));
        expect([...order(all, all.length, 21)]).toEqual(sorted);
      }),
    );
  });

  test('is one order of what all workers have found', () => {
    fc.assert(
      fc.property(keys, fc.infiniteStream(fc.nat(2)), (pairs, owners) => {
        const all = pairs.map(([rank, choice]) => keyOf(rank, choice)).sort((a, b) => a - b);
        const parts: number[][] = [[], [], []];
        for (const key of all) parts[owners.next().value as number]?.push(key);
        const ranked = parts.flatMap((part, mine) => {
          const ranks = Int32Array.from(part.keys());
          const own = Float64Array.from(part);
          for (const [other, theirs] of parts.entries())
            if (other !== mine) rankAgainst(own, own.length, Float64Array.from(theirs), theirs.length, ranks);
          return part.map((key, i) => [ranks[i] as number, key] as const);
        });
        expect(new Map(ranked)).toEqual(new Map(all.entries()));
      }),
    );
  });
});

test('a ring gives what was put in, in order, whatever the pieces are', () => {
  const pieces = fc.array(fc.record({ write: fc.nat(20), read: fc.nat(20) }), { maxLength: 60 });
  fc.assert(
    fc.property(pieces, (steps) => {
      const memory = Ring.memory(16);
      const [writer, reader] = [new Ring(memory), new Ring(memory)];
      const told: number[] = [];
      const heard: number[] = [];
      let next = 1;
      const take = (most: number) => {
        const count = Math.min(reader.waiting, most);
        const into = new Int32Array(count + 1);
        reader.readInto(into, 1, count);
        heard.push(...into.subarray(1));
      };
      for (const { write, read } of steps) {
        const numbers = Int32Array.from({ length: write }, () => next++);
        const end = writer.write(numbers, 0, write);
        told.push(...numbers.subarray(0, end));
        expect(end).toBe(Math.min(write, 16 - (told.length - end - heard.length)));
        take(read);
      }
      take(16);
      expect(heard).toEqual(told);
    }),
  );
});

/** A system of each kind of component: contexts, history and timers, messages in every kind of network, weather with a cut. */
const systems = ['chord-net', 'chain-network', 'tracker', 'leader-election', 'two-phase-commit', 'chord-orig'];

describe.each(systems)('what the numbers of %s stand for', (model) => {
  const suite = catalogue.find((one) => one.model === model) as Suite;
  const make = () => compose(select(suite, Object.keys(suite.configurations)[0] as string, {}, () => []).system);

  test('is told to another instance, and back, without a difference', () => {
    const [here, there] = [make(), make()];
    const seen = walk(here, 300);
    walk(there, 50, 7);
    const [mine, theirs] = [here.contents as Contents, there.contents as Contents];
    let differing = 0;
    for (const state of seen)
      for (const [component, value] of state.entries()) {
        const learnt = theirs.learn(component, structuredClone(mine.tell(component, value)));
        if (learnt !== value) differing++;
        expect(theirs.text(component, learnt)).toBe(mine.text(component, value));
        expect(mine.learn(component, structuredClone(theirs.tell(component, learnt)))).toBe(value);
      }
    expect(differing).toBeGreaterThan(0);
  });

  test('makes both agree whose a state is, and the moves of a state that was told are the same', () => {
    const [here, there] = [make(), make()];
    const seen = walk(here, 200);
    const [mine, theirs] = [here.contents as Contents, there.contents as Contents];
    const counted = new Uint8Array(here.width).fill(1);
    const [a, b] = [new Owners(mine, counted, 3), new Owners(theirs, counted, 3)];
    const counts = [0, 0, 0];
    for (const state of seen) {
      const told = state.map((value, component) =>
        theirs.learn(component, structuredClone(mine.tell(component, value))),
      );
      const owner = a.of(a.hash(state));
      expect(b.of(b.hash(told))).toBe(owner);
      counts[owner] = (counts[owner] as number) + 1;
      expect(described(there, told)).toEqual(described(here, state));
    }
    for (const count of counts) expect(count).toBeGreaterThan(0);
  });
});

test.each([
  ['two-phase-commit', 'five'],
  ['leader-election', 'five'],
  ['chord-orig', 'reuse'],
])('of %s/%s those components say whose a state is that change rarely and share the states out', (model, name) => {
  const suite = catalogue.find((one) => one.model === model) as Suite;
  const make = () => compose(select(suite, name, {}, () => []).system);
  const looked = make();
  const all = new Uint8Array(looked.width).fill(1);
  const share = (counted: Uint8Array) => {
    const owners = new Owners(looked.contents as Contents, counted, 2);
    const of = (state: Int32Array) => owners.of(owners.hash(state));
    const way = Array.from({ length: 40 }, (_, stride) => walk(looked, 60, 2 * stride + 1)).flat();
    const sent = way.filter((state, i) => i > 0 && of(state) !== of(way[i - 1] as Int32Array)).length;
    return { sent: sent / way.length, ofFirst: way.filter((state) => of(state) === 0).length / way.length };
  };
  const chosen = share(partition(make(), 2));
  expect(chosen.sent).toBeLessThan(share(all).sent);
  expect(Math.abs(chosen.ofFirst - 0.5)).toBeLessThan(0.35);
});

/** States on a walk that takes its moves in turn. */
function walk(model: Model, steps: number, stride = 3): readonly Int32Array[] {
  const state = (model.starts[0] as Model['starts'][number]).state.slice();
  const seen = [state.slice()];
  const moves = new Moves();
  for (let step = 0; step < steps; step++) {
    model.expand(state, moves);
    if (moves.count === 0) break;
    moves.apply((step * stride) % moves.count, state);
    seen.push(state.slice());
  }
  return seen;
}

function described(model: Model, state: Int32Array) {
  const moves = new Moves();
  model.expand(state, moves);
  return Array.from({ length: moves.count }, (_, i) => model.move(moves, i));
}
