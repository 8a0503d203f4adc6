/**
 * A decision tree: what a pure function answered, under the values that it read, in the order in which it read them. Written down,
 * it is the whole function for as long as only values come up that came up before.
 */

/** One look at a variable, and what was found there. @internal */
export interface Read {
  readonly read: number;
  readonly value: number;
}

interface Node {
  readonly read: number;
  readonly edges: Map<number, Node | number>;
}

/** @internal */
export class Tree {
  private root: Node | number | undefined;
  private nodeCount = 0;

  /** @param read what is found where `read` looks, in the state that is looked at now @param ask asks the function itself */
  answer(
    read: (read: number) => number,
    ask: () => { readonly answer: number; readonly reads: readonly Read[] },
  ): number {
    let at = this.root;
    while (at !== undefined && typeof at !== 'number') at = at.edges.get(read(at.read));
    if (at !== undefined) return at;
    const { answer, reads } = ask();
    this.learn(answer, reads);
    return answer;
  }

  /** Appends the tree to a tape: `read, count, value, node, value, node, ...` with values in order, an answer as -1 minus it. */
  write(tape: number[]): number {
    return this.root === undefined ? -1 : write(this.root, tape);
  }

  get size(): number {
    return this.nodeCount;
  }

  private learn(answer: number, reads: readonly Read[]): void {
    if (reads.length === 0) {
      this.root = answer;
      return;
    }
    let node: Node | undefined;
    let value = 0;
    for (const next of reads) {
      const below: Node | number | undefined = node === undefined ? this.root : node.edges.get(value);
      let made = below as Node | undefined;
      if (made === undefined) {
        made = { read: next.read, edges: new Map() };
        this.nodeCount++;
        if (node === undefined) this.root = made;
        else node.edges.set(value, made);
      }
      node = made;
      value = next.value;
    }
    node?.edges.set(value, answer);
  }
}

function write(node: Node | number, tape: number[]): number {
  if (typeof node === 'number') return -1 - node;
  const edges = [...node.edges].sort(([a], [b]) => a - b);
  const at = tape.length;
  tape.push(node.read, edges.length);
  for (const [value] of edges) tape.push(value, 0);
  for (const [i, [, below]] of edges.entries()) tape[at + 3 + 2 * i] = write(below, tape);
  return at;
}
