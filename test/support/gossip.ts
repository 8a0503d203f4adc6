/**
 * A peer that uses as much of xstate and of a system as fits in one, and systems of such peers drawn at random: for tests
 * that hold the engine against something else.
 */
import { and, assign, cancel, emit, enqueueActions, not, raise, setup, stateIn } from 'xstate';
import {
  type Churn,
  type Faults,
  type From,
  type Limit,
  type Operation,
  type Peer,
  peer,
  type Send,
  type Start,
  type System,
  type SystemSpec,
} from '../../src/kernel/index.js';
import type { Chance } from './random.js';

interface Villager {
  readonly self: string;
  readonly others: readonly string[];
  /** The latest rumour. */
  readonly heard: number;
  /** How often it was born. */
  readonly lives: number;
  readonly friend: string | null;
}

type Rumour = { readonly type: 'rumour'; readonly n: number };
type Heard =
  | From<Rumour>
  | From<{ readonly type: 'seen' | 'bye' | 'hello' | 'born' }>
  | { readonly type: 'tell' | 'forget'; readonly n: number }
  | { readonly type: 'join'; readonly via: string }
  | { readonly type: 'leave' | 'nudge' | 'cover' | 'uncover' | 'retire' };

/** Tells rumours to its neighbours until they say that they have seen them. */
export const villager = setup({
  types: {
    context: {} as Villager,
    input: {} as Pick<Villager, 'self' | 'others'> & { readonly restored?: { readonly lives: number } },
    events: {} as Heard,
    emitted: {} as Send<Rumour | { readonly type: 'seen' | 'bye' | 'hello' | 'born' }>,
  },
  delays: { patience: ({ context }) => 10 * (1 + context.heard) },
  guards: {
    isNews: ({ context, event }) => (event as Rumour).n > context.heard,
    isLonely: ({ context }) => context.others.length === 0,
  },
  actions: {
    learn: assign({ heard: ({ event }) => (event as Rumour).n }),
    spread: emit(({ context }) => ({
      type: 'send',
      to: context.others,
      message: { type: 'rumour', n: context.heard },
    })),
    acknowledge: emit(({ event }) => ({ type: 'send', to: (event as From<Rumour>).from, message: { type: 'seen' } })),
    cry: emit(({ context }) => ({ type: 'send', to: context.others.slice(0, 1), message: { type: 'born' } })),
    greet: emit((_, to: string) => ({ type: 'send', to, message: { type: 'hello' } })),
    befriend: assign({ friend: (_, friend: string) => friend }),
    wave: emit(({ context }) => ({ type: 'send', to: context.others, message: { type: 'bye' } })),
  },
}).createMachine({
  id: 'villager',
  context: ({ input: { self, others, restored } }) => ({
    self,
    others,
    heard: 0,
    lives: (restored?.lives ?? 0) + 1,
    friend: null,
  }),
  initial: 'awake',
  states: {
    awake: {
      type: 'parallel',
      entry: 'cry',
      on: {
        retire: 'gone',
        leave: { actions: 'wave' },
        join: {
          actions: [
            { type: 'befriend', params: ({ event }) => event.via },
            { type: 'greet', params: ({ event }) => event.via },
          ],
        },
        forget: {
          guard: not(stateIn({ awake: { ear: 'covered' } })),
          actions: assign({ heard: ({ event }) => event.n }),
        },
      },
      states: {
        mouth: {
          initial: 'shut',
          states: {
            shut: { on: { tell: { guard: 'isNews', target: 'telling', actions: ['learn', cancel('forget')] } } },
            telling: {
              entry: 'spread',
              always: { guard: 'isLonely', target: 'shut' },
              after: { patience: { target: 'telling', reenter: true } },
              on: { seen: 'shut' },
            },
          },
        },
        ear: {
          initial: 'open',
          states: {
            open: {
              initial: 'keen',
              exit: raise({ type: 'nudge' }),
              on: {
                cover: 'covered',
                rumour: [
                  {
                    guard: and(['isNews', not('isLonely')]),
                    actions: [
                      enqueueActions(({ context, enqueue, check }) => {
                        enqueue.cancel('forget');
                        enqueue.raise({ type: 'forget', n: context.heard }, { delay: 500, id: 'forget' });
                        enqueue('learn');
                        if (check(not(stateIn({ awake: { mouth: 'telling' } })))) enqueue('acknowledge');
                      }),
                      'spread',
                    ],
                  },
                  { actions: 'acknowledge' },
                ],
              },
              states: {
                keen: { after: { patience: 'bored' }, on: { hello: 'bored' } },
                bored: { on: { nudge: 'keen', bye: 'keen', born: 'keen' } },
                before: { type: 'history' },
              },
            },
            covered: { after: { 1000: 'open' }, on: { uncover: 'open.before' } },
          },
        },
      },
    },
    gone: { type: 'final', entry: 'wave' },
  },
});

const rumours: Operation = {
  name: 'tell',
  offer: (world, self) =>
    [1, 2].map((n) => ({ args: { n }, event: { type: 'tell', n } })).slice(world.isUp(self) ? 0 : 2),
};

const invited: NonNullable<Operation['offer']> = (world, self) =>
  world.names
    .filter((via) => via !== self && world.isUp(via))
    .map((via) => ({ args: { via }, event: { type: 'join', via } }));

/** A system of two or three villagers with a network, faults, churn and operations as the dice fall. */
export function randomVillage(name: string, dice: Chance): System {
  const maybe = <T extends object>(value: T): T | Record<string, never> => (dice.below(2) === 0 ? value : {});
  const limit = (): Limit => dice.pick([1, 2, 'unlimited']);
  const names = ['ann', 'ben', 'cat'].slice(0, 2 + dice.below(2));
  const network = dice.pick(['fifo', 'fifo', 'unordered', 'unordered', 'set', 'synchronous'] as const);
  const isLinked = network === 'fifo' || network === 'unordered';
  const stable = dice.pick([[], ['lives'], ['lives', 'heard']] as const);
  const crashes = dice.below(2) === 0;
  const reuse = dice.below(3) === 0;

  const faults: Faults = {
    ...(isLinked ? { ...maybe({ lose: limit() }), ...maybe({ duplicate: limit() }) } : {}),
    ...maybe({
      partition: {
        limit: limit(),
        crossing: network === 'synchronous' ? 'lost' : dice.pick(['lost', 'held'] as const),
        ...maybe({ cuts: [['ann'], ['ben']] }),
      },
    }),
  };
  const churn: Churn = {
    reuse,
    join: { limit: limit(), ...maybe<Pick<Operation, 'offer'>>({ offer: invited }) },
    ...maybe({ leave: { limit: limit(), when: (world: { isUp(name: string): boolean }) => world.isUp('ann') } }),
    ...(crashes ? { crash: { limit: limit(), inFlight: dice.pick(['kept', 'lost'] as const) } } : {}),
    ...(crashes && !reuse ? maybe({ restart: { limit: limit(), peers: names.slice(0, 2) } }) : {}),
  };
  const operations: Operation[] = [
    rumours,
    { name: 'nudge', by: 'protocol', peers: ['ann'] },
    { name: 'cover', limit: limit() },
    { name: 'uncover', by: dice.pick(['client', 'protocol'] as const) },
    { name: 'retire', limit: 1 },
  ];
  const inputs = Object.fromEntries(
    names.map((self) => [self, { self, others: names.filter((other) => other !== self) }]),
  );
  const starts: Start[] = [
    { label: 'ann alone', up: { ann: {} } },
    { label: 'ben and a lonely ann', up: { ann: { input: { self: 'ann', others: [] } }, ben: {} } },
  ];
  const spec: SystemSpec = {
    name,
    network,
    ...(isLinked ? { capacity: 1 + dice.below(3), whenFull: dice.pick(['block', 'drop'] as const) } : {}),
    peers: Object.fromEntries(names.map((self): [string, Peer] => [self, peer(villager, inputs[self]!, { stable })])),
    starts,
    faults,
    churn,
    operations,
  };
  return spec;
}
