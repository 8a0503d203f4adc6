/** Histories that are known to be linearizable and known not to be, and thousands of small ones against every order there is. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Call, checkLinearizable, register, registers, type SequentialSpec } from '../../src/conform/index.js';
import type { Plain } from '../../src/kernel/index.js';

type Register = Parameters<ReturnType<typeof register>['after']>[1];

const put = (value: number, called: number, returned?: number): Call<Register> => ({
  client: `p${value}`,
  input: { type: 'put', value },
  called,
  ...(returned === undefined ? {} : { returned, output: 'ok' }),
});
const get = (output: Plain, called: number, returned: number): Call<Register> => ({
  client: 'g',
  input: { type: 'get' },
  called,
  returned,
  output,
});
const swap = (expected: number, value: number, output: boolean, called: number, returned: number): Call<Register> => ({
  client: 's',
  input: { type: 'swap', expected, value },
  called,
  returned,
  output,
});

describe('of a register that holds 0', () => {
  const verdict = (...history: readonly Call<Register>[]) => checkLinearizable(register(0), history).verdict;

  test.each<readonly [string, readonly Call<Register>[]]>([
    ['nothing', []],
    ['what was put is found', [put(1, 0, 1), get(1, 2, 3)]],
    ['a get beside a put finds the old value', [put(1, 0, 9), get(0, 1, 2)]],
    ['or the new one', [put(1, 0, 9), get(1, 1, 2)]],
    ['of two puts at once either may be the last', [put(1, 0, 5), put(2, 0, 5), get(1, 6, 7)]],
    ['a put that nobody heard of took effect', [put(1, 0), get(1, 5, 6)]],
    ['or did not yet', [put(1, 0), get(0, 5, 6)]],
    ['or took effect between two gets', [put(1, 0), get(0, 5, 6), get(1, 7, 8)]],
    ['asked at the moment of the answer is beside it', [put(1, 0, 1), get(0, 1, 2)]],
    // Herlihy and Wing, figure 1 (H1), of a register.
    ['two puts with a get across them', [put(1, 0, 2), put(2, 1, 6), get(1, 3, 4), get(2, 5, 7)]],
    ['a swap that fails beside one that does not', [swap(0, 1, true, 0, 4), swap(0, 2, false, 1, 3), get(1, 5, 6)]],
  ])('linearizable: %s', (_, history) => {
    expect(verdict(...history)).toBe('linearizable');
  });

  test.each<readonly [string, number, readonly Call<Register>[]]>([
    ['what was put is not found', 1, [put(1, 0, 1), get(0, 2, 3)]],
    ['what nobody put is found', 0, [get(7, 0, 1)]],
    ['a value is found before it was asked to be put', 0, [get(1, 0, 1), put(1, 2, 3)]],
    ['new, then old', 2, [put(1, 0, 9), get(1, 1, 2), get(0, 3, 4)]],
    ['an old value comes back after a later put', 3, [put(1, 0, 1), put(2, 2, 3), get(2, 4, 5), get(1, 6, 7)]],
    ['a put that nobody heard of comes and goes', 2, [put(1, 0), get(1, 5, 6), get(0, 7, 8)]],
    ['both of two swaps succeed', 1, [swap(0, 1, true, 0, 4), swap(0, 2, true, 1, 5)]],
  ])('not linearizable: %s', (_, culprit, history) => {
    expect(checkLinearizable(register(0), history)).toMatchObject({
      verdict: 'not linearizable',
      culprit: history[culprit],
    });
  });

  test('the order that explains it is told, and a put that can have had no effect yet is left out', () => {
    const history = [put(1, 0), put(2, 1, 9), get(0, 2, 3), get(2, 4, 5), get(2, 10, 11)].toSpliced(0, 1, put(1, 12));
    expect(checkLinearizable(register(0), history)).toEqual({
      verdict: 'linearizable',
      orders: [{ part: '', order: [history[2], history[1], history[3], history[4]] }],
    });
  });

  test('of one that is not, the order of all that was answered before', () => {
    const history = [put(1, 0, 1), get(1, 2, 3), get(0, 4, 5), put(5, 6, 7)];
    expect(checkLinearizable(register(0), history)).toMatchObject({ culprit: history[2], before: history.slice(0, 2) });
  });
});

describe('keys', () => {
  const at = (key: string, call: Call<Register>) => ({ ...call, input: { ...call.input, key } });

  test('are judged each for itself, and the one that is wrong is told', () => {
    const history = [at('a', put(1, 0, 1)), at('b', get(0, 2, 3)), at('a', get(1, 4, 5))];
    expect(checkLinearizable(registers(0), history)).toMatchObject({
      verdict: 'linearizable',
      orders: [{ part: 'a' }, { part: 'b' }],
    });
    expect(checkLinearizable(registers(0), [...history, at('b', get(1, 6, 7))])).toMatchObject({ part: 'b' });
  });

  test('many operations of many keys are quick', () => {
    const history = Array.from({ length: 40 }, (_, key) =>
      Array.from({ length: 10 }, (_, i) => [
        at(`k${key}`, put(i, i * 10, i * 10 + 15)),
        at(`k${key}`, get(i, i * 10 + 12, i * 10 + 18)),
      ]),
    ).flat(2);
    expect(checkLinearizable(registers(0), history)).toMatchObject({ verdict: 'linearizable' });
  });
});

/** A queue: of two elements put at once either may be the first, and what comes out says which. */
type Queue = { readonly type: 'in'; readonly value: number } | { readonly type: 'out' };
const queue: SequentialSpec<readonly number[], Queue> = {
  start: [],
  after: (state, input, output) => {
    if (input.type === 'in') return [[...state, input.value]];
    const [first, ...rest] = state;
    return output === undefined || output === (first ?? null) ? [rest] : [];
  },
};

test('Herlihy and Wing, the four histories of a queue in section 1', () => {
  const enq = (client: string, value: number, called: number, returned: number) => ({
    client,
    input: { type: 'in', value } as const,
    called,
    returned,
    output: 'ok',
  });
  const deq = (client: string, output: number, called: number, returned: number) => ({
    client,
    input: { type: 'out' } as const,
    called,
    returned,
    output,
  });
  const [x, y] = [1, 2];
  const verdicts = [
    [enq('A', x, 0, 3), enq('B', y, 1, 2), deq('B', x, 4, 5), deq('A', y, 6, 8), enq('A', 3, 9, 10)],
    [enq('A', x, 0, 1), enq('B', y, 2, 3), deq('A', y, 4, 5)],
    [enq('A', x, 0, 3), deq('B', x, 1, 2)],
    [enq('A', x, 0, 1), enq('B', y, 2, 5), deq('A', y, 3, 4), deq('C', y, 6, 7)],
  ].map((history) => checkLinearizable(queue, history).verdict);
  expect(verdicts).toEqual(['linearizable', 'not linearizable', 'linearizable', 'not linearizable']);
});

test('an operation with several outcomes: each is tried', () => {
  /** A coin that falls as it likes, and stays so. */
  const coin: SequentialSpec<string, 'toss' | 'look'> = {
    start: '?',
    after: (state, input, output) =>
      input === 'toss' ? ['heads', 'tails'] : output === undefined || output === state ? [state] : [],
  };
  const toss = { client: 'a', input: 'toss', called: 0, returned: 1 } as const;
  const look = (output: string, called: number) =>
    ({ client: 'b', input: 'look', called, returned: called, output }) as const;
  expect(checkLinearizable(coin, [toss, look('tails', 2), look('tails', 3)]).verdict).toBe('linearizable');
  expect(checkLinearizable(coin, [toss, look('tails', 2), look('heads', 3)]).verdict).toBe('not linearizable');
});

test('says when it is too much', () => {
  const history = Array.from({ length: 12 }, (_, i) => put(i, 0, 100));
  expect(checkLinearizable(register(0), [...history, get(99, 200, 201)], { maxStates: 50 }).verdict).toBe('undecided');
  // With all of the memory it is 12 values times 2^12 sets at most.
  expect(checkLinearizable(register(0), [...history, get(99, 200, 201)]).verdict).toBe('not linearizable');
});

test.each([
  ['an answer before the question', { called: 5, returned: 4 }],
  ['no time', { called: Number.NaN }],
  ['an answer that never came', { called: 1, output: 'ok' }],
])('%s is refused', (_, times) => {
  const call = { client: 'a', input: { type: 'get' } as const, ...times };
  expect(() => checkLinearizable(register(0), [call])).toThrow(expect.objectContaining({ code: 'HISTORY_INVALID' }));
});

describe('thousands of random histories, each against all of its orders', () => {
  /** Whether some order of some of the operations, all answered ones among them, is one in time and does what was seen. */
  function isSome<S extends Plain, I>(spec: SequentialSpec<S, I>, history: readonly Call<I>[]): boolean {
    const from = (state: S, left: readonly Call<I>[]): boolean => {
      if (left.every(({ returned }) => returned === undefined)) return true;
      return left.some((call) => {
        const isFirst = left.every((other) => other.returned === undefined || other.returned >= call.called);
        return (
          isFirst &&
          spec.after(state, call.input, call.output).some((next) =>
            from(
              next,
              left.filter((one) => one !== call),
            ),
          )
        );
      });
    };
    return from(spec.start, history);
  }

  const time = fc.nat(9);
  const times = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.tuple(time, time).map(([a, b]) => ({ called: Math.min(a, b), returned: Math.max(a, b) })),
    },
    { weight: 1, arbitrary: time.map((called) => ({ called })) },
  );
  const small = fc.nat(2);
  const answered = (input: Register, output: Plain) =>
    times.map((at) => ({ client: 'c', input, ...at, ...('returned' in at ? { output } : {}) }));
  const ofRegister = fc.array(
    fc.oneof(
      small.chain((value) => answered({ type: 'put', value }, 'ok')),
      small.chain((output) => answered({ type: 'get' }, output)),
      fc
        .tuple(small, small, fc.boolean())
        .chain(([expected, value, output]) => answered({ type: 'swap', expected, value }, output)),
    ),
    { minLength: 1, maxLength: 6 },
  );
  const ofQueue = fc.array(
    fc.tuple(fc.boolean(), fc.nat(2), times).map(([isIn, value, at]): Call<Queue> => {
      const input: Queue = isIn ? { type: 'in', value } : { type: 'out' };
      return { client: 'c', input, ...at, ...('returned' in at ? { output: isIn ? 'ok' : value || null } : {}) };
    }),
    { minLength: 1, maxLength: 6 },
  );

  const agree = <S extends Plain, I>(spec: SequentialSpec<S, I>, histories: fc.Arbitrary<readonly Call<I>[]>) => {
    const verdicts = { linearizable: 0, 'not linearizable': 0, undecided: 0 };
    fc.assert(
      fc.property(histories, (history) => {
        const found = checkLinearizable(spec, history);
        verdicts[found.verdict]++;
        expect(found.verdict === 'linearizable').toBe(isSome(spec, history));
        if (found.verdict === 'linearizable') expectOrder(spec, history, found.orders[0]?.order ?? []);
      }),
      { numRuns: 4000, seed: 5 },
    );
    return verdicts;
  };

  /** The order that is told is one: it keeps time, has every answer, and does what was seen. */
  function expectOrder<S extends Plain, I>(
    spec: SequentialSpec<S, I>,
    history: readonly Call<I>[],
    order: readonly Call<I>[],
  ) {
    expect(history.filter(({ returned }) => returned !== undefined).every((call) => order.includes(call))).toBe(true);
    order.forEach((call, at) => {
      for (const later of order.slice(at + 1))
        expect((later.returned ?? Number.POSITIVE_INFINITY) >= call.called).toBe(true);
    });
    const end = order.reduce<readonly S[]>(
      (states, { input, output }) => states.flatMap((state) => spec.after(state, input, output)),
      [spec.start],
    );
    expect(end.length).toBeGreaterThan(0);
  }

  test('of a register', () => {
    const verdicts = agree(register(0), ofRegister);
    expect(Math.min(verdicts.linearizable, verdicts['not linearizable'])).toBeGreaterThan(1000);
  });

  test('of a queue', () => {
    const verdicts = agree(queue, ofQueue);
    expect(Math.min(verdicts.linearizable, verdicts['not linearizable'])).toBeGreaterThan(500);
  });
});
