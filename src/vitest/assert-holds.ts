/** When a report lets a test pass: every property as expected, and nothing left undecided. */
import { ChurnproofError, type Claim, type Report, show } from '../kernel/index.js';
import { outcomesOf, renderReport, type Told } from '../report/index.js';
import { isOfBehaviours } from '../report/temporal.js';

/** What a report must come to for a test to pass. @public */
export interface Expectations {
  /** For properties that are expected to be violated; the others are expected to hold, or to be witnessed. */
  readonly claims?: readonly Claim[];
  /**
   * Let a sample pass in which nothing was found: it is no proof. Default: a sampled search fails the test. For a temporal
   * property no sample suffices.
   */
  readonly sampled?: 'suffices';
}

/** What a test would say of a report: whether it passes, and the report in words. @internal */
export function assess(
  report: Report,
  { claims = [], sampled }: Expectations = {},
): { readonly pass: boolean; readonly text: string } {
  const known = new Set(report.findings.map(({ property }) => property));
  for (const { property } of claims)
    if (!known.has(property.name))
      throw new ChurnproofError('UNKNOWN_PROPERTY', `the report says nothing of the property ${show(property.name)}`, {
        expected: `one of: ${[...known].join('; ')}`,
      });
  const told: Told = { report, claims };
  const enough = report.coverage.kind !== 'sampled' || sampled === 'suffices';
  const open = report.findings.some(
    ({ kind, verdict }) => verdict === 'undecided' && (!enough || isOfBehaviours(kind)),
  );
  return { pass: !open && outcomesOf(told).every((outcome) => outcome === 'asExpected'), text: renderReport(told) };
}

/** Throws an error whose message is the report in words, unless every property is as expected. @public */
export function assertHolds(report: Report, expectations?: Expectations): void {
  const { pass, text } = assess(report, expectations);
  if (!pass) throw new Error(text);
}
