/** A model written by hand: each peer is one number, each rule one move. For tests of what works on any model. */
import {
  type Model,
  type Move,
  Moves,
  moveKinds,
  type Peers,
  type Picture,
  type Property,
  peersOf,
  type State,
  type World,
} from '../../src/kernel/index.js';
import { alwaysNoticing } from './noticing.js';

/** One way to move: enabled when `next` answers a state, which may be the same. */
export interface Rule {
  readonly move: Move;
  readonly next: (values: readonly number[]) => readonly number[] | undefined;
}

export interface Toy {
  readonly names: readonly string[];
  /** Default: all zero. */
  readonly starts?: readonly (readonly number[])[];
  readonly rules: readonly Rule[];
}

/** A client's operation on a peer. */
export const operation = (peer: string, name: string, next: Rule['next'], choice = 0): Rule => ({
  move: { kind: 'operation', peer, operation: name, args: choice === 0 ? {} : { choice }, event: { type: name } },
  next,
});

/** A peer's own timer: unlike an operation, a state in which it would change something is not quiet. */
export const timer = (peer: string, name: string, next: Rule['next']): Rule => ({
  move: { kind: 'timeout', peer, timer: name },
  next,
});

/** A property of the peers' numbers. */
export const valued = (
  kind: 'always' | 'sometimes' | 'whenQuiet',
  name: string,
  holds: (values: readonly number[]) => boolean,
): Property => ({ kind, name, holds: (world) => holds(valuesOf(world)) });

export const valuedStep = (
  name: string,
  holds: (before: readonly number[], after: readonly number[]) => boolean,
): Property => ({ kind: 'alwaysStep', name, holds: (before, after) => holds(valuesOf(before), valuesOf(after)) });

const valuesOf = (world: World<Peers, true>) =>
  world.names.map((name) => (world.peers[name] as { value: number }).value);

export function toyModel({ names, starts = [names.map(() => 0)], rules }: Toy): Model {
  const worldOf = (state: State): World<Peers, true> =>
    ({
      names,
      peers: Object.fromEntries(names.map((name, i) => [name, { value: state[i] }])),
    }) as unknown as World<Peers, true>;

  return {
    name: 'toy',
    width: names.length,
    starts: starts.map((values, i) => ({ label: `start ${i + 1}`, state: Int32Array.from(values) })),
    expand(state, moves) {
      moves.clear();
      const values = [...state];
      for (const [what, { move, next }] of rules.entries()) {
        const after = next(values);
        if (after === undefined) continue;
        moves.begin(moveKinds.indexOf(move.kind), names.indexOf(peersOf(move)[0] ?? ''), what, 0);
        for (const [c, value] of after.entries()) if (value !== values[c]) moves.change(c, value);
        moves.end();
        if (move.kind === 'timeout' && !moves.changesNothing(moves.count - 1)) moves.quiet = false;
      }
    },
    move: (moves, index) => (rules[moves.what[index] as number] as Rule).move,
    observe: (compute) => ({ at: (state) => compute(worldOf(state)), ...alwaysNoticing }),
    observeStep: (compute) => ({ at: (before, after) => compute(worldOf(before), worldOf(after)), ...alwaysNoticing }),
    picture: (state): Picture => ({
      peers: names.map((name, i) => ({ name, status: 'up', context: { value: state[i] as number } })),
      inFlight: [],
    }),
    recheck: () => {},
    effort: () => ({ machineCalls: 0, blocked: 0, fullestInbox: 0 }),
  };
}

/** The state that choices lead to, each move checked to be enabled. */
export function follow(
  model: Model,
  start: number,
  choices: readonly number[],
): { state: State; moves: readonly Move[] } {
  const state = (model.starts[start] as Model['starts'][number]).state.slice();
  const enabled = new Moves();
  const moves = choices.map((choice) => {
    model.expand(state, enabled);
    if (!(choice < enabled.count)) throw new Error(`choice ${choice} of ${enabled.count}`);
    const move = model.move(enabled, choice);
    enabled.apply(choice, state);
    return move;
  });
  return { state, moves };
}
