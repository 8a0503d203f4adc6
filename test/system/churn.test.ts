/** Churn: who may come and go, what survives, and what happens to messages of and to a peer that is gone. */

import { describe, expect, test } from 'vitest';
import { assign, emit, setup } from 'xstate';
import {
  always,
  type Churn,
  describeMove,
  peer,
  type Report,
  type Send,
  type Start,
  sometimes,
  system,
} from '../../src/kernel/index.js';
import { check } from '../../src/run/check.js';

type Hello = { type: 'hello' };

/** Greets bob when it starts, and counts greetings and its own starts. */
const greeter = setup({
  types: {
    context: {} as { starts: number; heard: number },
    input: {} as { restored?: { starts: number } } | undefined,
    events: {} as Hello | { type: 'leave' },
    emitted: {} as Send<{ type: 'hello' | 'bye' }>,
  },
}).createMachine({
  context: ({ input }) => ({ starts: (input?.restored?.starts ?? 0) + 1, heard: 0 }),
  entry: emit({ type: 'send', to: 'bob', message: { type: 'hello' } }),
  on: {
    hello: { actions: assign({ heard: ({ context }) => context.heard + 1 }) },
    leave: { actions: emit({ type: 'send', to: 'bob', message: { type: 'bye' } }) },
  },
});

/** Counts what it hears. */
const counter = setup({ types: { context: {} as { hellos: number; byes: number } } }).createMachine({
  context: { hellos: 0, byes: 0 },
  on: {
    hello: { actions: assign({ hellos: ({ context }) => context.hellos + 1 }) },
    bye: { actions: assign({ byes: ({ context }) => context.byes + 1 }) },
  },
});

const peersOf = (stable: readonly 'starts'[]) => ({ alice: peer(greeter, undefined, { stable }), bob: peer(counter) });
type Both = ReturnType<typeof peersOf>;

const meeting = (churn: Churn<Both>, stable: readonly 'starts'[] = [], starts?: readonly Start<Both>[]) =>
  system<Both>({
    name: 'meeting',
    network: 'fifo',
    capacity: 3,
    peers: peersOf(stable),
    ...(starts === undefined ? {} : { starts }),
    churn,
  });

const verdicts = ({ findings }: Report) => findings.map(({ verdict }) => verdict);

describe('crash and restart', () => {
  const churn = { crash: { limit: 2, peers: ['alice'] }, restart: { limit: 2 } } as const;

  test('without stable storage a peer begins anew', () => {
    const report = check(meeting(churn), [
      always('it never knows of an earlier start', (w) => (w.peers.alice?.starts ?? 1) === 1),
      sometimes('bob is greeted three times', (w) => w.peers.bob?.hellos === 3),
    ]);
    expect(verdicts(report)).toEqual(['holds', 'witnessed']);
  });

  test('stable fields survive, also two crashes', () => {
    const report = check(meeting(churn, ['starts']), [
      always('starts are counted', (w) => (w.peers.alice?.starts ?? 1) <= 3),
      sometimes('a third start', (w) => w.peers.alice?.starts === 3),
    ]);
    expect(verdicts(report)).toEqual(['holds', 'witnessed']);
  });

  test('what it had sent is kept in the network, or lost with it', () => {
    const crash = { limit: 1, peers: ['alice'] } as const;
    const silent = always<Both, true>(
      'nothing of a crashed peer is on its way',
      (w) => w.isUp('alice') || w.inFlight('bob').length === 0,
    );
    const kept = check(meeting({ crash }), [
      sometimes('bob hears somebody who is gone', (w) => !w.isUp('alice') && w.peers.bob?.hellos === 1),
      silent,
    ]);
    expect(verdicts(kept)).toEqual(['witnessed', 'violated']);
    const lost = check(meeting({ crash: { ...crash, inFlight: 'lost' } }), [silent]);
    expect(verdicts(lost)).toEqual(['holds']);
  });

  test('a message to a peer that is down is lost when it arrives', () => {
    const report = check(meeting({ crash: { limit: 1, peers: ['bob'] } }), [
      sometimes('all quiet with bob gone', (w) => !w.isUp('bob') && w.inFlight().length === 0),
    ]);
    expect(report.findings[0]?.trace?.moves.map(describeMove)).toEqual([
      'deliver alice -> bob {"type":"hello"}',
      'bob: crash',
    ]);
    const gone = check(meeting({ crash: { limit: 1, peers: ['bob'] } }), [
      sometimes('the message came after the crash', (w) => w.status('bob') === 'crashed' && w.inFlight().length === 0),
    ]);
    expect(verdicts(gone)).toEqual(['witnessed']);
  });
});

describe('join and leave', () => {
  test('an absent peer joins, and speaks as it starts', () => {
    const report = check(meeting({ join: { limit: 1 } }, [], [{ up: { bob: {} } }]), [
      always('nobody greets before joining', (w) => w.isUp('alice') || w.inFlight().length === 0),
      sometimes('bob is greeted', (w) => w.peers.bob?.hellos === 1),
    ]);
    expect(verdicts(report)).toEqual(['holds', 'witnessed']);
    expect(report.findings[1]?.trace?.moves.map(describeMove)[0]).toBe('alice: join');
  });

  test('a peer that leaves says goodbye, and is gone for good', () => {
    const report = check(meeting({ leave: { limit: 'unlimited', peers: ['alice'] } }), [
      sometimes('bob hears goodbye', (w) => w.peers.bob?.byes === 1),
      always('once only', (w) => (w.peers.bob?.byes ?? 0) <= 1),
      sometimes('it is said to have left', (w) => w.status('alice') === 'left'),
    ]);
    expect(verdicts(report)).toEqual(['witnessed', 'holds', 'witnessed']);
  });

  test('with reuse a name that left may join again', () => {
    const churn = { leave: { limit: 2, peers: ['alice'] }, join: { limit: 1 }, reuse: true } as const;
    const report = check(meeting(churn), [sometimes('greeted twice', (w) => w.peers.bob?.hellos === 2)]);
    expect(verdicts(report)).toEqual(['witnessed']);
  });

  test('a guard of churn sees the world', () => {
    const churn = {
      crash: { limit: 'unlimited', when: (w: { inFlight(): readonly unknown[] }) => w.inFlight().length === 0 },
    } as const;
    const report = check(meeting(churn), [
      always('nobody crashes while a message is on its way', (w) => w.isUp('bob') || w.inFlight().length === 0),
    ]);
    expect(verdicts(report)).toEqual(['holds']);
  });

  test('a guard that throws is an error that names it', () => {
    const churn = {
      crash: {
        limit: 1,
        when: () => {
          throw new Error('oh');
        },
      },
    } as const;
    expect(() => check(meeting(churn), [])).toThrow(expect.objectContaining({ code: 'SYSTEM_OPERATION' }));
  });
});
