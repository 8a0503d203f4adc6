/** The trace to a state that lies with a worker: told again by the model of the thread that reports. */
import { type Contents, type Model, Moves, type State, type Trace, traceOf } from '../kernel/index.js';

/** A state on the way, by what its components stand for. @internal */
export type Told = readonly string[];

/**
 * The moves from a start through those states, and then one more. Of several moves to a state it is the first, as in any search.
 * @internal
 */
export function retell(model: Model, start: number, states: readonly Told[], move?: number): Trace {
  const at = (model.starts[start] as Model['starts'][number]).state.slice();
  const next = at.slice();
  const moves = new Moves();
  const choices = states.map((goal) => {
    model.expand(at, moves);
    for (let i = 0; i < moves.count; i++) {
      next.set(at);
      moves.apply(i, next);
      if (!isTold(model.contents as Contents, next, goal)) continue;
      at.set(next);
      return i;
    }
    throw new Error(`model ${model.name} does not offer again a move that it offered a worker`);
  });
  return traceOf(model, start, move === undefined ? choices : [...choices, move]);
}

const isTold = (contents: Contents, state: State, goal: Told): boolean =>
  state.every((value, c) => contents.text(c, value) === goal[c]);
