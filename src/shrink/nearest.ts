/** The nearest state or step that decides a property: searched breadth-first up to a number of moves or of states. */
import type { Model, Property, Strategy, Trace } from '../kernel/index.js';

/** How a breadth-first search for something shorter ended. @internal */
export type Nearest =
  | { readonly kind: 'shorter'; readonly trace: Trace; readonly states: number }
  | { readonly kind: 'none'; readonly states: number }
  | { readonly kind: 'cut'; readonly states: number };

/** Lets others have their turn; whether to go on. @internal */
export type Pause = () => Promise<boolean>;

/** States between two pauses. */
const slice = 5_000;

/** Looks for a trace of fewer than `length` moves. @internal */
export async function shorterThan(
  length: number,
  model: Model,
  property: Property,
  search: Strategy,
  maxStates: number,
  pause: Pause,
): Promise<Nearest> {
  // Whether a state is quiet is known only when its moves are looked at, which a search does not do at its depth limit.
  const maxDepth = Math.max(1, property.kind === 'whenQuiet' ? length : length - 1);
  const running = search.start(model, [property], { maxDepth, maxStates, stopWhenDecided: true });
  let goesOn = true;
  while (!running.done && goesOn) {
    running.advance(slice);
    goesOn = await pause();
  }
  const { coverage, findings } = running.report();
  const { states } = coverage;
  const trace = findings[0]?.trace;
  if (trace !== undefined && trace.moves.length < length) return { kind: 'shorter', trace, states };
  const isWhole = trace !== undefined || coverage.kind === 'exhaustive' || coverage.cut === 'depth';
  return { kind: isWhole ? 'none' : 'cut', states };
}
