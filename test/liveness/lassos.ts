/**
 * The same truths found another way: behaviours are written out, one after the other, as a walk and a closed walk that repeats
 * for ever; of each it is asked whether it is fair and what is true of it. For graphs of very few moves.
 */
import type { Fairness } from '../../src/kernel/index.js';
import type { Asked } from './asked.js';
import { changes, classOf, type Edge, type Graph, unitOf } from './graph-model.js';

/** Moves in a row, from a state. */
interface Walk {
  readonly from: number;
  readonly moves: readonly Edge[];
}

/** The states of a behaviour until it begins to repeat those from position `loop` on. */
interface Word {
  readonly states: readonly number[];
  readonly loop: number;
}

const endOf = ({ from, moves }: Walk): number => moves.at(-1)?.to ?? from;

/** Every walk from a start of at most so many moves that change something. */
function walksOf({ starts, edges }: Graph, most: number): readonly Walk[] {
  const walks: Walk[] = starts.map((from) => ({ from, moves: [] }));
  for (const walk of walks) {
    if (walk.moves.length === most) continue;
    for (const edge of edges)
      if (edge.from === endOf(walk) && changes(edge)) walks.push({ ...walk, moves: [...walk.moves, edge] });
  }
  return walks;
}

/** Closed walks from a state, the one that stays there among them; of those that take the same moves the first found. */
function loopsOf({ edges }: Graph, from: number): readonly Walk[] {
  const walks: Walk[] = [{ from, moves: [] }];
  const seen = new Set([`${from}:`]);
  for (const walk of walks) {
    for (const edge of edges) {
      if (edge.from !== endOf(walk) || !changes(edge)) continue;
      const longer = { from, moves: [...walk.moves, edge] };
      const taken = edges.flatMap((one, i) => (longer.moves.includes(one) ? [i] : []));
      const key = `${edge.to}:${taken.join()}`;
      if (seen.has(key)) continue;
      seen.add(key);
      walks.push(longer);
    }
  }
  return walks.filter((walk) => endOf(walk) === from);
}

function isFair({ from, moves }: Walk, { edges }: Graph, { weak = [], strong = [], ceases = [] }: Fairness): boolean {
  if (moves.some((move) => ceases.includes(classOf(move)))) return false;
  const states = [from, ...moves.map(({ to }) => to)];
  const isEnabled = (unit: string, state: number) =>
    edges.some((edge) => edge.from === state && changes(edge) && unitOf(edge) === unit);
  return edges.every((edge) => {
    const unit = unitOf(edge);
    const name = classOf(edge);
    if (ceases.includes(name) || moves.some((move) => unitOf(move) === unit)) return true;
    if (strong.includes(name) && states.some((state) => isEnabled(unit, state))) return false;
    return !(weak.includes(name) && states.every((state) => isEnabled(unit, state)));
  });
}

/** The definition of each operator, on one behaviour. */
export function isTrueOf({ states, loop }: Word, { kind, holds, given }: Omit<Asked, 'by' | 'fairness'>): boolean {
  const positions = states.map((_, i) => i);
  const later = (i: number) => [...states.slice(i), ...states.slice(loop)];
  switch (kind) {
    case 'eventually':
      return later(0).some((state) => holds[state]);
    case 'alwaysEventually':
      return positions.every((i) => later(i).some((state) => holds[state]));
    case 'stable':
      return positions.some((i) => later(i).every((state) => holds[state]));
    case 'leadsTo':
      return positions.every((i) => !given[states[i]!] || later(i).some((state) => holds[state]));
    case 'recoverable':
      throw new Error('is not said of one behaviour');
  }
}

/**
 * Behaviours of a graph. A prefix has at most one state to show on its way from a start to the loop, one that is `given`: more
 * moves than it takes to go by all other states twice are a detour.
 */
export class Lassos {
  private readonly prefixes: readonly Walk[];
  private readonly loops: readonly (readonly Walk[])[];

  constructor(private readonly graph: Graph) {
    this.prefixes = walksOf(graph, 2 * (graph.states - 1));
    this.loops = Array.from({ length: graph.states }, (_, state) => loopsOf(graph, state));
  }

  isViolated(asked: Asked): boolean {
    if (asked.kind === 'recoverable') return this.dead(asked).length > 0;
    const fair = this.fairLoops(asked);
    return this.prefixes.some((prefix) => {
      const before = [prefix.from, ...prefix.moves.map(({ to }) => to)].slice(0, -1);
      return fair[endOf(prefix)]!.some(({ from, moves }) => {
        const states = [...before, from, ...moves.slice(0, -1).map(({ to }) => to)];
        return !isTrueOf({ states, loop: before.length }, asked);
      });
    });
  }

  /** For `stable`: the states on a fair loop along which it holds. */
  goal(asked: Asked): readonly boolean[] {
    return this.fairLoops(asked).map((loops) =>
      loops.some(({ from, moves }) => asked.holds[from] && moves.every(({ to }) => asked.holds[to])),
    );
  }

  /** States reached in which it does not hold, and that moves of the classes in `by` only lead to more of the same. */
  dead({ holds, by }: Asked): readonly number[] {
    const { edges, states } = this.graph;
    let dead = holds.map((is) => !is);
    for (let round = 0; round < states; round++)
      dead = dead.map((is, s) => is && edges.every((e) => e.from !== s || !by.includes(classOf(e)) || dead[e.to]!));
    return [...new Set(this.prefixes.map(endOf))].filter((state) => dead[state]);
  }

  private fairLoops({ fairness }: Asked): readonly (readonly Walk[])[] {
    return this.loops.map((loops) => loops.filter((loop) => isFair(loop, this.graph, fairness)));
  }
}
