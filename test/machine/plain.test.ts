/** What a machine may keep and say: plain data, and nothing else, wherever it stands. */
import { describe, expect, test } from 'vitest';
import { type AnyStateMachine, assign, emit, raise } from 'xstate';
import { system } from '../../src/kernel/index.js';
import { compose } from '../../src/system/index.js';
import { expectRefusal, onGo, Played, refusal, refusalOf, says, untyped } from '../support/peers.js';

describe('what is emitted', () => {
  test.each<[string, AnyStateMachine, RegExp]>([
    ['another event', onGo(emit({ type: 'notify' })), /emitted \{"type":"notify"\}/],
    ['no receiver', onGo(emit({ type: 'send', message: { type: 'x' } } as never)), /emitted \{"type":"send"/],
    ['a receiver that is no name', onGo(emit({ type: 'send', to: 7, message: { type: 'x' } } as never)), /"to":7/],
    [
      'one such receiver among others',
      onGo(emit({ type: 'send', to: ['q', null], message: { type: 'x' } } as never)),
      /null/,
    ],
    ['no message', onGo(emit({ type: 'send', to: 'q' } as never)), /emitted \{"type":"send","to":"q"\}/],
    ['a message without a type', says({ kind: 'x' }), /"kind":"x"/],
    ['a message that is text', says('hello'), /"hello"/],
    ['nothing at all', onGo(emit((() => undefined) as never)), /emitted undefined/],
    ['a message that says from whom it is', says({ type: 'x', from: 'q' }), /'from'/],
  ])('%s', (_, machine, names) => expectRefusal(refusalOf(machine), 'MACHINE_EMITTED', names, /./));

  test('to somebody who is no peer is an error of the system, which names who there is', () => {
    const machine = untyped({ entry: emit({ type: 'send', to: 'nobody', message: { type: 'x' } } as never) });
    const error = refusal(() =>
      compose(system({ name: 's', peers: { p: { machine, input: undefined, stable: [] } } })),
    );
    expect([error.code, error.expected]).toEqual(['SYSTEM_INVALID', 'one of p']);
    expect(error.message).toMatch(/'nobody'/);
    expect(error.hint).toBeTruthy();
  });
});

class Point {
  readonly x = 1;
}
const cycle: { type: string; self?: object } = { type: 'x' };
cycle.self = { cycle };

const notPlain: readonly [string, unknown, RegExp][] = [
  ['a Map', new Map(), /an instance of Map/],
  ['a Set', new Set(), /an instance of Set/],
  ['a Date', new Date(0), /an instance of Date/],
  ['bytes', new Uint8Array(4), /an instance of Uint8Array/],
  ['a class instance', new Point(), /an instance of Point/],
  ['a function', () => 1, /a function/],
  ['a symbol', Symbol('x'), /a symbol/],
  ['a cycle', cycle, /a cycle/],
  ['an object with a prototype of its own', Object.create({ x: 1 }), /an instance of Object|a prototype/],
];

describe('data that is not plain', () => {
  const where = (root: string, found: RegExp) =>
    new RegExp(`^${root}\\.a\\[1\\]\\.b(\\.self\\.cycle)? is (${found.source})`);
  const deep = (value: unknown) => [0, { b: value }];

  describe.each(notPlain)('%s', (_, value, found) => {
    test.each<[string, string, () => AnyStateMachine, unknown?]>([
      ['in the first context', 'context', () => untyped({ context: { a: deep(value) } })],
      ['assigned', 'context', () => onGo(assign({ a: () => deep(value) }))],
      ['in a message', 'message', () => says({ type: 'x', a: deep(value) })],
      [
        'in what a timer raises',
        'timer event',
        () => onGo(raise({ type: 'x', a: deep(value) } as never, { id: 't', delay: 1 })),
      ],
      ['in the input', 'input', () => untyped({}), { a: deep(value) }],
    ])('%s', (_place, root, make, input) =>
      expectRefusal(
        refusalOf(make(), input),
        'MACHINE_NOT_PLAIN',
        where(root, found),
        /a Map as .*, a Set as .*, a class instance as /,
      ),
    );

    test('in an event that is offered', () => {
      const p = new Played(untyped({}));
      const error = refusal(() => p.hear({ type: 'go', a: deep(value) } as never));
      expectRefusal(error, 'MACHINE_NOT_PLAIN', where('event', found), /./);
    });
  });

  test('the output of a machine that is done', () => {
    const machine = untyped({
      initial: 'a',
      states: { a: { on: { go: 'b' } }, b: { type: 'final' } },
      output: () => new Map(),
    });
    expectRefusal(refusalOf(machine), 'MACHINE_NOT_PLAIN', /^output is an instance of Map/, /./);
  });

  test('an actor', () => {
    const machine = untyped({ context: ({ self }: { self: unknown }) => ({ self }) });
    expectRefusal(refusalOf(machine), 'MACHINE_NOT_PLAIN', /^context.self is an instance of Actor/, /./);
  });
});
