/** How a replay says that the model is no longer the one that was recorded. */
import { match } from 'ts-pattern';
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
export const describeDrift = (drift: Drift): string =>
  match(drift)
    .with(
      { kind: 're-anchored' },
      ({ step, was, now }) => `step ${step} was choice ${was}, is now choice ${now}: the same move, so it was followed`,
    )
    .with(
      { kind: 'heard' },
      ({ step, difference }) =>
        `step ${step} is the same move, but tells the peer something else (${difference}): it was followed`,
    )
    .with(
      { kind: 'lost' },
      ({ step, was, now }) =>
        `step ${step} was ${describeMove(was)}, is now ${now ? describeMove(now) : 'no move at all'}`,
    )
    .with({ kind: 'start' }, ({ was, starts }) => `the trace begins in start ${was}, the model now has ${starts}`)
    .exhaustive();
