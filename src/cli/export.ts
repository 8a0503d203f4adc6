/** The command `export`: the graph of all states of a model, for other tools. */
import { ChurnproofError } from '../kernel/index.js';
import { renderAut, renderDot } from '../report/index.js';
import { stateGraphOf } from '../run/state-graph.js';
import { compose } from '../system/index.js';
import { choose } from './choose.js';
import { exitCode } from './exit-code.js';
import type { Io } from './io.js';
import { writeOut } from './replay-page.js';

/** @internal */
export interface ExportWishes {
  readonly model: string;
  readonly format: 'aut' | 'dot';
  readonly set?: readonly string[];
  readonly suite?: string;
  readonly out?: string;
  readonly maxStates?: number;
}

/** Graphviz lays out hundreds; tools for transition systems read millions. */
const mostStates = { dot: 1000, aut: 1_000_000 } as const;

/** @internal */
export async function exportGraph({ model, format, out, maxStates, ...wishes }: ExportWishes, io: Io): Promise<number> {
  const chosen = await choose({ ...wishes, models: [model] }, io);
  const [one] = chosen;
  if (one === undefined || chosen.length !== 1)
    throw new ChurnproofError('USAGE', `${model} is ${chosen.length} systems`, {
      hint: 'name one: model/configuration',
    });
  const limit = maxStates ?? mostStates[format];
  const graph = stateGraphOf(compose(one.system), limit);
  if (graph === undefined) {
    io.stderr.write(`${one.title} has more than ${limit} states: nothing was written; --max-states raises the limit\n`);
    return exitCode.undecided;
  }
  const text = format === 'dot' ? renderDot(graph) : renderAut(graph);
  if (out === undefined) io.stdout.write(text);
  else {
    await writeOut(out, text);
    io.stdout.write(`${one.title}: ${graph.states.length} states, ${graph.edges.length} transitions are in ${out}\n`);
  }
  return exitCode.asExpected;
}
