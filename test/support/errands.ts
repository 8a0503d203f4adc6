/**
 * Systems of small machines drawn at random, whose peers look at nobody but themselves: for tests that hold a reduced search
 * against the full one.
 */
import { createMachine, emit } from 'xstate';
import {
  always,
  type Churn,
  type Faults,
  type Limit,
  type Operation,
  type Peer,
  type Property,
  peer,
  type SystemSpec,
  sometimes,
  type World,
  whenQuiet,
} from '../../src/kernel/index.js';
import type { Chance } from './random.js';

const states = ['s0', 's1', 's2'];

type AnyWorld = World;

/** A machine of three states that answers some of what it hears, by saying something to peers that its input names. */
function errandMachine(dice: Chance, timer: boolean, toAll = false) {
  const say = () => {
    const type = dice.pick(['a', 'b']);
    const at = dice.below(2);
    return emit(({ context, event }) => {
      const { others } = context as { others: readonly string[] };
      const { from } = event as { from?: string };
      return {
        type: 'send',
        to: at === 0 && from !== undefined ? from : toAll ? others : others[at % others.length],
        message: { type },
      };
    });
  };
  const transition = () => ({
    ...(dice.below(3) > 0 ? { target: `.${dice.pick(states)}` } : {}),
    actions: Array.from({ length: dice.pick([0, 0, 1, 1, 2]) }, say),
  });
  const state = () => ({
    on: Object.fromEntries(
      ['a', 'b', 'go'].flatMap((event) => (dice.below(3) > 0 ? [[event, inState(transition())]] : [])),
    ),
    ...(timer && dice.below(2) === 0 ? { after: { 10: inState(transition()) } } : {}),
  });
  return createMachine({
    context: ({ input }: { input: unknown }) => input as object,
    initial: 's0',
    states: Object.fromEntries(states.map((name) => [name, state()])),
  } as never);
}

const inState = ({ target, ...rest }: { readonly target?: string; readonly actions: readonly unknown[] }) =>
  target === undefined ? rest : { target: target.slice(1), ...rest };

export function randomErrands(name: string, dice: Chance): SystemSpec {
  // Most faults touch everything while their budget lasts: they are rare here, so that there is something to leave out.
  const maybe = <T extends object>(value: T): T | Record<string, never> => (dice.below(7) === 0 ? value : {});
  const limit = (): Limit => dice.pick([1, 1, 2, 'unlimited']);
  const names = ['ann', 'ben', 'cat', 'dan'].slice(0, 3 + dice.below(2));
  const network = dice.pick(['fifo', 'fifo', 'unordered', 'set'] as const);
  const isLinked = network !== 'set';
  const peers = names.map((self, i): [string, Peer] => {
    // Not everybody knows everybody: what cannot be sent is where there is something to leave out.
    const others = dice.pick([[names[(i + 1) % names.length]], names.filter((other) => other !== self).slice(0, 2)]);
    return [self, peer(errandMachine(dice, dice.below(3) === 0) as never, { others } as never)];
  });
  const faults: Faults = isLinked
    ? {
        ...maybe({ lose: limit() }),
        ...maybe({ duplicate: limit() }),
        ...maybe({ partition: { limit: 1, cuts: [['ann']], crossing: dice.pick(['lost', 'held'] as const) } }),
      }
    : {};
  const reuse = dice.below(3) === 0;
  const crash = { limit: limit(), peers: names.slice(0, 2), inFlight: dice.pick(['kept', 'kept', 'lost'] as const) };
  const churn: Churn = dice.below(5) > 0 ? {} : { crash, ...(reuse ? { reuse } : { restart: { limit: limit() } }) };
  const operations: Operation[] = [
    {
      name: 'go',
      by: dice.pick(['client', 'protocol', 'protocol'] as const),
      peers: dice.pick([names, names.slice(0, 1), names.slice(1)]),
      ...maybe({ limit: limit() }),
    },
    ...(dice.below(4) === 0
      ? [
          {
            name: 'a',
            limit: 1,
            offer: (w: AnyWorld, self: string) =>
              w.state(self) === 's0' ? [{ event: { type: 'a', from: 'ann' } }] : [],
          },
        ]
      : []),
  ];
  return {
    name,
    network,
    ...(isLinked ? { capacity: dice.pick([1, 1, 2]), whenFull: dice.pick(['block', 'block', 'drop'] as const) } : {}),
    peers: Object.fromEntries(peers),
    faults,
    churn,
    operations,
  };
}

/** Three peers that are alike, and a fourth that they talk to. */
export function randomLikes(name: string, dice: Chance): SystemSpec {
  const likes = ['ann', 'ben', 'cat'];
  const machine = errandMachine(dice, dice.below(4) === 0, true);
  const boss = errandMachine(dice, false, true);
  const network = dice.pick(['fifo', 'unordered', 'set'] as const);
  const limit = dice.pick([1, 2, 'unlimited'] as const);
  return {
    name,
    network,
    ...(network === 'set' ? {} : { capacity: 1, whenFull: dice.pick(['block', 'drop'] as const) }),
    peers: Object.fromEntries([
      ...likes.map((self): [string, Peer] => [self, peer(machine as never, { others: ['dan'] } as never)]),
      ['dan', peer(boss as never, { others: likes } as never)],
    ]),
    ...(network !== 'set' && dice.below(4) === 0 ? { faults: { lose: limit } } : {}),
    ...(dice.below(4) === 0
      ? { churn: { crash: { limit: 1, peers: likes, inFlight: dice.pick(['kept', 'lost'] as const) } } }
      : {}),
    operations: [{ name: 'go', by: dice.pick(['client', 'protocol'] as const), limit }],
    symmetric: [likes],
  };
}

/** Properties that name none of the like peers. */
export function fairProperties(dice: Chance): readonly Property[] {
  const look = (): ((w: AnyWorld) => boolean) => {
    const [mine, its, many] = [dice.pick(states), dice.pick(states), 1 + dice.below(3)];
    return (w) =>
      w.state('dan') === its && w.names.filter((name) => name !== 'dan' && w.state(name) === mine).length >= many;
  };
  const [a, b, c, d] = [look(), look(), look(), look()];
  return [
    always('never so', (w) => !a(w)),
    sometimes('at times so', b),
    whenQuiet('at rest not so', (w) => !c(w)),
    whenQuiet('at rest so', d),
  ];
}

/** Properties drawn at random: of one peer, of two, of what is on its way, and of rest. */
export function randomProperties(names: readonly string[], dice: Chance): readonly Property[] {
  const isIn = () => {
    const [name, state] = [dice.pick(names), dice.pick(states)];
    return (w: AnyWorld) => w.state(name) === state;
  };
  const look = (): ((w: AnyWorld) => boolean) => {
    const [p, q] = [isIn(), isIn()];
    const [to, many] = [dice.pick(names), 1 + dice.below(2)];
    return dice.pick([
      (w: AnyWorld) => p(w) && q(w),
      (w: AnyWorld) => p(w) && q(w),
      (w: AnyWorld) => p(w) && w.inFlight(to).length >= many,
      (w: AnyWorld) => w.names.filter((name) => w.state(name) === 's2').length > many,
    ]);
  };
  const not = (p: (w: AnyWorld) => boolean) => (w: AnyWorld) => !p(w);
  return [
    always('never so', not(look())),
    sometimes('at times so', look()),
    whenQuiet('at rest not so', not(look())),
    whenQuiet('at rest so', look()),
  ];
}
