/** A loop that a fair behaviour can repeat for ever, kept short: what is owed a turn is visited nearest first. */
import type { Terms } from './fairness.js';
import type { Graph } from './graph.js';

/** Edges, by their numbers; none: to stay where one is. @internal */
export type Loop = readonly number[];

/** Finds loops within components that are fair as a whole. @internal */
export class Loops {
  /** By state: whether it is in the component. */
  private readonly inside: Uint8Array;
  /** By state: the edge by which a visit came to it, and from where, and which visit that was. */
  private readonly via: Int32Array;
  private readonly before: Int32Array;
  private readonly visit: Int32Array;
  private visits = 0;
  private readonly queue: Int32Array;

  constructor(
    private readonly graph: Graph,
    private readonly terms: Terms,
  ) {
    this.inside = new Uint8Array(graph.states);
    this.via = new Int32Array(graph.states);
    this.before = new Int32Array(graph.states);
    this.visit = new Int32Array(graph.states);
    this.queue = new Int32Array(graph.states);
  }

  /** Whether a behaviour may stay in this state for ever. */
  mayStay(state: number): boolean {
    return this.owedBy([], state).length === 0;
  }

  /** From `entry` back to it, within the component. */
  within(component: Int32Array, entry: number): Loop {
    for (const s of component) this.inside[s] = 1;
    const loop = this.grow(entry);
    for (const s of component) this.inside[s] = 0;
    return loop;
  }

  private grow(entry: number): Loop {
    const { target } = this.graph;
    const way: number[] = [];
    for (let at = entry; ; at = target[way.at(-1) as number] as number) {
      const loop = at === entry ? way : [...way, ...this.nearest(at, (e) => target[e] === entry)];
      const owed = new Set(this.owedBy(loop, entry));
      if (owed.size === 0) return loop;
      const pays = (e: number) => owed.has(this.graph.unit[e] as number) || this.frees(target[e] as number, owed);
      way.push(...this.nearest(at, pays));
    }
  }

  /** The units that this loop treats unfairly. */
  private owedBy(loop: Loop, entry: number): readonly number[] {
    const { graph, terms } = this;
    const taken = new Set(loop.map((e) => graph.unit[e] as number));
    const enabled = [entry, ...loop.map((e) => graph.target[e] as number)].map((s) => this.enabledIn(s));
    const once = new Set(enabled.flatMap((units) => [...units]));
    return [...once].filter((unit) => {
      if (taken.has(unit)) return false;
      return terms.strong[unit] === 1 || (terms.weak[unit] === 1 && enabled.every((units) => units.has(unit)));
    });
  }

  /** Whether one of these units, weakly fair, is not enabled here. */
  private frees(state: number, owed: ReadonlySet<number>): boolean {
    const enabled = this.enabledIn(state);
    for (const unit of owed) if (this.terms.weak[unit] === 1 && !enabled.has(unit)) return true;
    return false;
  }

  private enabledIn(state: number): ReadonlySet<number> {
    const { first, end, unit } = this.graph;
    return new Set(unit.subarray(first[state] as number, end[state] as number));
  }

  /** The edges of a shortest way within the component that ends with one that `suits`. */
  private nearest(from: number, suits: (edge: number) => boolean): Loop {
    const { graph, inside, queue, terms, via, before, visit } = this;
    this.visits++;
    let size = 0;
    queue[size++] = from;
    visit[from] = this.visits;
    for (let head = 0; head < size; head++) {
      const s = queue[head] as number;
      for (let e = graph.first[s] as number; e < (graph.end[s] as number); e++) {
        const t = graph.target[e] as number;
        if (inside[t] === 0 || terms.lasting[graph.unit[e] as number] === 0) continue;
        if (suits(e)) return [...this.between(from, s), e];
        if (visit[t] === this.visits) continue;
        visit[t] = this.visits;
        via[t] = e;
        before[t] = s;
        queue[size++] = t;
      }
    }
    throw new Error('a component that was found fair holds no such edge');
  }

  /** The way that the latest visit took. */
  private between(from: number, to: number): Loop {
    const way: number[] = [];
    for (let s = to; s !== from; s = this.before[s] as number) way.unshift(this.via[s] as number);
    return way;
  }
}
