/** A run of continuous integration as SARIF 2.1.0: one run, a rule for each property, a result for all that is red or open. */
import { describeMove, type Trace } from '../kernel/index.js';
import { type CiTold, claimsOf, type Failure, failuresOf } from './ci.js';

const home = 'https://www.npmjs.com/package/churnproof';

/** The run as SARIF 2.1.0: a rule a claim, the moves of a counterexample as its code flow. @public */
export function renderSarif(told: CiTold): string {
  const failures = failuresOf(told);
  const rules = rulesOf(told, failures);
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'churnproof',
            version: told.churnproof,
            informationUri: home,
            rules: [...rules.values()].map(described),
          },
        },
        automationDetails: { id: `churnproof/${told.profile}/` },
        columnKind: 'utf16CodeUnits',
        invocations: [{ executionSuccessful: !told.interrupted }],
        results: failures.map((failure) => resultOf(failure, rules.get(ruleOf(failure)), told)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

interface Rule {
  readonly id: string;
  readonly index: number;
  readonly model: string;
  readonly property: string;
}

/** The model of `model/configuration name=value`. */
const modelOf = (title: string): string => title.split(/[/ ]/)[0] as string;

const ruleOf = ({ title, property }: Pick<Failure, 'title' | 'property'>): string => `${modelOf(title)}/${property}`;

/** Every property that was looked at, so that what is mended disappears where it was shown. */
function rulesOf({ examined }: CiTold, failures: readonly Failure[]): ReadonlyMap<string, Rule> {
  const claims = claimsOf(examined).map(({ examined: { told }, judged }) => ({
    title: told.title ?? told.report.model,
    property: judged.finding.property,
  }));
  const rules = new Map<string, Rule>();
  for (const one of [...claims, ...failures]) {
    const id = ruleOf(one);
    if (!rules.has(id)) rules.set(id, { id, index: rules.size, model: modelOf(one.title), property: one.property });
  }
  return rules;
}

/** All that code scanning asks of a rule. */
const described = ({ id, model, property }: Rule) => ({
  id,
  shortDescription: { text: property },
  fullDescription: { text: `Claimed of ${model}: ${property}` },
  help: {
    text: 'Each result ends with the line that shows it again. A counterexample is told move by move by `churnproof replay`, or as a page by its `--html`.',
  },
});

function resultOf(failure: Failure, rule: Rule | undefined, { config }: CiTold) {
  const { title, property, what, outcome, seed, again, notes, file, suiteFile, trace } = failure;
  const text = [
    `${title}: ${what}: ${property}`,
    ...notes,
    `seed: ${seed ?? 'none, nothing was random'}`,
    `again: ${again}`,
  ].join('\n');
  return {
    ruleId: rule?.id ?? ruleOf(failure),
    ...(rule === undefined ? {} : { ruleIndex: rule.index }),
    level: outcome === 'undecided' ? 'warning' : 'error',
    message: { text },
    locations: [placeOf(suiteFile ?? file ?? config)],
    ...(file === undefined || suiteFile === undefined ? {} : { relatedLocations: [{ id: 1, ...placeOf(file) }] }),
    partialFingerprints: { 'churnproof/v1': `${title} ${property}` },
    ...(trace === undefined || trace.moves.length === 0
      ? {}
      : { codeFlows: [flowOf(trace, placeOf(file ?? suiteFile ?? config))] }),
  };
}

const placeOf = (path: string) => ({
  physicalLocation: {
    artifactLocation: { uri: encodeURI(path.replaceAll('\\', '/')), uriBaseId: '%SRCROOT%' },
    region: { startLine: 1 },
  },
});

/** The moves of a counterexample are its code flow, in the file that has them. */
const flowOf = ({ moves }: Trace, place: ReturnType<typeof placeOf>) => ({
  threadFlows: [
    {
      locations: moves.map((move, at) => ({
        executionOrder: at + 1,
        location: { ...place, message: { text: describeMove(move) } },
      })),
    },
  ],
});
