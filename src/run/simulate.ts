/**
 * Fuzzing in the simulator: what is found is shortened there, then taken again move by move on the composed model, which must
 * come to the same verdict. So every trace that is told is an ordinary one, and both engines are held against each other by
 * every finding.
 */
import { breadthFirst } from '../check/index.js';
import { classesOf } from '../check/schedule.js';
import {
  ChurnproofError,
  canonical,
  describeMove,
  type Finding,
  intentOf,
  type Minimal,
  type Model,
  type Move,
  Moves,
  type Property,
  type System,
  type SystemSpec,
  type Trace,
  traceOf,
} from '../kernel/index.js';
import { prove } from '../shrink/index.js';
import { type Discovery, SimulationCampaign, type Taken } from '../simulate/index.js';
import { compose } from '../system/index.js';
import { replay } from '../trace/index.js';
import type { FuzzOptions, FuzzProgress, FuzzReport } from './fuzz.js';

/** Peers from which on a search for something shorter gets nowhere in reasonable time. */
const manyPeers = 6;

const stepsBetweenPauses = 100;

/** @internal */
export async function simulate(
  // biome-ignore lint/suspicious/noExplicitAny: a system of any peers
  system: System<any, any>,
  properties: readonly Property[],
  options: FuzzOptions,
  onProgress: (progress: FuzzProgress) => 'continue' | 'stop',
): Promise<FuzzReport> {
  const { seed } = options;
  const campaign = new SimulationCampaign(system, properties, classesOf(system as SystemSpec), options);
  let stopped = false;
  let phase: FuzzProgress['phase'] = 'running';
  const pause = async () => {
    await new Promise<void>((resolve) => setTimeout(resolve, 0));
    const { runs, moves } = campaign;
    stopped ||= onProgress({ phase, runs, moves }) === 'stop';
    return !stopped;
  };
  await campaign.run(pause);
  phase = 'shrinking';
  await pause();

  const report = campaign.report();
  const model = compose(system);
  const peers = Object.keys((system as SystemSpec).peers).length;
  const proofStates = options.proofStates ?? (peers < manyPeers ? Math.floor(100_000 / peers ** 2) : 0);
  const findings: Finding[] = [];
  for (const [index, property] of properties.entries()) {
    const finding = report.findings[index] as Finding;
    const found = await campaign.discovered(property, pause);
    if (found === undefined) {
      findings.push(finding);
      continue;
    }
    const trace = await packed(model, property, found, pause);
    if (trace === undefined) {
      findings.push({ ...finding, why: `found in ${found.taken.length} moves, and stopped before they were packed` });
      continue;
    }
    const shrunk = await shortest(model, property, trace, proofStates, pause);
    findings.push({
      ...finding,
      ...shrunk,
      shrunk: { from: found.from, to: shrunk.trace.moves.length, minimal: shrunk.minimal },
    });
  }
  return { ...report, seed, findings };
}

async function shortest(
  model: Model,
  property: Property,
  trace: Trace,
  proofStates: number,
  pause: () => Promise<boolean>,
): Promise<{ readonly trace: Trace; readonly minimal: Minimal }> {
  if (trace.moves.length === 0) return { trace, minimal: { proved: true, scope: 'system', states: 1 } };
  if (proofStates > 0) return prove(model, property, trace, { search: breadthFirst, proofStates, pause });
  return { trace, minimal: { proved: false, why: 'the system is too large to search for a shorter one' } };
}

/**
 * The same behaviour on packed states, up to where it decides the property; `undefined` if that was stopped.
 * @throws ChurnproofError ENGINE_DEVIATES
 */
async function packed(
  model: Model,
  property: Property,
  { start, taken }: Discovery,
  pause: () => Promise<boolean>,
): Promise<Trace | undefined> {
  const state = (model.starts[start] as Model['starts'][number]).state.slice();
  const moves = new Moves();
  const choices: number[] = [];
  for (const [step, one] of taken.entries()) {
    // A few are packed whatever anybody says: a finding without its story is worth little.
    if (step % stepsBetweenPauses === stepsBetweenPauses - 1 && !(await pause())) return undefined;
    model.expand(state, moves);
    const choice = choiceOf(model, moves, one);
    if (choice < 0)
      throw deviates(property, `step ${step + 1}, ${describeMove(one.move)}, is not enabled there`, taken);
    moves.apply(choice, state);
    choices.push(choice);
  }
  const trace = traceOf(model, start, choices);
  const { shownAt } = replay(model, property, trace);
  if (shownAt === undefined) throw deviates(property, 'the same moves do not decide it there', taken);
  return shownAt === choices.length ? trace : traceOf(model, start, choices.slice(0, shownAt));
}

/** The very same move; where none is, one that is meant to be the same. */
function choiceOf(model: Model, moves: Moves, { move, nth }: Taken): number {
  const told = Array.from({ length: moves.count }, (_, i) => model.move(moves, i));
  const those = (text: (one: Move) => string) => [...told.keys()].filter((i) => text(told[i] as Move) === text(move));
  const same = those(canonical);
  const alike = same.length > 0 ? same : those(intentOf);
  return alike[nth] ?? alike[0] ?? -1;
}

function deviates({ name }: Property, where: string, taken: readonly Taken[]): ChurnproofError {
  return new ChurnproofError('ENGINE_DEVIATES', `the simulator and the composed model disagree about '${name}'`, {
    where: `${where}: ${taken.map(({ move }) => describeMove(move)).join('; ')}`,
    expected:
      'the same behaviour to decide the same property in both: this is a mistake of churnproof, please report it',
    hint: 'fuzz without simulate, which works on packed states throughout',
  });
}
