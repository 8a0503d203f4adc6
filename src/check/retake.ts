/**
 * The trace to a state that is gone, from its choices: each state on the way is made again from the one before, and where a search is
 * reduced, what was left out of its moves is left out again.
 */
import { type Model, Moves, type State, type Trace, traceOf } from '../kernel/index.js';
import type { HashedStore } from './hashed-store.js';

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

/** The first of the moves, all those enabled in a state, that leads to a goal. @internal */
export function choiceTo(
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
