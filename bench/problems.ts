/** What is timed: each problem with the count of distinct states that it must come to, or its time means nothing. */
import { suites as chord } from '../properties/chord.js';
import { suite as twoPhaseCommit } from '../properties/two-phase-commit.js';
import type { Suite, Values } from '../src/kernel/index.js';
import { begin } from '../src/run/check.js';
import { byAdjacencyMap, byShortestPaths } from './graph-baseline.js';

/** @internal */
export interface Outcome {
  readonly states: number;
  readonly transitions?: number;
  readonly bytesPerState?: number;
  readonly machineCalls?: number;
}

/** @internal */
export interface Problem {
  readonly states: number;
  run(): Outcome;
}

/** A suite's system, with its claims watched or without. */
const search = (suite: Suite, set: Values, states: number, withClaims: boolean): Problem => ({
  states,
  run() {
    const defaults = Object.fromEntries(Object.entries(suite.parameters).map(([name, p]) => [name, p.default]));
    const values = { ...defaults, ...set };
    const claims = withClaims ? suite.claims(values) : [];
    const running = begin(
      suite.system(values),
      claims.map(({ property }) => property),
    );
    while (!running.done) running.advance(100_000);
    const { coverage, effort } = running.report();
    return {
      states: coverage.states,
      transitions: coverage.transitions,
      bytesPerState: Math.round(effort.bytesPerState * 10) / 10,
      machineCalls: effort.machineCalls,
    };
  },
});

const zave = chord.find(({ model }) => model === 'chord-zave') as Suite;

/** @internal */
export const problems: Readonly<Record<string, Problem>> = {
  'two-phase-commit 8': search(twoPhaseCommit, { rms: 8 }, 1_745_408, false),
  'two-phase-commit 8, with claims': search(twoPhaseCommit, { rms: 8 }, 1_745_408, true),
  'chord-zave 6, with claims': search(zave, { n: 6, r: 2, rejoin: false }, 1_059_186, true),
  'two-phase-commit 5': search(twoPhaseCommit, { rms: 5 }, 8_832, false),
  'two-phase-commit 5, xstate/graph getAdjacencyMap': { states: 8_832, run: () => ({ states: byAdjacencyMap(5) }) },
  'two-phase-commit 4, xstate/graph getShortestPaths': { states: 1_568, run: () => ({ states: byShortestPaths(4) }) },
};
