/**
 * The memo by read set: remembers what a function of the world answered under the values that it read, in the order in
 * which it read them. A pure function that read the same values so far reads the same thing next, so the answers form a
 * tree: a node says what is read, its edges are the values, a leaf is the answer. Law: looking up never differs from
 * computing. (Kin to the dependency traces of Abadi, Lampson and Levy, "Analysis and caching of dependencies", 1996.)
 */
import { ChurnproofError } from '../kernel/index.js';

/** One thing that was read: which aspect of which world, and the number of the value found there. @internal */
export interface Read {
  readonly aspect: number;
  readonly value: number;
}

const leafBase = -2;
const none = -1;

/** Where a memo's values and answers come from, for the world that is looked at now. @internal */
export interface Source<T> {
  value(aspect: number): number;
  compute(): { readonly answer: T; readonly reads: readonly Read[] };
}

/** Nodes of one memo; what a function that reads too much has said is forgotten and learnt anew, lest it fill the memory. */
const defaultLimit = 1 << 23;

/** @internal */
export class Memo<T> {
  /** What each node reads; for a leaf `leafBase - answer`. */
  private nodes = new Int32Array(256);
  private nodeCount = 0;
  /** An open-addressing table of edges: from, value, to. */
  private edges = new Int32Array(3 * 1024).fill(none);
  private edgeMask = 1023;
  private edgeCount = 0;
  private answers: T[] = [];
  /** Answers forgotten so far: their numbers are never given again. */
  private forgotten = 0;

  constructor(private readonly limit = defaultLimit) {}

  /** The number of the answer, looked up or computed. Numbers of a memo are distinct for distinct read sets. */
  number(source: Source<T>): number {
    if (this.nodeCount > 0) {
      let node = 0;
      for (;;) {
        const aspect = this.nodes[node] as number;
        if (aspect <= leafBase) return leafBase - aspect + this.forgotten;
        node = this.follow(node, source.value(aspect));
        if (node === none) break;
      }
    }
    const { answer, reads } = source.compute();
    return this.learn(answer, reads);
  }

  /** Whether the answer of that number is still there. */
  has(number: number): boolean {
    return number >= this.forgotten;
  }

  answer(number: number): T {
    return this.answers[number - this.forgotten] as T;
  }

  private follow(from: number, value: number): number {
    const { edges, edgeMask } = this;
    let at = hash(from, value) & edgeMask;
    for (;;) {
      const i = at * 3;
      const owner = edges[i] as number;
      if (owner === none) return none;
      if (owner === from && edges[i + 1] === value) return edges[i + 2] as number;
      at = (at + 1) & edgeMask;
    }
  }

  private learn(answer: T, reads: readonly Read[]): number {
    if (this.nodeCount > this.limit) this.forget();
    let node = 0;
    for (let i = 0; i <= reads.length; i++) {
      const label = i < reads.length ? (reads[i] as Read).aspect : leafBase - this.answers.length;
      if (node === this.nodeCount) this.add(label);
      else if (this.nodes[node] !== label) throw impure();
      if (i === reads.length) break;
      node = this.edge(node, (reads[i] as Read).value);
    }
    this.answers.push(answer);
    return this.answers.length - 1 + this.forgotten;
  }

  /** The node behind an edge, which is made if need be: then it is the next new one. */
  private edge(from: number, value: number): number {
    const known = this.follow(from, value);
    if (known !== none) return known;
    if (this.edgeCount * 2 > this.edgeMask) this.widenEdges();
    this.put(from, value, this.nodeCount);
    this.edgeCount++;
    return this.nodeCount;
  }

  private put(from: number, value: number, to: number): void {
    let at = hash(from, value) & this.edgeMask;
    while (this.edges[at * 3] !== none) at = (at + 1) & this.edgeMask;
    this.edges[at * 3] = from;
    this.edges[at * 3 + 1] = value;
    this.edges[at * 3 + 2] = to;
  }

  private add(label: number): void {
    if (this.nodeCount === this.nodes.length) {
      const wider = new Int32Array(this.nodes.length * 2);
      wider.set(this.nodes);
      this.nodes = wider;
    }
    this.nodes[this.nodeCount++] = label;
  }

  private widenEdges(): void {
    const old = this.edges;
    this.edgeMask = this.edgeMask * 2 + 1;
    this.edges = new Int32Array(3 * (this.edgeMask + 1)).fill(none);
    for (let i = 0; i < old.length; i += 3) {
      if (old[i] !== none) this.put(old[i] as number, old[i + 1] as number, old[i + 2] as number);
    }
  }

  private forget(): void {
    this.forgotten += this.answers.length;
    this.answers = [];
    this.nodeCount = 0;
    this.edgeCount = 0;
    this.edges.fill(none);
  }
}

function hash(from: number, value: number): number {
  let h = Math.imul(from, 0x9e3779b1) ^ Math.imul(value, 0x85ebca6b);
  h ^= h >>> 15;
  return Math.imul(h, 0x2c1b3c6d) ^ (h >>> 13);
}

const impure = (): ChurnproofError =>
  new ChurnproofError('PROPERTY_NOT_DETERMINISTIC', 'a function of the world read different things in equal worlds', {
    expected: 'the same reads and the same answer whenever the worlds are the same',
    hint: 'keep counters, caches, Math.random and clocks out of properties, offers and guards',
  });
