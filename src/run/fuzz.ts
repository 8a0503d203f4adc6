/** Fuzzing a system: random behaviours until every property is decided, then each trace made as short as can be. */
import { Campaign, type CampaignOptions } from '../check/campaign.js';
import { breadthFirst } from '../check/index.js';
import { classesOf } from '../check/schedule.js';
import type { Finding, Peers, Property, Report, System, SystemSpec } from '../kernel/index.js';
import { shrink } from '../shrink/index.js';
import { compose } from '../system/index.js';

/** @public */
export interface FuzzOptions {
  /** Any whole number; the same one gives the same report. */
  readonly seed: number;
  readonly runs: number;
  /** The most moves of one run. */
  readonly moves: number;
  /** By class of move (a kind such as `crash`, or an operation): how often it is picked beside the others; default 1. */
  readonly weights?: Readonly<Record<string, number>>;
  /** Whether each run switches some classes off and others up; default true. */
  readonly swarm?: boolean;
  /** States that a search may look at to prove a trace minimal; default 100,000. */
  readonly proofStates?: number;
}

/** How far a campaign has come. @public */
export interface FuzzProgress {
  readonly runs: number;
  readonly moves: number;
  /** Distinct ones. */
  readonly states: number;
}

/** @public */
export interface FuzzReport extends Report {
  readonly seed: number;
}

/**
 * Fuzzes a system. It does not throw for what it finds, and what it does not find is undecided: samples prove nothing.
 * @throws ChurnproofError when the system, a machine, a property or an option is at fault
 * @public
 */
export async function fuzz<P extends Peers, D extends boolean>(
  system: System<P, D>,
  properties: readonly Property<P, D>[],
  options: FuzzOptions,
  onProgress: (progress: FuzzProgress) => 'continue' | 'stop' = () => 'continue',
): Promise<FuzzReport> {
  const watched = properties as unknown as readonly Property[];
  const model = compose(system);
  const campaign = new Campaign(model, watched, classesOf(system as SystemSpec), options satisfies CampaignOptions);
  let stopped = false;
  const pause = async () => {
    await breathe();
    stopped ||= onProgress(campaign.progress) === 'stop';
    return !stopped;
  };
  await campaign.run(pause);

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

/** Lets timers and signals be heard. */
const breathe = () => new Promise<void>((resolve) => setTimeout(resolve, 0));
