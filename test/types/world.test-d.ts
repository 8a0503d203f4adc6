/** Types that hold a suite's author by the hand; checked by the compiler alone, nothing here runs. */
import { setup } from 'xstate';
import { always, type From, peer, type Send, sometimes, system } from '../../src/kernel/index.js';
import { check } from '../../src/run/check.js';

const machine = setup({
  types: {
    context: {} as { count: number },
    input: {} as { from: number },
    events: {} as From<{ readonly type: 'add'; readonly by: number }>,
    emitted: {} as Send<{ readonly type: 'sum'; readonly value: number }>,
  },
}).createMachine({ context: ({ input }) => ({ count: input.from }) });

const lasting = system({ name: 'lasting', peers: { a: peer(machine, { from: 1 }), b: peer(machine, { from: 2 }) } });

check(lasting, [
  always('contexts are typed by peer', (w) => w.peers.a.count <= w.peers.b.count),
  // @ts-expect-error a field that the context does not have
  always('no such field', (w) => w.peers.a.total > 0),
  // @ts-expect-error a peer that the system does not have
  sometimes('no such peer', (w) => w.peers.c.count > 0),
  // @ts-expect-error an answer that is not a boolean
  always('no answer', (w) => w.peers.a.count),
]);

const churning = system({
  name: 'churning',
  peers: { a: peer(machine, { from: 1 }), b: peer(machine, { from: 2 }) },
  churn: { crash: { limit: 1, peers: ['a'] } },
});

check(churning, [
  always('a peer may be down', (w) => (w.peers.a?.count ?? 0) < 3),
  // @ts-expect-error where peers crash, a context may be missing
  always('forgets that', (w) => w.peers.a.count < 3),
]);

const numbered = system({
  name: 'numbered',
  peers: Object.fromEntries([0, 1, 2].map((id) => [String(id), peer(machine, { from: id })])),
});

check(numbered, [
  always('any name may be asked for', (w) => w.names.every((name) => (w.peers[name]?.count ?? 0) < 3)),
  // @ts-expect-error whether there is a peer of that name is not known to the compiler
  always('forgets that', (w) => w.peers['7'].count < 3),
]);

// @ts-expect-error an input that the machine does not take
peer(machine, { from: 'one' });

// @ts-expect-error a stable field that the context does not have
peer(machine, { from: 1 }, { stable: ['sum'] });

system({
  name: 'strangers',
  peers: { a: peer(machine, { from: 1 }) },
  // @ts-expect-error an operation for a peer that the system does not have
  operations: [{ name: 'poke', peers: ['b'] }],
});
