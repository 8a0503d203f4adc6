/** What the adapter makes of each thing that an xstate machine may be written with. */
import { describe, expect, test } from 'vitest';
import { and, assign, emit, enqueueActions, log, not, or, raise, setup, stateIn } from 'xstate';
import type { Message, Send } from '../../src/kernel/index.js';
import { Played } from '../support/peers.js';

interface Count {
  readonly count: number;
}

/** Machines of this file count, hear `{ type, by? }` and say words to `q`. */
const base = setup({
  types: {
    context: {} as Count,
    input: {} as Count,
    events: {} as { type: string; by?: number },
    emitted: {} as Send<Message>,
  },
  guards: {
    isLow: ({ context }) => context.count < 3,
    isOver: ({ context }, limit: number) => context.count > limit,
  },
  actions: {
    add: assign({ count: ({ context, event }) => context.count + (event.by ?? 1) }),
    say: emit((_, word: string) => ({ type: 'send', to: 'q', message: { type: word } })),
    sayCount: emit(({ context }) => ({ type: 'send', to: ['q', 'r'], message: { type: 'count', is: context.count } })),
  },
});

const say = (params: string) => ({ type: 'say', params }) as const;
const words = ({ said }: Played) => said.map((line) => /"type":"(\w+)"/.exec(line)?.[1]).join(' ');
const start = { count: 0 };

describe('what a machine does', () => {
  test('it starts with its input, or with the context that it states', () => {
    const asked = base.createMachine({ context: ({ input }) => ({ count: input.count * 2 }) });
    expect(new Played(asked, { count: 21 }).context).toEqual({ count: 42 });
    expect(new Played(base.createMachine({ context: start })).context).toEqual(start);
    expect(new Played(setup({}).createMachine({})).context).toEqual({});
  });

  test('guards decide, with parameters and combined', () => {
    const p = new Played(
      base.createMachine({
        context: start,
        on: {
          go: [
            { guard: and(['isLow', not(or([{ type: 'isOver', params: 1 }]))]), actions: 'add' },
            { guard: { type: 'isOver', params: 1 }, actions: say('over') },
          ],
        },
      }),
    );
    expect([p.hear({ type: 'go' }), p.context]).toEqual([true, { count: 1 }]);
    expect([p.hear({ type: 'go' }), p.context]).toEqual([true, { count: 2 }]);
    expect([p.hear({ type: 'go' }), p.context, p.said]).toEqual([true, { count: 2 }, ['q: {"type":"over"}']]);
  });

  test('assign sees the event, and what was assigned before it in the same step', () => {
    const p = new Played(
      base.createMachine({ context: start, on: { go: { actions: ['add', 'sayCount', 'add', 'sayCount'] } } }),
    );
    p.hear({ type: 'go', by: 5 });
    expect(p.context).toEqual({ count: 10 });
    expect(p.said).toEqual(['q,r: {"type":"count","is":5}', 'q,r: {"type":"count","is":10}']);
  });

  test('enqueueActions does what it enqueues, and nothing else', () => {
    const p = new Played(
      base.createMachine({
        context: start,
        on: {
          go: {
            actions: enqueueActions(({ enqueue, check }) => {
              if (!check('isLow')) return;
              enqueue.assign({ count: 7 });
              enqueue(say('low'));
              enqueue.raise({ type: 'next' });
            }),
          },
          next: { actions: say('next') },
        },
      }),
    );
    p.hear({ type: 'go' });
    expect([p.context, words(p)]).toEqual([{ count: 7 }, 'low next']);
    const before = p.slot;
    expect(p.hear({ type: 'go' }), 'a transition was taken, though it did nothing').toBe(true);
    expect([p.slot, p.said]).toEqual([before, []]);
  });

  test('what is raised is heard before the step ends', () => {
    const p = new Played(
      base.createMachine({
        context: start,
        initial: 'a',
        states: {
          a: { on: { go: { target: 'b', actions: [raise({ type: 'on' }), say('a')] } } },
          b: { on: { on: 'c' } },
          c: { entry: say('c') },
        },
      }),
    );
    p.hear({ type: 'go' });
    expect([p.state, words(p)]).toEqual(['c', 'a c']);
  });

  test('always is followed to its end, also from the start', () => {
    const p = new Played(
      base.createMachine({
        context: start,
        initial: 'counting',
        states: {
          counting: {
            always: [
              {
                guard: 'isLow',
                target: 'counting',
                reenter: true,
                actions: assign({ count: ({ context }) => context.count + 1 }),
              },
              'counted',
            ],
          },
          counted: {},
        },
      }),
    );
    expect([p.state, p.context]).toEqual(['counted', { count: 3 }]);
  });

  test('always may answer an event for which there is no transition', () => {
    const p = new Played(
      base.createMachine({
        context: start,
        always: { guard: ({ event }) => event.type === 'go', actions: say('heard') },
      }),
    );
    const before = p.slot;
    expect(p.hear({ type: 'go' })).toBe(true);
    expect([p.slot, words(p)]).toEqual([before, 'heard']);
    expect(p.hear({ type: 'other' })).toBe(false);
  });

  test('exit, transition and entry speak in that order, from the inside out and in again', () => {
    const p = new Played(
      base.createMachine({
        context: start,
        initial: 'a',
        states: {
          a: {
            exit: say('outer'),
            initial: 'x',
            states: { x: { exit: say('inner') } },
            on: { go: { target: 'b.y', actions: say('moves') } },
          },
          b: { entry: say('enters'), initial: 'y', states: { y: { entry: say('deeper') } } },
        },
      }),
    );
    p.hear({ type: 'go' });
    expect(words(p)).toBe('inner outer moves enters deeper');
  });

  test('what is said on the way into the first state is said at the start', () => {
    const p = new Played(
      base.createMachine({ context: start, entry: say('root'), initial: 'a', states: { a: { entry: say('a') } } }),
    );
    expect(words(p)).toBe('root a');
  });

  test('nobody hears what is logged', () => {
    const p = new Played(base.createMachine({ context: start, on: { go: { actions: [log('gone'), say('gone')] } } }));
    p.hear({ type: 'go' });
    expect(words(p)).toBe('gone');
  });
});

describe('where a machine can be', () => {
  test('nested states', () => {
    const p = new Played(
      base.createMachine({
        context: start,
        initial: 'up',
        states: {
          up: { initial: 'idle', states: { idle: { on: { go: 'busy' } }, busy: {} }, on: { stop: 'down' } },
          down: {},
        },
      }),
    );
    expect(p.state).toEqual({ up: 'idle' });
    p.hear({ type: 'go' });
    expect(p.state).toEqual({ up: 'busy' });
    p.hear({ type: 'stop' });
    expect(p.state).toBe('down');
  });

  test('parallel states, which may ask for each other', () => {
    const p = new Played(
      base.createMachine({
        context: start,
        type: 'parallel',
        states: {
          left: { initial: 'off', states: { off: { on: { left: 'on' } }, on: {} } },
          right: {
            initial: 'off',
            states: { off: { on: { right: { guard: stateIn({ left: 'on' }), target: 'on' } } }, on: {} },
          },
        },
      }),
    );
    expect(p.hear({ type: 'right' })).toBe(false);
    p.hear({ type: 'left' });
    p.hear({ type: 'right' });
    expect(p.state).toEqual({ left: 'on', right: 'on' });
  });

  const remembering = (history: 'shallow' | 'deep') =>
    base.createMachine({
      context: start,
      initial: 'work',
      states: {
        work: {
          initial: 'one',
          states: {
            one: { on: { next: 'two' } },
            two: { initial: 'a', states: { a: { on: { next: 'b' } }, b: {} } },
            before: { type: 'history', history },
          },
          on: { pause: 'pause' },
        },
        pause: { on: { resume: 'work.before' } },
      },
    });

  test.each([
    ['shallow', { work: { two: 'a' } }],
    ['deep', { work: { two: 'b' } }],
  ] as const)('%s history remembers where it was', (history, resumed) => {
    const p = new Played(remembering(history));
    for (const type of ['next', 'next', 'pause', 'resume']) p.hear({ type });
    expect(p.state).toEqual(resumed);
  });

  test('states that differ in what history remembers are different', () => {
    const p = new Played(remembering('deep'));
    p.hear({ type: 'pause' });
    const early = p.slot;
    for (const type of ['resume', 'next', 'pause']) p.hear({ type });
    expect(p.state).toBe('pause');
    expect(p.slot).not.toBe(early);
  });

  test('a nested final state is left by onDone', () => {
    const p = new Played(
      base.createMachine({
        context: start,
        initial: 'work',
        states: {
          work: {
            initial: 'todo',
            states: { todo: { on: { go: 'done' } }, done: { type: 'final' } },
            onDone: { target: 'rest', actions: say('done') },
          },
          rest: {},
        },
      }),
    );
    p.hear({ type: 'go' });
    expect([p.state, words(p)]).toEqual(['rest', 'done']);
  });

  test('a machine that is done says what it says on the way there, and hears nothing more', () => {
    const p = new Played(
      base.createMachine({
        context: start,
        initial: 'on',
        states: {
          on: { after: { 10: 'off' }, on: { go: 'off', again: 'on' } },
          off: { type: 'final', entry: say('bye') },
        },
        on: { '*': { actions: say('heard') } },
      }),
    );
    p.hear({ type: 'go' });
    expect([p.state, words(p), p.timers]).toEqual(['off', 'bye', []]);
    expect(p.hear({ type: 'anything' })).toBe(false);
  });
});

describe('whether an event was heard', () => {
  test('a transition to the same state with actions only is one, though xstate answers the same snapshot', () => {
    const p = new Played(base.createMachine({ context: start, on: { ping: { actions: say('pong') } } }));
    const before = p.slot;
    expect(p.hear({ type: 'ping' })).toBe(true);
    expect([p.slot, words(p)]).toEqual([before, 'pong']);
  });

  test('none: no transition, a guard that says no, or a transition that is forbidden', () => {
    const p = new Played(
      base.createMachine({
        context: start,
        on: { over: { guard: { type: 'isOver', params: 9 }, actions: 'add' }, hush: { actions: say('heard') } },
        initial: 'a',
        states: { a: { on: { hush: {} } } },
      }),
    );
    expect(['unknown', 'over', 'hush'].map((type) => p.hear({ type }))).toEqual([false, false, false]);
  });

  test('a wildcard hears everything that nothing else does', () => {
    const p = new Played(
      base.createMachine({ context: start, on: { go: { actions: say('go') }, '*': { actions: say('star') } } }),
    );
    expect(p.hear({ type: 'go' }) && words(p)).toBe('go');
    expect(p.hear({ type: 'what' }) && words(p)).toBe('star');
  });

  test('a step is computed once, whoever asks', () => {
    const p = new Played(base.createMachine({ context: start, on: { ping: { actions: say('pong') } } }));
    p.hear({ type: 'ping' });
    const { machineCalls } = p.table;
    p.hear({ type: 'ping' });
    expect(p.table.machineCalls).toBe(machineCalls);
  });
});
