/** What came of a seeded bug: which claims fell, how soon, and whether that is what was written down of it. */
import {
  type Claim,
  expectedOf,
  type Finding,
  type Mutant,
  type PropertyKind,
  type Report,
  type Trace,
  type Values,
  type Verdict,
} from '../kernel/index.js';

/** FallsAfter to where a claim fell; `never` for a witness that is missing. @public */
export type FallsAfter = number | 'never';

/** A mutant with what a search of it found. @public */
export interface ToldMutant {
  readonly model: string;
  readonly mutant: Mutant;
  /** All parameters of its right sibling. */
  readonly values: Values;
  /** The same for a person, such as `n=5 r=2`. */
  readonly configuration: string;
  /** What is claimed of its right sibling. */
  readonly claims: readonly Claim[];
  /** What it is recorded to break, by the whole name of the property. */
  readonly recorded: ReadonlyMap<string, FallsAfter>;
  readonly report: Report;
  readonly seconds?: number;
  /** Draws a trace of the mutant for people. */
  readonly chart?: (trace: Trace) => readonly string[];
}

/**
 * `killed`: every claim that it is recorded to break fell in as many moves. `survived`: none did, nor any other that its right
 * sibling keeps. `quiet`: a survivor did what its right sibling does; `falseAlarm`: it did not. @public
 */
export type MutantOutcome = 'killed' | 'quiet' | 'notAsRecorded' | 'falseAlarm' | 'survived' | 'undecided';

/** A claim that fell. @public */
export interface Fall {
  readonly property: string;
  readonly kind: PropertyKind;
  readonly moves: FallsAfter;
  /** Whether it was said to fall. */
  readonly recorded: boolean;
  /** Whether its right sibling keeps it, or keeps it longer. */
  readonly own: boolean;
  readonly trace?: Trace;
}

/** What was written down, and what came instead. @public */
export interface Surprise {
  readonly property: string;
  readonly expected: FallsAfter | Verdict;
  readonly came: FallsAfter | Verdict;
}

/** A seeded bug, the claims that fell, and where that differs from the record. @public */
export interface JudgedMutant extends ToldMutant {
  readonly outcome: MutantOutcome;
  readonly falls: readonly Fall[];
  readonly surprises: readonly Surprise[];
  /** Properties that were not decided. */
  readonly open: readonly string[];
}

/** Holds what a search of a seeded bug found against what is recorded that it breaks. @public */
export function judgeMutant(told: ToldMutant): JudgedMutant {
  const { claims, recorded, report } = told;
  const claimOf = new Map(claims.map((claim) => [claim.property.name, claim]));
  const pairs = report.findings.map((finding) => ({ finding, claim: claimOf.get(finding.property) as Claim }));
  const falls = pairs.flatMap(({ finding, claim }) => fallOf(finding, claim, recorded));
  const open = report.findings.filter(({ verdict }) => verdict === 'undecided').map(({ property }) => property);
  const surprises = told.mutant.survivor
    ? pairs.flatMap(({ finding, claim }) => alarmOf(finding, claim))
    : report.findings.flatMap((finding) => missOf(finding, recorded));
  return { ...told, falls, surprises, open, outcome: outcomeOf(told, falls, surprises, open) };
}

function outcomeOf(
  { mutant, recorded }: ToldMutant,
  falls: readonly Fall[],
  surprises: readonly Surprise[],
  open: readonly string[],
): MutantOutcome {
  if (mutant.survivor) return surprises.length > 0 ? 'falseAlarm' : open.length > 0 ? 'undecided' : 'quiet';
  const isWaiting = open.some((property) => recorded.has(property));
  const isHurt = falls.some(({ property, own }) => own || (recorded.has(property) && !isSurprise(surprises, property)));
  if (surprises.length > 0) return isHurt || isWaiting ? 'notAsRecorded' : 'survived';
  return isWaiting ? 'undecided' : 'killed';
}

const isSurprise = (surprises: readonly Surprise[], name: string): boolean =>
  surprises.some(({ property }) => property === name);

const movesOf = ({ verdict, trace }: Finding): FallsAfter =>
  verdict === 'neverWitnessed' ? 'never' : (trace?.moves.length ?? 0);

/** A witness that its right sibling misses too is no loss. */
function fallOf(finding: Finding, claim: Claim, recorded: ReadonlyMap<string, FallsAfter>): readonly Fall[] {
  const { property, kind, verdict, trace } = finding;
  const expected = expectedOf(claim);
  const hasFallen = verdict === 'violated' || (verdict === 'neverWitnessed' && expected !== 'neverWitnessed');
  if (!hasFallen) return [];
  const moves = movesOf(finding);
  return [
    {
      property,
      kind,
      moves,
      recorded: recorded.has(property),
      own: expected !== 'violated' || (claim.length !== undefined && moves !== 'never' && moves < claim.length),
      ...(trace === undefined ? {} : { trace }),
    },
  ];
}

/** What a mutant was said to break and did not, or not as soon, or sooner. */
function missOf(finding: Finding, recorded: ReadonlyMap<string, FallsAfter>): readonly Surprise[] {
  const { property, verdict } = finding;
  const expected = recorded.get(property);
  if (expected === undefined || verdict === 'undecided') return [];
  const came = verdict === 'violated' || verdict === 'neverWitnessed' ? movesOf(finding) : verdict;
  return came === expected ? [] : [{ property, expected, came }];
}

/** What a survivor does otherwise than its right sibling. How soon something is seen is of no account. */
function alarmOf(finding: Finding, claim: Claim): readonly Surprise[] {
  const { property, verdict } = finding;
  const expected = expectedOf(claim);
  if (verdict === 'undecided') return [];
  if (verdict !== expected) return [{ property, expected, came: verdict }];
  const came = movesOf(finding);
  return verdict !== 'violated' || claim.length === undefined || came === claim.length
    ? []
    : [{ property, expected: claim.length, came }];
}

/** The word by which a claim is known, or all of its name. @internal */
export const shortName = (property: string): string => /^(.+?): /.exec(property)?.[1] ?? property;

/** A claim with the mutants that it kills. @public */
export interface Killer {
  readonly property: string;
  readonly kind: PropertyKind;
  /** Those that it was said to break, and others by which its right sibling keeps it. */
  readonly kills: readonly string[];
  /** Those that break nothing else which their right sibling keeps. */
  readonly alone: readonly string[];
}

/** Every claim of one model's mutants, in their order, by its short name. @public */
export function killersOf(judged: readonly JudgedMutant[]): readonly Killer[] {
  const kinds = new Map(
    judged.flatMap(({ claims }) => claims.map(({ property: { name, kind } }) => [shortName(name), kind] as const)),
  );
  const breakers = judged.filter(({ mutant }) => mutant.survivor !== true);
  const namesOf = (some: readonly JudgedMutant[]) => some.map(({ mutant }) => mutant.name);
  return [...kinds].map(([property, kind]) => {
    const fell = (one: JudgedMutant, counts: (fall: Fall) => boolean) =>
      one.falls.filter(counts).map((fall) => shortName(fall.property));
    const isOnly = (one: JudgedMutant) => fell(one, ({ own }) => own).every((name) => name === property);
    const kills = breakers.filter((one) => fell(one, ({ own, recorded }) => own || recorded).includes(property));
    const alone = kills.filter(
      (one) => fell(one, ({ own }) => own).includes(property) && isOnly(one) && one.open.length === 0,
    );
    return { property, kind, kills: namesOf(kills), alone: namesOf(alone) };
  });
}

/** Of several mutants, those that came out as they should. @public */
export interface Score {
  readonly killed: number;
  readonly mutants: number;
  readonly quiet: number;
  readonly survivors: number;
}

/** Counts what came of all seeded bugs. @public */
export function scoreOf(judged: readonly JudgedMutant[]): Score {
  const count = (is: (one: JudgedMutant) => boolean) => judged.filter(is).length;
  return {
    killed: count(({ outcome }) => outcome === 'killed'),
    mutants: count(({ mutant }) => mutant.survivor !== true),
    quiet: count(({ outcome }) => outcome === 'quiet'),
    survivors: count(({ mutant }) => mutant.survivor === true),
  };
}
