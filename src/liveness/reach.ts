/** Who can get where: shortest ways over the stored graph, forwards and backwards, and a search that needs no graph. */
import { type Model, Moves, type State } from '../kernel/index.js';
import type { Graph } from './graph.js';

/** By state: moves from there to the nearest goal, -1 where there is no way. Only edges of the allowed units count. @internal */
export function distancesTo(graph: Graph, isGoal: (state: number) => boolean, allowed: Uint8Array): Int32Array {
  const { first, source, unit } = graph.reverse();
  const distance = new Int32Array(graph.states).fill(-1);
  const queue = new Int32Array(graph.states);
  let size = 0;
  for (let s = 0; s < graph.states; s++) {
    if (!isGoal(s)) continue;
    distance[s] = 0;
    queue[size++] = s;
  }
  for (let head = 0; head < size; head++) {
    const s = queue[head] as number;
    for (let e = first[s] as number; e < (first[s + 1] as number); e++) {
      const before = source[e] as number;
      if (distance[before] !== -1 || allowed[unit[e] as number] === 0) continue;
      distance[before] = (distance[s] as number) + 1;
      queue[size++] = before;
    }
  }
  return distance;
}

/** Shortest ways from the starts, found level by level. @internal */
export interface Ways {
  /** The states that there is a way to, nearest first. */
  readonly reached: Int32Array;
  /** The states on a shortest way from a start, both ends included. */
  to(state: number): readonly number[];
}

/**
 * Ways that avoid what `isBarred`, once they have set out. They set out at once; or, where `setsOut` is given, at any state of
 * which it is true, after having come there from a start by any way at all.
 * @internal
 */
export function waysThrough(
  graph: Graph,
  isBarred: (state: number) => boolean,
  setsOut?: (state: number) => boolean,
): Ways {
  // Each state is there twice: below `states` on a way that has set out, above on one that has not.
  const { states, first, end, target } = graph;
  const parent = new Int32Array(setsOut === undefined ? states : 2 * states).fill(unseen);
  const queue = new Int32Array(parent.length);
  let size = 0;
  const push = (place: number, from: number) => {
    if (parent[place] !== unseen) return;
    parent[place] = from;
    queue[size++] = place;
  };
  const arrive = (state: number, from: number, isOut: boolean) => {
    if (isOut || setsOut === undefined) {
      if (!isBarred(state)) push(state, from);
      return;
    }
    push(state + states, from);
    // The same state, at the same distance, from now on under way.
    if (setsOut(state) && !isBarred(state)) push(state, from);
  };
  for (const start of graph.starts) arrive(start, begun, false);
  for (let head = 0; head < size; head++) {
    const place = queue[head] as number;
    const isOut = place < states;
    const state = isOut ? place : place - states;
    for (let e = first[state] as number; e < (end[state] as number); e++) arrive(target[e] as number, place, isOut);
  }
  return {
    reached: queue.subarray(0, size).filter((place) => place < states),
    to: (state) => {
      const way: number[] = [];
      for (let place = state; place !== begun; place = parent[place] as number) way.unshift(place % states);
      return way;
    },
  };
}

const unseen = -2;
const begun = -1;

/** What a search forwards from one state found. @internal */
export type Reachability =
  | { readonly kind: 'reached'; readonly distance: number }
  | { readonly kind: 'never'; readonly states: number }
  | { readonly kind: 'unknown' };

/** Whether the allowed moves lead from a state to a goal; unknown after so many states. @internal */
export function canReach(
  model: Model,
  from: State,
  isGoal: (state: State) => boolean,
  allowed: (moves: Moves, index: number) => boolean,
  limit: number,
): Reachability {
  const seen = new Set([from.join()]);
  const moves = new Moves();
  let level: State[] = [from.slice()];
  for (let distance = 0; level.length > 0; distance++) {
    if (level.some(isGoal)) return { kind: 'reached', distance };
    const next: State[] = [];
    for (const state of level) {
      model.expand(state, moves);
      for (let i = 0; i < moves.count; i++) {
        if (moves.changesNothing(i) || !allowed(moves, i)) continue;
        const after = state.slice();
        moves.apply(i, after);
        const key = after.join();
        if (seen.has(key)) continue;
        if (seen.size >= limit) return { kind: 'unknown' };
        seen.add(key);
        next.push(after);
      }
    }
    level = next;
  }
  return { kind: 'never', states: seen.size };
}
