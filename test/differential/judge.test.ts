/** The judge is judged: where the engine and xstate do part, the walk says so, with the way there. */
import { expect, test } from 'vitest';
import { assign } from 'xstate';
import { peer, system } from '../../src/kernel/index.js';
import { onGo } from '../support/peers.js';
import { walkBeside } from '../support/walk-beside.js';

const lonely = (machine: Parameters<typeof peer>[0], offers?: () => number) =>
  system({
    name: 'lonely',
    peers: { ann: peer(machine) },
    operations: [{ name: 'go', ...(offers && { offer: () => Array(offers()).fill({ event: { type: 'go' } }) }) }],
  });

test('a machine that answers otherwise later than it did at first', () => {
  let calls = 0;
  // The engine computes each step twice in a row and remembers it; what comes later it does not see.
  const machine = onGo(assign({ late: () => (calls++ < 2 ? 'no' : 'yes') }));
  expect(() => walkBeside(lonely(machine), { seed: 3, steps: 100 })).toThrow(
    /transition\(\) and the engine part: lonely, seed 3\n {2}1\. ann: go\n(.|\n)*late: 'no'(.|\n)*late: 'yes'/,
  );
});

test('a system that offers otherwise later than it did at first', () => {
  let calls = 0;
  const machine = onGo(assign({ n: 1 }));
  expect(() =>
    walkBeside(
      lonely(machine, () => (calls++ < 1 ? 1 : 2)),
      { seed: 3, steps: 100 },
    ),
  ).toThrow(/other moves are offered: lonely, seed 3/);
});

test('the same walk again, step by step', () => {
  const machine = onGo(assign({ n: ({ context }) => ((context as { n?: number }).n ?? 0) + 1 }));
  const twice = [1, 2].map(() => walkBeside(lonely(machine), { seed: 5, steps: 300 }));
  expect(twice[0]).toEqual(twice[1]);
  expect(twice[0]).toMatchObject({ steps: 300, kinds: new Map([['operation', 300]]) });
});
