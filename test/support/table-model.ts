/** A model given by a table of edges, for judging searches against naive ones: state `i` is the vector of its digits. */
import type { Model, Moves, Observer, State, StepObserver, World } from '../../src/kernel/index.js';
import { alwaysNoticing } from './noticing.js';

export interface Table {
  /** For each state the states its moves lead to. */
  readonly edges: readonly (readonly number[])[];
  readonly starts: readonly number[];
}

/** What properties over a table model see: `world.state('at')` names the number of the state. */
export const at = (world: World): number => Number(world.state('at'));

const digits = 4;
const base = 6;

/** Spreads the number over components of different sizes, so that packing, widening and hashing all have work. */
export function encode(id: number): State {
  const state = new Int32Array(digits);
  for (let d = 0, rest = id; d < digits; d++, rest = Math.floor(rest / base))
    state[d] = (rest % base) * [1, 9, 77, 5000][d]!;
  return state;
}

export function decode(state: State): number {
  return state.reduceRight((sum, value, d) => sum * base + value / [1, 9, 77, 5000][d]!, 0);
}

export function tableModel({ edges, starts }: Table): Model {
  const world = (state: State) => ({ state: () => String(decode(state)) }) as unknown as World<never, true>;
  return {
    name: 'table',
    width: digits,
    starts: starts.map((id) => ({ label: String(id), state: encode(id) })),
    expand(state: State, moves: Moves) {
      moves.clear();
      for (const [index, to] of edges[decode(state)]!.entries()) {
        moves.begin(0, 0, to, index);
        encode(to).forEach((value, c) => {
          if (value !== state[c]) moves.change(c, value);
        });
        if (moves.end()) moves.quiet = false;
      }
    },
    move: (moves, i) => ({
      kind: 'operation',
      peer: 'at',
      operation: `go ${moves.what[i]}`,
      args: { edge: moves.detail[i]! },
      event: { type: 'go' },
    }),
    observe: <T>(compute: (world: World<never, true>) => T): Observer<T> => ({
      at: (state) => compute(world(state)),
      ...alwaysNoticing,
    }),
    observeStep: <T>(compute: (before: World<never, true>, after: World<never, true>) => T): StepObserver<T> => ({
      at: (before, after) => compute(world(before), world(after)),
      ...alwaysNoticing,
    }),
    picture: (state) => ({ peers: [{ name: 'at', status: 'up', state: String(decode(state)) }], inFlight: [] }),
    recheck: () => {},
    effort: () => ({ machineCalls: 0, blocked: 0, fullestInbox: 0 }),
  };
}
