/**
 * Replay: a recorded trace, taken again move by move on the model as it is now. A move is followed by what it means, not by
 * its number; where the model no longer offers it, the replay stops and says what that choice is now. What is claimed of how
 * the behaviour goes on for ever, and of where its fate was decided, is proved again.
 */
import {
  type Critical,
  canonical,
  firstDifference,
  intentOf,
  isTemporal,
  type Model,
  type Move,
  Moves,
  type Property,
  type State,
  settle,
  type Temporal,
  type Trace,
  type Verdict,
} from '../kernel/index.js';
import type { Drift } from './drift.js';
import { proveCritical, proveDead } from './fate.js';
import { judge } from './judge.js';
import { proveLasso } from './lasso.js';
import type { Proof, Taken } from './proof.js';

/** One move that was taken again. @public */
export interface ReplayStep {
  /** Counted from 1. */
  readonly step: number;
  readonly move: Move;
  readonly before: State;
  readonly after: State;
}

/** A recorded behaviour, taken again on the model as it is now. @public */
export interface Replay {
  /** `undefined` when the model has no such start. */
  readonly start: { readonly label: string; readonly state: State } | undefined;
  readonly steps: readonly ReplayStep[];
  readonly drift: readonly Drift[];
  /** `violated` or `witnessed` when the behaviour shows it, else `undecided`: one behaviour proves nothing. */
  readonly verdict: Verdict;
  /** After how many moves the behaviour first shows it. */
  readonly shownAt: number | undefined;
  /** Of a temporal property, if every move could be followed: whether what comes after them shows it. */
  readonly proof?: Proof;
  /** Whether the recorded critical transition still is one, where that can be seen by searching on from it. */
  readonly critical?: Proof;
}

/** What is replayed: a trace, and where it is recorded to have met its fate. @public */
export type Recorded = Omit<Trace, 'model'> & { readonly critical?: Critical };

/** How far a replay goes to prove a behaviour without end. @public */
export interface ReplayOptions {
  /** States that one search for a goal may look at; default 1,000,000. */
  readonly maxStates?: number;
}

/** Takes a recorded behaviour again, and says whether it still shows what it showed. @public */
export function replay(
  model: Model,
  property: Property,
  trace: Recorded,
  { maxStates = 1_000_000 }: ReplayOptions = {},
): Replay {
  const start = model.starts[trace.start];
  const steps: ReplayStep[] = [];
  const drift: Drift[] = [];
  const choices: number[] = [];
  let shownAt: number | undefined;
  if (start === undefined) {
    drift.push({ kind: 'start', step: 0, was: trace.start, starts: model.starts.length });
  } else {
    const seen = judge(model, property);
    const moves = new Moves();
    let before = start.state.slice();
    model.expand(before, moves);
    if (seen.state(before, moves)) shownAt = 0;
    for (let i = 0; i < trace.moves.length; i++) {
      const anchor = follow(model, moves, trace.moves[i] as Move, trace.choices[i] as number, i + 1);
      if (anchor.drift !== undefined) drift.push(anchor.drift);
      if (anchor.index === undefined) break;
      const after = before.slice();
      moves.apply(anchor.index, after);
      choices.push(anchor.index);
      steps.push({ step: i + 1, move: model.move(moves, anchor.index), before, after });
      const shown = seen.step(before, after);
      model.expand(after, moves);
      if ((shown || seen.state(after, moves)) && shownAt === undefined) shownAt = i + 1;
      before = after;
    }
  }
  let proofs: Pick<Replay, 'proof' | 'critical'> = {};
  if (start !== undefined && steps.length === trace.moves.length && isTemporal(property)) {
    const states = [start.state, ...steps.map(({ after }) => after)];
    proofs = prove(property, { model, states, choices, moves: steps.map(({ move }) => move) }, trace, maxStates);
    if (proofs.proof?.kind === 'shown') shownAt = steps.length;
  }
  return { start, steps, drift, shownAt, verdict: settle(property.kind, shownAt !== undefined, false), ...proofs };
}

function prove(property: Temporal, taken: Taken, { loop, critical }: Recorded, limit: number) {
  const proof = property.kind === 'recoverable' ? proveDead(property, taken, limit) : proveLasso(property, taken, loop);
  const fate = critical === undefined ? undefined : proveCritical(property, critical, taken, limit);
  return { proof, ...(fate === undefined ? {} : { critical: fate }) };
}

interface Anchor {
  readonly index: number | undefined;
  readonly drift?: Drift;
}

/** Finds the recorded move among those enabled: under its number if it is there, else under any. */
function follow(model: Model, moves: Moves, was: Move, choice: number, step: number): Anchor {
  const now = choice < moves.count ? model.move(moves, choice) : undefined;
  if (now !== undefined && canonical(now) === canonical(was)) return { index: choice };
  if (now !== undefined && intentOf(now) === intentOf(was)) return { index: choice, drift: heard(was, now, step) };
  for (let index = 0; index < moves.count; index++) {
    const other = model.move(moves, index);
    if (intentOf(other) !== intentOf(was)) continue;
    if (canonical(other) !== canonical(was)) return { index, drift: heard(was, other, step) };
    return { index, drift: { kind: 're-anchored', step, was: choice, now: index } };
  }
  return { index: undefined, drift: { kind: 'lost', step, was, now } };
}

function heard(was: Move, now: Move, step: number): Drift {
  return { kind: 'heard', step, difference: firstDifference(was, now, 'move') ?? 'nothing' };
}
