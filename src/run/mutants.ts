/**
 * One seeded bug and its suite's claims: which claims are asked of it, how far each search must go, and what came of them. It
 * looks twice where one look would be too far: first at every claim within so many states, then without a limit at what is
 * recorded and still open.
 */
import {
  type Budget,
  ChurnproofError,
  type Claim,
  isTemporal,
  type Mutant,
  messageOf,
  type Report,
  type Suite,
  type System,
  show,
  type Values,
} from '../kernel/index.js';
import { check } from './check.js';
import { type Nearest, select } from './suite.js';

/** A mutant with what is asked of it. @public */
export interface Trial {
  readonly suite: Suite;
  readonly mutant: Mutant;
  /** Of the right sibling, defaults included. */
  readonly values: Values;
  // biome-ignore lint/suspicious/noExplicitAny: a suite's system is typed where it is written
  readonly system: System<any, any>;
  /** What is claimed of the right sibling. */
  readonly claims: readonly Claim[];
  /** What `kills` says, by the whole name of the property. */
  readonly recorded: ReadonlyMap<string, number | 'never'>;
}

/** One search that a trial asks for. @public */
export interface Look {
  readonly asked: readonly Claim[];
  readonly budget: Pick<Budget, 'maxStates' | 'stopWhenDecided'>;
}

/** How far the search of a seeded bug goes. @public */
export interface TrialLimits {
  /** The most states of any search; default: no limit. */
  readonly maxStates?: number;
  /**
   * How many states are looked at for claims that nobody recorded, where they are not all needed anyway; default 25,000.
   */
  readonly glance?: number;
}

/**
 * The trials of a suite's mutants, in its order.
 * @throws ChurnproofError SUITE_INVALID for a mutant that could pass in silence or names a claim that there is not
 * @public
 */
export function trialsOf(suite: Suite, nearest: Nearest): readonly Trial[] {
  return mutantsOf(suite).map((mutant) => trialOf(suite, mutant, nearest));
}

/** The trial of the mutant of that name, if there is one. @throws ChurnproofError SUITE_INVALID @internal */
export function findTrial(suite: Suite, name: string, nearest: Nearest): Trial | undefined {
  const mutant = mutantsOf(suite).find((one) => one.name === name);
  return mutant === undefined ? undefined : trialOf(suite, mutant, nearest);
}

function mutantsOf({ model, mutants = [] }: Suite): readonly Mutant[] {
  const where = `mutants of ${model}`;
  if (!Array.isArray(mutants))
    throw invalid(where, 'mutants is no list', '[{ name, doc, values, system, kills }, ...]');
  const seen = new Set<string>();
  for (const mutant of mutants as readonly Mutant[]) {
    const wrong = faultOf(mutant);
    if (wrong !== undefined) throw invalid(where, ...wrong);
    if (seen.has(mutant.name))
      throw invalid(where, `two mutants have the name ${show(mutant.name)}`, 'a name of its own for each');
    seen.add(mutant.name);
  }
  return mutants;
}

/** What no type has looked at, in a claims file: what is wrong, and what would be right. */
function faultOf({ name, doc, system, values, kills, survivor }: Partial<Mutant>): [string, string] | undefined {
  const isRecord = (value: unknown) => typeof value === 'object' && value !== null;
  if (typeof name !== 'string' || typeof doc !== 'string')
    return ['one has no name or no doc', 'a word and a sentence'];
  if (typeof system !== 'function') return [`${name} has no system`, 'system: () => system({ ... })'];
  if (!isRecord(values) || !isRecord(kills)) return [`${name} has no values or no kills`, 'an object of named entries'];
  if (Object.keys(kills ?? {}).length > 0 && survivor) return [`${name} survives and kills`, 'one of the two'];
  if (Object.keys(kills ?? {}).length === 0 && !survivor)
    return [`${name} kills nothing`, 'the claims that it kills, or survivor: true'];
  return undefined;
}

function trialOf(suite: Suite, mutant: Mutant, nearest: Nearest): Trial {
  const { name, values: set, kills } = mutant;
  const { values, claims } = select(suite, '', set, nearest);
  const known = claims.map(({ property }) => property.name);
  const recorded = Object.entries(kills).map(([claim, moves]) => {
    const found = known.filter((full) => full === claim || full.startsWith(`${claim}: `));
    if (found.length === 1) return [found[0] as string, moves] as const;
    const problem =
      found.length === 0 ? `kills ${show(claim)}, which is no claim` : `kills ${show(claim)}, which is two`;
    throw invalid(`mutants of ${suite.model}`, `${name} ${problem}`, `one of: ${known.join('; ')}`);
  });
  return { suite, mutant, values, system: systemOf(mutant, suite.model), claims, recorded: new Map(recorded) };
}

function systemOf({ name, system }: Mutant, model: string): Trial['system'] {
  try {
    return system();
  } catch (error) {
    if (error instanceof ChurnproofError) throw error;
    throw invalid(`mutants of ${model}`, `system() of ${name} threw: ${messageOf(error)}`, 'a system');
  }
}

/**
 * The searches of one trial: each is asked for, and its report handed in. The sum has a finding for every claim, and says how
 * far the claims were all looked at.
 * @public
 */
export function* looksAt(
  trial: Trial,
  { maxStates, glance = 25_000 }: TrialLimits = {},
): Generator<Look, Report, Report> {
  const limit = maxStates === undefined ? {} : { maxStates };
  const atMost = Math.min(glance, maxStates ?? glance);
  const first = yield { asked: trial.claims, budget: needsAll(trial) ? limit : { maxStates: atMost } };
  const isOpen = (name: string) => first.findings.some((f) => f.property === name && f.verdict === 'undecided');
  const asked = trial.claims.filter(({ property: { name } }) => trial.recorded.has(name) && isOpen(name));
  const wentFarEnough = first.coverage.cut !== 'states' || atMost === maxStates || needsAll(trial);
  if (asked.length === 0 || wentFarEnough) return first;
  const second = yield { asked, budget: { ...limit, stopWhenDecided: true } };
  const better = new Map(second.findings.map((finding) => [finding.property, finding]));
  return { ...first, findings: first.findings.map((finding) => better.get(finding.property) ?? finding) };
}

/** That nothing falls, that something is never seen, and how behaviours go on, only the whole graph shows. */
const needsAll = ({ mutant, claims, recorded }: Trial): boolean =>
  mutant.survivor === true ||
  claims.some(({ property }) => {
    const moves = recorded.get(property.name);
    return moves !== undefined && (moves === 'never' || isTemporal(property));
  });

/** Runs a trial to its end, breadth-first, so that what falls falls in as few moves as it can. @public */
export function tryOut(trial: Trial, limits: TrialLimits = {}): Report {
  const looks = looksAt(trial, limits);
  let next = looks.next();
  while (next.done !== true) {
    const { asked, budget } = next.value;
    next = looks.next(
      check(
        trial.system,
        asked.map(({ property }) => property),
        budget,
      ),
    );
  }
  return next.value;
}

const invalid = (where: string, problem: string, expected: string): ChurnproofError =>
  new ChurnproofError('SUITE_INVALID', problem, { where, expected });
