/** What the adapter refuses: each thing by its name, with where it is, what would be right, and what to use instead. */
import { describe, expect, test } from 'vitest';
import {
  type AnyStateMachine,
  assign,
  enqueueActions,
  forwardTo,
  fromPromise,
  raise,
  sendParent,
  sendTo,
  setup,
  spawnChild,
  stopChild,
} from 'xstate';
import { expectRefusal, onGo, Played, refusal, refusalOf, untyped } from '../support/peers.js';

const promise = fromPromise(async () => 1);
let outside = 0;
const touch = () => {
  outside++;
};

const elsewhere = /a nested or parallel state/;
const pure = /^use assign for what it remembers, emit\(.*\) for what it says, or enqueueActions of these$/;
const instead = /^use emit\(\{ type: 'send', to, message \}\) instead of sendTo, sendParent and forwardTo/;

describe('what acts outside the machine', () => {
  test.each<[string, AnyStateMachine, RegExp, RegExp]>([
    ['invoke', untyped({ invoke: { src: promise, id: 'fetch' } }), /invokes/, /client operation, or one more peer/],
    [
      'invoke by name',
      untyped({ initial: 'a', states: { a: { invoke: { src: 'fetcher' } } } }, { actors: { fetcher: promise } }),
      /invokes 'fetcher'/,
      /client operation/,
    ],
    ['spawnChild', onGo(spawnChild(promise)), /spawnChild/, elsewhere],
    [
      'spawnChild, enqueued',
      onGo(enqueueActions(({ enqueue }) => enqueue.spawnChild(promise as never))),
      /spawnChild/,
      elsewhere,
    ],
    ['spawn in assign', onGo(assign({ child: ({ spawn }) => spawn(promise) })), /spawnChild/, elsewhere],
    [
      'spawn in the context',
      untyped({ context: ({ spawn }: never) => ({ child: (spawn as (src: unknown) => unknown)(promise) }) }),
      /spawnChild/,
      elsewhere,
    ],
    ['stopChild', onGo(stopChild('child')), /stopChild/, elsewhere],
    ['stopChild, enqueued', onGo(enqueueActions(({ enqueue }) => enqueue.stopChild('child'))), /stopChild/, elsewhere],
    ['sendTo', onGo(sendTo('child', { type: 'x' })), /sendTo/, instead],
    [
      'sendTo, by name',
      onGo('tell', { actions: { tell: sendTo('child', { type: 'x' }) } }),
      /'tell' is xstate.sendTo/,
      instead,
    ],
    [
      'sendTo, enqueued',
      onGo(enqueueActions(({ enqueue, self }) => enqueue.sendTo(self, { type: 'x' }))),
      /sendTo/,
      instead,
    ],
    [
      'sendTo nobody, enqueued',
      onGo(enqueueActions(({ enqueue }) => enqueue.sendTo('child', { type: 'x' }))),
      /sendTo/,
      instead,
    ],
    ['sendParent', onGo(sendParent({ type: 'x' })), /sendTo/, instead],
    [
      'sendParent, enqueued',
      onGo(enqueueActions(({ enqueue }) => enqueue.sendParent({ type: 'x' }))),
      /sendTo/,
      instead,
    ],
    ['forwardTo', onGo(forwardTo('child')), /sendTo/, instead],
    [
      'self.send in assign',
      onGo(
        assign(({ self }) => {
          self.send({ type: 'x' });
          return {};
        }),
      ),
      /self\.send/,
      /^use raise$/,
    ],
    [
      'self.getSnapshot in assign',
      onGo(assign(({ self }) => ({ is: self.getSnapshot().status }))),
      /self\.getSnapshot/,
      /context/,
    ],
  ])('%s', (_, machine, names, hint) => expectRefusal(refusalOf(machine), 'MACHINE_UNSUPPORTED', names, hint));
});

describe('actions that are functions', () => {
  test.each<[string, AnyStateMachine, RegExp]>([
    ['inline', onGo(touch), /'touch' is a function/],
    ['inline without a name', onGo((() => touch)()), /'touch' is a function/],
    ['by name', onGo('beep', { actions: { beep: touch } }), /'beep' is a function/],
    [
      'with parameters',
      onGo({ type: 'beep', params: { loud: true } }, { actions: { beep: touch } }),
      /'beep' is a function/,
    ],
    ['among others', onGo([raise({ type: 'x' }), 'beep'], { actions: { beep: touch } }), /'beep' is a function/],
    ['on entry', untyped({ initial: 'a', states: { a: { entry: touch } } }), /'touch' is a function/],
    ['on exit', untyped({ initial: 'a', states: { a: { exit: touch } } }), /'touch' is a function/],
    ['in always', untyped({ always: { guard: () => false, actions: touch } }), /'touch' is a function/],
    [
      'after a delay',
      untyped({ initial: 'a', states: { a: { after: { 10: { actions: touch } } } } }),
      /'touch' is a function/,
    ],
    [
      'on the initial transition',
      untyped({ initial: { target: 'a', actions: touch }, states: { a: {} } }),
      /'touch' is a function/,
    ],
    [
      'when a nested state is done',
      untyped({
        initial: 'a',
        states: { a: { initial: 'x', states: { x: { type: 'final' } }, onDone: { actions: touch } } },
      }),
      /'touch' is a function/,
    ],
    ['enqueued', onGo(enqueueActions(({ enqueue }) => enqueue(touch))), /'touch'/],
    [
      'enqueued by name',
      onGo(
        enqueueActions(({ enqueue }) => enqueue('beep')),
        { actions: { beep: touch } },
      ),
      /'beep'/,
    ],
    ['enqueued, and not there', onGo(enqueueActions(({ enqueue }) => enqueue('beep'))), /'beep'/],
  ])('%s', (_, machine, names) => expectRefusal(refusalOf(machine), 'MACHINE_UNSUPPORTED', names, pure));

  test('none of them ran', () => {
    expect(outside).toBe(0);
  });

  test('found in the definition, before anything runs, and said with the state', () => {
    const machine = untyped({ initial: 'a', states: { a: {}, b: { initial: 'c', states: { c: { entry: touch } } } } });
    expect(refusal(() => new Played(machine)).where).toBe('peer p, state b.c');
  });
});

describe('what is missing', () => {
  test.each<[string, AnyStateMachine, RegExp, RegExp]>([
    ['an action', onGo('beep'), /'beep' has no implementation/, /setup\(\{ actions: \{ beep:/],
    [
      'an action with parameters',
      onGo({ type: 'beep', params: 1 }),
      /'beep' has no implementation/,
      /setup\(\{ actions: \{ beep:/,
    ],
    [
      'a delay, for which xstate would not wait at all',
      untyped({ initial: 'a', states: { a: { after: { patience: 'b' } }, b: {} } }),
      /'patience' has no implementation/,
      /setup\(\{ delays: \{ patience:/,
    ],
  ])('%s', (_, machine, names, hint) => expectRefusal(refusalOf(machine), 'MACHINE_UNSUPPORTED', names, hint));

  test('a guard', () => {
    const machine = untyped({ on: { go: { guard: 'ready', actions: raise({ type: 'x' }) } } });
    expectRefusal(refusalOf(machine), 'MACHINE_THREW', /Guard 'ready' is not implemented/, /./);
  });
});

describe('timers', () => {
  const alarm = raise({ type: 'ring' }, { id: 'alarm', delay: 10 });

  test('without a name', () => {
    const machine = onGo(raise({ type: 'ring' }, { delay: 10 }));
    expectRefusal(
      refusalOf(machine),
      'MACHINE_UNSUPPORTED',
      /delayed raise of 'ring' has no id/,
      /after, or raise\(event, \{ delay, id \}\)/,
    );
  });

  test.each<[string, AnyStateMachine]>([
    ['in one step', onGo([alarm, alarm])],
    ['while it runs', setup({}).createMachine({ entry: alarm, on: { go: { actions: alarm } } })],
  ])('started twice %s', (_, machine) =>
    expectRefusal(
      refusalOf(machine),
      'MACHINE_UNSUPPORTED',
      /timer 'alarm' is started while it is running/,
      /cancel it first/,
    ),
  );
});
