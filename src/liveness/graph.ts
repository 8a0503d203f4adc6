/**
 * The graph of all states: every move that changes something, as an edge with the unit it belongs to. Moves that change
 * nothing are left out: a behaviour may stay where it is in any case.
 */

const firstStates = 1 << 10;
const firstEdges = 1 << 12;

/** @internal */
export class Graph {
  /** States whose edges are known: all below this number, once the search is over. */
  states = 0;
  edges = 0;
  readonly starts: number[] = [];
  /** Edges of state `s` are those from `first[s]` to before `end[s]`. */
  first = new Int32Array(firstStates);
  end = new Int32Array(firstStates);
  target = new Int32Array(firstEdges);
  unit = new Int32Array(firstEdges);
  private reversed: Reverse | undefined;

  get bytes(): number {
    return 2 * (this.first.byteLength + this.target.byteLength);
  }

  /** Begins the edges of a state; each {@link edge} until the next `open` is one of them. */
  open(state: number): void {
    if (state >= this.first.length) {
      const size = Math.max(state + 1, this.first.length * 2);
      this.first = widened(this.first, size);
      this.end = widened(this.end, size);
    }
    this.states = Math.max(this.states, state + 1);
    this.first[state] = this.edges;
    this.end[state] = this.edges;
  }

  edge(state: number, target: number, unit: number): void {
    if (this.edges === this.target.length) {
      this.target = widened(this.target, this.edges * 2);
      this.unit = widened(this.unit, this.edges * 2);
    }
    this.target[this.edges] = target;
    this.unit[this.edges++] = unit;
    this.end[state] = this.edges;
  }

  /** The edges from the other end; computed once, when the graph is whole. */
  reverse(): Reverse {
    this.reversed ??= reverse(this);
    return this.reversed;
  }
}

/** @internal */
export interface Reverse {
  /** Edges into state `s` are those from `first[s]` to before `first[s + 1]`. */
  readonly first: Int32Array;
  readonly source: Int32Array;
  readonly unit: Int32Array;
}

function reverse({ states, edges, first, end, target, unit }: Graph): Reverse {
  const into = new Int32Array(states + 1);
  for (let e = 0; e < edges; e++) {
    const after = (target[e] as number) + 1;
    into[after] = (into[after] as number) + 1;
  }
  for (let s = 0; s < states; s++) into[s + 1] = (into[s + 1] as number) + (into[s] as number);
  const place = into.slice();
  const source = new Int32Array(edges);
  const units = new Int32Array(edges);
  for (let s = 0; s < states; s++) {
    for (let e = first[s] as number; e < (end[s] as number); e++) {
      const t = target[e] as number;
      const at = place[t] as number;
      place[t] = at + 1;
      source[at] = s;
      units[at] = unit[e] as number;
    }
  }
  return { first: into, source, unit: units };
}

function widened(array: Int32Array<ArrayBuffer>, size: number): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(size);
  wider.set(array);
  return wider;
}
