/**
 * What is true of a small graph, from the definitions alone: every set of states is tried as the set that a behaviour visits
 * again and again. A set of states is a mask, state `i` its bit `i`.
 */
import type { Fairness } from '../../src/kernel/index.js';
import type { Asked } from './asked.js';
import { changes, classOf, type Edge, type Graph, unitOf } from './graph-model.js';

type Mask = number;

const has = (set: Mask, state: number): boolean => (set & (1 << state)) !== 0;
const includes = (set: Mask, part: Mask): boolean => (part & ~set) === 0;
const inside = (edges: readonly Edge[], set: Mask): readonly Edge[] =>
  edges.filter(({ from, to }) => has(set, from) && has(set, to));

const maskOf = (labels: readonly boolean[]): Mask =>
  labels.reduce((set, is, state) => (is ? set | (1 << state) : set), 0);

/** Those of `from` and all that these edges lead to. */
function spread(from: Mask, edges: readonly Edge[]): Mask {
  for (let set = from; ; ) {
    const before = set;
    for (const edge of edges) if (has(set, edge.from)) set |= 1 << edge.to;
    if (set === before) return set;
  }
}

const turned = (edges: readonly Edge[]): readonly Edge[] =>
  edges.map((edge) => ({ ...edge, from: edge.to, to: edge.from }));

/** Whether a walk along these edges can visit all of the set again and again; of one state always, for it may stay there. */
function isConnected(set: Mask, edges: readonly Edge[]): boolean {
  const one = set & -set;
  return spread(one, edges) === set && spread(one, turned(edges)) === set;
}

/** The moves that may be taken again and again. */
const lasting = (edges: readonly Edge[], { ceases = [] }: Fairness): readonly Edge[] =>
  edges.filter((edge) => changes(edge) && !ceases.includes(classOf(edge)));

/** All but the empty one. */
const allSets = ({ states }: Graph): readonly Mask[] => Array.from({ length: (1 << states) - 1 }, (_, i) => i + 1);

interface Debt {
  readonly strong: boolean;
  /** Where the unit is enabled. */
  readonly enabled: Mask;
  readonly unit: string;
}

function debtsOf({ edges }: Graph, fairness: Fairness): readonly Debt[] {
  const owed = lasting(edges, fairness);
  return [...new Set(owed.map(unitOf))].flatMap((unit) => {
    const own = owed.filter((edge) => unitOf(edge) === unit);
    const enabled = own.reduce((set, { from }) => set | (1 << from), 0);
    const isNamed = (names: readonly string[] = []) => names.includes(classOf(own[0]!));
    return [
      ...(isNamed(fairness.weak) ? [{ strong: false, enabled, unit }] : []),
      ...(isNamed(fairness.strong) ? [{ strong: true, enabled, unit }] : []),
    ];
  });
}

/**
 * The sets of states that a fair behaviour can visit again and again, reached or not. Whoever visits such a set may as well
 * take every move inside it again and again, for that pays debts and makes none.
 */
function fairSets(graph: Graph, fairness: Fairness): readonly Mask[] {
  const edges = lasting(graph.edges, fairness);
  const debts = debtsOf(graph, fairness);
  return allSets(graph).filter((set) => {
    const taken = inside(edges, set);
    if (!isConnected(set, taken)) return false;
    const isPaid = ({ unit }: Debt) => taken.some((edge) => unitOf(edge) === unit);
    const isOwed = ({ strong, enabled }: Debt) => (strong ? (enabled & set) !== 0 : includes(enabled, set));
    return debts.every((debt) => !isOwed(debt) || isPaid(debt));
  });
}

/** Says what is true of one graph. */
export class Oracle {
  private readonly starts: Mask;
  private readonly all: Mask;
  private readonly fair = new Map<Fairness, readonly Mask[]>();

  constructor(private readonly graph: Graph) {
    this.starts = graph.starts.reduce((set, state) => set | (1 << state), 0);
    this.all = spread(this.starts, graph.edges);
  }

  isViolated(asked: Asked): boolean {
    const { graph, starts, all } = this;
    const holds = maskOf(asked.holds);
    const without = inside(graph.edges, ~holds);
    const someWithin = (region: Mask) => this.fairSets(asked).some((set) => includes(region, set));
    switch (asked.kind) {
      case 'eventually':
        return someWithin(spread(starts & ~holds, without));
      case 'alwaysEventually':
        return someWithin(all & ~holds);
      case 'stable':
        return this.fairSets(asked).some((set) => includes(all, set) && !includes(holds, set));
      case 'leadsTo':
        return someWithin(spread(all & maskOf(asked.given) & ~holds, without));
      case 'recoverable': {
        const helpful = graph.edges.filter((edge) => asked.by.includes(classOf(edge)));
        return !includes(spread(holds, turned(helpful)), all);
      }
    }
  }

  /** Where one would want to be: what {@link Asked.holds} says, and for `stable` where it can be so again and again for ever. */
  goal(asked: Asked): readonly boolean[] {
    if (asked.kind !== 'stable') return asked.holds;
    const holds = maskOf(asked.holds);
    const goal = this.fairSets(asked).reduce((goal, set) => (includes(holds, set) ? goal | set : goal), 0);
    return asked.holds.map((_, state) => has(goal, state));
  }

  /** Whether fairness cannot be seen in the largest sets that a walk without the goal can stay in, only in parts of them. */
  isNested(asked: Asked): boolean {
    const fair = this.fairSets(asked);
    const edges = lasting(this.graph.edges, asked.fairness);
    const region = this.all & ~maskOf(asked.holds);
    const connected = allSets(this.graph).filter(
      (set) => includes(region, set) && isConnected(set, inside(edges, set)),
    );
    const largest = connected.filter((set) => !connected.some((other) => other !== set && includes(other, set)));
    return fair.some((set) => includes(region, set)) && !largest.some((set) => fair.includes(set));
  }

  private fairSets({ fairness }: Asked): readonly Mask[] {
    const known = this.fair.get(fairness) ?? fairSets(this.graph, fairness);
    this.fair.set(fairness, known);
    return known;
  }
}
