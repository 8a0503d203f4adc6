/** Small suites with one of everything that can happen to a claim, and the command line with its streams caught. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { assign, emit, setup } from 'xstate';
import { main } from '../../src/cli/main.js';
import {
  always,
  alwaysEventually,
  type Claim,
  eventually,
  leadsTo,
  peer,
  recoverable,
  type Suite,
  sometimes,
  stable,
  system,
  type Values,
  type World,
} from '../../src/kernel/index.js';

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

/** Pressing turns it on and off, while it is on it can be turned up, and a hit breaks it. */
const lamp = setup({}).createMachine({
  context: {},
  initial: 'off',
  on: { hit: '.broken' },
  states: {
    off: { on: { press: 'on' } },
    on: { on: { press: 'off', turn: 'bright' } },
    bright: { on: { press: 'off' } },
    broken: { on: { press: 'broken' } },
  },
});

const lit = (world: World): boolean => ['on', 'bright'].includes(String(world.state('lamp')));
const bright = (world: World): boolean => world.state('lamp') === 'bright';
const calm = { weak: ['press', 'turn'], ceases: ['hit'] } as const;

/** One of each temporal kind: two hold, the others fail each in its own way. */
export const temporal = {
  lit: { property: eventually('sooner or later it is lit', lit, calm) },
  again: { property: alwaysEventually('it is lit again and again', lit, calm) },
  bright: { property: leadsTo('a lit lamp gets bright', lit, bright, calm) },
  stays: { property: stable('in the end it stays lit', lit, calm) },
  mended: { property: recoverable('it can always be lit again', lit, ['press', 'turn']) },
  strong: {
    property: leadsTo('a lit lamp gets bright if turning is never put off for ever', lit, bright, {
      weak: ['press'],
      strong: ['turn'],
      ceases: ['hit'],
    }),
  },
} satisfies Record<string, Claim>;

export const lampSuite = (claims: readonly Claim[], change: Partial<Suite> = {}): Suite => ({
  model: 'lamp',
  summary: 'A lamp',
  parameters: { fragile: { type: 'boolean', doc: 'a hit breaks it', default: true } },
  configurations: { fragile: { doc: 'it breaks', set: {} }, solid: { doc: 'it does not', set: { fragile: false } } },
  system: ({ fragile }) =>
    system({
      name: 'lamp',
      peers: { lamp: peer(lamp) },
      operations: [{ name: 'press' }, { name: 'turn' }, { name: 'hit', limit: fragile === true ? 'unlimited' : 0 }],
    }),
  claims: () => [{ property: sometimes('it gets bright', bright) }, ...claims],
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
