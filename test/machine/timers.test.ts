/** Timers: what runs in a local state, what each is called, and that time itself does not matter. */
import { describe, expect, test } from 'vitest';
import { assign, cancel, enqueueActions, raise, setup } from 'xstate';
import { Played } from '../support/peers.js';

const base = setup({
  types: {
    context: {} as { patience: number; rang: number },
    events: {} as { type: string; n?: number; delay?: number },
  },
  delays: { patience: ({ context }) => context.patience, second: 1000 },
  guards: { isPatient: ({ context }) => context.patience > 100 },
  actions: {
    count: assign({ rang: ({ context }) => context.rang + 1 }),
    wait: assign({ patience: ({ context }) => context.patience * 2 }),
  },
});

const context = { patience: 100, rang: 0 };

describe('after', () => {
  test('a delay in numbers, by name, and as a function of the context', () => {
    const p = new Played(
      base.createMachine({
        context,
        initial: 'a',
        states: { a: { after: { 250: 'b', second: 'c', patience: 'd' } }, b: {}, c: {}, d: {} },
      }),
    );
    expect([...p.timers].sort()).toEqual(['250', 'patience', 'second']);
    p.fire('second');
    expect([p.state, p.timers]).toEqual(['c', []]);
  });

  test('a delay that several states have is told apart by the state', () => {
    const p = new Played(
      base.createMachine({
        context,
        type: 'parallel',
        after: { 50: { actions: 'count' } },
        states: {
          left: { initial: 'on', states: { on: { after: { 50: 'off', 60: 'off' } }, off: {} } },
          right: { initial: 'on', states: { on: { after: { 50: 'off' } }, off: {} } },
        },
      }),
    );
    expect([...p.timers].sort()).toEqual(['50 of (root)', '50 of left.on', '50 of right.on', '60']);
    p.fire('50 of right.on');
    expect([p.state, [...p.timers].sort()]).toEqual([
      { left: 'on', right: 'off' },
      ['50 of (root)', '50 of left.on', '60'],
    ]);
    p.fire('50 of (root)');
    expect([p.context, [...p.timers].sort()]).toEqual([{ patience: 100, rang: 1 }, ['50 of left.on', '60']]);
  });

  test('a state that is left stops its timer, one that is entered again starts it again', () => {
    const p = new Played(
      base.createMachine({
        context,
        initial: 'a',
        states: {
          a: { after: { patience: { target: 'a', reenter: true, actions: 'count' } }, on: { go: 'b' } },
          b: {},
        },
      }),
    );
    p.fire('patience');
    expect([p.context, p.timers]).toEqual([{ patience: 100, rang: 1 }, ['patience']]);
    p.hear({ type: 'go' });
    expect([p.state, p.timers]).toEqual(['b', []]);
  });

  test('a timer whose guard says no has fired all the same, and is gone', () => {
    const p = new Played(
      base.createMachine({
        context,
        initial: 'a',
        states: { a: { after: { 10: { guard: 'isPatient', target: 'b' } } }, b: {} },
      }),
    );
    expect(p.fire('10')).toBe(true);
    expect([p.state, p.timers]).toEqual(['a', []]);
  });

  test('one timer with several transitions is one timer', () => {
    const p = new Played(
      base.createMachine({
        context,
        initial: 'a',
        states: { a: { after: { 10: [{ guard: 'isPatient', target: 'c' }, { target: 'b' }] } }, b: {}, c: {} },
      }),
    );
    expect(p.timers).toEqual(['10']);
    p.fire('10');
    expect(p.state).toBe('b');
  });
});

describe('a delayed raise', () => {
  const alarm = base.createMachine({
    context,
    on: {
      set: {
        actions: [
          cancel('alarm'),
          raise(({ event }) => ({ type: 'ring', n: event.n ?? 1 }), {
            id: 'alarm',
            delay: ({ event }) => event.delay ?? 0,
          }),
        ],
      },
      stop: { actions: cancel('alarm') },
      ring: { actions: assign({ rang: ({ context: { rang }, event }) => rang + (event.n ?? 0) }) },
    },
  });

  test('is called by its id, fires with what was raised, once', () => {
    const p = new Played(alarm);
    p.hear({ type: 'set', n: 3, delay: 10 });
    expect(p.timers).toEqual(['alarm']);
    p.fire('alarm');
    expect([p.context, p.timers]).toEqual([{ patience: 100, rang: 3 }, []]);
  });

  test('with a delay of nothing is still a timer', () => {
    const p = new Played(alarm);
    p.hear({ type: 'set' });
    expect([p.context, p.timers]).toEqual([context, ['alarm']]);
  });

  test('is cancelled, and may be set again after that in one step', () => {
    const p = new Played(alarm);
    p.hear({ type: 'set', n: 1 });
    p.hear({ type: 'set', n: 2 });
    expect(p.timers).toEqual(['alarm']);
    p.fire('alarm');
    expect(p.context).toEqual({ patience: 100, rang: 2 });
    p.hear({ type: 'set' });
    p.hear({ type: 'stop' });
    expect(p.timers).toEqual([]);
  });

  test('that nobody has a transition for fires into the void', () => {
    const p = new Played(
      base.createMachine({ context, on: { go: { actions: raise({ type: 'nothing' }, { id: 'void', delay: 10 }) } } }),
    );
    p.hear({ type: 'go' });
    expect(p.fire('void')).toBe(true);
    expect(p.timers).toEqual([]);
  });

  test('may come out of enqueueActions', () => {
    const p = new Played(
      base.createMachine({
        context,
        on: {
          go: {
            actions: enqueueActions(({ enqueue }) => {
              enqueue.raise({ type: 'ring' }, { id: 'a', delay: 10 });
              enqueue.raise({ type: 'ring' }, { id: 'b', delay: 10 });
              enqueue.cancel('a');
            }),
          },
        },
      }),
    );
    p.hear({ type: 'go' });
    expect(p.timers).toEqual(['b']);
  });

  test('what it will raise is part of the local state, how long it takes is not', () => {
    const slotAfter = (p: Played, n: number, delay: number) => {
      p.hear({ type: 'stop' });
      p.hear({ type: 'set', n, delay });
      return p.slot;
    };
    const p = new Played(alarm);
    const first = slotAfter(p, 1, 10);
    expect(slotAfter(p, 1, 20)).toBe(first);
    expect(slotAfter(p, 2, 10)).not.toBe(first);
  });
});

test('a machine that is done has no timers left', () => {
  const p = new Played(
    base.createMachine({
      context,
      type: 'parallel',
      entry: raise({ type: 'ring' }, { id: 'alarm', delay: 1000 }),
      states: {
        a: { initial: 'on', states: { on: { after: { 10: 'off' } }, off: { type: 'final' } } },
        b: { initial: 'on', after: { 99: {} }, states: { on: { after: { 20: 'off' } }, off: { type: 'final' } } },
      },
    }),
  );
  p.fire('10');
  expect([...p.timers].sort()).toEqual(['20', '99', 'alarm']);
  p.fire('20');
  expect([p.state, p.timers]).toEqual([{ a: 'off', b: 'off' }, []]);
});
