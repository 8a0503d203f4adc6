/** The command `export`: the graph of all states of a model, or the system itself, for other tools. */
import { ChurnproofError } from '../kernel/index.js';
import { promelaOf } from '../promela/index.js';
import { renderAut, renderDot } from '../report/index.js';
import { stateGraphOf } from '../run/state-graph.js';
import { compose } from '../system/index.js';
import { type Chosen, choose } from './choose.js';
import { exitCode } from './exit-code.js';
import type { Io } from './io.js';
import { writeOut } from './replay-page.js';

/** @internal */
export interface ExportWishes {
  readonly model: string;
  readonly format: 'aut' | 'dot' | 'promela';
  readonly set?: readonly string[];
  readonly suite?: string;
  readonly out?: string;
  readonly maxStates?: number;
}

/** Graphviz lays out hundreds; tools for transition systems read millions. */
const mostStates = { dot: 1000, aut: 1_000_000, promela: 1_000_000 } as const;

/** @internal */
export async function exportGraph({ model, format, out, maxStates, ...wishes }: ExportWishes, io: Io): Promise<number> {
  const chosen = await choose({ ...wishes, models: [model] }, io);
  const [one] = chosen;
  if (one === undefined || chosen.length !== 1)
    throw new ChurnproofError('USAGE', `${model} is ${chosen.length} systems`, {
      hint: 'name one: model/configuration',
    });
  const limit = maxStates ?? mostStates[format];
  const written = format === 'promela' ? systemOf(one, limit) : graphOf(one, format, limit);
  if (written === undefined) {
    io.stderr.write(`${one.title} has more than ${limit} states: nothing was written; --max-states raises the limit\n`);
    return exitCode.undecided;
  }
  const { text, told } = written;
  if (out === undefined) io.stdout.write(text);
  else {
    await writeOut(out, text);
    io.stdout.write(`${one.title}: ${told} are in ${out}\n`);
  }
  return exitCode.asExpected;
}

interface Written {
  readonly text: string;
  /** What is in it. */
  readonly told: string;
}

function graphOf({ system }: Chosen, format: 'aut' | 'dot', limit: number): Written | undefined {
  const graph = stateGraphOf(compose(system), limit);
  if (graph === undefined) return undefined;
  const text = format === 'dot' ? renderDot(graph) : renderAut(graph);
  return { text, told: `${graph.states.length} states, ${graph.edges.length} transitions` };
}

function systemOf({ system, asked }: Chosen, limit: number): Written | undefined {
  const made = promelaOf(system, asked, limit);
  return made && { text: made.text, told: `the parts of ${made.states} states, ${made.claims.length} claims` };
}
