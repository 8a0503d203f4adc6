/**
 * Mutants searched with every combination of options that a search has, each beside the plain search. A combination that cannot
 * be shown sound is refused with a reason, and then it is no answer: refusals are counted apart from what was compared.
 */
import { catalogue } from '../../properties/catalogue.js';
import {
  ChurnproofError,
  type Finding,
  isTemporal,
  type Property,
  type Report,
  type System,
  type Values,
} from '../../src/kernel/index.js';
import type { ReductionName } from '../../src/reduce/index.js';
import { begin, type CheckOptions } from '../../src/run/check.js';
import { genericTrials } from '../../src/run/generic.js';
import { select } from '../../src/run/suite.js';
import { trials } from './mutants.js';

export interface Mutated {
  readonly name: string;
  // biome-ignore lint/suspicious/noExplicitAny: a system of any peers
  readonly system: System<any, any>;
  readonly properties: readonly Property[];
  /** How a thread finds it: the seeded bug of a suite, or which of the generic edits of a configuration it is. */
  readonly recipe: {
    readonly model: string;
    readonly configuration: string;
    readonly values: Values;
    readonly bug: string | number;
  };
}

/** Every seeded bug of the catalogue. */
export const seeded = (): readonly Mutated[] =>
  catalogue.flatMap((suite) =>
    trials(suite).map(({ mutant, system, claims, values }) => ({
      name: `${suite.model} ${mutant.name}`,
      system,
      properties: claims.map(({ property }) => property as Property),
      recipe: { model: suite.model, configuration: '', values, bug: mutant.name },
    })),
  );

/** Suites whose machines are edited in every way that there is, in a size in which much of what comes of it can be searched. */
const edited: Readonly<Record<string, Values>> = {
  'two-phase-commit': { rms: 3 },
  'leader-election': {},
  'stop-and-wait': {},
  'chord-orig': {},
  'chord-zave': { n: 4 },
  chain: {},
  dissemination: {},
  metainfo: {},
  'tracker-asked': {},
};

/** Every small edit of every machine of those. */
export const generic = (): readonly Mutated[] =>
  catalogue.flatMap((suite) => {
    const set = edited[suite.model];
    if (set === undefined) return [];
    const configuration = Object.keys(suite.configurations)[0] as string;
    const { system, claims, values } = select(suite, configuration, set, () => []);
    return genericTrials(system).map((trial, bug) => ({
      name: `${suite.model}: ${trial.machine}, ${trial.doc}`,
      system: trial.system,
      properties: claims.map(({ property }) => property as Property),
      recipe: { model: suite.model, configuration, values, bug },
    }));
  });

const isOfStates = ({ kind }: Property) => kind === 'always' || kind === 'sometimes' || kind === 'whenQuiet';
const isOfSteps = (property: Property) => !isTemporal(property);
const everything = () => true;

/** With the properties that each can decide. */
const reductions: readonly (readonly [reduce: readonly ReductionName[], canDecide: (property: Property) => boolean])[] =
  [
    [[], everything],
    [['partial-order'], isOfStates],
    [['symmetry'], isOfStates],
    [['symmetry', 'partial-order'], isOfStates],
    [['rotation'], isOfSteps],
    [['rotation', 'partial-order'], isOfStates],
    [['rotation', 'symmetry'], isOfStates],
  ];

const stores: readonly CheckOptions[] = [
  { store: 'exact' },
  { store: 'fingerprint', seed: 0 },
  { store: 'fingerprint', seed: 7 },
  { store: 'bitstate', bitstateBytes: 2 ** 18 },
];

/** In what order, how the states are kept, and whether it ends once all is decided. */
const ways: readonly CheckOptions[] = stores.flatMap((store) =>
  [true, false].flatMap((stopWhenDecided) =>
    (['breadth-first', 'depth-first'] as const).map((strategy) => ({ ...store, stopWhenDecided, strategy })),
  ),
);

export const nameOf = ({ reduce = [], strategy, store, seed, stopWhenDecided }: CheckOptions): string =>
  [
    ...reduce,
    strategy,
    store === 'fingerprint' ? `${store} ${seed}` : store,
    ...(stopWhenDecided ? ['first'] : []),
  ].join(', ');

/** What was compared and what was not, by the name of the combination. */
export class Tally {
  readonly compared = new Map<string, number>();
  /** By combination and code. */
  readonly refused = new Map<string, number>();
  readonly verdicts = new Map<string, number>();
  /** Mutants of which all was searched, and those that the plain search itself calls broken. */
  mutants = 0;
  broken = 0;

  static count(map: Map<string, number>, key: string): void {
    map.set(key, (map.get(key) ?? 0) + 1);
  }

  /** Of all combinations. */
  get comparisons(): number {
    return [...this.compared.values()].reduce((sum, count) => sum + count, 0);
  }
}

/** The report, or why there is none. */
export function searched(
  { system }: Mutated,
  properties: readonly Property[],
  options: CheckOptions,
): { readonly report: Report } | { readonly error: ChurnproofError; readonly atOnce: boolean } {
  let atOnce = true;
  try {
    const search = begin(system as never, properties as never, options);
    atOnce = false;
    while (!search.done) search.advance(100_000);
    return { report: search.report() };
  } catch (error) {
    if (error instanceof ChurnproofError) return { error, atOnce };
    throw error;
  }
}

const isRefusal = ({ code, message, expected, hint }: ChurnproofError) =>
  (code === 'SEARCH_UNSOUND' || code === 'SEARCH_INVALID') && message !== '' && (expected ?? hint) !== undefined;

type Told = readonly [property: string, verdict: string, moves: number | undefined];

/** What a search with these options has to say where the plain one says `finding`. */
function owed(asked: Property, finding: Finding, options: CheckOptions): Told {
  const isOfStates = !isTemporal(asked);
  const isFound = finding.verdict === 'violated' || finding.verdict === 'witnessed';
  // Only a store that keeps the states has them all in the end.
  if (options.store === 'exact' || (isOfStates && (options.store === 'fingerprint' || isFound)))
    return told(finding, options);
  return [finding.property, 'undecided', undefined];
}

const told = ({ property, verdict, trace }: Finding, { strategy }: CheckOptions): Told => [
  property,
  verdict,
  strategy === 'breadth-first' ? trace?.moves.length : undefined,
];

export interface Difference {
  readonly options: string;
  readonly said: unknown;
  readonly owed: unknown;
}

/**
 * Searches a mutant in all ways. Nothing where it has more states than that; else what differs from the plain search, which should
 * be nothing.
 */
export function differences(mutated: Mutated, maxStates: number, tally: Tally): readonly Difference[] | undefined {
  const plain = searched(mutated, mutated.properties, { maxStates });
  if ('report' in plain && plain.report.coverage.kind !== 'exhaustive') return undefined;
  if ('error' in plain) {
    // What is no system, or fails on its way, is so however it is searched to the end.
    tally.broken++;
    return (['breadth-first', 'depth-first'] as const).flatMap((strategy) => {
      const other = searched(mutated, mutated.properties, { strategy });
      const said = 'error' in other ? other.error.code : 'a report';
      return said === plain.error.code ? [] : [{ options: strategy, said, owed: plain.error.code }];
    });
  }
  tally.mutants++;
  for (const { verdict } of plain.report.findings) Tally.count(tally.verdicts, verdict);
  return reductions.flatMap(([reduce, canDecide]) => compare(mutated, plain.report, reduce, canDecide, tally));
}

function compare(
  mutated: Mutated,
  plain: Report,
  reduce: readonly ReductionName[],
  canDecide: (property: Property) => boolean,
  tally: Tally,
): readonly Difference[] {
  const found: Difference[] = [];
  const asked = mutated.properties.filter(canDecide);
  for (const way of ways) {
    const options = { ...way, reduce };
    const name = nameOf(options);
    const other = searched(mutated, asked, options);
    if ('error' in other) {
      if (!isRefusal(other.error)) found.push({ options: name, said: other.error.message, owed: 'a reason to refuse' });
      // What no way of searching can change is asked once.
      const isWhole = other.atOnce && other.error.code === 'SEARCH_UNSOUND';
      Tally.count(tally.refused, `${isWhole ? reduce.join(', ') : name}: ${other.error.code}`);
      if (isWhole) break;
      continue;
    }
    Tally.count(tally.compared, name);
    const said = other.report.findings.map((finding) => told(finding, options));
    const due = asked.map((one) =>
      owed(one, plain.findings.find(({ property }) => property === one.name) as Finding, options),
    );
    if (JSON.stringify(said) !== JSON.stringify(due)) found.push({ options: name, said, owed: due });
  }
  return found;
}
