/** Seeded bugs as text: a line for each, and the score. */
import { chartLines } from './chart.js';
import { type Fall, type JudgedMutant, type MutantOutcome, type Surprise, scoreOf, shortName } from './mutants.js';
import { type Paint, unpainted } from './paint.js';
import { replayCommand } from './report-text.js';
import { storyLines } from './story.js';
import { amount, duration } from './words.js';

const labels: { readonly [K in MutantOutcome]: string } = {
  killed: 'killed',
  quiet: 'quiet',
  notAsRecorded: 'NOT AS RECORDED',
  falseAlarm: 'FALSE ALARM',
  survived: 'SURVIVED',
  undecided: 'undecided',
};

/** How wide the columns of a list of mutants are. @public */
export interface MutantColumns {
  readonly name: number;
  readonly doc: number;
  readonly configuration: number;
}

/** Columns that fit these mutants into lines about as wide as said. @public */
export function mutantColumns(
  mutants: readonly { readonly name: string; readonly doc: string; readonly configuration: string }[],
  width: number,
): MutantColumns {
  const widest = (of: (one: (typeof mutants)[number]) => string) =>
    Math.max(0, ...mutants.map((one) => of(one).length));
  const name = widest((one) => one.name);
  const configuration = widest((one) => one.configuration);
  // What else stands on a line: its label, its time, and the first of the claims that fell.
  const others = name + configuration + 50;
  return {
    name,
    configuration,
    doc: Math.max(
      24,
      Math.min(
        widest(({ doc }) => doc),
        width - others,
      ),
    ),
  };
}

/** How much is told of seeded bugs, and in which colours. @public */
export interface MutantTextOptions {
  readonly paint?: Paint;
  /** Tell the shortest trace of every recorded fall. */
  readonly traces?: boolean;
  /** The file of each recorded fall's trace, by property. */
  readonly files?: ReadonlyMap<string, string>;
  /** Where the suite came from, if not from the catalogue. */
  readonly suiteFile?: string;
  /** Every mutant of the model is there: then a claim that kills none is told. */
  readonly complete?: boolean;
}

/** What a mutant came to, as lines; no newline at the end. @public */
export function renderMutant(
  one: JudgedMutant,
  columns: MutantColumns,
  { paint = unpainted, traces = false, files = new Map(), suiteFile }: MutantTextOptions = {},
): string {
  const { mutant, configuration, outcome, falls, surprises, open, seconds } = one;
  const named = [
    labelOf(outcome, paint),
    mutant.name.padEnd(columns.name),
    cut(mutant.doc, columns.doc).padEnd(columns.doc),
    configuration.padEnd(columns.configuration),
    (seconds === undefined ? '' : duration(seconds)).padStart(6),
    fallen(one, paint),
  ];
  const lines = [
    `  ${named.join('  ')}`.trimEnd(),
    ...surprises.map((surprise) => `      ${surpriseLine(surprise, paint)}`),
  ];
  if (outcome === 'undecided') lines.push(`      ${paint.doubt('not decided:')} ${listed(open)}`);
  for (const fall of falls.filter(({ recorded }) => recorded)) {
    if (traces) lines.push(...story(fall, one, paint));
    const file = files.get(fall.property);
    if (file !== undefined) lines.push(`      ${paint.aside(`replay: ${replayCommand(file, suiteFile)}`)}`);
  }
  return lines.join('\n');
}

const cut = (text: string, width: number): string =>
  text.length <= width ? text : `${text.slice(0, width - 1).trimEnd()}…`;

function labelOf(outcome: MutantOutcome, paint: Paint): string {
  const text = labels[outcome].padEnd(9);
  if (outcome === 'killed' || outcome === 'quiet') return paint.good(text);
  return outcome === 'undecided' ? paint.doubt(text) : paint.bad(text);
}

/** What was said to fall, with the moves, and how many others fell that its right sibling keeps. */
function fallen({ falls, mutant }: JudgedMutant, paint: Paint): string {
  const said = falls
    .filter(({ recorded }) => recorded)
    .map((fall) => `${shortName(fall.property)} ${fall.moves === 'never' ? 'never seen' : fall.moves}`);
  const others = mutant.survivor ? 0 : falls.filter(({ own, recorded }) => own && !recorded).length;
  return [
    said.join(', '),
    ...(others === 0 ? [] : [paint.aside(said.length === 0 ? `${others} others` : `and ${others} more`)]),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function surpriseLine({ property, expected, came }: Surprise, paint: Paint): string {
  const told = (what: Surprise['came']): string => {
    if (typeof what === 'number') return amount(what, 'move');
    return what === 'never' || what === 'neverWitnessed' ? 'never seen' : what;
  };
  return `${shortName(property)}: ${paint.bad(told(came))}, expected: ${told(expected)}`;
}

const story = ({ property, trace }: Fall, { chart }: JudgedMutant, paint: Paint): readonly string[] =>
  trace === undefined
    ? []
    : [`      ${property}`, ...storyLines(trace, undefined, paint), ...chartLines(chart, trace, '        ', paint)];

const listed = (properties: readonly string[]): string => properties.map(shortName).join(', ');

/** Such as `killed 38 of 38, survivors quiet 7 of 7`, and what is left to do; no newline at the end. @public */
export function renderScore(judged: readonly JudgedMutant[], { paint = unpainted }: MutantTextOptions = {}): string {
  const { killed, mutants, quiet, survivors } = scoreOf(judged);
  const parts = [
    ...(mutants === 0 ? [] : [`killed ${killed} of ${mutants}`]),
    ...(survivors === 0 ? [] : [`survivors quiet ${quiet} of ${survivors}`]),
  ];
  const score = parts.join(', ');
  const bad = faults.flatMap(([outcome, words]) => {
    const names = judged.filter((one) => one.outcome === outcome).map(({ mutant }) => mutant.name);
    return names.length === 0 ? [] : [`${words}: ${names.join(', ')}`];
  });
  const tone = bad.length === 0 ? paint.good : judged.every(isUndecidedAtWorst) ? paint.doubt : paint.bad;
  const asGood = judged.filter(({ outcome, falls }) => outcome === 'killed' && !falls.some(({ own }) => own));
  return [
    tone([score, ...bad].join('; ')),
    ...(asGood.length === 0
      ? []
      : [paint.aside(`as wrong as their right siblings: ${asGood.map(({ mutant }) => mutant.name).join(', ')}`)]),
  ].join('\n');
}

const faults: readonly (readonly [MutantOutcome, string])[] = [
  ['survived', 'survived'],
  ['notAsRecorded', 'not as recorded'],
  ['falseAlarm', 'false alarms'],
  ['undecided', 'undecided'],
];

const isUndecidedAtWorst = ({ outcome }: JudgedMutant): boolean =>
  outcome === 'killed' || outcome === 'quiet' || outcome === 'undecided';
