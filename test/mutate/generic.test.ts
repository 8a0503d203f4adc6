/** Generic mutants: one for each place and operator, each a machine of its own that differs in just that. */
import { describe, expect, test } from 'vitest';
import { assign, createActor, emit, enqueueActions, setup } from 'xstate';
import { peer, system } from '../../src/kernel/index.js';
import { genericMutants, machinesOf } from '../../src/mutate/index.js';

type Context = { readonly n: number; readonly limit: number };

/** One of everything that can be edited. */
const machine = setup({
  types: { context: {} as Context, emitted: {} as { type: string } },
  delays: { late: 1000 },
  guards: { isLow: ({ context }) => context.n < context.limit, above: ({ context }, low: number) => context.n > low },
  actions: {
    count: assign({ n: ({ context }) => context.n + 1 }),
    say: emit(({ context }) => ({ type: 'send', to: 'b', message: { type: 'n', n: context.n } })),
    sayAll: enqueueActions(({ context, enqueue }, names: readonly string[]) => {
      enqueue.assign({ n: 0 });
      for (const name of names) enqueue.emit({ type: 'send', to: name, message: { type: 'n', n: context.n } } as never);
    }),
  },
}).createMachine({
  context: { n: 0, limit: 2 },
  initial: 'off',
  on: { reset: '.off' },
  states: {
    off: { on: { go: { guard: 'isLow', target: 'on', actions: 'count' } }, exit: 'say' },
    on: {
      after: { late: 'off' },
      on: {
        tell: [
          { guard: { type: 'above', params: 0 }, actions: { type: 'sayAll', params: ['b', 'c'] } },
          { actions: ['count', 'say'] },
        ],
      },
    },
    done: { always: { guard: 'isLow', target: 'off' } },
  },
});

const mutants = genericMutants(machine);

test('every place and operator, in fixed order', () => {
  expect(mutants.map(({ operator, doc }) => `${operator} | ${doc}`)).toMatchInlineSnapshot(`
    [
      "guard dropped | off, on go: guard isLow dropped",
      "guard negated | off, on go: guard isLow negated",
      "guard dropped | on, on tell (1 of 2): guard above dropped",
      "guard negated | on, on tell (1 of 2): guard above negated",
      "guard dropped | done, always: guard isLow dropped",
      "guard negated | done, always: guard isLow negated",
      "transition lost | on reset: transition lost",
      "transition lost | off, on go: transition lost",
      "transition lost | on, on tell (1 of 2): transition lost",
      "transition lost | on, on tell (2 of 2): transition lost",
      "transition lost | on, after late: transition lost",
      "transition lost | done, always: transition lost",
      "target changed | on reset: target .off dropped",
      "target changed | on reset: target .off changed to .on",
      "target changed | off, on go: target on dropped",
      "target changed | off, on go: target on changed to done",
      "target changed | on, after late: target off dropped",
      "target changed | on, after late: target off changed to on",
      "target changed | done, always: target off dropped",
      "target changed | done, always: target off changed to on",
      "message lost | off, exit: message of say lost",
      "message doubled | off, exit: message of say doubled",
      "action lost | off, on go: action count lost",
      "action lost | on, on tell (1 of 2): action sayAll lost",
      "message lost | on, on tell (1 of 2): messages of sayAll lost",
      "message doubled | on, on tell (1 of 2): messages of sayAll doubled",
      "action lost | on, on tell (2 of 2): action count lost",
      "message lost | on, on tell (2 of 2): message of say lost",
      "message doubled | on, on tell (2 of 2): message of say doubled",
      "timer dropped | on, after late: timer dropped",
    ]
  `);
});

/** What a machine comes to and says on these events. */
function behaviour(doc: string | undefined, ...events: readonly string[]) {
  const chosen = doc === undefined ? machine : mutants.find((one) => one.doc === doc)?.machine;
  const actor = createActor(chosen as typeof machine);
  const said: string[] = [];
  actor.on('*', (emitted) => said.push(`${(emitted as unknown as { to: string }).to}`));
  actor.start();
  for (const type of events) actor.send({ type });
  const { value, context } = actor.getSnapshot();
  actor.stop();
  return { value, n: context.n, said: said.join('') };
}

describe('each does what it says', () => {
  test.each([
    [undefined, ['go', 'tell'], { value: 'on', n: 0, said: 'bbc' }],
    ['off, on go: guard isLow negated', ['go'], { value: 'off', n: 0, said: '' }],
    ['off, on go: transition lost', ['go'], { value: 'off', n: 0, said: '' }],
    ['off, on go: target on dropped', ['go'], { value: 'off', n: 1, said: '' }],
    ['off, on go: target on changed to done', ['go'], { value: 'off', n: 1, said: 'b' }],
    ['off, on go: action count lost', ['go'], { value: 'on', n: 0, said: 'b' }],
    ['off, exit: message of say lost', ['go'], { value: 'on', n: 1, said: '' }],
    ['off, exit: message of say doubled', ['go'], { value: 'on', n: 1, said: 'bb' }],
    ['on, on tell (1 of 2): guard above negated', ['go', 'tell'], { value: 'on', n: 2, said: 'bb' }],
    ['on, on tell (1 of 2): messages of sayAll lost', ['go', 'tell'], { value: 'on', n: 0, said: 'b' }],
    ['on, on tell (1 of 2): messages of sayAll doubled', ['go', 'tell'], { value: 'on', n: 0, said: 'bbbcc' }],
    ['on reset: target .off changed to .on', ['go', 'reset'], { value: 'on', n: 1, said: 'b' }],
  ] as const)('%s', (doc, events, came) => expect(behaviour(doc, ...events)).toEqual(came));

  test('a dropped timer is never started', () => {
    const dropped = mutants.find(({ operator }) => operator === 'timer dropped')?.machine;
    expect(dropped?.states.on?.after).toEqual([]);
    expect(machine.states.on?.after).toHaveLength(1);
  });
});

test('the machine itself is left as it is', () => {
  expect(behaviour(undefined, 'go', 'tell')).toEqual({ value: 'on', n: 0, said: 'bbc' });
});

test('peers that run one machine share its mutants', () => {
  const peers = { a: peer(machine), b: peer(machine), c: peer(mutants[0]?.machine as typeof machine) };
  expect(machinesOf(system({ name: 's', peers })).map(({ name, peers: running }) => [name, running])).toEqual([
    ['a', ['a', 'b']],
    ['c', ['c']],
  ]);
});
