/** A model given by a small graph whose moves have classes and units, for judging what is said of infinite behaviours. */
import {
  describeMove,
  type Model,
  type Move,
  type Moves,
  moveClass,
  moveKinds,
  type Observer,
  type State,
  type StepObserver,
  type World,
} from '../../src/kernel/index.js';
import { alwaysNoticing } from '../support/noticing.js';

export type Kind = 'deliver' | 'lose' | 'duplicate' | 'timeout' | 'operation' | 'join' | 'leave' | 'crash' | 'restart';

export interface Edge {
  readonly from: number;
  readonly to: number;
  readonly kind: Kind;
  readonly peer: number;
  /** The message, timer or operation; of other kinds a number that means nothing. */
  readonly what: number;
  /** The choice of an operation or a join, which tells alternatives apart. */
  readonly way: number;
  /** Of an operation that is not called by its number. */
  readonly name?: string;
}

export interface Graph {
  readonly states: number;
  readonly starts: readonly number[];
  readonly edges: readonly Edge[];
}

/** The second is called like a kind of move: their class is one and the same. */
const operationNames: readonly string[] = ['ask', 'join', 'fix', 'tell'];

export const changes = ({ from, to }: Edge): boolean => from !== to;

/** The part of a class that is treated fairly by itself. */
export function unitOf({ kind, peer, what, way }: Edge): string {
  switch (kind) {
    case 'deliver':
    case 'lose':
    case 'duplicate':
    case 'timeout':
      return `${kind} ${peer} ${what}`;
    case 'operation':
      return `${kind} ${peer} ${what} ${way}`;
    default:
      return `${kind} ${peer}`;
  }
}

export const classOf = (edge: Edge): string => moveClass(moveOf(edge));

export function moveOf({ from, kind, peer: number, what, way, name = operationNames[what]! }: Edge): Move {
  const peer = String(number);
  switch (kind) {
    case 'deliver':
    case 'lose':
    case 'duplicate':
      return { kind, from: 'net', to: peer, message: { type: `m${what}` } };
    case 'timeout':
      return { kind, peer, timer: `t${what}` };
    case 'operation':
      // What it observes is no part of the choice.
      return { kind, peer, operation: name, args: { way }, event: { type: name, seen: from } };
    case 'join':
      return { kind, peer, args: { way }, event: null };
    default:
      return { kind, peer };
  }
}

/** Two components, so that a state is more than its number. */
const encode = (id: number): State => Int32Array.of(id % 1000, Math.floor(id / 1000));
export const decode = (state: State): number => state[0]! + 1000 * state[1]!;

/** What a property over a graph sees of a world: the number of the state. */
export const at = (world: World): number => Number(world.state('at'));

export function graphModel({ edges, starts }: Graph): Model {
  const world = (state: State) => ({ state: () => String(decode(state)) }) as unknown as World<never, true>;
  const leaving = new Map<number, [index: number, edge: Edge][]>();
  for (const [index, edge] of edges.entries()) {
    const list = leaving.get(edge.from) ?? [];
    list.push([index, edge]);
    leaving.set(edge.from, list);
  }
  return {
    name: 'graph',
    width: 2,
    starts: starts.map((id) => ({ label: String(id), state: encode(id) })),
    expand(state: State, moves: Moves) {
      moves.clear();
      for (const [index, { to, kind, peer, what }] of leaving.get(decode(state)) ?? []) {
        moves.begin(moveKinds.indexOf(kind), peer, what, index);
        encode(to).forEach((value, c) => {
          if (value !== state[c]) moves.change(c, value);
        });
        if (moves.end()) moves.quiet = false;
      }
    },
    move: (moves, i) => moveOf(edges[moves.detail[i]!]!),
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

/** Adds the move, unless it would look like another of the same state: only operations and joins have alternatives. */
export function addEdge(edges: Edge[], edge: Omit<Edge, 'way'>): boolean {
  const unit = unitOf({ ...edge, way: 0 });
  const way = edges.filter((other) => other.from === edge.from && unitOf({ ...other, way: 0 }) === unit).length;
  if (way > 0 && edge.kind !== 'operation' && edge.kind !== 'join') return false;
  edges.push({ ...edge, way });
  return true;
}

/** A graph in a few words: `0 ask.1 1` is an operation of peer 1 from state 0 to 1, `1 deliver2 1` message 2 to peer 0, in vain. */
export function graphOf(text: string, starts: readonly number[] = [0]): Graph {
  const edges: Edge[] = [];
  for (const words of text.split(',')) {
    const [, from, name, number, peer, to] = /^(\d+) ([a-z]+)(\d*)\.?(\d*) (\d+)$/.exec(words.trim())!;
    const operation = name !== 'join' && operationNames.includes(name!) ? operationNames.indexOf(name!) : undefined;
    const edge = {
      from: Number(from),
      to: Number(to),
      kind: operation === undefined ? (name as Kind) : 'operation',
      peer: Number(peer),
      what: operation ?? Number(number),
    };
    if (!addEdge(edges, edge)) throw new Error(`'${words.trim()}' looks like another move`);
  }
  const states = 1 + Math.max(...starts, ...edges.flatMap(({ from, to }) => [from, to]));
  return { states, starts, edges };
}

export function showGraph({ states, starts, edges }: Graph): string {
  const lines = edges.map((edge) => `${edge.from} -> ${edge.to}  ${unitOf(edge)}: ${describeMove(moveOf(edge))}`);
  return [`${states} states, starts ${starts.join(' ')}`, ...lines].join('\n');
}
