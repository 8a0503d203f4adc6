/** Small systems with one bug each, of a kind that some schedules find and others do not. */

import type { Trial } from './frequency.js';
import { operation, timer, toyModel } from './toy-model.js';

/** `b` makes its only move after the last of `a`'s thirty. */
export const late: Trial = {
  model: toyModel({
    names: ['a', 'b'],
    rules: [
      timer('a', 'climb', ([a = 0, b = 0]) => (a < 30 ? [a + 1, b] : undefined)),
      timer('b', 'act', ([a = 0, b = 0]) => (b === 0 ? [a, a === 30 ? 2 : 1] : undefined)),
    ],
  }),
  classes: ['timeout'],
  isBug: ([, b]) => b === 2,
  moves: 100,
};

/**
 * Each makes twelve moves; `b` makes none before the sixth of `a`, and nine before the seventh: two events in the wrong order, of
 * depth 2.
 */
export const overtaken: Trial = {
  model: toyModel({
    names: ['a', 'b', 'seen'],
    rules: [
      timer('a', 'climb', ([a = 0, b = 0, seen = 0]) => {
        if (a === 12) return undefined;
        if (a === 5) return [6, b, b === 0 ? 1 : 0];
        return [a + 1, b, a === 6 && seen === 1 && b >= 9 ? 2 : seen];
      }),
      timer('b', 'climb', ([a = 0, b = 0, seen = 0]) => (b < 12 ? [a, b + 1, seen] : undefined)),
    ],
  }),
  classes: ['timeout'],
  isBug: ([, , seen]) => seen === 2,
  moves: 100,
};

/** Ten digits, seven of them in the right order; a wrong one, and one begins anew. */
export const lock: Trial = {
  model: toyModel({
    names: ['lock'],
    rules: Array.from({ length: 10 }, (_, digit) =>
      operation('lock', 'press', ([n = 0]) => (n === 7 ? undefined : [(n * 7 + 3) % 10 === digit ? n + 1 : 0]), digit),
    ),
  }),
  classes: ['press'],
  isBug: ([n]) => n === 7,
  moves: 30,
};

/** The same, and nothing shows how far one has come: every sequence of digits is as new as any other. */
export const blindLock: Trial = {
  model: toyModel({
    names: ['lock'],
    rules: Array.from({ length: 10 }, (_, digit) =>
      operation('lock', 'press', ([n = 1]) => (n >= 10_000_000 ? undefined : [n * 10 + digit]), digit),
    ),
    starts: [[1]],
  }),
  classes: ['press'],
  isBug: ([n]) => n === 13_074_185,
  moves: 30,
};

/** A stack that takes forty, pushed and popped. */
export const stack: Trial = {
  model: toyModel({
    names: ['stack'],
    rules: [
      operation('stack', 'push', ([size = 0]) => (size < 40 ? [size + 1] : undefined)),
      operation('stack', 'pop', ([size = 0]) => (size > 0 ? [size - 1] : undefined)),
    ],
  }),
  classes: ['push', 'pop'],
  isBug: ([size]) => size === 40,
  moves: 200,
};

/** Left and right by turns, ten times; otherwise one begins anew. */
export const alternating: Trial = {
  model: toyModel({
    names: ['walker'],
    rules: [
      operation('walker', 'left', ([n = 0]) => (n === 10 ? undefined : [n % 2 === 0 ? n + 1 : 0])),
      operation('walker', 'right', ([n = 0]) => (n === 10 ? undefined : [n % 2 === 1 ? n + 1 : 0])),
    ],
  }),
  classes: ['left', 'right'],
  isBug: ([n]) => n === 10,
  moves: 60,
};
