/** Fuzzing a system: random behaviours until every property is decided, then each trace made as short as can be. */
import { Campaign, type CampaignOptions } from '../check/campaign.js';
import { breadthFirst } from '../check/index.js';
import { classesOf } from '../check/schedule.js';
import {
  ChurnproofError,
  type Finding,
  isTemporal,
  type Peers,
  type Property,
  type Report,
  type ScheduleName,
  type System,
  type SystemSpec,
} from '../kernel/index.js';
import { shrink } from '../shrink/index.js';
import { compose } from '../system/index.js';
import { simulate } from './simulate.js';

/** How long, and how, random behaviours are taken. @public */
export interface FuzzOptions {
  /** Any whole number; the same one gives the same report. */
  readonly seed: number;
  readonly runs: number;
  /** The most moves of one run. */
  readonly moves: number;
  /** By class of move (a kind such as `crash`, or an operation): how often it is picked beside the others; default 1. */
  readonly weights?: Readonly<Record<string, number>>;
  /** How the moves of a run are picked; default `swarm`. A simulation knows `swarm` and `uniform`. */
  readonly schedule?: ScheduleName;
  /** For `pct`: how many events must come in some order for a bug that it looks for; default 3. */
  readonly depth?: number;
  /** `false` is a short way to say `schedule: 'uniform'`. */
  readonly swarm?: boolean;
  /**
   * States that a search may look at to prove a trace minimal; default 100,000, and in a simulation the fewer the more peers
   * there are.
   */
  readonly proofStates?: number;
  /**
   * Whether to run the system unpacked, by compiled machines: for systems so large that hardly a state comes twice. What is
   * found is taken again on packed states before it is told. Default false.
   */
  readonly simulate?: boolean;
}

/** How far a campaign has come. @public */
export interface FuzzProgress {
  /** `shrinking`: all runs are done, what they found is made shorter. */
  readonly phase: 'running' | 'shrinking';
  readonly runs: number;
  readonly moves: number;
  /** Distinct ones; a simulation does not count them. */
  readonly states?: number;
}

/** What a fuzzing found, with the seed that finds it again. @public */
export interface FuzzReport extends Report {
  readonly seed: number;
}

/**
 * Fuzzes a system. It does not throw for what it finds, and what it does not find is undecided: samples prove nothing.
 * Temporal properties are not even looked for.
 * @throws ChurnproofError when the system, a machine, a property or an option is at fault, and when every property is temporal
 * @public
 */
export async function fuzz<P extends Peers, D extends boolean>(
  system: System<P, D>,
  properties: readonly Property<P, D>[],
  options: FuzzOptions,
  onProgress: (progress: FuzzProgress) => 'continue' | 'stop' = () => 'continue',
): Promise<FuzzReport> {
  const watched = properties as unknown as readonly Property[];
  refuseTemporal(watched);
  const { schedule = options.swarm === false ? 'uniform' : 'swarm' } = options;
  if (options.simulate === true) return simulate(system, watched, { ...options, schedule }, onProgress);
  const model = compose(system);
  const chosen: CampaignOptions = { ...options, schedule };
  const campaign = new Campaign(model, watched, classesOf(system as SystemSpec), chosen);
  let stopped = false;
  let phase: FuzzProgress['phase'] = 'running';
  const pause = async () => {
    await breathe();
    stopped ||= onProgress({ phase, ...campaign.progress }) === 'stop';
    return !stopped;
  };
  await campaign.run(pause);
  phase = 'shrinking';

  const { proofStates = 100_000, seed } = options;
  const tools = { watch: campaign.watch, search: breadthFirst, proofStates, pause };
  const report = campaign.report();
  const findings: Finding[] = [];
  for (const [index, property] of watched.entries()) {
    const finding = report.findings[index] as Finding;
    const found = campaign.discovered(property, !stopped);
    if (found === undefined) findings.push(finding);
    else if (stopped) findings.push({ ...finding, trace: found.trace });
    else {
      const { trace, minimal } = await shrink(model, property, found.trace, tools);
      findings.push({ ...finding, trace, shrunk: { from: found.from, to: trace.moves.length, minimal } });
    }
  }
  return { ...report, seed, findings };
}

/** One among others is left undecided; who asks for nothing else should not get a report that looked for nothing. */
function refuseTemporal(properties: readonly Property[]): void {
  if (properties.length === 0 || !properties.every(isTemporal)) return;
  const [{ name }, ...others] = properties as readonly [Property, ...Property[]];
  throw new ChurnproofError(
    'SEARCH_UNSOUND',
    `samples cannot decide '${name}'${others.length > 0 ? ', nor the others' : ''}`,
    {
      expected: 'at least one property that a single state or step decides',
      hint: 'churnproof check: it sees the whole graph of states, and how behaviours go on in it',
    },
  );
}

/** Lets timers and signals be heard. */
const breathe = () => new Promise<void>((resolve) => setTimeout(resolve, 0));
