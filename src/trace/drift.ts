/** How a replay says that the model is no longer the one that was recorded. */
import { describeMove, type Move } from '../kernel/index.js';

/** How a step of the model now differs from the one recorded. @public */
export type Drift =
  /** The same move has another number now: followed. */
  | { readonly kind: 're-anchored'; readonly step: number; readonly was: number; readonly now: number }
  /** The same move, but the peer hears something else in it, as an observation does: followed. */
  | { readonly kind: 'heard'; readonly step: number; readonly difference: string }
  /** The recorded move is not enabled; `now` is what its number means, `undefined` when there is no such number. */
  | { readonly kind: 'lost'; readonly step: number; readonly was: Move; readonly now: Move | undefined }
  /** The model has fewer starts than it had. */
  | { readonly kind: 'start'; readonly step: 0; readonly was: number; readonly starts: number };

/** One line, such as `step 4 was alice: timer retry, is now heal`. @public */
export function describeDrift(drift: Drift): string {
  switch (drift.kind) {
    case 're-anchored':
      return `step ${drift.step} was choice ${drift.was}, is now choice ${drift.now}: the same move, so it was followed`;
    case 'heard':
      return `step ${drift.step} is the same move, but tells the peer something else (${drift.difference}): it was followed`;
    case 'lost': {
      const now = drift.now === undefined ? 'no move at all' : describeMove(drift.now);
      return `step ${drift.step} was ${describeMove(drift.was)}, is now ${now}`;
    }
    case 'start':
      return `the trace begins in start ${drift.was}, the model now has ${drift.starts}`;
  }
}
