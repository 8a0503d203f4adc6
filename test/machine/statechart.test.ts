/** The chart of a machine: what its definition says, nothing of what xstate adds. */
import { describe, expect, test } from 'vitest';
import { assign, raise, setup } from 'xstate';
import { activePaths } from '../../src/kernel/index.js';
import { statechartOf } from '../../src/machine/index.js';

const machine = setup({
  guards: { ready: () => true },
  actions: { note: assign({}), say: assign({}) },
}).createMachine({
  id: 'phone',
  context: {},
  initial: 'idle',
  on: { reset: '.idle' },
  states: {
    idle: { entry: 'note', after: { 50: { target: 'busy', actions: raise({ type: 'reset' }) } } },
    busy: {
      initial: 'dialing',
      states: { dialing: { always: { guard: 'ready', target: 'talking' } }, talking: {} },
      on: { hang: { target: 'idle', actions: 'say' }, hush: { actions: 'note' } },
    },
    over: { type: 'final' },
  },
});

describe('statechartOf', () => {
  const { id, root } = statechartOf(machine);
  const [idle, busy, over] = root.states;

  test('states within states, by path', () => {
    expect(id).toBe('phone');
    expect([root.type, root.initial]).toEqual(['compound', 'idle']);
    expect(busy).toMatchObject({ path: 'busy', type: 'compound', initial: 'busy.dialing' });
    expect(busy?.states.map(({ path }) => path)).toEqual(['busy.dialing', 'busy.talking']);
    expect(over?.type).toBe('final');
  });

  test('a timer is called by its delay, and what xstate does for it is not told', () => {
    expect(idle?.entry).toEqual(['note']);
    expect(idle?.transitions).toEqual([{ on: { kind: 'timer', name: '50' }, targets: ['busy'], actions: [] }]);
  });

  test('guards, actions, transitions that stay, transitions of no event, transitions of the whole', () => {
    expect(busy?.transitions).toEqual([
      { on: { kind: 'event', name: 'hang' }, targets: ['idle'], actions: ['say'] },
      { on: { kind: 'event', name: 'hush' }, targets: [], actions: ['note'] },
    ]);
    expect(busy?.states[0]?.transitions).toEqual([
      { on: { kind: 'always' }, guard: 'ready', targets: ['busy.talking'], actions: [] },
    ]);
    expect(root.transitions).toEqual([{ on: { kind: 'event', name: 'reset' }, targets: ['idle'], actions: [] }]);
  });
});

test('a value lights every state on the way to it', () => {
  expect(activePaths('idle')).toEqual(['', 'idle']);
  expect(activePaths({ busy: 'dialing' })).toEqual(['', 'busy', 'busy.dialing']);
  expect(activePaths({ line: 'free', lamp: { on: 'bright' } })).toEqual([
    '',
    'line',
    'line.free',
    'lamp',
    'lamp.on',
    'lamp.on.bright',
  ]);
  expect(activePaths({})).toEqual(['']);
  expect(activePaths(undefined)).toEqual([]);
});
