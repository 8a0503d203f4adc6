/** When two local states, and two inputs, are one: the numbers that a search sees must part exactly what behaves apart. */
import { describe, expect, test } from 'vitest';
import { assign } from 'xstate';
import { type Plain, peer } from '../../src/kernel/index.js';
import { PeerTable } from '../../src/machine/index.js';
import { onGo, Played, untyped } from '../support/peers.js';

/** Keeps what it is told, in place of what it was told before. */
const keeper = untyped({
  context: { is: null },
  on: { keep: { actions: assign({ is: ({ event }) => event.it }) }, drop: { actions: assign({ is: null }) } },
});

/** Keeps the fields that it is told. */
const fields = onGo(assign(({ event }) => event.fields));

const slotOf = (value: Plain, p = new Played(keeper)): number => {
  p.hear({ type: 'drop' });
  p.hear({ type: 'keep', it: value });
  return p.slot;
};

describe('contexts', () => {
  test.each<[string, Plain, Plain]>([
    ['keys in another order', { a: 1, b: [{ c: 2, d: 3 }] }, { b: [{ d: 3, c: 2 }], a: 1 }],
    ['0 and -0', { a: [0] }, { a: [-0] }],
    ['NaN and NaN', Number.NaN, Number.NaN],
    ['an object without a prototype', { a: 1 }, Object.assign(Object.create(null), { a: 1 })],
    ['one thing twice, and two things alike', [{ a: 1 }, { a: 1 }], Array(2).fill({ a: 1 })],
  ])('%s are one local state', (_, one, other) => {
    const p = new Played(keeper);
    expect(slotOf(one, p)).toBe(slotOf(other, p));
  });

  test.each<[string, Plain, Plain]>([
    ['a number and its text', 1, '1'],
    ['a number and a bigint', 1, 1n],
    ['a bigint and its text', 1n, '1n'],
    ['true and its text', true, 'true'],
    ['null and undefined', null, undefined],
    ['undefined and its text', undefined, 'undefined'],
    ['NaN and null, which JSON takes for the same', Number.NaN, null],
    ['two infinities', Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
    ['a list and an object with its indices', ['a'], { 0: 'a' }],
    ['an empty list and an empty object', [], {}],
    ['lists in another order', [1, 2], [2, 1]],
    ['one text with a comma and two texts', ['a,b'], ['a', 'b']],
    ['text that looks like the end of a text', ['a"', 'b'], ['a', '"b']],
    ['big integers that a number would round', 2n ** 64n, 2n ** 64n + 1n],
    ['numbers that differ in the last place', 0.1 + 0.2, 0.3],
  ])('%s are two', (_, one, other) => {
    const p = new Played(keeper);
    expect(slotOf(one, p)).not.toBe(slotOf(other, p));
  });

  test('a field that is undefined and one that is not there are two', () => {
    const p = new Played(fields);
    const without = p.slot;
    p.hear({ type: 'go', fields: { a: undefined } });
    expect(p.slot).not.toBe(without);
    expect(Object.keys(p.context ?? {})).toEqual(['a']);
  });

  test('the way to a local state does not matter', () => {
    const p = new Played(fields);
    p.hear({ type: 'go', fields: { a: 1 } });
    p.hear({ type: 'go', fields: { b: 2 } });
    const slot = p.slot;
    const q = new Played(fields);
    for (const event of [{ b: 2 }, { a: 1 }, { b: 2 }]) q.hear({ type: 'go', fields: event });
    expect(q.table.size).toBeGreaterThan(3);
    p.hear({ type: 'go', fields: { a: 2 } });
    expect(p.slot).not.toBe(slot);
    p.hear({ type: 'go', fields: { b: 2, a: 1 } });
    expect(p.slot).toBe(slot);
  });

  test('what is kept cannot be changed from outside', () => {
    const p = new Played(keeper);
    slotOf({ list: [1] }, p);
    expect(() => (p.context as unknown as { is: { list: number[] } }).is.list.push(2)).toThrow(TypeError);
  });
});

describe('inputs', () => {
  const { table } = new Played(keeper);

  test('an event is one input, whatever the order of its fields', () => {
    expect(table.hears({ type: 'keep', it: { a: 1, b: 2 } })).toBe(table.hears({ it: { b: 2, a: 1 }, type: 'keep' }));
    expect(table.hears({ type: 'keep', it: 0 })).toBe(table.hears({ type: 'keep', it: -0 }));
  });

  test('events that differ are two', () => {
    expect(table.hears({ type: 'keep', it: 1 })).not.toBe(table.hears({ type: 'keep', it: '1' }));
    expect(table.hears({ type: 'keep', it: undefined })).not.toBe(table.hears({ type: 'keep' }));
  });

  test('a timer is not an event that reads like it', () => {
    const p = new Played(untyped({ initial: 'a', states: { a: { after: { 10: 'b' } }, b: {} } }));
    const [timer] = p.table.timers(p.slot);
    expect(p.table.hears(p.table.event(timer as number))).not.toBe(timer);
  });
});

describe('standings', () => {
  const machine = untyped({
    context: ({ input }: { input?: { restored?: object } }) => ({ kept: 0, lost: 0, ...input?.restored }),
    on: {
      keep: { actions: assign({ kept: ({ event }) => event.n }) },
      lose: { actions: assign({ lost: ({ event }) => event.n }) },
    },
  });
  const tableWith = (stable: readonly string[]) => {
    const table = new PeerTable('p', { ...peer(machine), stable }, () => 0);
    table.start();
    return table;
  };
  const slotAfter = (table: PeerTable, event: { type: string; n: number }, slot: number): number => {
    table.step(slot, table.hears(event));
    return table.next;
  };

  test('absent, left, crashed and up are four', () => {
    const table = tableWith([]);
    const up = table.next;
    const all = [table.absent, table.left, table.crashed(up), up];
    expect(new Set(all).size).toBe(4);
    expect(all.map((slot) => table.slot(slot).status)).toEqual(['absent', 'left', 'crashed', 'up']);
  });

  test('a crash parts only what was stored', () => {
    const table = tableWith(['kept']);
    const start = table.next;
    const crashed = table.crashed(start);
    expect(table.crashed(slotAfter(table, { type: 'lose', n: 7 }, start))).toBe(crashed);
    const other = table.crashed(slotAfter(table, { type: 'keep', n: 7 }, start));
    expect(other).not.toBe(crashed);
    table.restart(other);
    expect(table.contextOf(table.next)).toEqual({ kept: 7, lost: 0 });
  });

  test('without stable fields every crash is the same, and forgets everything', () => {
    const table = tableWith([]);
    const start = table.next;
    const crashed = table.crashed(slotAfter(table, { type: 'keep', n: 7 }, start));
    expect(table.crashed(start)).toBe(crashed);
    table.restart(crashed);
    expect(table.next).toBe(start);
  });
});
