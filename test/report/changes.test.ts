/** What a move changed, in as few words as tell it. */
import { expect, test } from 'vitest';
import type { Picture, Plain } from '../../src/kernel/index.js';
import { changesBetween } from '../../src/report/changes.js';

const picture = (context: { readonly [field: string]: Plain }): Picture => ({
  peers: [{ name: 'a', status: 'up', state: 'on', context }],
  inFlight: [],
});
const changed = (before: Plain, after: Plain) => changesBetween(picture({ f: before }), picture({ f: after }));

const half = (wanted: boolean, has = 0) => ({ calling: false, choking: true, interested: true, wanted, has });

test.each<[string, Plain, Plain, readonly string[]]>([
  ['a field of a record', { x: 1, y: 2 }, { x: 1, y: 3 }, ['a: f.y 2 -> 3']],
  ['a short list as a whole', [1, 2], [2], ['a: f [1,2] -> [2]']],
  [
    'a long list by its items',
    [half(true), half(true)],
    [half(true), half(false, 1)],
    ['a: f[1].wanted true -> false, f[1].has 0 -> 1'],
  ],
  [
    'an item that is taken away',
    [half(true), half(false)],
    [half(true), null],
    [`a: f[1] ${JSON.stringify(half(false))} -> null`],
  ],
  ['what came', [half(true), half(false)], [half(true), 7, half(false)], ['a: f gains 7']],
  ['what went', [half(true), 7, half(false)], [half(true), half(false)], ['a: f loses 7']],
  [
    'what went and came',
    [7, half(true), half(false)],
    [half(false), 8],
    [`a: f loses 7, ${JSON.stringify(half(true))}, f gains 8`],
  ],
  [
    'among equal ones',
    [half(true), half(true)],
    [half(true), half(true), half(true)],
    [`a: f gains ${JSON.stringify(half(true))}`],
  ],
  ['nothing', [half(true)], [half(true)], []],
])('%s', (_, before, after, lines) => {
  expect(changed(before, after)).toEqual(lines);
});
