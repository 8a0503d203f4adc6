/** Small suites with one of everything that can happen to a claim, and the command line with its streams caught. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { assign, emit, setup } from 'xstate';
import { main } from '../../src/cli/main.js';
import { always, type Claim, peer, type Suite, sometimes, system, type Values } from '../../src/kernel/index.js';

/** Counts up to a limit; `walk` takes it back to 0. */
const counter = setup({
  types: { context: {} as { n: number; limit: number }, input: {} as { limit: number } },
}).createMachine({
  context: ({ input }) => ({ n: 0, limit: input.limit }),
  on: {
    add: { guard: ({ context }) => context.n < context.limit, actions: assign({ n: ({ context }) => context.n + 1 }) },
  },
});

const counters = ({ limit }: Values) =>
  system({
    name: 'counters',
    peers: { a: peer(counter, { limit: Number(limit) }), b: peer(counter, { limit: Number(limit) }) },
    operations: [{ name: 'add' }],
  });

type Peers = ReturnType<typeof counters>['peers'];

export const claims = {
  bounded: { property: always<Peers, false>('nobody passes the limit', (w) => w.peers.a.n <= w.peers.a.limit) },
  refuted: { property: always<Peers, false>('a stays below 2', (w) => w.peers.a.n < 2), length: 2 },
  reached: { property: sometimes<Peers, false>('both reach 2', (w) => w.peers.a.n === 2 && w.peers.b.n === 2) },
  vacuous: { property: sometimes<Peers, false>('a reaches 1000', (w) => w.peers.a.n === 1000) },
} satisfies Record<string, Claim>;

export const suiteOf = (model: string, made: readonly Claim[], change: Partial<Suite> = {}): Suite => ({
  model,
  summary: `Two counters: ${model}`,
  parameters: {
    limit: { type: 'integer', doc: 'how far they count', default: 3, min: 1, max: 400 },
    loud: { type: 'boolean', doc: 'changes nothing', default: false },
    order: { type: 'choice', doc: 'changes nothing', default: 'up', options: ['up', 'down'] },
  },
  configurations: {
    three: { doc: 'up to three', quick: true, set: { limit: 3 } },
    hundred: { doc: 'up to a hundred', set: { limit: 100 } },
  },
  system: counters,
  claims: () => made,
  ...change,
});

/** Sends again and again into a link without a capacity. */
const flood = setup({ types: { context: {} as { n: number } } }).createMachine({
  context: { n: 0 },
  initial: 'on',
  states: {
    on: {
      after: {
        10: {
          target: 'on',
          reenter: true,
          actions: [
            assign({ n: ({ context }) => context.n + 1 }),
            emit(({ context }) => ({ type: 'send', to: 'b', message: { type: 'data', n: context.n } })),
          ],
        },
      },
    },
  },
});

const deaf = setup({}).createMachine({ context: {}, on: { data: {} } });

let ticks = 0;
const fickle = setup({ types: { context: {} as { n: number } } }).createMachine({
  context: { n: 0 },
  on: { add: { actions: assign({ n: () => ticks++ }) } },
});

const anything = always('anything goes', () => true);

export const good = suiteOf('good', [claims.bounded, claims.reached]);
export const published = suiteOf('published', [
  claims.bounded,
  { ...claims.refuted, expect: 'violated' },
  claims.reached,
]);
export const bad = suiteOf('bad', [claims.bounded, claims.refuted], {
  configurations: { three: { doc: 'up to three', set: {} } },
});

export const catalogue: readonly Suite[] = [
  good,
  published,
  bad,
  suiteOf('vacuous', [claims.vacuous], { configurations: { one: { doc: 'x', set: { limit: 1 } } } }),
  suiteOf('flood', [{ property: anything }], {
    configurations: { plain: { doc: 'no capacity', set: {} } },
    system: () => system({ name: 'flood', network: 'fifo', peers: { a: peer(flood), b: peer(deaf) } }),
  }),
  suiteOf('fickle', [{ property: anything }], {
    configurations: { plain: { doc: 'x', set: {} } },
    system: () => system({ name: 'fickle', peers: { a: peer(fickle) }, operations: [{ name: 'add' }] }),
  }),
  suiteOf(
    'thrower',
    [{ property: always<Peers, false>('a is well', (w) => (w as never as { x: { y: boolean } }).x.y) }],
    {
      configurations: { plain: { doc: 'x', set: {} } },
    },
  ),
];

/** A folder that is gone after the tests. */
export function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'churnproof-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

type Given = Omit<Parameters<typeof main>[1], 'catalogue' | 'stdout' | 'stderr'> & {
  readonly catalogue?: readonly Suite[];
};

/** Runs the command line on words; seconds are made `0.0 s`, for they are never the same. */
export async function run(words: string | readonly string[], given: Given = {}) {
  const caught = { out: '', err: '' };
  const code = await main(typeof words === 'string' ? words.split(' ').filter(Boolean) : words, {
    catalogue,
    env: {},
    stdout: { write: (text) => (caught.out += text) },
    stderr: { write: (text) => (caught.err += text) },
    ...given,
  });
  return { code, out: caught.out.replace(/, [\d.]+ s\b/g, ', 0.0 s'), err: caught.err };
}
