/** Reports written by hand, for tests of how they are told. */
import type { Coverage, Finding, Move, Report, Trace } from '../../src/kernel/index.js';

export const data = (bit: number): Move => ({
  kind: 'deliver',
  from: 'alice',
  to: 'bob',
  message: { type: 'data', bit },
});

export const retry: Move = { kind: 'timeout', peer: 'alice', timer: 'retry' };

export const traceOf = (moves: readonly Move[], start = 0): Trace => ({
  model: 'stop-and-wait',
  start,
  choices: moves.map(() => 0),
  moves,
});

/** A behaviour that repeats the moves after the first `loop`. */
export const lassoOf = (moves: readonly Move[], loop: number): Trace => ({ ...traceOf(moves), loop });

export const exhaustive: Coverage = { kind: 'exhaustive', states: 1107, transitions: 4331, depth: 20, queue: 0 };

export const reportOf = (findings: readonly Finding[], change: Partial<Report> = {}): Report => ({
  model: 'stop-and-wait',
  strategy: 'breadth-first',
  coverage: exhaustive,
  findings,
  effort: { machineCalls: 12, bytesPerState: 16, blocked: 0, fullestInbox: 2 },
  ...change,
});
