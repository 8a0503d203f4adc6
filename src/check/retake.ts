/**
 * Traces, made when they are asked for. To a state that is gone, from its choices: each state on the way is made again from the one
 * before, and where a search is reduced, what was left out of its moves is left out again. To one that was kept, from the states.
 */
import { type Model, type Move, Moves, type State, type Trace, traceOf } from '../kernel/index.js';
import type { Step } from '../liveness/index.js';
import type { HashedStore } from './hashed-store.js';
import type { Store } from './store.js';

/**
 * @param wasOpen whether a property was still to be decided when the moves of that state were reduced
 * @param move out of the last state, of all that are enabled there
 * @internal
 */
export function retake(
  model: Model,
  { start, steps }: ReturnType<HashedStore['wayTo']>,
  property: number,
  move: number | undefined,
  wasOpen: (property: number, state: number) => boolean,
): Trace {
  const last = move === undefined ? [] : [move];
  const { reduction } = model;
  if (reduction === undefined) return traceOf(model, start, [...steps.map(({ choice }) => choice), ...last]);
  const begin = (model.starts[start] as Model['starts'][number]).state.slice();
  const standIn = begin.slice();
  reduction.represent?.(standIn);
  const states = [standIn];
  const moves = new Moves();
  for (const [i, { parent, choice }] of steps.entries()) {
    const at = (states[i] as State).slice();
    model.expand(at, moves);
    reduction.reduce(at, moves, (other) => wasOpen(other, parent));
    moves.apply(choice, at);
    states.push(at);
  }
  const choices =
    reduction.unfold === undefined
      ? [...choicesAlong(model, states, moves), ...last]
      : reduction.unfold([begin, ...states.slice(1)], property, move);
  return traceOf(model, start, choices);
}

function choicesAlong(model: Model, states: readonly State[], moves: Moves): readonly number[] {
  return states.slice(1).map((goal, i) => {
    const at = states[i] as State;
    model.expand(at, moves);
    return choiceTo(model, goal, at, moves);
  });
}

/** The first of the moves, all those enabled in a state, that leads to a goal. */
function choiceTo(
  model: Model,
  goal: State,
  at: State,
  moves: Moves,
  isMeant: (move: number) => boolean = () => true,
): number {
  const next = new Int32Array(at.length);
  for (let i = 0; i < moves.count; i++) {
    if (!isMeant(i)) continue;
    next.set(at);
    moves.apply(i, next);
    if (next.every((value, c) => value === goal[c])) return i;
  }
  throw new Error(`model ${model.name} does not offer again a move that it offered before`);
}

/**
 * The moves from state to state, and then one more; they are found again by expanding each state on the way.
 * @param unitOf the unit of a move, where a step says which it is of
 * @internal
 */
export function traceAlong(
  model: Model,
  store: Store,
  way: readonly Step[],
  move: number | undefined,
  unitOf: (moves: Moves, i: number) => number | undefined,
): Trace {
  const choices: number[] = [];
  const described: Move[] = [];
  const moves = new Moves();
  const take = (choice: number) => {
    choices.push(choice);
    described.push(model.move(moves, choice));
  };
  const at = new Int32Array(model.width);
  const goal = new Int32Array(model.width);
  for (const [step, { to }] of way.entries()) {
    store.read(to, at);
    model.expand(at, moves);
    const next = way[step + 1];
    if (next === undefined) break;
    store.read(next.to, goal);
    const { unit } = next;
    take(choiceTo(model, goal, at, moves, (i) => unit === undefined || unitOf(moves, i) === unit));
  }
  if (move !== undefined) take(move);
  return { model: model.name, start: -1 - store.parent((way[0] as Step).to), choices, moves: described };
}
