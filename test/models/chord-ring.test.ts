/** The view of a network that the laws are written over, and who may fail in it. */
import { describe, expect, test } from 'vitest';
import { arc, count, has, inOrder, mayFail, only, type Ring, ringOf } from '../../models/chord/index.js';
import { network } from '../support/chord-network.js';

const setOf = (...ids: readonly number[]) => ids.reduce((set, id) => set | only(id), 0);

test('sets of identifiers', () => {
  expect(inOrder(setOf(4, 0, 2))).toEqual([0, 2, 4]);
  expect(count(setOf(4, 0, 2))).toBe(3);
  expect(inOrder(setOf(29))).toEqual([29]);
  expect([has(setOf(2), 2), has(setOf(2), 1), has(setOf(2), null), has(setOf(2), undefined)]).toEqual([
    ...[true, false, false, false],
  ]);
  expect(inOrder(arc(3, 1, 5))).toEqual([0, 4]);
  expect(inOrder(arc(3, 3, 5))).toEqual([0, 1, 2, 4]);
});

describe('the view', () => {
  // 0 and 3 are a ring; 1 leads to it by way of 2; 4 is dead, and 3 lists it first.
  const view = network(5, { 0: [3, 0], 1: [2, 3], 2: [4, 3], 3: [4, 0] });

  test('knows members, best successors and whom one comes to', () => {
    expect(inOrder(view.members)).toEqual([0, 1, 2, 3]);
    expect(view.best).toEqual([3, 2, 3, 0, undefined]);
    expect(view.reach.map(inOrder)).toEqual([[0, 3], [0, 2, 3], [0, 3], [0, 3], []]);
  });

  test('knows the ring by best successors, and the one by first entries', () => {
    expect(inOrder(view.ring)).toEqual([0, 3]);
    expect(inOrder(view.succRing)).toEqual([]);
    expect(inOrder(network(5, { 0: [3, 0], 3: [0, 3], 1: [3, 0] }).succRing)).toEqual([0, 3]);
  });

  test('knows whom no list skips', () => {
    // To get to 3, 0 goes past 1.
    expect(inOrder(network(5, { 0: [3, 0], 1: [2, 3], 3: [4, 0] }).principals)).toEqual([0, 3]);
    // From 4 to 3, the list of 2 goes past everybody else.
    expect(inOrder(view.principals)).toEqual([]);
    expect(inOrder(network(4, { 0: [1, 2], 1: [2, 0], 2: [0, 1] }).principals)).toEqual([0, 1, 2]);
    expect(inOrder(network(4, { 0: [0] }).principals)).toEqual([0]);
  });

  test('may be told another idea of a best successor', () => {
    const byFirstEntry = ringOf(view.lists, view.members, (list) => list[0]);
    expect(byFirstEntry.best).toEqual([3, 2, 4, 4, undefined]);
    expect(byFirstEntry.ring).toBe(0);
  });
});

describe('a member may fail', () => {
  const failing = (view: Ring, principals = 0, liveEntry = true) => inOrder(mayFail(view, { liveEntry, principals }));

  test('unless somebody lists it and nobody else who lives', () => {
    const view = network(4, { 0: [1, 2], 1: [3, 0], 2: [0, 1] });
    expect(failing(view)).toEqual([1, 2]);
    expect(failing(view, 0, false)).toEqual([0, 1, 2]);
  });

  test('if who lists it also lists itself', () => {
    expect(failing(network(2, { 0: [1, 0], 1: [0] }))).toEqual([1]);
  });

  test('unless it is the last', () => {
    expect(failing(network(2, { 0: [0, 0] }), 0, false)).toEqual([]);
  });

  test('unless it is a principal and there are no more than must remain', () => {
    const view = network(5, { 0: [2, 3], 1: [2, 3], 2: [3, 0], 3: [0, 2] });
    expect(inOrder(view.principals)).toEqual([0, 2, 3]);
    expect(failing(view, 3)).toEqual([1]);
    expect(failing(view, 2)).toEqual([0, 1, 2, 3]);
  });
});
