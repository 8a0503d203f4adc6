/** What a report is told with: who was asked what, how long it took, and where the counterexamples are. */
import {
  type Claim,
  expectedOf,
  type Finding,
  type Report,
  settle,
  type Trace,
  type Values,
  type Verdict,
} from '../kernel/index.js';
import { isOfBehaviours } from './temporal.js';

/** A report with what is needed to tell it: what it is of, what was expected, where its traces are. @public */
export interface Told {
  readonly report: Report & { readonly seed?: number };
  /** Default: the model's name. */
  readonly title?: string;
  /** What is expected of each property; one that is missing is expected to hold, or to be witnessed. */
  readonly claims?: readonly Claim[];
  readonly subject?: { readonly model: string; readonly config: string; readonly values: Values };
  readonly seconds?: number;
  /** Of a simulation: moves that changed something, in the time that the runs took. */
  readonly movesPerSecond?: number;
  /** Where the trace of a property was written. */
  readonly files?: ReadonlyMap<string, string>;
  /** Draws a trace for people, below its story. */
  readonly chart?: (trace: Trace) => readonly string[];
  /** The trace of a property as a Mermaid sequence diagram. */
  readonly diagram?: (property: string) => string | undefined;
  /** The claims file that the suite came from, if it is not a bundled one. */
  readonly suiteFile?: string;
  /** The answer is one that was kept from an earlier run with the very same sources. */
  readonly cached?: boolean;
}

/** A finding beside what was expected. @public */
export type Outcome = 'asExpected' | 'notAsExpected' | 'vacuous' | 'undecided';

/** @internal */
export interface Judged {
  readonly finding: Finding;
  readonly claim: Claim | undefined;
  readonly expected: Verdict;
  readonly outcome: Outcome;
}

/** Each finding with its outcome, in the report's order. @internal */
export function judgeAll({ report, claims = [] }: Told): readonly Judged[] {
  const claimOf = new Map(claims.map((claim) => [claim.property.name, claim]));
  return report.findings.map((finding) => {
    const claim = claimOf.get(finding.property);
    const expected = claim === undefined ? settle(finding.kind, finding.kind === 'sometimes', true) : expectedOf(claim);
    return {
      finding,
      claim,
      expected,
      outcome: outcomeOf(finding, expected, report.coverage.kind === 'sampled'),
    };
  });
}

/**
 * A sample never says `holds`: that nothing was found against a claim is all that can be expected of it. A claim whose
 * trace was expected and not found stays undecided, but for a temporal one: of that a sample is not even asked.
 */
function outcomeOf({ verdict, kind }: Finding, expected: Verdict, sampled: boolean): Outcome {
  if (verdict === expected) return 'asExpected';
  if (verdict === 'neverWitnessed') return 'vacuous';
  if (verdict !== 'undecided') return 'notAsExpected';
  const isAllThereIs = expected === 'holds' || expected === 'neverWitnessed' || isOfBehaviours(kind);
  return sampled && isAllThereIs ? 'asExpected' : 'undecided';
}

/** The outcome of each finding, in the report's order: what an exit code or an assertion goes by. @public */
export const outcomesOf = (told: Told): readonly Outcome[] => judgeAll(told).map(({ outcome }) => outcome);
