/** A walk: every list of naturals is a legal behaviour, what is switched off waits, and nothing is drowned or missed. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ByClass } from '../../src/check/by-class.js';
import { Explored } from '../../src/check/explored.js';
import type { Menus } from '../../src/check/menus.js';
import { weightsOf } from '../../src/check/schedule.js';
import { Walker } from '../../src/check/walk.js';
import { watcher } from '../../src/check/watch.js';
import { type Model, type Property, sometimes } from '../../src/kernel/index.js';
import { follow, operation, timer, toyModel, valued, valuedStep } from '../support/toy-model.js';

const ignore = () => {};
const open = sometimes('nothing decides this', () => false);

/** Two counters: `a` climbs, `b` follows and may be put back; one operation offers three choices. */
const counters = toyModel({
  names: ['a', 'b'],
  starts: [
    [0, 0],
    [3, 1],
  ],
  rules: [
    timer('a', 'climb', ([a = 0, b = 0]) => (a < 9 ? [a + 1, b] : undefined)),
    operation('b', 'follow', ([a = 0, b = 0]) => (b < a ? [a, b + 1] : undefined)),
    operation('b', 'reset', ([a = 0, b = 0]) => (b > 4 ? [a, 0] : undefined)),
    ...[1, 2, 3].map((choice) => operation('a', 'poke', ([a = 0, b = 0]) => [a, b], choice)),
  ],
});
const classes = ['timeout', 'follow', 'reset', 'poke'];

function walkOf(
  model: Model,
  naturals: readonly number[],
  { start = 0, dials = classes.map(() => 1), weights = {}, names = classes, properties = [open] as Property[] } = {},
) {
  const walker = new Walker(new Explored(model, names));
  const byClass = new ByClass(weightsOf(names, weights));
  const states: number[][] = [];
  const found: (readonly [name: string, length: number])[] = [];
  byClass.follow(naturals, 0, dials);
  walker.walk(start, naturals.length, byClass, {
    evaluation: watcher(model)(properties),
    found: (index) => found.push([properties[index]?.name ?? '', walker.length]),
    knows: false,
    visit: (id) => states.push(stateOf(walker, id)),
  });
  return { trace: walker.trace(), length: walker.length, states, found };
}

function stateOf({ explored: { model, states } }: Walker, id: number): number[] {
  const state = new Int32Array(model.width);
  states.read(id, state);
  return [...state];
}

const spread = Array.from({ length: 3000 }, (_, i) => Math.imul(i + 1, 0x9e3779b1) >>> 1);

describe('a list of naturals', () => {
  test('is a legal behaviour, whatever it is, and always the same one', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.array(fc.nat({ max: 9 }), { minLength: 4, maxLength: 4 }),
        fc.array(fc.nat(), { maxLength: 60, size: 'max' }),
        (start, dials, naturals) => {
          const { trace, length, states } = walkOf(counters, naturals, { start, dials });
          const followed = follow(counters, trace.start, trace.choices);
          expect(followed.moves).toEqual(trace.moves);
          expect([...followed.state]).toEqual(states.at(-1));
          expect(trace.choices).toHaveLength(length);
          expect(states).toHaveLength(length + 1);
          expect(length).toBe(naturals.length); // some move of these counters is always enabled and changes something
          expect(walkOf(counters, naturals, { start, dials }).trace).toEqual(trace);
        },
      ),
    );
  });

  test('begins where its first number says', () => {
    expect([0, 1, 2, 5].map((start) => walkOf(counters, [], { start }).states)).toEqual(
      [
        [0, 0],
        [3, 1],
        [0, 0],
        [3, 1],
      ].map((state) => [state]),
    );
  });

  test('may be read from the middle', () => {
    const walker = new Walker(new Explored(counters, classes));
    const byClass = new ByClass(weightsOf(classes));
    byClass.follow(spread.slice(0, 20), 12);
    walker.walk(0, 8, byClass, { evaluation: watcher(counters)([open]), found: ignore, knows: false, visit: ignore });
    expect(walker.trace()).toEqual(walkOf(counters, spread.slice(12, 20)).trace);
  });

  test('can be found for any choices: those that no dial had a hand in', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(), { minLength: 1, maxLength: 40 }),
        fc.array(fc.nat({ max: 9 })),
        (naturals, few) => {
          const dials = classes.map((_, c) => few[c] ?? 3);
          const { trace } = walkOf(counters, naturals, { dials });
          const byClass = new ByClass(weightsOf(classes));
          const found: number[] = [];
          const picker = {
            pick: (menus: Menus, at: number) => {
              const place = menus.entryOf(at, trace.choices[found.length] ?? 0);
              found.push(byClass.naturalFor(menus, at, place));
              return place;
            },
          };
          const walker = new Walker(new Explored(counters, classes));
          const onlooker = { evaluation: watcher(counters)([open]), found: ignore, knows: false, visit: ignore };
          walker.walk(0, trace.choices.length, picker, onlooker);
          expect(walkOf(counters, found).trace).toEqual(trace);
        },
      ),
    );
  });
});

describe('what is picked', () => {
  const counts = ({ trace }: ReturnType<typeof walkOf>) => {
    const names = trace.moves.map((move) => (move.kind === 'operation' ? move.operation : move.kind));
    return Object.fromEntries(classes.map((name) => [name, names.filter((other) => other === name).length]));
  };

  /** One way up and forty ways down, all of which change something. */
  const crowd = toyModel({
    names: ['a'],
    rules: [
      operation('a', 'up', ([a = 0]) => [a + 1]),
      ...Array.from({ length: 40 }, (_, i) => operation('a', 'down', ([a = 0]) => [a - 1], i + 1)),
    ],
  });

  test('is first a class, so that one with many moves does not drown the others', () => {
    const { trace } = walkOf(crowd, spread, { names: ['up', 'down'], dials: [1, 1] });
    const ups = trace.choices.filter((choice) => choice === 0).length;
    expect(ups).toBeGreaterThan(1400);
    expect(ups).toBeLessThan(1600);
    expect(new Set(trace.choices).size).toBe(41);
  });

  test('follows the weights and the dials', () => {
    const heavy = walkOf(crowd, spread, { names: ['up', 'down'], dials: [1, 1], weights: { up: 9 } });
    expect(heavy.trace.choices.filter((choice) => choice === 0).length).toBeGreaterThan(2600);
    const turned = walkOf(crowd, spread, { names: ['up', 'down'], dials: [1, 9] });
    expect(turned.trace.choices.filter((choice) => choice === 0).length).toBeLessThan(400);
  });

  test('is never of weight 0', () => {
    const { reset, follow: followed } = counts(walkOf(counters, spread, { weights: { reset: 0 } }));
    expect([reset, followed]).toEqual([0, 9]);
  });

  test('is switched off only as long as something else would change anything', () => {
    const { trace } = walkOf(counters, spread, { dials: [1, 0, 1, 1] });
    const firstFollow = trace.moves.findIndex((move) => move.kind === 'operation' && move.operation === 'follow');
    expect(trace.moves.slice(0, firstFollow).filter(({ kind }) => kind === 'timeout')).toHaveLength(9);
    expect(firstFollow).toBeGreaterThan(8);
  });

  test('is now and then a move that changes nothing', () => {
    const { poke = 0 } = counts(walkOf(counters, spread));
    expect(poke).toBeGreaterThan(300);
    expect(poke).toBeLessThan(1600);
  });

  test('ends with one idle step where nothing changes anything any more, and where nothing is enabled', () => {
    const rules = [timer('a', 'climb', ([a = 0]) => (a < 3 ? [a + 1] : undefined))];
    expect(walkOf(toyModel({ names: ['a'], rules }), spread, { names: ['timeout'], dials: [1] }).length).toBe(3);
    const idle = toyModel({ names: ['a'], rules: [...rules, operation('a', 'poke', ([a = 0]) => [a])] });
    const { trace } = walkOf(idle, spread, { names: ['timeout', 'poke'], dials: [1, 1] });
    expect(trace.moves.filter(({ kind }) => kind === 'timeout')).toHaveLength(3);
    expect(trace.moves.at(-1)?.kind).toBe('operation');
  });
});

describe('what is watched', () => {
  const climbs = toyModel({
    names: ['a'],
    rules: [
      timer('a', 'climb', ([a = 0]) => (a < 5 ? [a + 1] : undefined)),
      operation('a', 'poke', ([a = 0]) => [a]),
      operation('a', 'drop', ([a = 0]) => (a === 5 ? [2] : undefined)),
    ],
  });

  test.each<[Property, number]>([
    [valued('always', 'a is below 3', ([a = 0]) => a < 3), 3],
    [valued('sometimes', 'a is 4', ([a = 0]) => a === 4), 4],
    [valued('whenQuiet', 'never quiet', () => false), 5],
    [valuedStep('a does not fall', ([a = 0], [b = 0]) => b >= a), 6],
    [valued('always', 'a is not 0', ([a = 0]) => a !== 0), 0],
  ])('is decided by the first move that does: %o', (property, most) => {
    const names = ['timeout', 'poke', 'drop'];
    const { found, length, trace, states } = walkOf(climbs, spread, {
      names,
      dials: [1, 1, 1],
      properties: [property],
    });
    const useful = trace.moves.filter((move) => !(move.kind === 'operation' && move.operation === 'poke'));
    expect(found).toEqual([[property.name, length]]);
    expect(useful).toHaveLength(most);
    expect(states).toHaveLength(length + 1);
  });
});
