/** Holds the engine against the oracle, and makes a graph on which they part as small as it can be. */
import { isDeepStrictEqual } from 'node:util';
import type { Budget, Finding, Model, Property, Report, Strategy } from '../../src/kernel/index.js';
import { type Asked, propertyOf, showAsked } from './asked.js';
import type { Drawn } from './draw.js';
import { type Graph, graphModel, showGraph } from './graph-model.js';
import { complaints } from './judge.js';
import { Lassos } from './lassos.js';
import { Oracle } from './oracle.js';

export function run(strategy: Strategy, model: Model, properties: readonly Property[], budget?: Budget): Report {
  const search = strategy.start(model, properties, budget);
  while (!search.done) search.advance(7);
  return search.report();
}

export const ask = (strategy: Strategy, graph: Graph, asked: readonly Asked[], budget?: Budget): readonly Finding[] =>
  run(
    strategy,
    graphModel(graph),
    asked.map((one, i) => propertyOf(one, `${i}: ${one.kind}`)),
    budget,
  ).findings;

/** What is wrong with the answer to a question; undefined when nothing is. */
export function fault(graph: Graph, asked: Asked, finding: Finding, oracle: Oracle): string | undefined {
  const isViolated = oracle.isViolated(asked);
  if (finding.verdict !== (isViolated ? 'violated' : 'holds'))
    return `${finding.verdict}, but the oracle says ${isViolated ? 'violated' : 'holds'}`;
  if (isViolated) return complaints(graph, asked, finding, oracle.goal(asked))[0];
  return finding.trace === undefined && finding.critical === undefined
    ? undefined
    : 'it holds, and yet there is a trace';
}

/** @throws an error that tells the smallest graph found on which the same question is answered wrongly. */
export function agree(strategy: Strategy, { seed, graph, questions }: Drawn, oracle = new Oracle(graph)): void {
  const all = questions.map(({ asked }) => asked);
  const findings = ask(strategy, graph, all);
  for (const [i, asked] of all.entries()) {
    const wrong = fault(graph, asked, findings[i]!, oracle);
    if (wrong === undefined) continue;
    const least = shrink({ graph, asked }, (one) => faultOf(strategy, one) !== undefined);
    const [finding] = ask(strategy, least.graph, [least.asked]);
    const lines = [
      `${strategy.name}, seed ${seed}: ${wrong}. The least of its kind:`,
      showGraph(least.graph),
      showAsked(least.asked),
      faultOf(strategy, least),
      JSON.stringify({ ...finding, trace: finding?.trace && { ...finding.trace, moves: finding.trace.moves.length } }),
    ];
    throw new Error(lines.join('\n'));
  }
}

interface Case {
  readonly graph: Graph;
  readonly asked: Asked;
}

function faultOf(strategy: Strategy, { graph, asked }: Case): string | undefined {
  const [finding] = ask(strategy, graph, [asked]);
  return fault(graph, asked, finding!, new Oracle(graph));
}

/** Takes away one thing after the other for as long as the fault stays. */
export function shrink(from: Case, isFaulty: (one: Case) => boolean): Case {
  let least = from;
  for (let again = true; again; ) {
    const smaller = smallerThan(least).find(isFaulty);
    again = smaller !== undefined;
    least = smaller ?? least;
  }
  return least;
}

function smallerThan({ graph, asked }: Case): readonly Case[] {
  const without = <T>(list: readonly T[]) => list.map((_, i) => list.filter((_, j) => j !== i));
  const { fairness } = asked;
  const last = graph.states - 1;
  const isUsed = graph.starts.includes(last) || graph.edges.some(({ from, to }) => from === last || to === last);
  const fewerLabels = (labels: readonly boolean[]) =>
    labels.flatMap((is, i) => (is ? [labels.map((other, j) => other && i !== j)] : []));
  return [
    ...(isUsed || last === 0 ? [] : [{ graph: { ...graph, states: last }, asked }]),
    ...without(graph.edges).map((edges) => ({ graph: { ...graph, edges }, asked })),
    ...(graph.starts.length > 1 ? without(graph.starts) : []).map((starts) => ({ graph: { ...graph, starts }, asked })),
    ...(['weak', 'strong', 'ceases'] as const).flatMap((mode) =>
      without(fairness[mode] ?? []).map((names) => ({
        graph,
        asked: { ...asked, fairness: { ...fairness, [mode]: names } },
      })),
    ),
    ...without(asked.by).map((by) => ({ graph, asked: { ...asked, by } })),
    ...fewerLabels(asked.holds).map((holds) => ({ graph, asked: { ...asked, holds } })),
    ...fewerLabels(asked.given).map((given) => ({ graph, asked: { ...asked, given } })),
  ];
}

/** @throws an error that tells the graph and the question on which the oracles part. */
export function agreeOracles({ seed, graph, questions }: Drawn): void {
  const oracle = new Oracle(graph);
  const lassos = new Lassos(graph);
  for (const { asked } of questions) {
    const isAlike =
      lassos.isViolated(asked) === oracle.isViolated(asked) &&
      (asked.kind !== 'stable' || isDeepStrictEqual(lassos.goal(asked), oracle.goal(asked)));
    if (!isAlike) throw new Error(`the oracles part, seed ${seed}\n${showGraph(graph)}\n${showAsked(asked)}`);
  }
}
