/** Rules of timers: what a clock promises, and that a rule which could not matter is refused. */
import { expect, test } from 'vitest';
import { createMachine } from 'xstate';
import { eventually, leadsTo, peer, sometimes, system, type TimerRule } from '../../src/kernel/index.js';
import { check } from '../../src/run/check.js';

/** Waits for bob, and gives up on him when a timer fires. */
const waiting = createMachine({
  initial: 'waiting',
  states: { waiting: { after: { 1000: 'disappointed' } }, disappointed: {} },
});

const meeting = (timers?: { readonly [timer: string]: TimerRule }) =>
  system({
    name: 'meeting',
    peers: { alice: peer(waiting), bob: peer(createMachine({})) },
    churn: { crash: { limit: 1, peers: ['bob'] } },
    ...(timers === undefined ? {} : { timers }),
  });

const tooEarly = sometimes(
  'alice gives up on a living bob',
  (w: { isUp(name: string): boolean; state(name: string): unknown }) =>
    w.isUp('bob') && w.state('alice') === 'disappointed',
);

const onlyIfDead: TimerRule = { when: (world) => !world.isUp('bob') };

test('without a rule a timer fires at any time', () => {
  expect(check(meeting(), [tooEarly]).findings[0]).toMatchObject({ verdict: 'witnessed' });
});

test('with a rule it fires only when the rule allows it, and then it is owed like any other', () => {
  const isDown = (w: { isUp(name: string): boolean }) => !w.isUp('bob');
  const givesUp = (w: { state(name: string): unknown }) => w.state('alice') === 'disappointed';
  const report = check(meeting({ 1000: onlyIfDead }), [
    tooEarly,
    sometimes('alice gives up', givesUp),
    leadsTo('when bob is gone alice gives up', isDown, givesUp, { weak: ['timeout'] }),
    eventually('alice gives up in any case', givesUp, { weak: ['timeout'] }),
  ]);
  expect(report.findings.map(({ verdict }) => verdict)).toEqual(['neverWitnessed', 'witnessed', 'holds', 'violated']);
  expect(report.coverage.states).toBe(3);
});

test('a rule for a timer that nobody has is refused', () => {
  expect(() => check(meeting({ patience: onlyIfDead }), [tooEarly])).toThrow(/'patience', which is no timer/);
});

test('a rule that answers neither yes nor no is the mistake of its author', () => {
  const forgetful = { when: () => undefined } as unknown as TimerRule;
  expect(() => check(meeting({ 1000: forgetful }), [tooEarly])).toThrow('a guard answered undefined');
});

test('a property that names a move which the system cannot have is refused', () => {
  const misspelt = eventually('alice gives up', () => true, { weak: ['timeuot'] });
  expect(() => check(meeting(), [misspelt])).toThrow(/names 'timeuot'/);
});
