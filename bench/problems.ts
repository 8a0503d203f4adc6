/** What is timed: each problem with the count of distinct states that every tool must come to, or its time means nothing. */
import { suite as chainNetwork } from '../properties/chain-network.js';
import { suites as chord } from '../properties/chord.js';
import { suite as leaderElection } from '../properties/leader-election.js';
import { suite as tracker } from '../properties/tracker.js';
import { suite as twoPhaseCommit } from '../properties/two-phase-commit.js';
import type { Suite, System, Values } from '../src/kernel/index.js';

/** A text for another tool, in which N stands for the size. @internal */
export interface Text {
  /** Its name in `promela/` and `murphi/`, without what comes after the dot. */
  readonly name: string;
  readonly size: number;
}

/** @internal */
export interface Problem {
  readonly name: string;
  readonly states: number;
  readonly suite: Suite;
  readonly set: Values;
  /** Nothing where Spin reads what `churnproof export` writes. */
  readonly promela?: Text;
  /** The same with a process for each participant, as one writes it down. */
  readonly plain?: Text;
  /** States of the Promela text in which nothing has begun yet; ours has none. */
  readonly spare: 0 | 1;
  readonly murphi?: Text;
  /** What of `xstate/graph` explores it. */
  readonly graph?: 'getAdjacencyMap' | 'getShortestPaths';
  /** Left out of a short run. */
  readonly large?: true;
}

const commit = (rms: number, states: number): Problem => {
  const text = { name: 'two-phase-commit', size: rms };
  return {
    name: `two-phase commit ${rms}`,
    states,
    suite: twoPhaseCommit,
    set: { rms },
    promela: text,
    plain: { ...text, name: `${text.name}-plain` },
    spare: 0,
    murphi: text,
  };
};

const election = (members: number, states: number): Problem => {
  const text = { name: 'leader-election', size: members };
  return {
    name: `leader election ${members}`,
    states,
    suite: leaderElection,
    set: { members },
    promela: text,
    plain: { ...text, name: `${text.name}-plain` },
    spare: 0,
    murphi: text,
  };
};

const chordOf = (
  model: 'chord-zave' | 'chord-orig',
  set: Values & { readonly n: number },
  states: number,
): Problem => ({
  name: `${model} ${set.n}`,
  states,
  suite: chord.find((suite) => suite.model === model) as Suite,
  set: { ...set, rejoin: false },
  promela: { name: model, size: set.n },
  spare: 1,
});

const bundled = (suite: Suite, configuration: string, states: number): Problem => ({
  name: `${suite.model}/${configuration}`,
  states,
  suite,
  set: suite.configurations[configuration]?.set ?? {},
  spare: 1,
});

/** Small enough for `xstate/graph`, and for the tests. @internal */
export const small: readonly Problem[] = [
  { ...commit(4, 1_568), graph: 'getShortestPaths' },
  { ...commit(5, 8_832), graph: 'getAdjacencyMap' },
];

/** @internal */
export const problems: readonly Problem[] = [
  ...small,
  commit(7, 296_448),
  { ...commit(8, 1_745_408), large: true },
  { ...commit(9, 10_340_352), large: true },
  election(9, 259_919),
  { ...election(10, 1_305_279), large: true },
  { ...election(11, 6_643_925), large: true },
  chordOf('chord-zave', { n: 6, r: 2 }, 1_059_186),
  chordOf('chord-orig', { n: 5 }, 555_881),
  bundled(tracker, 'stops', 248_931),
  bundled(chainNetwork, 'crashes', 106_649),
];

/** Timed once, whatever the number of rounds, and by those tools only that can be waited for. @internal */
export const isHuge = ({ states }: Problem): boolean => states > 5_000_000;

/** The least of each text that is anything, with the states that our own search finds: for the tests. @internal */
export const least: readonly Problem[] = [
  ...small.slice(0, 1),
  election(6, 2_307),
  chordOf('chord-zave', { n: 4, r: 2 }, 315),
  chordOf('chord-orig', { n: 3 }, 424),
];

/** @internal */
export const valuesOf = ({ suite, set }: Problem): Values => ({
  ...Object.fromEntries(Object.entries(suite.parameters).map(([name, { default: value }]) => [name, value])),
  ...set,
});

/** @internal */
export const systemOf = (problem: Problem): System => problem.suite.system(valuesOf(problem)) as System;
