/**
 * An implementation with a fault put into it on the way: does the campaign notice, and how short is the schedule that it shows? An
 * adapter that lets these pass sees too little.
 */
import type { Move, Peers } from '../kernel/index.js';
import type { Adapter, Seen, Session } from './adapter.js';

/** Counted from the first move of a schedule, which is 1. @public */
export type SeededFault =
  /** That move never reaches the implementation. */
  | { readonly kind: 'drop'; readonly at: number }
  /** That move reaches it after the next one. */
  | { readonly kind: 'swap'; readonly at: number }
  /** From that move on, what is seen is what was to be seen a move before. */
  | { readonly kind: 'stale'; readonly at: number };

/** The same adapter, of an implementation with the fault. @public */
export function withFault<P extends Peers, Setup>(adapter: Adapter<P, Setup>, fault: SeededFault): Adapter<P, Setup> {
  return {
    ...adapter,
    name: `${adapter.name} with ${fault.kind} at ${fault.at}`,
    open: async (setup) => {
      const session = await adapter.open(setup);
      switch (fault.kind) {
        case 'drop':
          return dropping(session, fault.at);
        case 'swap':
          return swapping(session, fault.at);
        case 'stale':
          return lagging(session, fault.at, await session.observe());
      }
    },
  };
}

function dropping(session: Session, at: number): Session {
  let moves = 0;
  return { ...passing(session), perform: (move) => (++moves === at ? undefined : session.perform(move)) };
}

function swapping(session: Session, at: number): Session {
  let moves = 0;
  let held: Move | undefined;
  return {
    ...passing(session),
    async perform(move) {
      if (++moves === at) {
        held = move;
        return undefined;
      }
      const seen = await session.perform(move);
      if (held === undefined) return seen;
      const late = held;
      held = undefined;
      await session.perform(late);
      return seen;
    },
  };
}

function lagging(session: Session, at: number, first: Seen): Session {
  let moves = 0;
  let before = first;
  let now = first;
  return {
    ...passing(session),
    async perform(move) {
      const answered = await session.perform(move);
      moves++;
      before = now;
      now = { ...(await session.observe()), ...answered };
      return moves >= at ? before : answered;
    },
    observe: () => (moves >= at ? before : session.observe()),
  };
}

/** By name, for a session may be an instance of a class. */
const passing = (session: Session): Session => ({
  perform: (move) => session.perform(move),
  observe: () => session.observe(),
  close: () => session.close?.(),
});
