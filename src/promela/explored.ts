/** Every reachable state of a model, found by the plainest of searches: what is judged by Spin must not be what it is judged with. */
import { type Model, Moves, type State } from '../kernel/index.js';

/** @internal */
export class Explored {
  count = 0;
  private states: Int32Array<ArrayBuffer>;

  private constructor(private readonly model: Model) {
    this.states = new Int32Array(1024 * model.width);
  }

  /** Nothing when there are more states than `maxStates`. */
  static all(model: Model, maxStates: number): Explored | undefined {
    const explored = new Explored(model);
    const seen = new Set<string>();
    const moves = new Moves();
    const after = new Int32Array(model.width);
    const add = (state: State) => {
      const key = state.join();
      if (seen.has(key)) return;
      seen.add(key);
      explored.push(state);
    };
    for (const { state } of model.starts) add(state);
    for (let id = 0; id < explored.count; id++) {
      if (explored.count > maxStates) return undefined;
      const state = explored.state(id);
      model.expand(state, moves);
      for (let i = 0; i < moves.count; i++) {
        if (moves.changesNothing(i)) continue;
        after.set(state);
        moves.apply(i, after);
        add(after);
      }
    }
    return explored;
  }

  /** In the order in which a breadth-first search finds them. */
  state(id: number): State {
    return this.states.slice(id * this.model.width, (id + 1) * this.model.width);
  }

  private push(state: State): void {
    const { width } = this.model;
    if ((this.count + 1) * width > this.states.length) {
      const wider = new Int32Array(this.states.length * 2);
      wider.set(this.states);
      this.states = wider;
    }
    this.states.set(state, this.count * width);
    this.count++;
  }
}
