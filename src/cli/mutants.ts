/** The command `mutants`: every seeded bug of the models that were named must be caught by the claims that are said to. */
import { ChurnproofError, type Parameter, type Suite, type Values } from '../kernel/index.js';
import type { Outcome } from '../report/index.js';
import { renderMatrix } from '../report/mutant-matrix.js';
import { type JudgedMutant, judgeMutant, type MutantOutcome } from '../report/mutants.js';
import { renderMutantsDocument } from '../report/mutants-document.js';
import { type MutantColumns, mutantColumns, renderMutant, renderScore } from '../report/mutants-text.js';
import { chartOf } from '../run/chart.js';
import { looksAt, type Trial, trialsOf } from '../run/mutants.js';
import { findSuite } from '../run/suite.js';
import type { Chosen } from './choose.js';
import { paintFor } from './colours.js';
import { writeCounterexamples } from './counterexamples.js';
import { exitCode, exitCodeOf } from './exit-code.js';
import type { Io, Output } from './io.js';
import { nearest } from './nearest.js';
import { search } from './search.js';
import { isPath, loadSuites } from './suite-file.js';

/** @internal */
export interface MutantsWishes {
  readonly models: readonly string[];
  /** Names of mutants; none: all. */
  readonly mutant?: readonly string[];
  /** Every claim of every mutant, however many states that takes. */
  readonly whole?: boolean;
  readonly traces?: boolean;
  /** Where the traces of the claims that fell as recorded are written, to be replayed. */
  readonly out?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  /** In seconds, for each mutant. */
  readonly timeLimit?: number;
  readonly maxStates?: number;
}

/** @internal */
export async function mutants(wishes: MutantsWishes, io: Io): Promise<number> {
  const { trials, fileOf } = await choose(wishes.models, io);
  const chosen = narrow(trials, wishes.mutant);
  const paint = paintFor(io);
  const columns = columnsOf(chosen, io.stdout);
  const judged: JudgedMutant[] = [];
  const say = (text: string) => (wishes.json ? undefined : io.stdout.write(`${text}\n`));
  for (const trials of byModel(chosen)) {
    const { model, summary } = (trials[0] as Trial).suite;
    say(`${judged.length === 0 ? '' : '\n'}${paint.title(model)}: ${summary}`);
    const ofModel: JudgedMutant[] = [];
    for (const trial of trials) {
      const one = await judgeTrial(trial, `${judged.length + 1} of ${chosen.length}`, wishes, io);
      const files = await write(trial, one, wishes);
      judged.push(one);
      ofModel.push(one);
      const suiteFile = fileOf.get(trial.suite);
      const shown = { paint, traces: wishes.traces === true, files, ...(suiteFile === undefined ? {} : { suiteFile }) };
      say(renderMutant(one, columns, shown));
      if (io.interrupted.aborted) break;
    }
    const complete = wishes.mutant === undefined && ofModel.length === trials.length;
    const matrix = renderMatrix(ofModel, { paint, complete });
    if (matrix !== '') say(`\n${matrix}`);
    if (io.interrupted.aborted) break;
  }
  if (wishes.json) io.stdout.write(`${renderMutantsDocument(judged)}\n`);
  say(`\n${io.interrupted.aborted ? 'interrupted: ' : ''}${renderScore(judged, { paint })}`);
  if (io.interrupted.aborted) return exitCode.interrupted;
  return exitCodeOf(judged.map(({ outcome }) => outcomes[outcome]));
}

const outcomes: { readonly [K in MutantOutcome]: Outcome } = {
  killed: 'asExpected',
  quiet: 'asExpected',
  notAsRecorded: 'notAsExpected',
  falseAlarm: 'notAsExpected',
  survived: 'vacuous',
  undecided: 'undecided',
};

/** Searches as often as the trial asks for it, and says what came of it. @internal */
export async function judgeTrial(
  trial: Trial,
  count: string,
  wishes: Omit<MutantsWishes, 'models'>,
  io: Io,
): Promise<JudgedMutant> {
  const { suite, mutant, values, system, claims, recorded } = trial;
  const { maxStates, timeLimit, whole = false, ...shown } = wishes;
  const configuration = inShort(suite, mutant.values);
  const title = `mutant ${count}: ${suite.model} ${mutant.name} ${configuration}`;
  const looks = looksAt(trial, {
    ...(maxStates === undefined ? {} : { maxStates }),
    ...(whole ? { glance: Number.POSITIVE_INFINITY } : {}),
  });
  let seconds = 0;
  let next = looks.next();
  while (next.done !== true) {
    const { asked, budget } = next.value;
    const { stopWhenDecided: first = false, ...most } = budget;
    const left = timeLimit === undefined ? {} : { timeLimit: Math.max(0.001, timeLimit - seconds) };
    const chosen: Chosen = { suite, configuration, values, system, claims, asked, title, file: undefined };
    const looked = await search(chosen, { ...shown, ...most, ...left, first }, io);
    seconds += looked.seconds;
    next = looks.next(looked.report);
  }
  const report = next.value;
  const chart = chartOf(suite, system, values);
  return judgeMutant({
    model: suite.model,
    mutant,
    values,
    configuration,
    claims,
    recorded,
    report,
    seconds,
    ...(chart === undefined ? {} : { chart }),
  });
}

/** Writes the traces of what fell as recorded, before they are told; gives the path for each property. */
async function write(
  { suite, values, claims }: Trial,
  { mutant, configuration, recorded, report }: JudgedMutant,
  { out }: MutantsWishes,
): Promise<ReadonlyMap<string, string>> {
  if (out === undefined) return new Map();
  const found = { suite, values, claims, mutant: mutant.name, configuration: configuration || 'default' };
  const fallen = report.findings.filter(({ property }) => recorded.has(property));
  return writeCounterexamples(found, fallen, out);
}

interface ChosenTrials {
  readonly trials: readonly Trial[];
  /** The claims file that a suite is from. */
  readonly fileOf: ReadonlyMap<Suite, string>;
}

/** A word means a family, or the model of that name and those whose names begin with it and a dash, or a claims file. */
async function choose(words: readonly string[], io: Io): Promise<ChosenTrials> {
  const catalogue = await io.catalogue();
  const fileOf = new Map<Suite, string>();
  const named = await Promise.all(
    words.map(async (word): Promise<readonly Suite[]> => {
      if (isPath(word)) {
        const own = await loadSuites(word);
        for (const suite of own) fileOf.set(suite, word);
        return own;
      }
      if (word.includes('/'))
        throw new ChurnproofError('USAGE', `${word} names a configuration, and mutants bring their own`, {
          hint: `churnproof mutants ${word.split('/')[0]}`,
        });
      const meant = catalogue.filter(
        ({ model, family }) => family === word || model === word || model.startsWith(`${word}-`),
      );
      return meant.length > 0 ? meant : [findSuite(catalogue, word, nearest).suite];
    }),
  );
  const suites = new Set(words.length === 0 ? catalogue : named.flat());
  const trials = [...suites].flatMap((suite) => trialsOf(suite, nearest));
  if (trials.length > 0) return { trials, fileOf };
  throw new ChurnproofError('USAGE', 'no model that was named has seeded bugs', {
    expected: `one of: ${catalogue
      .filter(({ mutants = [] }) => mutants.length > 0)
      .map(({ model }) => model)
      .join(', ')}`,
    hint: 'churnproof mutants',
  });
}

function narrow(trials: readonly Trial[], names: readonly string[] | undefined): readonly Trial[] {
  if (names === undefined) return trials;
  const known = [...new Set(trials.map(({ mutant }) => mutant.name))];
  const stranger = names.find((name) => !known.includes(name));
  if (stranger === undefined) return trials.filter(({ mutant }) => names.includes(mutant.name));
  const near = nearest(stranger, known);
  throw new ChurnproofError('USAGE', `there is no mutant named ${stranger}`, {
    expected: `one of: ${known.join(', ')}`,
    ...(near.length === 0 ? {} : { hint: near.join(', ') }),
  });
}

const byModel = (trials: readonly Trial[]): readonly (readonly Trial[])[] =>
  [...new Set(trials.map(({ suite }) => suite))].map((suite) => trials.filter((trial) => trial.suite === suite));

/** Where nobody says how wide a line is, nothing is cut. */
function columnsOf(trials: readonly Trial[], stdout: Output & { readonly columns?: number }): MutantColumns {
  const rows = trials.map(({ suite, mutant: { name, doc, values } }) => ({
    name,
    doc,
    configuration: inShort(suite, values),
  }));
  return mutantColumns(rows, stdout.columns ?? Number.POSITIVE_INFINITY);
}

/** Such as `n=4 r=2 rejoin` and `n=2 no-jfix`: of switches only those that are not as usual. */
function inShort({ parameters }: Suite, values: Values): string {
  const words = Object.entries(values).flatMap(([name, value]) => {
    if (typeof value !== 'boolean') return [`${name}=${value}`];
    const { default: usual } = parameters[name] as Parameter;
    return value === usual ? [] : [value ? name : `no-${name}`];
  });
  return words.join(' ');
}
