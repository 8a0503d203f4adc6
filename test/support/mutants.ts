/** Tries the seeded bugs of a suite and tells each in the words of its record, so that a test can compare the two. */
import type { Suite } from '../../src/kernel/index.js';
import { type FallsAfter, type JudgedMutant, judgeMutant } from '../../src/report/mutants.js';
import { type Trial, type TrialLimits, trialsOf, tryOut } from '../../src/run/mutants.js';

export const trials = (suite: Suite): readonly Trial[] => trialsOf(suite, () => []);

export const judged = (trial: Trial, limits: TrialLimits = {}): JudgedMutant =>
  judgeMutant({ ...trial, model: trial.suite.model, configuration: '', report: tryOut(trial, limits) });

/** How it came out, with what fell of that which was said to fall. */
export function told({ outcome, falls, surprises }: JudgedMutant) {
  const fell = falls
    .filter(({ recorded }) => recorded)
    .map(({ property, moves }): [string, FallsAfter] => [property, moves]);
  return { outcome, fell: Object.fromEntries(fell), surprises };
}

/** The same, as it was written down. */
export const written = ({ mutant, recorded }: Trial): ReturnType<typeof told> => ({
  outcome: mutant.survivor ? 'quiet' : 'killed',
  fell: Object.fromEntries(recorded),
  surprises: [],
});
