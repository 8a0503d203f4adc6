/** Whether one temporal property holds of a whole graph, and if not, the behaviour that shows it and where its fate was decided. */
import type { Temporal } from '../kernel/index.js';
import { fairComponents } from './components.js';
import { type Terms, termsOf } from './fairness.js';
import type { Graph } from './graph.js';
import { type Loop, Loops } from './lasso.js';
import { distancesTo, type Ways, waysThrough } from './reach.js';
import type { Units } from './units.js';

/** What is known of every state, by its number. @internal */
export interface Marked {
  readonly graph: Graph;
  readonly units: Units;
  holds(state: number): boolean;
  /** For `leadsTo`. */
  given(state: number): boolean;
}

/** A step of a behaviour, with the unit that it takes where that matters. @internal */
export interface Step {
  readonly to: number;
  readonly unit?: number;
}

/** @internal */
export interface Refutation {
  readonly start: number;
  readonly steps: readonly Step[];
  readonly loop?: number;
  readonly critical?: {
    readonly kind: 'lost' | 'open';
    readonly step: number;
    readonly instead?: { readonly from: number; readonly step: Step; readonly distance: number };
  };
  readonly dead?: number;
}

/** `undefined` when it holds. @internal */
export function refute(property: Temporal, marked: Marked): Refutation | undefined {
  return property.kind === 'recoverable' ? refuteRecovery(property.by, marked) : refuteFair(property, marked);
}

function refuteRecovery(by: readonly string[], { graph, units, holds }: Marked): Refutation | undefined {
  const allowed = units.among(by);
  const distance = distancesTo(graph, holds, allowed);
  const dead = distance.reduce((sum, d) => (d === -1 ? sum + 1 : sum), 0);
  if (dead === 0) return undefined;
  const ways = waysThrough(graph, () => false);
  const nearest = ways.reached.find((s) => distance[s] === -1) as number;
  const [start, ...others] = ways.to(nearest) as [number, ...number[]];
  const steps = others.map((to) => ({ to }));
  return { start, steps, dead, ...criticalOf(graph, [start, ...others], undefined, distance, allowed) };
}

type Fair = Exclude<Temporal, { kind: 'recoverable' }>;

function refuteFair(property: Fair, marked: Marked): Refutation | undefined {
  const { graph, units, holds } = marked;
  const terms = termsOf(property.fairness, units);
  const fails = (s: number) => !holds(s);
  const found =
    property.kind === 'stable'
      ? nearestLasso(
          graph,
          terms,
          waysThrough(graph, () => false),
          () => true,
          fails,
        )
      : nearestLasso(graph, terms, waysTo(property, marked), fails, () => true);
  if (found === undefined) return undefined;
  const isGoal = property.kind === 'stable' ? havens(graph, terms, holds) : holds;
  const distance = distancesTo(graph, isGoal, terms.lasting);
  const { way, loop } = found;
  const steps = [...way.slice(1).map((to) => ({ to })), ...loop.map((e) => stepBy(graph, e))];
  const states = [...way, ...loop.map((e) => graph.target[e] as number)];
  const before = way.length - 1;
  return {
    start: way[0] as number,
    steps,
    loop: before,
    ...criticalOf(graph, states, before, distance, terms.lasting),
  };
}

/** Ways to where a loop without the goal would refute the property. */
function waysTo(property: Fair, { graph, holds, given }: Marked): Ways {
  switch (property.kind) {
    case 'eventually':
      return waysThrough(graph, holds);
    case 'leadsTo':
      return waysThrough(graph, holds, given);
    default:
      return waysThrough(graph, () => false);
  }
}

/**
 * A fair loop of states that are `inside`, one of them `needed`, with the way to it. Of staying in one place and of going
 * round, the one that takes fewer moves in all.
 */
function nearestLasso(
  graph: Graph,
  terms: Terms,
  ways: Ways,
  inside: (state: number) => boolean,
  needed: (state: number) => boolean,
): { readonly way: readonly number[]; readonly loop: Loop } | undefined {
  const components: Int32Array[] = [];
  const component = new Int32Array(graph.states);
  fairComponents(graph, ways.reached.filter(inside), terms, (states) => {
    if (!states.some(needed)) return;
    components.push(states.slice());
    for (const s of states) component[s] = components.length;
  });
  const entry = ways.reached.find((s) => component[s] !== 0 && needed(s));
  if (entry === undefined) return undefined;
  const loops = new Loops(graph, terms);
  const round = loops.within(components[(component[entry] as number) - 1] as Int32Array, entry);
  const lasso = { way: ways.to(entry), loop: round };
  const still = ways.reached.find((s) => component[s] !== 0 && needed(s) && loops.mayStay(s));
  if (still === undefined) return lasso;
  const way = ways.to(still);
  return way.length <= lasso.way.length + round.length ? { way, loop: [] } : lasso;
}

/** States in which a fair behaviour can be for ever without leaving those where it holds. */
function havens(graph: Graph, terms: Terms, holds: (state: number) => boolean): (state: number) => boolean {
  const isHaven = new Uint8Array(graph.states);
  const region = Int32Array.from({ length: graph.states }, (_, s) => s).filter(holds);
  fairComponents(graph, region, terms, (states) => {
    for (const s of states) isHaven[s] = 1;
  });
  return (s) => isHaven[s] === 1;
}

const stepBy = ({ target, unit }: Graph, e: number): Step => ({ to: target[e] as number, unit: unit[e] as number });

/** Where along these states the goal went out of reach, or where in the loop it would be nearest. */
function criticalOf(
  graph: Graph,
  states: readonly number[],
  loop: number | undefined,
  distance: Int32Array,
  allowed: Uint8Array,
): Pick<Refutation, 'critical'> {
  const lost = states.findIndex((s) => distance[s] === -1);
  if (lost === 0) return { critical: { kind: 'lost', step: 0 } };
  if (lost > 0)
    return { critical: { kind: 'lost', step: lost, ...sibling(graph, states[lost - 1] as number, distance, allowed) } };
  if (loop === undefined) return {};
  let nearest = loop;
  for (let at = loop; at < states.length; at++) {
    if ((distance[states[at] as number] as number) < (distance[states[nearest] as number] as number)) nearest = at;
  }
  return {
    critical: { kind: 'open', step: nearest + 1, ...sibling(graph, states[nearest] as number, distance, allowed) },
  };
}

/** The move that would have led on to the goal soonest. */
function sibling(graph: Graph, from: number, distance: Int32Array, allowed: Uint8Array) {
  let best: number | undefined;
  const distanceBy = (e: number) => distance[graph.target[e] as number] as number;
  for (let e = graph.first[from] as number; e < (graph.end[from] as number); e++) {
    if (allowed[graph.unit[e] as number] === 0 || distanceBy(e) === -1) continue;
    if (best === undefined || distanceBy(e) < distanceBy(best)) best = e;
  }
  return best === undefined ? {} : { instead: { from, step: stepBy(graph, best), distance: distanceBy(best) } };
}
