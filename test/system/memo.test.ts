/** A memo that forgets is slower, never wrong: also for those who kept the number of an answer. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Memo } from '../../src/system/memo.js';
import { onceEach } from '../../src/system/observers.js';

const pairs = fc.array(fc.tuple(fc.nat(30), fc.nat(30)), { minLength: 200, maxLength: 400 });

/** Reads the first number, and the second only if the first is odd. */
const shape = (memo: Memo<string>) => {
  let state = new Int32Array(2);
  const answerTo = ([a, b]: Iterable<number>) => (a! % 2 === 1 ? `${a} ${b}` : `${a}`);
  const source = {
    value: (aspect: number) => state[aspect]!,
    compute: () => {
      const reads = state[0]! % 2 === 1 ? [0, 1] : [0];
      return { answer: answerTo(state), reads: reads.map((aspect) => ({ aspect, value: state[aspect]! })) };
    },
  };
  const number = (of: Int32Array) => {
    state = Int32Array.from(of);
    return memo.number(source);
  };
  return { number, answerTo };
};

test.each([1, 5, 40, 1_000])('with room for %i nodes every answer is right', (limit) => {
  fc.assert(
    fc.property(pairs, (states) => {
      const memo = new Memo<string>(limit);
      const { number, answerTo } = shape(memo);
      const cached = onceEach({ number, has: (one) => memo.has(one) });
      let before = Int32Array.from(states[0]!);
      for (const pair of states) {
        const state = Int32Array.from(pair);
        // As a property of steps does: now the one, now the other.
        for (const one of [before, state, before, state]) expect(memo.answer(cached(one))).toBe(answerTo(one));
        before = state;
      }
    }),
    { numRuns: 30 },
  );
});
