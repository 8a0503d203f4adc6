/** The node against a reference that works everything out from scratch, in every order of every small tree. */
import { describe, expect, test } from 'vitest';
import { createActor, SimulatedClock } from 'xstate';
import {
  type BlockTable,
  type ChainState,
  chainNode,
  chainTo,
  emptyChain,
  type Result,
  receiveBlock,
  recovered,
  settled,
  soundRules,
  treesOf,
} from '../../models/chain/index.js';
import { judge, mostWork } from '../support/chain-reference.js';

const rules = soundRules({ rule: 'work', tie: 'firstSeen', orphanLimit: 9 });

const take = (blocks: BlockTable, chain: ChainState, id: number): Result =>
  settled(rules, blocks, receiveBlock(rules, blocks, chain, id, 'genuine'));

function* orders(rest: readonly number[], before: readonly number[] = []): Generator<readonly number[]> {
  if (rest.length === 0) yield before;
  for (const id of rest) {
    yield* orders(
      rest.filter((other) => other !== id),
      [...before, id],
    );
  }
}

const scopes = [
  { n: 4, maxWork: 1, flawed: 'upToOne', flaw: 'ctxInvalid' },
  { n: 4, maxWork: 1, flawed: 'one', flaw: 'bodyInvalid' },
  { n: 3, maxWork: 3, flawed: 'upToOne', flaw: 'ctxInvalid' },
] as const;

test.each(scopes)(
  'after each of $n blocks of work up to $maxWork, $flawed $flaw, it is where the reference is',
  (scope) => {
    for (const blocks of treesOf(scope)) {
      for (const order of orders(blocks.slice(1).map((_, at) => at + 1))) {
        let chain = emptyChain(blocks);
        const active = [0];
        order.forEach((id, at) => {
          const { chain: after, events } = take(blocks, chain, id);
          chain = after;
          const { tip, waiting } = judge(blocks, order.slice(0, at + 1));
          expect([chain.tip, [...chain.orphans].sort()]).toEqual([tip, [...waiting].sort()]);
          // Folded over the old chain, what it says it did gives the new one.
          for (const { type, block } of events) {
            if (type === 'connected') active.push(block);
            if (type === 'disconnected') expect(active.pop()).toBe(block);
          }
          expect(active).toEqual(chainTo(blocks, chain.tip));
        });
        expect(judge(blocks, order).work).toBe(mostWork(blocks));
      }
    }
  },
);

describe('what it answers', () => {
  const line: BlockTable = [
    { parent: 0, work: 0, kind: 'ok' },
    { parent: 0, work: 1, kind: 'ok' },
    { parent: 1, work: 1, kind: 'ctxInvalid' },
    { parent: 2, work: 1, kind: 'ok' },
  ];
  const taking = (...ids: readonly number[]) =>
    ids.reduce((result, id) => take(line, result.chain, id), { chain: emptyChain(line), events: [] } as Result);

  test('a block is accepted and connected', () =>
    expect(taking(1).events).toEqual([
      { type: 'accepted', block: 1 },
      { type: 'connected', block: 1 },
    ]));
  test('one that is held is a duplicate', () => expect(taking(1, 1).events).toEqual([{ type: 'duplicate', block: 1 }]));
  test('one whose parent is missing is an orphan', () =>
    expect(taking(2).events).toEqual([{ type: 'orphan', block: 2 }]));
  test('one that cannot be connected fails, and what waited for it is refused', () =>
    expect(taking(1, 3, 2).events).toEqual([
      { type: 'accepted', block: 2 },
      { type: 'failed', block: 2 },
      { type: 'refused', block: 3, why: 'invalid-ancestor' },
    ]));
  test('one that failed is known when it comes again, and nothing is done', () => {
    const before = taking(1, 2);
    const again = take(line, before.chain, 2);
    expect(again.events).toEqual([{ type: 'refused', block: 2, why: 'invalid-known' }]);
    expect(again.chain).toBe(before.chain);
  });
  test('a body that is not the block’s leaves no trace', () => {
    const empty = emptyChain(line);
    const { chain, events } = receiveBlock(rules, line, empty, 1, 'mutated');
    expect(events).toEqual([{ type: 'refused', block: 1, why: 'mutated' }]);
    expect(chain).toBe(empty);
  });
  test('after a crash it finds its way from what is on disk', () => {
    const { chain } = taking(1, 2, 3);
    const again = recovered(rules, line, { ...chain, flushed: 0 });
    expect(again).toMatchObject({ tip: 0, orphans: [], candidates: [0, 1] });
    expect(settled(rules, line, { chain: again, events: [] }).chain).toMatchObject({ tip: 1, active: [0, 1] });
  });
});

test('it runs by itself under createActor, one block at a time', () => {
  const blocks: BlockTable = [
    { parent: 0, work: 0, kind: 'ok' },
    { parent: 0, work: 1, kind: 'ok' },
    { parent: 0, work: 1, kind: 'ok' },
    { parent: 2, work: 1, kind: 'ok' },
  ];
  const clock = new SimulatedClock();
  const actor = createActor(chainNode(rules, { steps: 'single', flush: 'each' }), { input: { blocks }, clock }).start();
  const tips: number[] = [];
  for (const block of [3, 1, 2]) {
    actor.send({ type: 'block', block, body: 'genuine' });
    while (actor.getSnapshot().value !== 'idle') {
      clock.increment(1);
      tips.push(actor.getSnapshot().context.tip);
    }
  }
  // 3 waits for 2; 1 becomes the tip; 2 is level with it, and 3 makes its branch the better one.
  expect(tips).toEqual([0, 0, 1, 1, 0, 2, 3]);
});
