/**
 * Deletion: a behaviour with some of its moves left out, as long as it still decides the property. Halves first, then
 * quarters, down to single moves (Zeller and Hildebrandt, "Simplifying and isolating failure-inducing input", 2002), but
 * greedily and from the back: what the last moves do not need cannot be needed by anything. What is no longer enabled once
 * others are gone is skipped, so that a piece takes what hangs on it along.
 */
import { intentOf, type Trace } from '../kernel/index.js';
import type { Rehearsal } from './rehearsal.js';

/** Moves that deletion may take in all its attempts. */
const limit = 1_000_000;

/** A trace from which no single move can be left out, unless it took too long to find out. @internal */
export function withoutNeedless(rehearsal: Rehearsal, trace: Trace): Trace {
  let best = trace;
  const end = rehearsal.effort + limit;
  for (let size = Math.ceil(trace.moves.length / 2); size > 0; ) {
    const before = best.moves.length;
    for (let at = before - size; at > -size && rehearsal.effort < end; at -= size) {
      const meant = best.moves.map(intentOf);
      meant.splice(Math.max(0, at), Math.min(size, size + at));
      const shorter = rehearsal.play(best.start, meant);
      if (shorter !== undefined && shorter.moves.length < best.moves.length) best = shorter;
    }
    const stuck = best.moves.length === before || rehearsal.effort >= end;
    if (size === 1 && stuck) break;
    size = Math.max(1, Math.min(Math.floor(size / 2), best.moves.length));
  }
  return best;
}
