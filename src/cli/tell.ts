/** What `check` and `fuzz` print once a system was looked at, and the exit code that follows from all of them. */
import type { Suite } from '../kernel/index.js';
import {
  type Outcome,
  outcomesOf,
  type Paint,
  type ReportDocument,
  renderDocument,
  renderReport,
  reportDocument,
  type Told,
} from '../report/index.js';
import { chartOf } from '../run/chart.js';
import { type Chosen, choose, type Wishes } from './choose.js';
import { paintFor } from './colours.js';
import { writeCounterexamples } from './counterexamples.js';
import { exitCode, exitCodeOf } from './exit-code.js';
import type { Io } from './io.js';

/** @internal */
export interface TellOptions {
  readonly json?: boolean;
  readonly out: string;
  readonly traces?: boolean;
  readonly coverage?: boolean;
}

/** What to change when a limit was what ended a search. */
const remedies: Readonly<Record<string, string>> = {
  states: 'raise --max-states, or make the system smaller with --set',
  depth: 'raise --max-depth, or make the system smaller with --set',
  time: 'raise --time-limit, or make the system smaller with --set',
  memory: 'raise --memory-limit (and --max-old-space-size in NODE_OPTIONS), or make the system smaller with --set',
};

/** What a look at one system gives. @internal */
export type Looked = Pick<Told, 'report' | 'movesPerSecond'> & { readonly seconds: number };

/** @internal */
export function toldOf(
  chosen: Chosen,
  { report, seconds, movesPerSecond }: Looked,
  files: ReadonlyMap<string, string>,
): Told {
  const chart = chartOf(chosen.suite, chosen.system, chosen.values);
  return {
    report,
    seconds,
    ...(movesPerSecond === undefined ? {} : { movesPerSecond }),
    files,
    title: chosen.title,
    claims: chosen.claims,
    subject: { model: chosen.suite.model, config: chosen.configuration, values: chosen.values },
    ...(chart === undefined ? {} : { chart }),
    ...(chosen.file === undefined ? {} : { suiteFile: chosen.file }),
  };
}

/** Looks at one system after the other and tells each; stops when the person at the terminal has had enough. @internal */
export async function tellEach(
  wishes: Wishes & TellOptions,
  io: Io,
  look: (chosen: Chosen) => Promise<Looked>,
  usually?: (suite: Suite) => string,
): Promise<number> {
  const teller = new Teller(io, wishes);
  for (const chosen of await choose(wishes, io, usually)) {
    await teller.tell(chosen, await look(chosen));
    if (io.interrupted.aborted) break;
  }
  return teller.finish();
}

/** Tells one report after another, then the sum. */
class Teller {
  private readonly documents: ReportDocument[] = [];
  private readonly outcomes: Outcome[] = [];
  private files = 0;

  constructor(
    private readonly io: Io,
    private readonly options: TellOptions,
  ) {}

  async tell(chosen: Chosen, looked: Looked): Promise<void> {
    const { json, out, traces = false, coverage = false } = this.options;
    const { report } = looked;
    const files = await writeCounterexamples(chosen, report.findings, out);
    const told = toldOf(chosen, looked, files);
    this.documents.push(reportDocument(told));
    const outcomes = outcomesOf(told);
    this.outcomes.push(...outcomes);
    this.files += files.size;
    if (json) return;
    const { cut } = report.coverage;
    const remedy = cut !== undefined && outcomes.includes('undecided') ? remedies[cut] : undefined;
    const text = renderReport(told, { paint: paintFor(this.io), traces, coverage });
    this.io.stdout.write(`${text}\n${remedy === undefined ? '' : `  try: ${remedy}\n`}`);
  }

  /** Prints the end; gives the exit code. */
  finish(): number {
    const { json, out } = this.options;
    const interrupted = this.io.interrupted.aborted;
    if (json) {
      this.io.stdout.write(`${renderDocument(this.documents)}\n`);
    } else {
      const paint = paintFor(this.io);
      if (this.files > 0) {
        const many = this.files === 1 ? 'counterexample is' : 'counterexamples are';
        this.io.stdout.write(`${paint.aside(`${this.files} ${many} in ${out}: churnproof replay <file>`)}\n`);
      }
      this.io.stdout.write(`${interrupted ? 'interrupted: ' : ''}${this.sum(paint)}\n`);
    }
    return interrupted ? exitCode.interrupted : exitCodeOf(this.outcomes);
  }
  /** Such as `23 claims, all as expected` and `23 claims: 1 not as expected, 3 undecided`. */
  private sum(paint: Paint): string {
    const all = `${this.outcomes.length} ${this.outcomes.length === 1 ? 'claim' : 'claims'}`;
    const count = (outcome: Outcome, words: string): readonly string[] => {
      const n = this.outcomes.filter((one) => one === outcome).length;
      return n === 0 ? [] : [`${n} ${words}`];
    };
    const bad = [...count('notAsExpected', 'not as expected'), ...count('vacuous', 'never seen')];
    const open = count('undecided', 'undecided');
    if (bad.length + open.length === 0) return paint.good(`${all}, all as expected`);
    return (bad.length > 0 ? paint.bad : paint.doubt)(`${all}: ${[...bad, ...open].join(', ')}`);
  }
}
