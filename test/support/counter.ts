/** A counter as a model, and as a program that can be made to go wrong in every way in which a program can. */
import { assign, setup } from 'xstate';
import { type Adapter, adapter, type Session } from '../../src/conform/index.js';
import { always, type Peer, type Plain, peer, type Suite, sometimes, system } from '../../src/kernel/index.js';

export interface Count {
  readonly value: number;
  readonly sets: number;
}
type CounterPeers = { readonly counter: Peer<Count> };

const counter = setup({
  types: {
    context: {} as Count,
    input: {} as { readonly from: number },
    events: {} as { readonly type: 'add'; readonly by: number } | { readonly type: 'reset' },
  },
}).createMachine({
  context: ({ input }) => ({ value: input.from, sets: 0 }),
  on: {
    add: { actions: assign({ value: ({ context, event }) => (context.value + event.by) % 8 }) },
    reset: { actions: assign({ value: 0, sets: ({ context }) => Math.min(context.sets + 1, 2) }) },
  },
});

export const suite: Suite = {
  model: 'counter',
  summary: 'a counter from 0 to 7',
  parameters: { starts: { type: 'integer', doc: 'starts', default: 2, min: 1, max: 4 } },
  configurations: { usual: { doc: 'as it is', set: {} } },
  system: ({ starts }) =>
    system<CounterPeers>({
      name: 'counter',
      network: 'synchronous',
      peers: { counter: peer(counter, { from: 0 }) },
      starts: Array.from({ length: Number(starts) }, (_, from) => ({
        label: `from ${from}`,
        up: { counter: { input: { from } } },
      })),
      operations: [
        { name: 'add', offer: () => [1, 2].map((by) => ({ args: { by }, event: { type: 'add', by } })) },
        { name: 'reset' },
      ],
    }),
  claims: () => [
    { property: always<CounterPeers, true>('it counts', (w) => (w.peers.counter?.value ?? 0) < 8) },
    { property: sometimes<CounterPeers, true>('it gets to 7', (w) => w.peers.counter?.value === 7) },
  ],
};

/** How a program gets it wrong: what it does to the value, or throws, or never answers. */
export type Program = (
  value: number,
  move: { readonly name: string; readonly by: number },
  moves: number,
) => number | Promise<number>;

export const right: Program = (value, { name, by }) => (name === 'reset' ? 0 : (value + by) % 8);

export interface Opened {
  count: number;
}

/** An adapter of a program; `opened` counts its instances. */
export const counting = (
  program: Program,
  opened: Opened = { count: 0 },
  more: Partial<Adapter<CounterPeers, number>> = {},
): Adapter<CounterPeers, number> =>
  adapter<CounterPeers, number>({
    name: 'program',
    version: '1',
    drives: ['add', 'reset'],
    aspects: {
      value: {
        allows: ({ after }) => [after.peers.counter?.value as Plain],
        because: ({ after }) => `${after.peers.counter?.value} is what was added up`,
      },
    },
    setup: ({ peers }) => peers.counter?.value ?? 0,
    open(from): Session {
      opened.count++;
      let value = from;
      let moves = 0;
      return {
        async perform(move) {
          if (move.kind !== 'operation') throw new Error('no such move');
          value = await program(value, { name: move.operation, by: Number(move.args.by ?? 0) }, ++moves);
          return undefined;
        },
        observe: () => ({ value }),
      };
    },
    ...more,
  });

export const campaign = (program: Program, more: Partial<Adapter<CounterPeers, number>> = {}, opened?: Opened) => ({
  name: 'counter',
  adapter: counting(program, opened, more),
  suite,
  configuration: 'usual',
});
