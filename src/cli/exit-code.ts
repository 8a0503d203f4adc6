/** What a caller's shell is told: one number for each way in which a run can end. */
import type { ErrorCode } from '../kernel/index.js';
import type { Outcome } from '../report/index.js';

/** @internal */
export const exitCode = {
  asExpected: 0,
  notAsExpected: 1,
  usage: 2,
  undecided: 3,
  vacuous: 4,
  notDeterministic: 5,
  interrupted: 130,
} as const;

/** The worst outcome decides. @internal */
export function exitCodeOf(outcomes: readonly Outcome[]): number {
  const order: readonly Outcome[] = ['notAsExpected', 'vacuous', 'undecided'];
  const worst = order.find((outcome) => outcomes.includes(outcome));
  return exitCode[worst ?? 'asExpected'];
}

/** @internal */
export function exitCodeOfError(code: ErrorCode): number {
  switch (code) {
    case 'MACHINE_NOT_DETERMINISTIC':
    case 'PROPERTY_NOT_DETERMINISTIC':
      return exitCode.notDeterministic;
    case 'WORKER_LOST':
      return exitCode.undecided;
    default:
      return exitCode.usage;
  }
}

/** For the help text. @internal */
export const exitCodeHelp = `Exit codes:
  0  every claim is as expected
  1  a claim is not as expected: violated, or it holds where a violation was expected
  2  a mistake in the command, the model or a file
  3  undecided: a limit was reached first, or a worker was lost
  4  vacuous: what should be reachable is not
  5  not deterministic: a machine or a property
  130  interrupted`;
