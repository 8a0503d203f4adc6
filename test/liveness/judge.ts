/** Whether a finding is what it says it is: the trace is taken move by move, and each claim about it is looked up in the graph. */
import { isDeepStrictEqual } from 'node:util';
import { type Finding, type Move, Moves, type Trace } from '../../src/kernel/index.js';
import type { Asked } from './asked.js';
import { changes, classOf, decode, type Edge, type Graph, graphModel, moveOf, unitOf } from './graph-model.js';
import { isTrueOf } from './lassos.js';

const unreached = Number.POSITIVE_INFINITY;

/** The states of a trace, and its moves. */
interface Way {
  readonly states: readonly number[];
  readonly edges: readonly Edge[];
}

/** What is wrong with the finding of a violation; nothing when all is right. `goal` only if it is known. */
export function complaints(graph: Graph, asked: Asked, finding: Finding, goal?: readonly boolean[]): readonly string[] {
  const { trace } = finding;
  if (trace === undefined) return ['a violation without a trace'];
  const way = replay(graph, trace);
  if (typeof way === 'string') return [way];
  const own = asked.kind === 'recoverable' ? deadEnd(graph, asked, finding, way) : lasso(graph, asked, trace, way);
  return own.length > 0 || goal === undefined ? own : critical(graph, asked, finding, way, goal);
}

function replay(graph: Graph, { start, choices, moves: told }: Trace): Way | string {
  const model = graphModel(graph);
  const begin = model.starts[start];
  if (begin === undefined) return `there is no start ${start}`;
  if (choices.length !== told.length) return `${choices.length} choices but ${told.length} moves`;
  const state = begin.state.slice();
  const states = [decode(state)];
  const edges: Edge[] = [];
  const moves = new Moves();
  for (const [step, choice] of choices.entries()) {
    model.expand(state, moves);
    if (!(choice >= 0 && choice < moves.count)) return `step ${step + 1}: choice ${choice} of ${moves.count}`;
    if (!isDeepStrictEqual(model.move(moves, choice), told[step])) return `step ${step + 1} is another move`;
    const edge = graph.edges[moves.detail[choice]!]!;
    if (!changes(edge)) return `step ${step + 1} changes nothing`;
    moves.apply(choice, state);
    states.push(decode(state));
    edges.push(edge);
  }
  return { states, edges };
}

function lasso(graph: Graph, asked: Asked, { loop, moves }: Trace, { states, edges }: Way): readonly string[] {
  if (loop === undefined) return ['the behaviour has no loop'];
  if (!(Number.isInteger(loop) && loop >= 0 && loop <= moves.length)) return [`loop ${loop} of ${moves.length} moves`];
  if (states.at(-1) !== states[loop]) return ['the loop does not close'];
  const wrong: string[] = [];
  const { weak = [], strong = [], ceases = [] } = asked.fairness;
  const visited = states.slice(loop);
  const taken = edges.slice(loop);
  for (const edge of taken)
    if (ceases.includes(classOf(edge))) wrong.push(`${unitOf(edge)} ceases, but is in the loop`);
  const own = graph.edges.filter(changes);
  for (const unit of new Set(own.map(unitOf))) {
    const edgesOfUnit = own.filter((edge) => unitOf(edge) === unit);
    const name = classOf(edgesOfUnit[0]!);
    if (ceases.includes(name) || taken.some((edge) => unitOf(edge) === unit)) continue;
    const isEnabled = (state: number) => edgesOfUnit.some(({ from }) => from === state);
    if (strong.includes(name) && visited.some(isEnabled)) wrong.push(`${unit} is owed strongly`);
    if (weak.includes(name) && visited.every(isEnabled)) wrong.push(`${unit} is owed weakly`);
  }
  const direct = wayTo(graph, asked, states[loop]!);
  if (loop > direct) wrong.push(`${loop} moves to the loop, where ${direct} are enough`);
  const word = { states: moves.length > loop ? states.slice(0, -1) : states, loop };
  if (isTrueOf(word, asked)) wrong.push('the property is true of the behaviour');
  return wrong;
}

/** The fewest moves that the prefix of a counterexample needs to a state of its loop. */
function wayTo(graph: Graph, { kind, holds, given }: Asked, state: number): number {
  const all = away(graph.states, graph.edges, graph.starts);
  if (kind !== 'eventually' && kind !== 'leadsTo') return all[state]!;
  const without = graph.edges.filter(({ from, to }) => !holds[from] && !holds[to]);
  const askedIn = (one: number) => (kind === 'eventually' ? graph.starts.includes(one) : given[one]) && !holds[one];
  const ways = all.map((far, one) => (askedIn(one) ? far + away(graph.states, without, [one])[state]! : unreached));
  return Math.min(...ways);
}

/** Moves to each state from the starts, along these edges. */
function away(states: number, edges: readonly Edge[], starts: readonly number[]): readonly number[] {
  const turned = edges.map((edge) => ({ ...edge, from: edge.to, to: edge.from }));
  const isStart = Array.from({ length: states }, (_, state) => starts.includes(state));
  return distances(states, turned, isStart);
}

/** Moves from each state to the goal along these edges. */
function distances(states: number, edges: readonly Edge[], goal: readonly boolean[]): readonly number[] {
  const far = Array.from({ length: states }, (_, state) => (goal[state] ? 0 : unreached));
  for (let round = 0, changed = true; changed; round++) {
    changed = false;
    for (const { from, to } of edges) {
      if (far[to] !== round || far[from]! <= round + 1) continue;
      far[from] = round + 1;
      changed = true;
    }
  }
  return far;
}

/** The moves by which the goal is to be reached. */
const helpful = (graph: Graph, { kind, by, fairness: { ceases = [] } }: Asked): readonly Edge[] =>
  graph.edges.filter((edge) =>
    kind === 'recoverable' ? by.includes(classOf(edge)) : changes(edge) && !ceases.includes(classOf(edge)),
  );

function deadEnd(graph: Graph, asked: Asked, { trace, dead }: Finding, { states, edges }: Way): readonly string[] {
  const wrong: string[] = [];
  const far = distances(graph.states, helpful(graph, asked), asked.holds);
  const near = away(graph.states, graph.edges, graph.starts);
  const lost = far.flatMap((moves, state) => (moves === unreached && near[state]! < unreached ? [state] : []));
  const nearest = Math.min(...lost.map((state) => near[state]!));
  if (trace?.loop !== undefined) wrong.push('a way into a dead state with a loop');
  if (!lost.includes(states.at(-1)!)) wrong.push(`it ends in ${states.at(-1)}, which is not dead`);
  if (edges.length !== nearest) wrong.push(`${edges.length} moves into a dead state, where ${nearest} are enough`);
  if (dead !== lost.length) wrong.push(`${dead} dead states, where there are ${lost.length}`);
  return wrong;
}

function critical(graph: Graph, asked: Asked, finding: Finding, way: Way, goal: readonly boolean[]): readonly string[] {
  const { critical, trace } = finding;
  if (critical === undefined) return ['a violation without its critical transition'];
  const edges = helpful(graph, asked);
  const far = distances(graph.states, edges, goal);
  const lost = way.states.findIndex((state) => far[state] === unreached);
  const { kind, step, instead } = critical;
  if (kind !== (lost < 0 ? 'open' : 'lost')) return [`'${kind}', but the goal is lost after move ${lost}`];
  const count = way.edges.length;
  if (kind === 'lost' && step !== lost) return [`lost after move ${step}, but it is so after move ${lost}`];
  const loop = trace!.loop!;
  const isInLoop = count === loop ? step === count + 1 : step > loop && step <= count;
  if (kind === 'open' && !isInLoop) return [`open at move ${step}, which is not in the loop`];
  if (step === 0) return instead === undefined ? [] : ['instead of nothing'];
  return insteadOf(edges, way.states[step - 1]!, far, instead);
}

function insteadOf(
  edges: readonly Edge[],
  state: number,
  far: readonly number[],
  instead: { readonly move: Move; readonly distance: number } | undefined,
): readonly string[] {
  const options = edges.filter((edge) => edge.from === state && changes(edge) && far[edge.to]! < unreached);
  const best = Math.min(...options.map(({ to }) => far[to]!));
  if (instead === undefined)
    return options.length === 0 ? [] : [`nothing instead, where ${best} moves more are enough`];
  const taken = options.find((edge) => isDeepStrictEqual(moveOf(edge), instead.move));
  if (taken === undefined) return [`${JSON.stringify(instead.move)} does not lead to the goal`];
  if (instead.distance !== far[taken.to]) return [`${instead.distance} moves more, where it is ${far[taken.to]}`];
  return instead.distance === best ? [] : [`${instead.distance} moves more, where ${best} are enough`];
}
