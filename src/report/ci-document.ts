/** A run of continuous integration as one JSON document, for programs. */
import { type CiTold, ciOutcomes, failuresOf } from './ci.js';
import { documentSchemaVersion, reportDocument } from './document.js';

/** The run as JSON. @public */
export function renderCiDocument(told: CiTold): string {
  const { churnproof, config, profile, seeds, timeLimit, maxStates, systems, shard, corpus, examined } = told;
  const outcomes = ciOutcomes(told);
  const count = (outcome: (typeof outcomes)[number]) => outcomes.filter((one) => one === outcome).length;
  const document = {
    schemaVersion: documentSchemaVersion,
    churnproof,
    config,
    profile,
    seeds,
    timeLimit,
    maxStates,
    systems,
    ...(shard === undefined ? {} : { shard }),
    interrupted: told.interrupted,
    seconds: told.seconds,
    sum: {
      asExpected: count('asExpected'),
      notAsExpected: count('notAsExpected'),
      vacuous: count('vacuous'),
      undecided: count('undecided'),
    },
    failures: failuresOf(told).map(({ of: _, trace: __, diagram: ___, ...failure }) => failure),
    corpus,
    reports: examined.map(({ told: look, phase }) => ({
      phase,
      title: look.title ?? look.report.model,
      cached: look.cached === true,
      ...reportDocument(look),
    })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
