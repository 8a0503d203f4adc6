/** Questions written by hand: a graph, what is asked, and the one answer that both strategies, the judge and the oracle stand by. */
import assert from 'node:assert/strict';
import { breadthFirst, depthFirst } from '../../src/check/index.js';
import type { Fairness, Finding } from '../../src/kernel/index.js';
import type { Asked } from './asked.js';
import { ask } from './compare.js';
import { addEdge, type Edge, type Graph } from './graph-model.js';
import { complaints } from './judge.js';
import { Oracle } from './oracle.js';

/** States by number, or those for which it is true. */
type Label = readonly number[] | ((state: number) => boolean);

export interface Told {
  readonly holds: Label;
  readonly given?: Label;
  readonly fairness?: Fairness;
  readonly by?: readonly string[];
}

function askedOf(kind: Asked['kind'], { states }: Graph, told: Told): Asked {
  const { holds, given = [], fairness = {}, by = [] } = told;
  const labels = (label: Label) =>
    Array.from({ length: states }, (_, state) => (typeof label === 'function' ? label(state) : label.includes(state)));
  return { kind, holds: labels(holds), given: labels(given), fairness, by };
}

/** @throws when strategies and oracle do not agree, or the trace of a violation shows none; large graphs have no oracle. */
export function verdictOf(kind: Asked['kind'], graph: Graph, told: Told): Finding['verdict'] {
  const asked = askedOf(kind, graph, told);
  const oracle = graph.states <= 12 ? new Oracle(graph) : undefined;
  const verdicts: Finding['verdict'][] = [breadthFirst, depthFirst].map((strategy) => {
    const [finding] = ask(strategy, graph, [asked]) as [Finding];
    if (finding.verdict === 'violated')
      assert.deepEqual(complaints(graph, asked, finding, oracle?.goal(asked)), [], strategy.name);
    return finding.verdict;
  });
  if (oracle) verdicts.push(oracle.isViolated(asked) ? 'violated' : 'holds');
  assert.equal(new Set(verdicts).size, 1, `breadth-first, depth-first and the oracle say ${verdicts}`);
  return verdicts[0]!;
}

/** What a breadth-first search finds. */
export const found = (kind: Asked['kind'], graph: Graph, told: Told): Finding =>
  ask(breadthFirst, graph, [askedOf(kind, graph, told)])[0]!;

/** A rule of a small algorithm: which move it is, and what it makes of a state, `undefined` where it cannot be. */
export interface Rule<S> extends Pick<Edge, 'kind' | 'peer' | 'what'> {
  readonly next: (state: S) => S | undefined;
}

/** The states of an algorithm by number, and the graph that its rules make of them. */
export function explore<S>(starts: readonly S[], rules: readonly Rule<S>[]): { graph: Graph; states: readonly S[] } {
  const states: S[] = [];
  const ids = new Map<string, number>();
  const idOf = (state: S) => {
    const key = JSON.stringify(state);
    const id = ids.get(key) ?? states.push(state) - 1;
    ids.set(key, id);
    return id;
  };
  const first = starts.map(idOf);
  const edges: Edge[] = [];
  for (const [from, state] of states.entries()) {
    for (const { next, kind, peer, what } of rules) {
      const after = next(state);
      if (after !== undefined) addEdge(edges, { from, to: idOf(after), kind, peer, what });
    }
  }
  return { graph: { states: states.length, starts: first, edges }, states };
}
