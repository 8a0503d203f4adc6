/** What a run of continuous integration came to: the old counterexamples, each system that was looked at, and the sum of both. */
import type { Trace, Values, Verdict } from '../kernel/index.js';
import { quoted, replayCommand, verdictWords } from './report-text.js';
import { type Judged, judgeAll, type Outcome, type Told } from './told.js';

/** What came of one recorded counterexample. @public */
export interface CorpusTold {
  readonly file: string;
  /** The claims file of its suite, if that is not a bundled one. */
  readonly suiteFile?: string;
  readonly subject?: { readonly model: string; readonly config: string; readonly values: Values };
  readonly property?: string;
  /** As recorded. */
  readonly verdict?: Verdict;
  readonly length?: number;
  /** What its claim says of it now: it must show its verdict still, or no more. */
  readonly expected: 'shown' | 'notShown' | 'unknown';
  /**
   * `stale`: the model changed so that a move could not be followed. `unverified`: a search that has to confirm it was cut.
   * `unusable`: it is no trace, or of a model or property that is not there.
   */
  readonly state: 'shown' | 'notShown' | 'stale' | 'unverified' | 'unusable';
  readonly outcome: Outcome;
  /** A bug that is back, as a Mermaid sequence diagram. */
  readonly diagram?: string;
  /** Where the model differs from the one recorded, and other reasons. */
  readonly notes: readonly string[];
}

/** One look at one system. @public */
export interface ExaminedTold {
  /** Its place in the plan; in `fuzz` there may be several, one a seed. */
  readonly place: number;
  readonly phase: 'check' | 'fuzz';
  readonly told: Told;
}

/** A run of `churnproof ci`: what was asked for and what came of it. @public */
export interface CiTold {
  readonly churnproof: string;
  readonly config: string;
  readonly profile: string;
  /** Seeds of the fuzzing, none if it is switched off. */
  readonly seeds: readonly number[];
  readonly timeLimit: number;
  readonly maxStates: number;
  /** What the plan is made of, in short: equal for the shards of one run. */
  readonly plan: string;
  /** Systems of the whole plan, all shards together. */
  readonly systems: number;
  /** Which part this is; missing for the whole. */
  readonly shard?: { readonly index: number; readonly of: number };
  readonly corpus: readonly CorpusTold[];
  readonly examined: readonly ExaminedTold[];
  readonly interrupted: boolean;
  readonly seconds: number;
}

/** A claim of one system, and what all looks at it together came to. @internal */
export interface JudgedClaim {
  readonly examined: ExaminedTold;
  readonly judged: Judged;
}

/**
 * Each claim of each system once. Fuzzing only looks for what a search left open: where it found that, its word replaces the
 * open one, and where it did not, it adds nothing to what the search said.
 * @internal
 */
export function claimsOf(examined: readonly ExaminedTold[]): readonly JudgedClaim[] {
  const claims = new Map<string, JudgedClaim>();
  for (const one of examined)
    for (const judged of judgeAll(one.told)) {
      const key = `${one.place} ${judged.finding.property}`;
      const before = claims.get(key);
      if (before === undefined || rank(judged) < rank(before.judged)) claims.set(key, { examined: one, judged });
    }
  return [...claims.values()];
}

/** What is wrong counts before what is decided, that before what is open. */
function rank({ finding, outcome }: Judged): number {
  if (outcome === 'notAsExpected' || outcome === 'vacuous') return 0;
  return finding.verdict === 'undecided' ? 2 : 1;
}

/** What an exit code goes by. @internal */
export const ciOutcomes = ({ corpus, examined }: Pick<CiTold, 'corpus' | 'examined'>): readonly Outcome[] => [
  ...corpus.map(({ outcome }) => outcome),
  ...claimsOf(examined).map(({ judged }) => judged.outcome),
];

/** Something that is not as expected, or open: what no reporter may leave out. @internal */
export interface Failure {
  readonly title: string;
  readonly property: string;
  /** In a word or a few, such as `violated`, `never seen`, `stale`. */
  readonly what: string;
  readonly outcome: Exclude<Outcome, 'asExpected'>;
  readonly seed?: number;
  /** The command that shows it again. */
  readonly again: string;
  /** The trace file, if there is one. */
  readonly file?: string;
  /** The claims file, if the suite is not a bundled one. */
  readonly suiteFile?: string;
  readonly trace?: Trace;
  /** The same as a Mermaid sequence diagram. */
  readonly diagram?: string;
  /** What it is said of. */
  readonly of:
    | { readonly kind: 'claim'; readonly claim: JudgedClaim }
    | { readonly kind: 'corpus'; readonly corpus: CorpusTold };
  /** More lines for a person, from what was expected to what is different. */
  readonly notes: readonly string[];
}

/** In the order of the report. @internal */
export const failuresOf = ({ corpus, examined }: Pick<CiTold, 'corpus' | 'examined'>): readonly Failure[] => [
  ...corpus.flatMap(ofCorpus),
  ...claimsOf(examined).flatMap(ofClaim),
];

function ofCorpus(corpus: CorpusTold): readonly Failure[] {
  const { file, suiteFile, subject, property, expected, state, outcome, notes, diagram } = corpus;
  if (outcome === 'asExpected') return [];
  return [
    {
      title: subject === undefined ? file : `${subject.model}/${subject.config}`,
      property: property ?? 'a recorded counterexample',
      what: `${corpusLabels[state]}: ${corpusWords(expected, state)}`,
      outcome,
      again: replayCommand(file, suiteFile),
      file,
      ...(suiteFile === undefined ? {} : { suiteFile }),
      ...(diagram === undefined ? {} : { diagram }),
      notes,
      of: { kind: 'corpus', corpus },
    },
  ];
}

/** What is wrong with a recorded counterexample, or to be known of it. @internal */
export function corpusWords(expected: CorpusTold['expected'], state: CorpusTold['state']): string {
  const wanted = expected === 'shown';
  switch (state) {
    case 'shown':
      return wanted
        ? 'it shows what its claim expects'
        : 'it shows its violation, and its claim says that there is none';
    case 'notShown':
      return wanted ? 'it does not show any more what its claim expects' : 'it does not show its violation any more';
    case 'stale':
      return `the model has changed, and it cannot be followed${wanted ? '; its claim expects what it showed' : ''}`;
    case 'unverified':
      return 'a search that has to confirm it was cut';
    case 'unusable':
      return 'it cannot be used';
  }
}

/** How the states of a recorded counterexample are called. @internal */
export const corpusLabels: { readonly [S in CorpusTold['state']]: string } = {
  shown: 'shown',
  notShown: 'not shown',
  stale: 'stale',
  unverified: 'unverified',
  unusable: 'unusable',
};

function ofClaim(one: JudgedClaim): readonly Failure[] {
  const {
    examined: { told, phase },
    judged,
  } = one;
  const { finding, claim, expected, outcome } = judged;
  if (outcome === 'asExpected') return [];
  const file = told.files?.get(finding.property);
  const { trace } = finding;
  const diagram = trace === undefined ? undefined : told.diagram?.(finding.property);
  const title = told.title ?? told.report.model;
  const seed = phase === 'fuzz' ? told.report.seed : undefined;
  return [
    {
      title,
      property: finding.property,
      what: `${verdictWords[finding.verdict]}, expected: ${verdictWords[expected]}`,
      outcome,
      ...(seed === undefined ? {} : { seed }),
      again: file === undefined ? searchCommand(told, finding.property, seed) : replayCommand(file, told.suiteFile),
      ...(file === undefined ? {} : { file }),
      ...(told.suiteFile === undefined ? {} : { suiteFile: told.suiteFile }),
      ...(trace === undefined ? {} : { trace }),
      ...(diagram === undefined ? {} : { diagram }),
      of: { kind: 'claim', claim: one },
      notes: [
        ...(claim?.source === undefined ? [] : [`claimed by ${claim.source}`]),
        ...(finding.why === undefined ? [] : [finding.why]),
      ],
    },
  ];
}

function searchCommand({ title, report, suiteFile }: Told, property: string, seed: number | undefined): string {
  const [system = report.model, ...settings] = (title ?? report.model).split(' ');
  const set = settings.map((setting) => ` --set ${quoted(setting)}`).join('');
  const suite = suiteFile === undefined ? '' : ` --suite ${quoted(suiteFile)}`;
  const command = seed === undefined ? 'check' : `fuzz --seed ${seed}`;
  return `churnproof ${command} ${quoted(system)}${set}${suite} --property ${quoted(property)}`;
}
