/** A model with fewer moves: only those of some peers and of some classes. What is a state, and which are quiet, stays. */
import { type Model, Moves, moveClass, peersOf, type State, type Trace, traceOf } from '../kernel/index.js';
import { ByCode } from './by-code.js';

/** @internal */
export interface Allowed {
  readonly peers: ReadonlySet<string>;
  readonly classes: ReadonlySet<string>;
}

/** What a trace uses. @internal */
export const allowedBy = ({ moves }: Trace): Allowed => ({
  peers: new Set(moves.flatMap(peersOf)),
  classes: new Set(moves.map(moveClass)),
});

/** The same for some of the peers, the smallest groups first. @internal */
export function* fewerPeers({ peers, classes }: Allowed): Generator<Allowed> {
  for (let size = 1; size < peers.size; size++) {
    for (const group of groups([...peers].sort(), size)) yield { peers: new Set(group), classes };
  }
}

/** Every way to take so many names, in order. */
function* groups(names: readonly string[], size: number): Generator<readonly string[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (const [i, first] of names.entries()) {
    for (const others of groups(names.slice(i + 1), size - 1)) yield [first, ...others];
  }
}

/** The same in words: `peers 0, 1; moves join, stabilize`. @internal */
export const describeAllowed = ({ peers, classes }: Allowed): string =>
  `peers ${[...peers].sort().join(', ')}; moves ${[...classes].sort().join(', ')}`;

/** @internal */
export interface Restricted extends Model {
  /** A trace of the restricted model as one of the model. */
  original(trace: Trace): Trace;
}

/** @internal */
export function restrict(model: Model, { peers, classes }: Allowed): Restricted {
  const isAllowed = new ByCode((moves, i) => {
    const move = model.move(moves, i);
    return classes.has(moveClass(move)) && peersOf(move).every((peer) => peers.has(peer));
  });
  const all = new Moves();
  const expand = (state: State, moves: Moves): void => {
    model.expand(state, all);
    moves.clear();
    moves.quiet = all.quiet;
    for (let i = 0; i < all.count; i++) if (isAllowed.at(all, i)) copy(all, i, moves);
  };
  /** The index, among all moves of the state expanded last, of the `nth` one that is allowed. */
  const originalIndex = (nth: number): number => {
    let left = nth;
    for (let i = 0; ; i++) if (isAllowed.at(all, i) && left-- === 0) return i;
  };
  const original = ({ start, choices }: Trace): Trace => {
    const state = (model.starts[start] as Model['starts'][number]).state.slice();
    const translated = choices.map((choice) => {
      model.expand(state, all);
      const index = originalIndex(choice);
      all.apply(index, state);
      return index;
    });
    return traceOf(model, start, translated);
  };
  return Object.create(model, { expand: { value: expand }, original: { value: original } }) as Restricted;
}

function copy(from: Moves, i: number, to: Moves): void {
  to.begin(from.kind[i] as number, from.peer[i] as number, from.what[i] as number, from.detail[i] as number);
  const end = from.first[i + 1] as number;
  for (let c = from.first[i] as number; c < end; c += 2) {
    to.change(from.changes[c] as number, from.changes[c + 1] as number);
  }
  to.end();
}
