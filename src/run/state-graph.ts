/** Explores a model to the last state and keeps all of it, for other tools to read. */
import { Store } from '../check/store.js';
import { describeMove, type Model, Moves, type Picture, type StateGraph } from '../kernel/index.js';

/** Nothing when there are more states than `maxStates`: half a graph would be taken for a whole one. @public */
export function stateGraphOf(model: Model, maxStates: number): StateGraph | undefined {
  const store = new Store(model.width);
  const moves = new Moves();
  const state = new Int32Array(model.width);
  const starts = model.starts.map((start, at) => ({ label: start.label, state: store.addStart(start.state, at) }));
  const states: Picture[] = [];
  const edges: { from: number; label: string; to: number }[] = [];
  for (let id = 0; id < store.count; id++) {
    if (store.count > maxStates) return undefined;
    store.open(id, state);
    states.push(model.picture(state));
    model.expand(state, moves);
    store.lookUp(moves);
    for (let i = 0; i < moves.count; i++) {
      const to = moves.changesNothing(i) ? id : store.successor(i);
      edges.push({ from: id, label: describeMove(model.move(moves, i)), to });
    }
  }
  return { model: model.name, starts, states, edges };
}
