/** Graphs, and what to ask of them, as the dice fall. */
import type { Fairness } from '../../src/kernel/index.js';
import { type Chance, chance } from '../support/random.js';
import type { Asked } from './asked.js';
import { addEdge, changes, classOf, type Edge, type Graph, type Kind } from './graph-model.js';

/** Most often those that churn and clients are made of. */
const kinds: readonly Kind[] = [
  ...['deliver', 'timeout', 'operation', 'crash', 'join'],
  ...['deliver', 'timeout', 'operation', 'crash', 'join'],
  ...['lose', 'duplicate', 'leave', 'restart'],
] as Kind[];

export interface Size {
  readonly states: readonly [least: number, most: number];
  /** Most moves. */
  readonly edges?: number;
}

/** One to four units, several starts, moves that change nothing, states without moves. */
export function drawGraph(dice: Chance, { states: [least, most], edges: mostEdges = 40 }: Size): Graph {
  const states = least + dice.below(most - least + 1);
  const units = drawUnits(1 + dice.below(4), dice);
  const end = dice.below(4) === 0 ? dice.below(states) : -1;
  const edges: Edge[] = [];
  // Where every state lies on a circle, fairness decides more than dead ends do.
  const isRound = dice.below(2) === 0;
  const wanted = Math.min(mostEdges, states - 1 + dice.below(2 * states + 2));
  for (let i = 0; i < wanted; i++) {
    const isOnCircle = isRound && i < states;
    const from = isOnCircle ? i : dice.below(states);
    const to = isOnCircle ? (i + 1) % states : dice.below(7) === 0 ? from : dice.below(states);
    if (from !== end) add(edges, from, to, dice.pick(units));
  }
  const starts = new Set(Array.from({ length: dice.pick([1, 1, 1, 2, 3]) }, () => dice.below(states)));
  return { states, starts: [...starts], edges };
}

/**
 * A graph with one or two states to get to (the last ones) and, before them, circles in circles that some units lead out of:
 * what can go on for ever shows only after states have been taken away, and others because of those.
 */
export function drawTrap(dice: Chance): { readonly graph: Graph; readonly goal: readonly boolean[] } {
  const inner = 3 + dice.below(4);
  const states = inner + 1 + dice.below(inner === 6 ? 1 : 2);
  const edges: Edge[] = [];
  const inside = drawUnits(1 + dice.below(3), dice);
  const outside = drawUnits(1 + dice.below(3), dice);
  for (let state = 0; state + 1 < inner; state++) {
    add(edges, state, state + 1, dice.pick(inside));
    if (dice.below(4) > 0) add(edges, state + 1, state, dice.pick(inside));
  }
  for (let i = 0; i < 3; i++) add(edges, dice.below(inner), dice.below(inner), dice.pick(inside));
  for (let i = dice.below(4); i >= 0; i--)
    add(edges, dice.below(inner), inner + dice.below(states - inner), dice.pick(outside));
  for (let state = inner; state < states; state++) add(edges, state, dice.below(states), dice.pick(inside));
  const goal = Array.from({ length: states }, (_, state) => state >= inner);
  return { graph: { states, starts: [dice.below(inner)], edges }, goal };
}

type Unit = Pick<Edge, 'kind' | 'peer' | 'what'>;

const drawUnits = (count: number, dice: Chance): readonly Unit[] =>
  Array.from({ length: count }, () => ({ kind: dice.pick(kinds), peer: dice.below(2), what: dice.below(2) }));

function add(edges: Edge[], from: number, to: number, unit: Unit): void {
  // What the number of a join or a crash says is nothing, so it may be anything.
  const what = unit.kind === 'join' || unit.kind === 'crash' ? edges.length % 3 : unit.what;
  addEdge(edges, { ...unit, from, to, what });
}

export const classesOf = ({ edges }: Graph): readonly string[] => [...new Set(edges.map(classOf))];

/** Ways to be fair, by name; the last two say of each class something else. */
export const modes = [
  'none',
  'weak',
  'strong',
  'ceases',
  'weak, one ceases',
  'strong, one ceases',
  'mixed',
  'wild',
] as const;
export type Mode = (typeof modes)[number];

export function drawFairness(mode: Mode, classes: readonly string[], dice: Chance): Fairness {
  const some = () => classes.filter(() => dice.below(2) === 0);
  const one = () => (classes.length === 0 ? [] : [dice.pick(classes)]);
  switch (mode) {
    case 'none':
      return {};
    case 'weak':
      return { weak: classes };
    case 'strong':
      return { strong: classes };
    case 'ceases':
      return { ceases: one() };
    case 'weak, one ceases':
      return { weak: classes, ceases: one() };
    case 'strong, one ceases':
      return { strong: classes, ceases: one() };
    case 'mixed': {
      const weak = some();
      return { weak, strong: classes.filter((name) => !weak.includes(name)) };
    }
    case 'wild':
      return { weak: some(), strong: some(), ceases: dice.below(2) === 0 ? [] : some() };
  }
}

export interface Question {
  readonly mode: Mode | 'recoverable';
  readonly asked: Asked;
}

/** What the dice need not say. */
export interface Wanted {
  /** Where `holds` is true. */
  readonly goal?: readonly boolean[] | undefined;
  /** Each kind of property in every mode, not only two in turn. */
  readonly every?: boolean;
}

/** Properties in every mode, each with labels of its own. */
export function drawQuestions(graph: Graph, dice: Chance, { goal, every = false }: Wanted = {}): readonly Question[] {
  const classes = classesOf(graph);
  const labels = (odds: readonly number[]) => {
    const one = dice.pick(odds);
    return Array.from({ length: graph.states }, () => dice.below(6) < one);
  };
  const asked = (kind: Asked['kind'], fairness: Fairness, by: readonly string[] = []): Asked => ({
    kind,
    // A property of what is so for ever is easily false, and one of what happens once easily true.
    holds: goal ?? labels(kind === 'stable' ? [3, 4, 5] : [0, 1, 2, 3]),
    given: labels([1, 2, 3]),
    fairness,
    by,
  });
  const turn = dice.below(2);
  const temporal = modes.flatMap((mode, i) => {
    const fairness = drawFairness(mode, classes, dice);
    const kinds = (['eventually', 'alwaysEventually', 'stable', 'leadsTo'] as const).filter(
      (_, k) => every || (i + k + turn) % 2 === 0,
    );
    return kinds.map((kind) => ({ mode, asked: asked(kind, fairness) }));
  });
  const some = classes.filter(() => dice.below(3) > 0);
  return [
    ...temporal,
    ...[classes, some].map((by) => ({ mode: 'recoverable' as const, asked: asked('recoverable', {}, by) })),
  ];
}

/**
 * A graph of more states that behaves alike: each state becomes several, told apart by nothing, and each move leads to any of
 * those that its target became. Fair behaviours of one are fair behaviours of the other, state for state.
 */
export function unfold(graph: Graph, copies: number, dice: Chance): Graph {
  const copyOf = (state: number, copy: number) => copy * graph.states + state;
  const edges: Edge[] = [];
  for (const edge of graph.edges) {
    for (let copy = 0; copy < copies; copy++) {
      const from = copyOf(edge.from, copy);
      const isTwo = changes(edge) && edge.kind === 'join' && dice.below(3) === 0;
      for (const way of isTwo ? [2 * edge.way, 2 * edge.way + 1] : [2 * edge.way]) {
        const to = changes(edge) ? copyOf(edge.to, dice.below(copies)) : from;
        edges.push({ ...edge, from, to, way });
      }
    }
  }
  return {
    states: graph.states * copies,
    starts: graph.starts.map((state) => copyOf(state, dice.below(copies))),
    edges,
  };
}

export const unfoldAsked = (asked: Asked, copies: number): Asked => {
  const repeat = (labels: readonly boolean[]) => Array.from({ length: copies }, () => labels).flat();
  return { ...asked, holds: repeat(asked.holds), given: repeat(asked.given) };
};

export interface Drawn {
  readonly seed: number;
  readonly graph: Graph;
  readonly questions: readonly Question[];
}

/** A graph and its questions. In two graphs of five there is something to get to that fairness alone decides. */
export function draw(seed: number, size: Size, every = false): Drawn {
  const dice = chance(seed);
  const isTrap = seed % 5 < 2;
  const { graph, goal } = isTrap ? drawTrap(dice) : { graph: drawGraph(dice, size) };
  const wanted = dice.below(3) > 0 ? goal : undefined;
  return { seed, graph, questions: drawQuestions(graph, dice, { goal: wanted, every }) };
}
