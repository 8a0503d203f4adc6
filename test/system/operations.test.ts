/** Operations: what clients may ask, what an offer observes, and the errors of offers that misbehave. */

import { describe, expect, test } from 'vitest';
import { assign, setup } from 'xstate';
import { always, describeMove, type Offer, peer, sometimes, system, whenQuiet } from '../../src/kernel/index.js';
import { check } from '../../src/run/check.js';

type Asked = { readonly type: 'add'; readonly by: number };

/** A sum that refuses to go beyond 5. */
const sum = setup({
  types: { context: {} as { total: number }, events: {} as Asked },
  guards: { fits: ({ context, event }) => context.total + event.by <= 5 },
}).createMachine({
  context: { total: 0 },
  on: {
    add: { guard: 'fits', actions: assign({ total: ({ context, event }) => context.total + event.by }) },
  },
});

const adding = (offers: readonly Offer[], limit?: number, by?: 'protocol') =>
  system({
    name: 'adding',
    peers: { ann: peer(sum), ben: peer(sum) },
    operations: [{ name: 'add', peers: ['ann'], offer: () => offers, ...(limit && { limit }), ...(by && { by }) }],
  });

const one: Offer = { args: { by: 1 }, event: { type: 'add', by: 1 } };
const two: Offer = { args: { by: 2 }, event: { type: 'add', by: 2 } };

describe('an offer', () => {
  test('is a move for each choice, and none where the machine has no transition', () => {
    const report = check(adding([one, two]), [sometimes('five', (w) => w.peers.ann.total === 5)]);
    // From 0..3 both may be added, from 4 one, from 5 none.
    expect(report.coverage).toMatchObject({ kind: 'exhaustive', states: 6, transitions: 9 });
    expect(report.findings[0]?.trace?.moves.map(describeMove)).toEqual([
      'ann: add by 1',
      'ann: add by 2',
      'ann: add by 2',
    ]);
  });

  test('with a limit is used up', () => {
    const report = check(adding([two], 2), [always('at most twice', (w) => w.peers.ann.total <= 4)]);
    expect(report).toMatchObject({ coverage: { states: 3 }, findings: [{ verdict: 'holds' }] });
  });

  test('is offered to the peers it names only', () => {
    const report = check(adding([one]), [always('ben is left alone', (w) => w.peers.ben.total === 0)]);
    expect(report.findings[0]?.verdict).toBe('holds');
  });

  test('sees the world, of which the machine hears what the event carries', () => {
    const copying = system({
      name: 'copying',
      peers: { ann: peer(sum), ben: peer(sum) },
      operations: [
        { name: 'grow', peers: ['ann'], limit: 2, offer: () => [{ event: { type: 'add', by: 1 } }] },
        {
          name: 'copy',
          peers: ['ben'],
          limit: 1,
          offer: (w) => [{ event: { type: 'add', by: w.peers.ann?.total ?? 0 } }],
        },
      ],
    });
    const report = check(copying, [
      always('ben never has more than ann', (w) => w.peers.ben.total <= w.peers.ann.total),
      sometimes('ben has all of it', (w) => w.peers.ben.total === 2),
    ]);
    expect(report.findings.map(({ verdict }) => verdict)).toEqual(['holds', 'witnessed']);
  });

  test('by a client leaves a state quiet, upkeep by the protocol does not', () => {
    const done = whenQuiet<never, boolean>(
      'quiet only at five',
      (w) => (w.peers as { ann: { total: number } }).ann.total === 5,
    );
    expect(check(adding([one]), [done as never]).findings[0]).toMatchObject({
      verdict: 'violated',
      trace: { choices: [] },
    });
    expect(check(adding([one], undefined, 'protocol'), [done as never]).findings[0]?.verdict).toBe('holds');
  });
});

describe('an offer that misbehaves', () => {
  test.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw new Error('oh');
      },
    ],
    ['answers nothing', () => undefined],
    ['answers something else than offers', () => [{ type: 'add' }]],
    ['has args that are not plain', () => [{ args: { by: new Map() }, event: { type: 'add', by: 1 } }]],
  ])('%s: an error that names it', (_, offer) => {
    const wrong = system({
      name: 'wrong',
      peers: { ann: peer(sum) },
      operations: [{ name: 'add', offer: offer as () => readonly Offer[] }],
    });
    expect(() => check(wrong, [])).toThrow(
      expect.objectContaining({ code: 'SYSTEM_OPERATION', message: expect.stringContaining("'add'") }),
    );
  });

  test('an event that is not plain data is an error that names the part', () => {
    const wrong = system({
      name: 'wrong',
      peers: { ann: peer(sum) },
      operations: [{ name: 'add', offer: () => [{ event: { type: 'add', by: new Date(0) as never } }] }],
    });
    expect(() => check(wrong, [])).toThrow(
      expect.objectContaining({ code: 'MACHINE_NOT_PLAIN', message: 'event.by is an instance of Date' }),
    );
  });
});
