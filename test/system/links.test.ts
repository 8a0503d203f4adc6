/** Links and faults: what each kind of network lets happen, counted on systems small enough to check by hand. */

import { describe, expect, test } from 'vitest';
import { assign, emit, setup } from 'xstate';
import { always, describeMove, peer, type Send, type SystemSpec, sometimes, system } from '../../src/kernel/index.js';
import { check } from '../../src/run/check.js';

type Number = { type: 'number'; value: number };

/** Says 1, 2, ... n, when asked to. */
const talker = setup({
  types: { context: {} as { next: number; last: number }, input: {} as number, emitted: {} as Send<Number> },
  guards: { hasMore: ({ context }) => context.next <= context.last },
  actions: {
    say: emit(({ context }) => ({ type: 'send', to: 'bob', message: { type: 'number', value: context.next } })),
    count: assign({ next: ({ context }) => context.next + 1 }),
  },
}).createMachine({
  context: ({ input }) => ({ next: 1, last: input }),
  on: { talk: { guard: 'hasMore', actions: ['say', 'count'] } },
});

/** Remembers what it heard, in order. */
const listener = setup({
  types: { context: {} as { heard: readonly number[] }, events: {} as Number },
}).createMachine({
  context: { heard: [] },
  on: { number: { actions: assign({ heard: ({ context, event }) => [...context.heard, event.value] }) } },
});

const talk = (count: number, spec: Pick<SystemSpec, 'network' | 'capacity' | 'whenFull' | 'faults'>) =>
  system({
    name: 'talk',
    ...spec,
    peers: { alice: peer(talker, count), bob: peer(listener) },
    operations: [{ name: 'talk', peers: ['alice'] }],
  });

/** Every list that bob can have heard when everything has arrived. */
function outcomes(count: number, spec: Parameters<typeof talk>[1]): string[] {
  const lists = new Set<string>();
  // An answer is computed once for all states that look the same, so that this sees every list there is.
  const report = check(talk(count, spec), [
    always('collects', (w) => {
      if (w.peers.alice.next > count && w.inFlight().length === 0) lists.add(w.peers.bob.heard.join(''));
      return true;
    }),
  ]);
  expect(report.coverage.kind).toBe('exhaustive');
  return [...lists].sort();
}

describe('what may arrive', () => {
  test('fifo: everything, in order', () => {
    expect(outcomes(3, { network: 'fifo', capacity: 3 })).toEqual(['123']);
  });

  test('unordered: everything, in any order', () => {
    expect(outcomes(3, { network: 'unordered', capacity: 3 })).toEqual(['123', '132', '213', '231', '312', '321']);
  });

  test('fifo with one loss: any one may be missing', () => {
    expect(outcomes(3, { network: 'fifo', capacity: 3, faults: { lose: 1 } })).toEqual(['12', '123', '13', '23']);
  });

  test('fifo with two losses: any two', () => {
    const lists = outcomes(3, { network: 'fifo', capacity: 3, faults: { lose: 2 } });
    expect(lists).toEqual(['1', '12', '123', '13', '2', '23', '3']);
  });

  test('fifo with one duplication: any one comes twice in a row', () => {
    const lists = outcomes(2, { network: 'fifo', capacity: 3, faults: { duplicate: 1 } });
    expect(lists).toEqual(['112', '12', '122']);
  });

  test('unordered with one duplication: the copy may come later', () => {
    const lists = outcomes(2, { network: 'unordered', capacity: 3, faults: { duplicate: 1 } });
    expect(lists).toEqual(['112', '12', '121', '122', '21', '211', '212', '221']);
  });

  test('a full link makes the sender wait, and the report counts how often', () => {
    const report = check(talk(3, { network: 'unordered', capacity: 1 }), [
      always('one at a time, so in order', (w) => w.peers.bob.heard.every((value, i) => value === i + 1)),
      sometimes('all', (w) => w.peers.bob.heard.length === 3),
    ]);
    expect(report.findings.map(({ verdict }) => verdict)).toEqual(['holds', 'witnessed']);
    expect(report.effort.blocked).toBeGreaterThan(0);
  });

  test('a full link that drops loses what does not fit', () => {
    const lists = outcomes(3, { network: 'fifo', capacity: 1, whenFull: 'drop' });
    expect(lists).toEqual(['1', '12', '123', '13']);
  });

  test('without a capacity a talker that never stops is unbounded: cut, undecided, and the inbox is seen to grow', () => {
    const report = check(talk(1e9, { network: 'fifo' }), [always('quiet', () => true)], { maxStates: 2000 });
    expect(report.findings[0]?.verdict).toBe('undecided');
    expect(report.effort.fullestInbox).toBeGreaterThan(30);
  });

  test('partition: what crosses is lost, or held until the network heals', () => {
    const lost = outcomes(2, { network: 'fifo', capacity: 2, faults: { partition: { limit: 1 } } });
    expect(lost).toEqual(['', '1', '12', '2']);
    const held = outcomes(2, { network: 'fifo', capacity: 2, faults: { partition: { limit: 1, crossing: 'held' } } });
    expect(held).toEqual(['12']);
  });

  test('a synchronous network delivers within the move', () => {
    const report = check(talk(2, { network: 'synchronous' }), [
      always('bob has heard all that alice said', (w) => w.peers.bob.heard.length === w.peers.alice.next - 1),
    ]);
    expect(report).toMatchObject({ coverage: { states: 3, transitions: 2 }, findings: [{ verdict: 'holds' }] });
  });
});

test('a set keeps what was said for ever: it may be heard again at any time, by whoever handles it', () => {
  const once = setup({ types: { context: {} as { heard: readonly number[] }, events: {} as Number } }).createMachine({
    context: { heard: [] },
    on: {
      number: {
        guard: ({ context }) => context.heard.length < 3,
        actions: assign({ heard: ({ context, event }) => [...context.heard, event.value] }),
      },
    },
  });
  const lists = new Set<string>();
  const said = system({
    name: 'said',
    network: 'set',
    peers: { alice: peer(talker, 2), bob: peer(once) },
    operations: [{ name: 'talk', peers: ['alice'] }],
  });
  check(said, [
    always('collects', (w) => {
      lists.add(w.peers.bob.heard.join(''));
      return true;
    }),
  ]);
  expect([...lists].filter((list) => list.length === 3)).toHaveLength(8);
});

describe('moves read well', () => {
  test('a trace names who hears what from whom', () => {
    const report = check(talk(1, { capacity: 1, faults: { lose: 1, duplicate: 1, partition: { limit: 1 } } }), [
      sometimes('bob hears 1', (w) => w.peers.bob.heard.length === 1),
    ]);
    expect(report.findings[0]?.trace?.moves.map(describeMove)).toEqual([
      'alice: talk',
      'deliver alice -> bob {"type":"number","value":1}',
    ]);
  });
});
