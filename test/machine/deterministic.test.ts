/** Two answers to one input: every place where a machine can vary, and that the report names the event and the field. */
import { beforeEach, describe, expect, test } from 'vitest';
import { type AnyStateMachine, assign, emit, enqueueActions, raise } from 'xstate';
import { peer, system } from '../../src/kernel/index.js';
import { check } from '../../src/run/check.js';
import { onGo, Played, refusalOf, untyped } from '../support/peers.js';

let calls = 0;
beforeEach(() => {
  calls = 0;
});

/** Things that give another number each time; a clock gives one only if it is read often enough. */
const sources: readonly [string, () => number][] = [
  ['Math.random', () => Math.random()],
  ['a counter outside', () => ++calls],
  ['a clock', () => Number(process.hrtime.bigint() % 1_000_000_007n)],
];

const places: readonly [string, (vary: () => number) => AnyStateMachine, RegExp][] = [
  ['assign', (vary) => onGo(assign({ a: () => ({ b: vary() }) })), /context\.a\.b: .+ and then .+/],
  ['assign as one function', (vary) => onGo(assign(() => ({ a: [vary()] }))), /context\.a\[0\]: .+ and then .+/],
  [
    'enqueueActions',
    (vary) => onGo(enqueueActions(({ enqueue }) => enqueue.assign({ a: vary() }))),
    /context\.a: .+ and then .+/,
  ],
  [
    'a message',
    (vary) => onGo(emit(() => ({ type: 'send', to: 'q', message: { type: 'x', n: vary() } }) as never)),
    /messages said\[0\]\.message\.n: .+ and then .+/,
  ],
  [
    'a receiver',
    (vary) => onGo(emit(() => ({ type: 'send', to: `q${vary()}`, message: { type: 'x' } }) as never)),
    /messages said\[0\]\.to\[0\]: "q.+" and then "q.+"/,
  ],
  [
    'what a timer raises',
    (vary) => onGo(raise(() => ({ type: 'x', n: vary() }) as never, { id: 't', delay: 1 })),
    /timers\[0\]\.event\.n: .+ and then .+/,
  ],
  ['a delay', (vary) => onGo(raise({ type: 'x' }, { id: 't', delay: vary })), /timers\[0\]\.delay: .+ and then .+/],
  [
    'a delay of after',
    (vary) =>
      untyped(
        { initial: 'a', states: { a: { on: { go: 'b' } }, b: { after: { patience: 'a' } } } },
        { delays: { patience: vary } },
      ),
    /timers\[0\]\.delay: .+ and then .+/,
  ],
  [
    'an output',
    (vary) =>
      untyped({
        initial: 'a',
        states: { a: { on: { go: 'b' } }, b: { type: 'final' } },
        output: () => ({ n: vary() }),
      }),
    /output\.n: .+ and then .+/,
  ],
];

describe.each(sources)('%s', (_source, vary) => {
  test.each(places)('in %s', (_place, make, field) => {
    const error = refusalOf(make(vary));
    expect(error.code).toBe('MACHINE_NOT_DETERMINISTIC');
    expect(error.message).toMatch(/peer p/);
    expect(error.where).toMatch(/^on \{"type":"go"\}: /);
    expect(error.where).toMatch(field);
    expect(error.hint).toMatch(/Math\.random, clocks and outside variables/);
  });

  test('in the first context', () => {
    const error = refusalOf(untyped({ context: () => ({ a: vary() }) }));
    expect(error.code).toBe('MACHINE_NOT_DETERMINISTIC');
    expect(error.where).toMatch(/^on its start: context\.a: .+ and then .+/);
  });
});

describe('every other time', () => {
  const odd = () => ++calls % 2 === 1;

  test.each<[string, AnyStateMachine, RegExp]>([
    [
      'a guard, and with it the state',
      untyped({ initial: 'a', states: { a: { on: { go: { guard: odd, target: 'b' } } }, b: {} } }),
      /state: "b" and then "a"/,
    ],
    [
      'a guard, and with it what is said',
      onGo(
        enqueueActions(({ enqueue, check }) => {
          if (check(odd)) enqueue.emit({ type: 'send', to: 'q', message: { type: 'x' } } as never);
        }),
      ),
      /messages said\[0\]: .+ and then absent/,
    ],
    [
      'a guard, and with it a timer',
      onGo(
        enqueueActions(({ enqueue, check }) => {
          if (check(odd)) enqueue.raise({ type: 'x' }, { id: 't', delay: 1 });
        }),
      ),
      /timers\[0\]: .+ and then absent/,
    ],
    [
      'a receiver among others',
      onGo(emit(() => ({ type: 'send', to: odd() ? ['q', 'r'] : ['q'], message: { type: 'x' } }) as never)),
      /messages said\[0\]\.to\[1\]: "r" and then absent/,
    ],
    ['a field that is not there', onGo(assign(() => (odd() ? { a: undefined } : {}))), /undefined and then absent/],
  ])('%s', (_, machine, difference) => {
    const error = refusalOf(machine);
    expect([error.code, error.where]).toEqual(['MACHINE_NOT_DETERMINISTIC', expect.stringMatching(difference)]);
  });

  test('what history remembers', () => {
    const machine = untyped({
      initial: 'work',
      states: {
        work: {
          initial: 'one',
          states: { one: { always: { guard: odd, target: 'two' } }, two: {}, before: { type: 'history' } },
          on: { go: 'rest' },
        },
        rest: {},
      },
      on: { enter: '.work' },
    });
    // At its start the machine gets to `two` in one run, and in the other not.
    expect(refusalOf(machine).where).toMatch(/^on its start: state\.work: "(one|two)" and then "(one|two)"/);
  });
});

test('data that is shared between steps and grows is a difference too', () => {
  let shared: readonly number[] = [];
  const machine = onGo(
    assign(() => {
      shared = [...shared, 1];
      return { shared };
    }),
  );
  expect(refusalOf(machine).where).toMatch(/context\.shared\[1\]: absent and then 1/);
});

test('what varies from one event to the next is what events are for', () => {
  const p = new Played(onGo(assign({ a: ({ event }) => event.n })));
  p.hear({ type: 'go', n: 1 });
  expect(p.context).toEqual({ a: 1 });
  p.hear({ type: 'go', n: 2 });
  expect(p.context).toEqual({ a: 2 });
});

describe('what two runs in a row cannot tell is told at the end of a search', () => {
  const searched = (machine: ReturnType<typeof onGo>) =>
    check(system({ name: 'late', peers: { p: peer(machine as never) }, operations: [{ name: 'go', limit: 3 }] }), []);

  test('something outside that changes later', () => {
    let calls = 0;
    const machine = onGo(assign(() => ({ a: Math.floor(calls++ / 2) })));
    expect(() => searched(machine)).toThrow(
      expect.objectContaining({ code: 'MACHINE_NOT_DETERMINISTIC', where: expect.stringContaining('context.a') }),
    );
  });

  test('the order of fields', () => {
    const machine = onGo(
      assign(({ context }) => ({
        seen: Object.keys((context as { parts?: object }).parts ?? {}).join(),
        parts: { x: 1, y: 2 },
      })),
    );
    expect(() => searched(machine)).toThrow(
      expect.objectContaining({
        code: 'MACHINE_NOT_DETERMINISTIC',
        where: expect.stringContaining('"x,y" and then "y,x"'),
      }),
    );
  });
});
