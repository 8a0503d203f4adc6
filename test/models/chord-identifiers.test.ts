/** The theorems on identifier spaces that Zave checked in Alloy for ten identifiers, for all of them up to ten. */
import { describe, expect, test } from 'vitest';
import { between, circle, following, type Id, includedIn, nameOf } from '../../models/chord/index.js';

const sizes = circle(11).slice(1);

const all = (n: number, times: number): readonly (readonly Id[])[] =>
  times === 0 ? [[]] : all(n, times - 1).flatMap((ids) => circle(n).map((id) => [...ids, id]));

const distinct = (...ids: readonly Id[]): boolean => new Set(ids).size === ids.length;

/** Identifiers for which the theorem is false. */
const exceptions = (n: number, times: number, holds: (...ids: Id[]) => boolean) =>
  all(n, times).filter((ids) => !holds(...ids));

describe.each(sizes)('on a circle of %i', (n) => {
  const theorem = (name: string, times: number, holds: (...ids: Id[]) => boolean) =>
    test(name, () => expect(exceptions(n, times, holds)).toEqual([]));

  theorem('AnyBetweenAny', 2, (a = 0, x = 0) => between(a, x, a) === (x !== a));
  theorem('nothing is between itself and another', 2, (a = 0, c = 0) => !between(a, a, c) && !between(a, c, c));
  theorem('AnyIncludedInAny', 2, (a = 0, x = 0) => includedIn(a, x, a));
  theorem(
    'who is included is between or an end',
    3,
    (a = 0, x = 0, c = 0) => includedIn(a, x, c) === (between(a, x, c) || x === a || x === c),
  );
  theorem('IncludedReversesBetween', 3, (a = 0, x = 0, c = 0) => a === c || !between(a, x, c) === includedIn(c, x, a));
  theorem(
    'ChainedIntervals',
    4,
    (a = 0, b = 0, c = 0, x = 0) =>
      !distinct(a, b, c) || !(between(a, b, c) && includedIn(a, x, b) && includedIn(b, x, c)) || x === b,
  );
  theorem(
    'LocationOfUnskippedNode',
    4,
    (a = 0, b = 0, c = 0, x = 0) =>
      !distinct(a, b, c) || between(a, x, b) || between(b, x, c) || [a, b, c].includes(x) || between(c, x, a),
  );
  theorem('going clockwise from one, it is between as often as it comes before the other', 3, (a = 0, x = 0, c = 0) => {
    const steps = (to: Id) => (to - a + n - 1) % n;
    return between(a, x, c) === steps(x) < steps(c);
  });
  theorem('nobody is between one and the next', 2, (a = 0, x = 0) => n === 1 || !between(a, x, following(a, n)));
});

test('ChainedIntervals needs the middle one to be in the middle', () => {
  expect(
    exceptions(
      3,
      4,
      (a = 0, b = 0, c = 0, x = 0) => !distinct(a, b, c) || !(includedIn(a, x, b) && includedIn(b, x, c)) || x === b,
    ),
  ).not.toEqual([]);
});

test('peers are called by their identifiers', () => expect(circle(3).map(nameOf)).toEqual(['0', '1', '2']));
