/**
 * Whether two models are one: the same states, as a person sees them, with the same moves between them. Both are explored side
 * by side in one order, so the n-th state of the one must be the n-th of the other. Exact: no hash decides.
 */
import { Store } from '../check/store.js';
import { canonical, type Model, Moves, type State } from '../kernel/index.js';

/** `unknown`: so many states were not enough to see a difference. @internal */
export type Sameness = 'same' | 'different' | 'unknown';

/** @internal */
export function sameGraph(a: Model, b: Model, maxStates: number): Sameness {
  const [left, right] = [new Explored(a), new Explored(b)];
  if (!left.startsLike(right)) return 'different';
  for (let id = 0; id < left.store.count; id++) {
    if (id >= maxStates) return 'unknown';
    left.open(id);
    right.open(id);
    if (!left.goesOnLike(right)) return 'different';
  }
  return 'same';
}

/** One of the two, as far as it is known. */
class Explored {
  readonly store: Store;
  readonly moves = new Moves();
  private readonly state: State;
  private readonly after: State;
  /** What the moves are called, by their codes. */
  private readonly texts = new Map<string, string>();

  constructor(readonly model: Model) {
    this.store = new Store(model.width);
    this.state = new Int32Array(model.width);
    this.after = new Int32Array(model.width);
  }

  startsLike(other: Explored): boolean {
    const [mine, its] = [this.model.starts, other.model.starts];
    return (
      mine.length === its.length &&
      mine.every(({ label, state }, at) => {
        const counterpart = its[at] as (typeof its)[number];
        return (
          label === counterpart.label &&
          this.looksOf(state) === other.looksOf(counterpart.state) &&
          this.store.addStart(state, at) === other.store.addStart(counterpart.state, at)
        );
      })
    );
  }

  open(id: number): void {
    this.store.open(id, this.state);
    this.model.expand(this.state, this.moves);
    this.store.lookUp(this.moves);
  }

  /** Whether the opened states have the same moves, to states of the same number that look the same. */
  goesOnLike(other: Explored): boolean {
    const { count, quiet } = this.moves;
    if (count !== other.moves.count || quiet !== other.moves.quiet) return false;
    for (let i = 0; i < count; i++) {
      if (this.textOf(i) !== other.textOf(i)) return false;
      const isIdle = this.moves.changesNothing(i);
      if (isIdle !== other.moves.changesNothing(i)) return false;
      if (isIdle) continue;
      const known = this.store.count;
      if (this.store.successor(i) !== other.store.successor(i)) return false;
      if (this.store.count > known && this.looksAfter(i) !== other.looksAfter(i)) return false;
    }
    return true;
  }

  private looksAfter(i: number): string {
    this.after.set(this.state);
    this.moves.apply(i, this.after);
    return this.looksOf(this.after);
  }

  private looksOf(state: State): string {
    return canonical(this.model.picture(state));
  }

  private textOf(i: number): string {
    const { kind, peer, what, detail } = this.moves;
    const code = `${kind[i]} ${peer[i]} ${what[i]} ${detail[i]}`;
    const text = this.texts.get(code) ?? canonical(this.model.move(this.moves, i));
    this.texts.set(code, text);
    return text;
  }
}
