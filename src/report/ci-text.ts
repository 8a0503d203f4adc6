/** The text of a run of continuous integration: head, old counterexamples, and an end that names whatever is red. */
import { type CiTold, type CorpusTold, ciOutcomes, corpusLabels, corpusWords, type Failure, failuresOf } from './ci.js';
import { type Paint, unpainted } from './paint.js';
import { type ReportTextOptions, renderReport } from './report-text.js';
import type { Outcome } from './told.js';
import { amount, duration, number } from './words.js';

/** One line: what runs, and how the budget is shared out. @internal */
export function ciHead(
  told: Pick<CiTold, 'config' | 'profile' | 'seeds' | 'timeLimit' | 'maxStates' | 'systems' | 'shard'>,
  paint: Paint = unpainted,
): string {
  const { config, profile, seeds, timeLimit, maxStates, systems, shard } = told;
  const part = shard === undefined ? '' : `, shard ${shard.index} of ${shard.of}`;
  const seed =
    seeds.length === 0 ? 'no fuzzing' : `fuzzing from ${seeds.length === 1 ? 'seed' : 'seeds'} ${seeds.join(', ')}`;
  return (
    `${paint.title(`profile ${profile}`)} of ${config}${part}: ${amount(systems, 'system')}, ${seed}; ` +
    `${duration(timeLimit)} and ${number(maxStates)} states, shared out`
  );
}

/** What the old counterexamples came to: one line, and one for each that needs a look. @internal */
export function corpusText(
  corpus: readonly CorpusTold[],
  seconds: number | undefined,
  paint: Paint = unpainted,
): string {
  if (corpus.length === 0) return 'counterexamples: none recorded';
  const wrong = corpus.filter(({ outcome }) => outcome !== 'asExpected');
  const stale = corpus.filter(({ state, outcome }) => state === 'stale' && outcome === 'asExpected');
  const sum = [
    `${number(corpus.length - wrong.length)} as expected`,
    ...(wrong.length > 0 ? [`${number(wrong.length)} not`] : []),
    ...(stale.length > 0 ? [`${number(stale.length)} stale`] : []),
  ].join(', ');
  const time = seconds === undefined ? '' : `, ${duration(seconds)}`;
  const lines = [`${paint.title('counterexamples')}: ${number(corpus.length)} replayed${time}: ${sum}`];
  for (const told of [...wrong, ...stale]) {
    const words = corpusWords(told.expected, told.state);
    const label =
      told.outcome === 'asExpected'
        ? paint.doubt(corpusLabels.stale)
        : paint.bad(corpusLabels[told.state].toUpperCase());
    lines.push(`  ${label} ${told.file}: ${words}`, ...told.notes.map((note) => `    ${note}`));
  }
  return lines.join('\n');
}

/** Whatever is red or open, each with property, seed and the line that shows it again; then the sum. @internal */
export function ciEnd(told: CiTold, paint: Paint = unpainted): string {
  const failures = failuresOf(told);
  const red = failures.filter(({ outcome }) => outcome !== 'undecided');
  const open = failures.filter(({ outcome }) => outcome === 'undecided');
  return [
    `${told.interrupted ? 'interrupted: ' : ''}${sumOf(told, paint)}`,
    ...[...open, ...red].flatMap((failure) => failureLines(failure, paint)),
  ].join('\n');
}

function failureLines(
  { title, property, what, outcome, seed, again, notes }: Failure,
  paint: Paint,
): readonly string[] {
  const label = outcome === 'undecided' ? paint.doubt('open:') : paint.bad('red:');
  return [
    '',
    `${label} ${title}: ${what}`,
    `  property: ${property}`,
    ...notes.map((note) => `  note: ${note}`),
    `  seed: ${seed ?? 'none, nothing was random'}`,
    `  ${again.startsWith('churnproof replay') ? 'replay' : 'again'}: ${again}`,
  ];
}

/** Such as `23 claims, all as expected` and `23 claims and 4 counterexamples: 1 not as expected, 3 undecided`. @internal */
export function sumOf(told: CiTold, paint: Paint): string {
  const outcomes = ciOutcomes(told);
  const replayed = told.corpus.length;
  const all = [
    amount(outcomes.length - replayed, 'claim'),
    ...(replayed === 0 ? [] : [amount(replayed, 'counterexample')]),
  ].join(' and ');
  const count = (outcome: Outcome, words: string): readonly string[] => {
    const n = outcomes.filter((one) => one === outcome).length;
    return n === 0 ? [] : [`${number(n)} ${words}`];
  };
  const bad = [...count('notAsExpected', 'not as expected'), ...count('vacuous', 'never seen')];
  const open = count('undecided', 'undecided');
  if (bad.length + open.length === 0) return paint.good(`${all}, all as expected`);
  return (bad.length > 0 ? paint.bad : paint.doubt)(`${all}: ${[...bad, ...open].join(', ')}`);
}

/** The text as it was printed bit by bit: what comes before the end, where reporters may add, and the end. @public */
export const renderCi = (told: CiTold, options: ReportTextOptions = {}): readonly [string, string] => [
  [
    ciHead(told, options.paint),
    corpusText(told.corpus, undefined, options.paint),
    ...told.examined.map((one) => renderReport(one.told, options)),
  ].join('\n'),
  ciEnd(told, options.paint),
];
