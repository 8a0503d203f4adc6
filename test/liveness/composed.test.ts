/** A composed system and the graph that is made of its readable moves get the same answers: the packing of moves changes no unit. */
import { describe, expect, test } from 'vitest';
import { chordOriginal, chordZave } from '../../models/chord/index.js';
import { stopAndWait } from '../../models/stop-and-wait/index.js';
import { twoPhaseCommit } from '../../models/two-phase-commit/index.js';
import { breadthFirst } from '../../src/check/index.js';
import {
  canonical,
  derive,
  type Finding,
  type Model,
  type Move,
  Moves,
  type Property,
  type State,
  type World,
} from '../../src/kernel/index.js';
import { compose } from '../../src/system/index.js';
import { chance } from '../support/random.js';
import { type Asked, propertyOf } from './asked.js';
import { ask, run } from './compare.js';
import { classesOf, drawFairness, modes } from './draw.js';
import { changes, classOf, type Edge, type Graph, type Kind, unitOf } from './graph-model.js';

/** A number that says all about a state, and the same for equal states. */
function print(world: World): number {
  const peers = world.names.map((name) => [
    world.status(name),
    world.state(name),
    world.peers[name],
    world.timers(name),
  ]);
  const text = JSON.stringify([peers, world.inFlight()]);
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  return hash >>> 0;
}

const printed = derive(print);

interface Explored {
  readonly graph: Graph;
  readonly prints: readonly number[];
}

function explore(model: Model): Explored {
  const printOf = model.observe(printed);
  const numberOf = numbering<string>();
  const states: State[] = [];
  const ids = new Map<string, number>();
  const idOf = (state: State) => {
    const known = ids.get(state.join());
    if (known !== undefined) return known;
    ids.set(state.join(), states.length);
    return states.push(state.slice()) - 1;
  };
  const starts = model.starts.map(({ state }) => idOf(state));
  const edges: Edge[] = [];
  const moves = new Moves();
  for (const [from, state] of states.entries()) {
    model.expand(state, moves);
    for (let i = 0; i < moves.count; i++) {
      const after = state.slice();
      moves.apply(i, after);
      edges.push({ from, to: idOf(after), ...unitOfMove(model.move(moves, i), numberOf) });
    }
  }
  const graph = { states: states.length, starts: [...new Set(starts)], edges };
  return { graph, prints: states.map((state) => printOf.at(state)) };
}

/** What a move says of its unit, to whoever reads it. */
function unitOfMove(move: Move, numberOf: (text: string) => number): Omit<Edge, 'from' | 'to'> {
  const kind = move.kind as Kind;
  switch (move.kind) {
    case 'deliver':
    case 'lose':
    case 'duplicate': {
      const what = numberOf(`${move.from} ${canonical(move.message)}`);
      return { kind, peer: numberOf(move.to), what, way: 0 };
    }
    case 'timeout':
      return { kind, peer: numberOf(move.peer), what: numberOf(move.timer), way: 0 };
    case 'operation': {
      const { operation: name, args } = move;
      return { kind, peer: numberOf(move.peer), what: numberOf(name), way: numberOf(canonical(args)), name };
    }
    case 'partition':
    case 'heal':
      throw new Error('no system here is partitioned');
    default:
      return { kind, peer: numberOf(move.peer), what: 0, way: 0 };
  }
}

function numbering<T>(): (thing: T) => number {
  const numbers = new Map<T, number>();
  return (thing) => {
    const number = numbers.get(thing) ?? numbers.size;
    numbers.set(thing, number);
    return number;
  };
}

const systems = [
  stopAndWait({ network: 'fifo', packets: 2 }),
  stopAndWait({ network: 'unordered', packets: 1 }),
  twoPhaseCommit({ rms: 3 }),
  chordOriginal({ n: 3, rejoin: false, split: false, jfix: true, sfix: true }),
  chordZave({ n: 4, r: 2, rejoin: false }),
];

describe.each(systems)('$name', (system) => {
  const model = compose(system);
  const explored = explore(model);
  const { graph, prints } = explored;

  test('is answered as its graph is', () => {
    const questions = [...someLabels(explored), ...aboutUnits(explored)];
    const properties = questions.map((question, i): Property => {
      const { isHeld, isGiven } = question;
      const seen = {
        holds: (world: World) => isHeld(printed(world)),
        ...(question.kind === 'leadsTo' && { given: (world: World) => isGiven(printed(world)) }),
      };
      return { ...propertyOf(askedOf(question, prints), `${i}`), ...seen } as Property;
    });
    const composed = run(breadthFirst, model, properties).findings;
    const own = ask(
      breadthFirst,
      graph,
      questions.map((question) => askedOf(question, prints)),
    );
    const told = (findings: readonly Finding[]) =>
      findings.map(({ verdict, dead }, i) => ({ ...questions[i]!, verdict, dead }));
    expect(told(composed)).toEqual(told(own));
    for (const verdict of ['violated', 'holds'])
      expect(own.filter((one) => one.verdict === verdict).length).toBeGreaterThan(10);
  });
});

/** What is asked, by the print of a state. */
interface Question extends Pick<Asked, 'kind' | 'fairness' | 'by'> {
  readonly isHeld: (print: number) => boolean;
  readonly isGiven: (print: number) => boolean;
}

const askedOf = ({ kind, fairness, by, isHeld, isGiven }: Question, prints: readonly number[]): Asked => ({
  ...{ kind, fairness, by },
  holds: prints.map(isHeld),
  given: prints.map(isGiven),
});

/** All kinds of property in all modes, of states that have nothing in common. */
function someLabels({ graph }: Explored): readonly Question[] {
  const dice = chance(graph.states);
  const classes = classesOf(graph);
  const kinds = ['eventually', 'alwaysEventually', 'stable', 'leadsTo', 'recoverable'] as const;
  return modes.flatMap((mode) =>
    kinds.map((kind): Question => {
      const [rare, often] = [2 + dice.below(9), 2 + dice.below(3)];
      const isDense = kind === 'stable' || dice.below(2) === 0;
      return {
        kind,
        fairness: drawFairness(mode, classes, dice),
        by: classes.filter(() => dice.below(4) > 0),
        isHeld: (one) => (one % rare === 0) !== isDense,
        isGiven: (one) => one % often === 0,
      };
    }),
  );
}

/** Of each unit, whether it can be possible for ever: only a behaviour that does its moves, not those of another unit, shows that. */
function aboutUnits({ graph, prints }: Explored): readonly Question[] {
  const moving = graph.edges.filter(changes);
  const units = [...new Set(moving.map(unitOf))].slice(0, 20);
  return units.flatMap((unit) => {
    const own = moving.filter((edge) => unitOf(edge) === unit);
    const enabled = new Set(own.map(({ from }) => prints[from]!));
    const name = classOf(own[0]!);
    const isHeld = (one: number) => !enabled.has(one);
    const about = { isHeld, isGiven: (one: number) => enabled.has(one), by: [] };
    return [{ weak: [name] }, { strong: [name] }].flatMap((fairness) => [
      { ...about, kind: 'alwaysEventually' as const, fairness },
      { ...about, kind: 'leadsTo' as const, fairness },
    ]);
  });
}
