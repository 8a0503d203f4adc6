/**
 * A strict reader of the Aldebaran format, written from its definition (the pages of CADP and mCRL2): a header, then one line
 * an edge, as many as the header says, between states below the number that it says. No tool that reads the format is packaged
 * for Debian or npm, so this one stands in for them; `test/report/automatalib.ts` asks one where it has been built.
 */

export interface Lts {
  readonly first: number;
  readonly states: number;
  readonly edges: readonly { readonly from: number; readonly label: string; readonly to: number }[];
}

export function readAut(text: string): Lts {
  const [head = '', ...lines] = text.split('\n');
  if (lines.pop() !== '') throw new Error('the last line is not ended');
  const sizes = /^des \((\d+),(\d+),(\d+)\)$/.exec(head);
  if (sizes === null) throw new Error(`no header: ${head}`);
  const [first, transitions, states] = sizes.slice(1).map(Number) as [number, number, number];
  if (lines.length !== transitions) throw new Error(`${lines.length} edges, ${transitions} were announced`);
  const state = (word: string | undefined): number => {
    const number = Number(word);
    if (!(number < states)) throw new Error(`there is no state ${word}`);
    return number;
  };
  state(String(first));
  const edges = lines.map((line) => {
    const parts = /^\((\d+),"([^"\p{Cc}]{1,5000})",(\d+)\)$/u.exec(line);
    if (parts === null) throw new Error(`no edge: ${line}`);
    return { from: state(parts[1]), label: parts[2] as string, to: state(parts[3]) };
  });
  return { first, states, edges };
}

/** How many states can be reached from the first. */
export function reachable({ first, edges }: Lts): number {
  const next = new Map<number, number[]>();
  for (const { from, to } of edges) next.set(from, [...(next.get(from) ?? []), to]);
  const seen = new Set([first]);
  for (const at of seen) for (const to of next.get(at) ?? []) seen.add(to);
  return seen.size;
}
