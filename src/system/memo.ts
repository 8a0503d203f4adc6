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
const defaultLimit = 1 << 22;
/** Of a node: what it reads, where its row of edges begins, and how long that is. */
const nodeWidth = 3;
/** Edges of smaller numbers are found in the row, as most are; the others in a table. */
const rowLimit = 64;
/** Numbers in rows for each node of the limit. */
const rowsPerNode = 4;

/** @internal */
export class Memo<T> {
  /** Where looking begins: a node or, for a function that reads nothing, a leaf. */
  private root = none;
  private nodes = new Int32Array(nodeWidth * 64);
  private nodeCount = 0;
  /** By row and value: what the edge leads to, a node or `leafBase - answer`. */
  private rows = new Int32Array(256).fill(none);
  private rowsEnd = 0;
  /** An open-addressing table of the other edges: from, value, to. */
  private edges = new Int32Array(3 * 16).fill(none);
  private edgeMask = 15;
  private edgeCount = 0;
  private answers: T[] = [];
  /** Answers forgotten so far: their numbers are never given again. */
  private forgotten = 0;

  constructor(private readonly limit = defaultLimit) {}

  /** The number of the answer, looked up or computed. Numbers of a memo are distinct for distinct read sets. */
  number(source: Source<T>): number {
    const { nodes, rows } = this;
    let node = this.root;
    while (node >= 0) {
      const at = nodeWidth * node;
      const value = source.value(nodes[at] as number);
      if (value < (nodes[at + 2] as number)) node = rows[(nodes[at + 1] as number) + value] as number;
      else node = value < rowLimit ? none : this.follow(node, value);
    }
    if (node !== none) return leafBase - node + this.forgotten;
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
    if (this.nodeCount > this.limit || this.rowsEnd > rowsPerNode * this.limit) this.forget();
    const leaf = leafBase - this.answers.length;
    let from = none;
    let value = none;
    let here = this.root;
    for (const read of reads) {
      if (here === none) {
        here = this.add(read.aspect);
        this.link(from, value, here);
      } else if (here < 0 || this.nodes[nodeWidth * here] !== read.aspect) throw impure();
      from = here;
      value = read.value;
      here = this.target(from, value);
    }
    if (here !== none) throw impure();
    this.link(from, value, leaf);
    this.answers.push(answer);
    return this.answers.length - 1 + this.forgotten;
  }

  private target(from: number, value: number): number {
    if (value >= rowLimit) return this.follow(from, value);
    const at = nodeWidth * from;
    return value < (this.nodes[at + 2] as number)
      ? (this.rows[(this.nodes[at + 1] as number) + value] as number)
      : none;
  }

  private link(from: number, value: number, to: number): void {
    if (from === none) this.root = to;
    else if (value < rowLimit) this.linkInRow(from, value, to);
    else {
      if (this.edgeCount * 2 > this.edgeMask) this.widenEdges();
      this.put(from, value, to);
      this.edgeCount++;
    }
  }

  private linkInRow(from: number, value: number, to: number): void {
    const { nodes } = this;
    const at = nodeWidth * from;
    if (value >= (nodes[at + 2] as number)) this.widenRow(at, value);
    this.rows[(nodes[at + 1] as number) + value] = to;
  }

  /** Gives the node a longer row, at the end of all. */
  private widenRow(at: number, value: number): void {
    const { nodes } = this;
    const begin = nodes[at + 1] as number;
    const length = nodes[at + 2] as number;
    const room = 2 ** Math.ceil(Math.log2(value + 1));
    if (this.rowsEnd + room > this.rows.length) {
      const wider = new Int32Array(this.rows.length * 2).fill(none);
      wider.set(this.rows);
      this.rows = wider;
    }
    for (let i = 0; i < length; i++) this.rows[this.rowsEnd + i] = this.rows[begin + i] as number;
    nodes[at + 1] = this.rowsEnd;
    nodes[at + 2] = room;
    this.rowsEnd += room;
  }

  private put(from: number, value: number, to: number): void {
    let at = hash(from, value) & this.edgeMask;
    while (this.edges[at * 3] !== none) at = (at + 1) & this.edgeMask;
    this.edges[at * 3] = from;
    this.edges[at * 3 + 1] = value;
    this.edges[at * 3 + 2] = to;
  }

  private add(aspect: number): number {
    if (nodeWidth * (this.nodeCount + 1) > this.nodes.length) {
      const wider = new Int32Array(this.nodes.length * 2);
      wider.set(this.nodes);
      this.nodes = wider;
    }
    const at = nodeWidth * this.nodeCount;
    this.nodes[at] = aspect;
    this.nodes[at + 1] = 0;
    this.nodes[at + 2] = 0;
    return this.nodeCount++;
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
    this.root = none;
    this.nodeCount = 0;
    this.rowsEnd = 0;
    this.rows.fill(none);
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
