/**
 * Strongly connected components that a fair behaviour can stay in for ever. Components are Tarjan's ("Depth-first search and
 * linear graph algorithms", 1972), without recursion. A component that owes a strongly fair unit a turn loses the states in
 * which that unit is enabled, and what remains is taken apart again (Emerson and Lei, "Modalities for model checking", 1987; in
 * this form Latvala and Heljanko, "Coping with strong fairness", 2000). A state alone is a component too: a behaviour may stay
 * where it is as long as nothing is owed a turn.
 */
import type { Terms } from './fairness.js';
import type { Graph } from './graph.js';

/** Calls `found` with each component, its states in no particular order; the array is used again. @internal */
export function fairComponents(
  graph: Graph,
  region: Int32Array,
  terms: Terms,
  found: (component: Int32Array) => void,
): void {
  new Decomposition(graph, terms, found).run(region);
}

class Decomposition {
  /** By state: the number of the part that is being taken apart, if it is in it. */
  private readonly part: Int32Array;
  /** By state: the component it was last found in. */
  private readonly component: Int32Array;
  private readonly index: Int32Array;
  private readonly low: Int32Array;
  private readonly nextEdge: Int32Array;
  /** Of Tarjan: visited and not yet in a component, and the way down to the state that is being looked at. */
  private readonly open: Int32Array;
  private readonly way: Int32Array;
  private parts = 0;
  private components = 0;
  private readonly left: Int32Array[] = [];
  private readonly debts: Debts;

  constructor(
    private readonly graph: Graph,
    private readonly terms: Terms,
    private readonly found: (component: Int32Array) => void,
  ) {
    const { states } = graph;
    this.part = new Int32Array(states);
    this.component = new Int32Array(states);
    this.index = new Int32Array(states);
    this.low = new Int32Array(states);
    this.nextEdge = new Int32Array(states);
    this.open = new Int32Array(states);
    this.way = new Int32Array(states);
    this.debts = new Debts(graph, terms);
  }

  run(region: Int32Array): void {
    this.left.push(region);
    for (let part = this.left.pop(); part !== undefined; part = this.left.pop()) this.takeApart(part);
  }

  private takeApart(states: Int32Array): void {
    const { index, part } = this;
    this.parts++;
    for (const s of states) {
      part[s] = this.parts;
      index[s] = 0;
    }
    let visited = 0;
    for (const s of states) if (index[s] === 0) visited = this.descend(s, visited);
  }

  /** Tarjan's depth-first visit of all that `root` leads to. */
  private descend(root: number, visitedBefore: number): number {
    const { graph, index, low, nextEdge, open, way, part, parts, terms } = this;
    const { first, end, target, unit } = graph;
    let visited = visitedBefore;
    let opened = 0;
    let depth = 0;
    const enter = (s: number) => {
      index[s] = ++visited;
      low[s] = visited;
      nextEdge[s] = first[s] as number;
      open[opened++] = s;
      way[depth++] = s;
    };
    enter(root);
    while (depth > 0) {
      const s = way[depth - 1] as number;
      const e = nextEdge[s] as number;
      if (e < (end[s] as number)) {
        nextEdge[s] = e + 1;
        const t = target[e] as number;
        if (part[t] !== parts || terms.lasting[unit[e] as number] === 0) continue;
        if (index[t] === 0) enter(t);
        else if (index[t] !== closed) low[s] = Math.min(low[s] as number, index[t] as number);
        continue;
      }
      depth--;
      if (depth > 0) {
        const above = way[depth - 1] as number;
        low[above] = Math.min(low[above] as number, low[s] as number);
      }
      if (low[s] !== index[s]) continue;
      const bottom = open.subarray(0, opened).lastIndexOf(s);
      this.judge(open.subarray(bottom, opened));
      opened = bottom;
    }
    return visited;
  }

  private judge(component: Int32Array): void {
    this.components++;
    for (const s of component) {
      this.component[s] = this.components;
      this.index[s] = closed;
    }
    const { isFair, isHopeless, rest } = this.debts.of(component, this.component, this.components);
    if (isFair) this.found(component);
    else if (!isHopeless && rest.length > 0) this.left.push(rest);
  }
}

const closed = -1;

/** Which units a component owes a turn for ever. */
class Debts {
  /** By unit: the component that it was last seen in, in how many of its states it is enabled, and whether taken within. */
  private readonly seen: Int32Array;
  private readonly enabled: Int32Array;
  private readonly lastState: Int32Array;
  private readonly taken: Uint8Array;
  private units: number[] = [];

  constructor(
    private readonly graph: Graph,
    private readonly terms: Terms,
  ) {
    const count = terms.weak.length;
    this.seen = new Int32Array(count);
    this.enabled = new Int32Array(count);
    this.lastState = new Int32Array(count);
    this.taken = new Uint8Array(count);
  }

  of(
    component: Int32Array,
    componentOf: Int32Array,
    number: number,
  ): { readonly isFair: boolean; readonly isHopeless: boolean; readonly rest: Int32Array } {
    this.count(component, componentOf, number);
    const { enabled, taken, terms } = this;
    const owed = this.units.filter((unit) => taken[unit] === 0);
    // No part of the component could do better: there too it is enabled in every state and never taken.
    const isHopeless = owed.some((unit) => terms.weak[unit] === 1 && enabled[unit] === component.length);
    const starving = owed.filter((unit) => terms.strong[unit] === 1);
    const isFair = !isHopeless && starving.length === 0;
    return { isFair, isHopeless, rest: isFair || isHopeless ? nothing : this.without(component, starving) };
  }

  private count(component: Int32Array, componentOf: Int32Array, number: number): void {
    const { graph, seen, enabled, lastState, taken, terms } = this;
    this.units = [];
    for (const s of component) {
      for (let e = graph.first[s] as number; e < (graph.end[s] as number); e++) {
        const unit = graph.unit[e] as number;
        if (terms.weak[unit] === 0 && terms.strong[unit] === 0) continue;
        if (seen[unit] !== number) {
          seen[unit] = number;
          enabled[unit] = 0;
          lastState[unit] = -1;
          taken[unit] = 0;
          this.units.push(unit);
        }
        if (lastState[unit] !== s) {
          lastState[unit] = s;
          enabled[unit] = (enabled[unit] as number) + 1;
        }
        if (componentOf[graph.target[e] as number] === number) taken[unit] = 1;
      }
    }
  }

  /** The states of the component in which none of these units is enabled. */
  private without(component: Int32Array, units: readonly number[]): Int32Array {
    const { first, end, unit } = this.graph;
    const starving = new Set(units);
    return component.filter((s) => {
      for (let e = first[s] as number; e < (end[s] as number); e++) if (starving.has(unit[e] as number)) return false;
      return true;
    });
  }
}

const nothing = new Int32Array(0);
