/** Our own turn, and that of `xstate/graph`, in the process that is timed. */
import { isTemporal } from '../src/kernel/index.js';
import { begin } from '../src/run/check.js';
import { byAdjacencyMap, byShortestPaths } from './graph-baseline.js';
import { type Problem, systemOf, valuesOf } from './problems.js';

/** @internal */
export interface Outcome {
  readonly states: number;
  readonly transitions?: number;
  readonly bytesPerState?: number;
  readonly machineCalls?: number;
  /** Without starting Node and loading modules. */
  readonly searchCpuSeconds?: number;
}

/** @internal */
export const turns = ['states', 'claims', 'graph'] as const;

/** `states` watches nothing; `claims` all claims of the suite about states and steps; `graph` is `xstate/graph`. @internal */
export type Turn = (typeof turns)[number];

/** @internal */
export function explore(problem: Problem, turn: Turn): Outcome {
  const before = process.cpuUsage();
  const outcome = turn === 'graph' ? byGraph(problem) : search(problem, turn === 'claims');
  const { user, system } = process.cpuUsage(before);
  return { ...outcome, searchCpuSeconds: (user + system) / 1e6 };
}

function byGraph({ graph, set }: Problem): Outcome {
  const by = { getAdjacencyMap: byAdjacencyMap, getShortestPaths: byShortestPaths };
  if (graph === undefined) throw new Error('too large for xstate/graph');
  return { states: by[graph](Number(set.rms)) };
}

function search(problem: Problem, withClaims: boolean): Outcome {
  const claims = withClaims ? problem.suite.claims(valuesOf(problem)) : [];
  const properties = claims.map(({ property }) => property).filter((property) => !isTemporal(property));
  const running = begin(systemOf(problem), properties);
  while (!running.done) running.advance(100_000);
  const { coverage, effort } = running.report();
  return {
    states: coverage.states,
    transitions: coverage.transitions,
    bytesPerState: Math.round(effort.bytesPerState * 10) / 10,
    machineCalls: effort.machineCalls,
  };
}
