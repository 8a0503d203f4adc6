/** Law of the memo: what is remembered of a state never differs from what looking at it anew would say. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stopAndWait } from '../../models/stop-and-wait/index.js';
import { alwaysStep, derive, Moves, type State, type World } from '../../src/kernel/index.js';
import { check } from '../../src/run/check.js';
import { compose } from '../../src/system/index.js';

type AnyWorld = World;
type Look = (world: AnyWorld) => unknown;

const field = (peer: string, name: string): Look => {
  return (w) => (w.peers as Record<string, Record<string, unknown>>)[peer]?.[name];
};

/** The single things that can be seen of stop-and-wait. */
const looks: readonly Look[] = [
  field('alice', 'sent'),
  field('alice', 'bit'),
  field('bob', 'expects'),
  field('bob', 'delivered'),
  field('bob', 'no such field'),
  (w) => w.state('alice'),
  (w) => w.isUp('bob'),
  (w) => w.timers('alice').join(),
  (w) => JSON.stringify(w.inFlight('alice')),
  (w) => w.inFlight().length,
  (w) => Object.keys(w.peers.alice as object).length,
  (w) => 'expects' in (w.peers.bob as object),
  (w) => w.partition()?.length,
];

/** A decision tree over looks: what it looks at next depends on what it has seen. */
interface Tree {
  readonly look: number;
  readonly ifOdd: Tree | number;
  readonly ifEven: Tree | number;
}
const look = fc.nat(looks.length - 1);
const { tree } = fc.letrec<{ tree: Tree; branch: Tree | number }>((tie) => ({
  tree: fc.record({ look, ifOdd: tie('branch'), ifEven: tie('branch') }),
  branch: fc.oneof({ depthSize: 'small' }, fc.nat(3), tie('tree')),
}));

const parity = (value: unknown): number => [...String(value)].reduce((sum, char) => sum + char.charCodeAt(0), 0) % 2;

const follow = (at: Tree | number, world: AnyWorld): number => {
  if (typeof at === 'number') return at;
  return follow(parity((looks[at.look] as Look)(world)) === 1 ? at.ifOdd : at.ifEven, world);
};

/** Every reachable state, and every step. */
function explore(): { readonly states: State[]; readonly steps: [State, State][] } {
  const model = compose(stopAndWait({ network: 'unordered', packets: 2 }));
  const states = model.starts.map(({ state }) => state);
  const seen = new Set(states.map(String));
  const steps: [State, State][] = [];
  const moves = new Moves();
  for (const state of states) {
    model.expand(state, moves);
    for (let i = 0; i < moves.count; i++) {
      const after = state.slice();
      moves.apply(i, after);
      steps.push([state, after]);
      if (seen.has(String(after))) continue;
      seen.add(String(after));
      states.push(after);
    }
  }
  return { states, steps };
}

const { states, steps } = explore();

describe('an observer', () => {
  test('answers as a fresh one does, in whatever order the states come', () => {
    fc.assert(
      fc.property(tree, fc.array(fc.nat(states.length - 1), { minLength: 50, maxLength: 200 }), (shape, order) => {
        const model = compose(stopAndWait({ network: 'unordered', packets: 2 }));
        // The numbering of slots depends on the order in which they are first seen: see the same first.
        reach(model);
        const remembered = model.observe((world) => follow(shape, world));
        const viaDerived = derive((world) => follow(shape, world));
        const derived = model.observe((world) => viaDerived(world));
        for (const index of order) {
          const state = states[index] as State;
          const fresh = model.observe((world) => follow(shape, world)).at(state);
          expect(remembered.at(state)).toBe(fresh);
          expect(derived.at(state)).toBe(fresh);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('of steps answers as a fresh one does, and says of every component it rests on that it reads it', () => {
    fc.assert(
      fc.property(tree, tree, fc.array(fc.nat(steps.length - 1), { minLength: 50, maxLength: 100 }), (a, b, order) => {
        const model = compose(stopAndWait({ network: 'unordered', packets: 2 }));
        reach(model);
        const both = (before: AnyWorld, after: AnyWorld) => follow(a, before) * 10 + follow(b, after);
        const remembered = model.observeStep(both);
        for (const index of order) {
          const [before, after] = steps[index] as [State, State];
          expect(remembered.at(before, after)).toBe(model.observeStep(both).at(before, after));
          const still = remembered.at(before, before);
          const unread = after.every((value, c) => value === before[c] || !remembered.reads(c));
          if (unread) expect(remembered.at(before, after)).toBe(still);
        }
      }),
      { numRuns: 40 },
    );
  });
});

function reach(model: ReturnType<typeof compose>): void {
  const moves = new Moves();
  for (const state of states) model.expand(state, moves);
}

test('a search finds a step that breaks a property exactly when one exists', () => {
  const model = compose(stopAndWait({ network: 'unordered', packets: 2 }));
  reach(model);
  fc.assert(
    fc.property(tree, tree, fc.nat(33), (a, b, bad) => {
      const breaks = (before: AnyWorld, after: AnyWorld) => follow(a, before) * 10 + follow(b, after) === bad;
      const observer = model.observeStep(breaks);
      const exists = steps.some(([before, after]) => observer.at(before, after));
      const claim = alwaysStep<never, boolean>('unbroken', (before, after) => !breaks(before as never, after as never));
      const { findings } = check(stopAndWait({ network: 'unordered', packets: 2 }), [claim as never]);
      expect(findings[0]?.verdict).toBe(exists ? 'violated' : 'holds');
    }),
    { numRuns: 60 },
  );
});

test('a function that reads differently in equal worlds is reported', () => {
  const model = compose(stopAndWait({ network: 'unordered', packets: 2 }));
  reach(model);
  let calls = 0;
  const fickle = model.observe((world) => (calls++ % 2 === 0 ? world.state('alice') : world.isUp('bob')));
  expect(() => {
    for (const state of states) fickle.at(state);
  }).toThrow(expect.objectContaining({ code: 'PROPERTY_NOT_DETERMINISTIC' }));
});
