/** Menus and vectors that are remembered: the same as what was there, whatever had to be forgotten in between. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stopAndWait } from '../../models/stop-and-wait/index.js';
import { ByClass } from '../../src/check/by-class.js';
import { Events } from '../../src/check/events.js';
import { Explored } from '../../src/check/explored.js';
import { entry, entryWidth, head, Menus } from '../../src/check/menus.js';
import { classesOf, weightsOf } from '../../src/check/schedule.js';
import { noRoom, Seen } from '../../src/check/seen.js';
import { Walker } from '../../src/check/walk.js';
import { watcher } from '../../src/check/watch.js';
import { Moves, type SystemSpec, sometimes } from '../../src/kernel/index.js';
import { compose } from '../../src/system/index.js';
import { follow } from '../support/toy-model.js';

const system = stopAndWait({ network: 'unordered' });
const classes = classesOf(system as SystemSpec);

test('equal vectors have one number, others another, in the order in which they came', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(9), fc.integer(), fc.nat(3)), { maxLength: 2000, size: 'max' }), (vectors) => {
      const seen = new Seen(3);
      const numbers = new Map<string, number>();
      for (const vector of vectors) {
        const known = numbers.get(String(vector));
        const id = seen.add(Int32Array.from(vector));
        expect(seen.isNew).toBe(known === undefined);
        expect(id).toBe(known ?? numbers.size);
        numbers.set(String(vector), id);
      }
      for (const [text, id] of numbers) {
        const vector = new Int32Array(3);
        seen.read(id, vector);
        expect(String(vector)).toBe(text);
      }
    }),
    { numRuns: 30 },
  );
});

test('what there is no room for has no number, and the others keep theirs', () => {
  const seen = new Seen(1, 16_000);
  const add = (value: number) => seen.add(Int32Array.of(value));
  const ids = Array.from({ length: 5000 }, (_, value) => add(value));
  const { count } = seen;
  expect(count).toBeGreaterThan(500);
  expect(seen.bytes).toBeLessThanOrEqual(16_000);
  expect(ids.slice(0, count)).toEqual([...ids.keys()].slice(0, count));
  expect(new Set(ids.slice(count))).toEqual(new Set([noRoom]));
  expect(add(count - 1)).toBe(count - 1);
});

/** Walks, and holds every menu that is asked for against what the model gives. */
function walkThrough(limit: number | undefined, rooms: number | undefined) {
  const model = compose(system);
  const explored = new Explored(model, classes, rooms);
  const events = new Events(model, classes);
  const menus = new Menus(model, events, classes.length, limit);
  const walker = new Walker(limit === undefined ? explored : Object.assign(Object.create(explored), { menus, events }));
  const byClass = new ByClass(weightsOf(classes));
  const evaluation = watcher(model)([sometimes('nothing decides this', () => false)]);
  const traces = Array.from({ length: 60 }, (_, seed) => {
    byClass.draw(seed, 0);
    walker.walk(0, 120, byClass, { evaluation, found: () => {}, knows: true, visit: () => {} });
    return walker.trace();
  });
  return { model, traces, menus, events };
}

test('walks are the same whether nothing or nearly everything is forgotten', () => {
  const { model, traces } = walkThrough(undefined, undefined);
  for (const { start, choices, moves } of traces) expect(follow(model, start, choices).moves).toEqual(moves);
  expect(walkThrough(1 << 12, undefined).traces).toEqual(traces);
  expect(walkThrough(undefined, 1 << 12).traces).toEqual(traces);
});

test('a menu lists every move once, by class, those that change nothing last, with what it changes', () => {
  const { model, menus, events, traces } = walkThrough(1 << 12, undefined);
  const state = (model.starts[0] as (typeof model.starts)[number]).state.slice();
  const moves = new Moves();
  for (const choice of traces[0]?.choices ?? []) {
    model.expand(state, moves);
    const at = menus.make(noRoom, state);
    const { pool } = menus;
    expect(pool[at + head.count]).toBe(moves.count);
    expect(pool[at + head.quiet]).toBe(moves.quiet ? 1 : 0);
    const first = pool[at + head.entries] as number;
    const entries = Array.from({ length: moves.count }, (_, i) => first + i * entryWidth);
    const choices = entries.map((e) => pool[e + entry.choice] as number);
    expect([...choices].sort((a, b) => a - b)).toEqual([...Array(moves.count).keys()]);
    const idle = pool[at + head.idle] as number;
    const ranks = entries.map((e, i) =>
      i < moves.count - idle ? (events.classes[menus.eventAt(e)] as number) : classes.length,
    );
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
    for (const e of entries) {
      const [ours, theirs] = [state.slice(), state.slice()];
      menus.apply(e, ours);
      moves.apply(pool[e + entry.choice] as number, theirs);
      expect(ours).toEqual(theirs);
      expect(events.codeOf(moves, pool[e + entry.choice] as number)).toBe(pool[e + entry.code]);
    }
    moves.apply(choice, state);
  }
});
