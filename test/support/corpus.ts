/** Counterexamples of bundled models, as files would hold them: those that their claims expect. */
import { catalogue } from '../../properties/catalogue.js';
import { check } from '../../src/run/check.js';
import { traceFileOf } from '../../src/run/counterexample.js';
import { findSuite, select } from '../../src/run/suite.js';
import { writeTrace } from '../../src/trace/index.js';

/** Of these systems, each searched to its end. */
export function recordedCorpus(systems: readonly string[]): readonly string[] {
  return systems.flatMap((words) => {
    const { suite, configuration } = findSuite(catalogue, words, () => []);
    const selection = select(suite, configuration, {}, () => []);
    const { findings } = check(
      selection.system,
      selection.claims.map(({ property }) => property),
    );
    return findings.flatMap((finding) => {
      const file = finding.verdict === 'violated' ? traceFileOf(selection, finding, '0.1.0') : undefined;
      return file === undefined ? [] : [writeTrace(file)];
    });
  });
}
