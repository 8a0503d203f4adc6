/** Machines that throw, that never come to rest, and that change in place what they were given. */
import { describe, expect, test } from 'vitest';
import { type AnyStateMachine, assign, emit, enqueueActions, raise } from 'xstate';
import { expectRefusal, onGo, refusalOf, untyped } from '../support/peers.js';

describe('what throws', () => {
  const boom = (): never => {
    throw new Error('boom');
  };

  test.each<[string, AnyStateMachine, RegExp]>([
    ['a guard', untyped({ on: { go: { guard: boom, actions: raise({ type: 'x' }) } } }), /boom/],
    ['an assignment', onGo(assign(boom)), /boom/],
    ['an emission', onGo(emit(boom)), /boom/],
    ['a delay', onGo(raise({ type: 'x' }, { id: 't', delay: boom })), /boom/],
    ['the first context', untyped({ context: boom }), /boom/],
    ['an entry action of the first state', untyped({ entry: assign(boom) }), /boom/],
    [
      'something that is no error',
      onGo(
        assign(() => {
          throw 'boom';
        }),
      ),
      /boom/,
    ],
    [
      'an action that enqueues itself for ever',
      onGo('again', { actions: { again: enqueueActions(({ enqueue }) => enqueue('again')) } }),
      /call stack/,
    ],
  ])('%s', (_, machine, names) => {
    const error = refusalOf(machine);
    expectRefusal(error, 'MACHINE_THREW', names, /guard against this input/);
    expect(error.where).toMatch(/^on (its start|\{"type":"go"\})$/);
    expect(error.cause).toBeDefined();
  });

  const loop = { a: { always: 'b' }, b: { always: 'a' } };
  test.each<[string, AnyStateMachine]>([
    ['always, from the start', untyped({ initial: 'a', states: loop })],
    ['always, later', untyped({ initial: 'quiet', states: { quiet: { on: { go: 'a' } }, ...loop } })],
    ['raised events', untyped({ on: { go: { actions: raise({ type: 'go' }) } } })],
  ])('an endless loop of %s', (_, machine) =>
    expectRefusal(refusalOf(machine), 'MACHINE_THREW', /Infinite loop/, /a guard that ends it/),
  );
});

describe('data that is changed in place', () => {
  const context = { list: [1, 2], inner: { n: 0 } };
  type Context = typeof context;
  const changes: readonly [string, (context: Context) => void][] = [
    [
      'a field',
      ({ inner }) => {
        inner.n++;
      },
    ],
    [
      'a new field',
      ({ inner }) => {
        Object.assign(inner, { more: 1 });
      },
    ],
    [
      'a field deleted',
      ({ inner }) => {
        delete (inner as Partial<Context['inner']>).n;
      },
    ],
    [
      'a field defined',
      ({ inner }) => {
        Object.defineProperty(inner, 'n', { value: 7 });
      },
    ],
    [
      'push',
      ({ list }) => {
        list.push(3);
      },
    ],
    [
      'pop',
      ({ list }) => {
        list.pop();
      },
    ],
    [
      'shift',
      ({ list }) => {
        list.shift();
      },
    ],
    [
      'splice',
      ({ list }) => {
        list.splice(0, 1);
      },
    ],
    [
      'sort',
      ({ list }) => {
        list.sort();
      },
    ],
    [
      'reverse',
      ({ list }) => {
        list.reverse();
      },
    ],
    [
      'length',
      ({ list }) => {
        list.length = 0;
      },
    ],
  ];
  const inPlace = /in place; return new data from assign/;

  test.each(changes)('%s of the context, in assign', (_, change) => {
    const machine = untyped({
      context,
      on: {
        go: {
          actions: assign(({ context }) => {
            change(context as never);
            return {};
          }),
        },
      },
    });
    expectRefusal(refusalOf(machine), 'MACHINE_THREW', /./, inPlace);
  });

  test.each(changes)('%s of the context, in a guard', (_, change) => {
    const guard = ({ context }: { context: Context }) => {
      change(context);
      return true;
    };
    const machine = untyped({ context, on: { go: { guard, actions: raise({ type: 'x' }) } } });
    expectRefusal(refusalOf(machine), 'MACHINE_THREW', /./, inPlace);
  });

  test('of the event', () => {
    const machine = onGo(
      assign(({ event }) => {
        Object.assign(event, { seen: true });
        return {};
      }),
    );
    expectRefusal(refusalOf(machine), 'MACHINE_THREW', /seen/, inPlace);
  });

  test('of the input', () => {
    const machine = untyped({ context: ({ input }: { input: { n: number } }) => ({ n: input.n++ }) });
    expectRefusal(refusalOf(machine, { n: 1 }), 'MACHINE_THREW', /'n'/, inPlace);
  });

  test('of a message after it was said', () => {
    const message = { type: 'x', n: 0 };
    const machine = onGo([
      emit({ type: 'send', to: 'q', message } as never),
      assign(() => {
        message.n++;
        return {};
      }),
    ]);
    expectRefusal(refusalOf(machine), 'MACHINE_THREW', /'n'/, inPlace);
  });
});
