/** A trace as a story: one numbered line a move, and what comes after the last of them for ever. */
import { type Critical, describeMove, type Trace } from '../kernel/index.js';
import type { Paint } from './paint.js';
import { amount, number } from './words.js';

/** Longer stories lose their middle; the file has all of it. */
const longest = 100;

/** @internal */
export const numbered = (step: number, text: string): string => `${String(step).padStart(6)}. ${text}`;

/** What stands before the moves that a behaviour repeats. @internal */
export const forEver = 'then for ever:';

/** What a behaviour without such moves comes to. @internal */
export const atRest = 'then it stays like this for ever: nothing that is owed a turn would change anything';

/** Behind the move at which the fate of a behaviour was decided. @internal */
export const mark = (critical: Critical | undefined, step: number, paint: Paint): string =>
  critical?.step === step ? `  ${paint.bad('<- critical')}` : '';

/** `7 moves`, `7 moves, the last 2 for ever`, `7 moves, then nothing more`. @internal */
export function lengthOf(moves: number, loop: number | undefined): string {
  if (loop === undefined) return amount(moves, 'move');
  const all = amount(moves, 'move');
  if (loop === moves) return `${all}, then nothing more`;
  return loop === 0 ? `${all}, for ever` : `${all}, the last ${number(moves - loop)} for ever`;
}

/** @internal */
export function storyLines(
  { start, moves, loop }: Trace,
  critical: Critical | undefined,
  paint: Paint,
): readonly string[] {
  const lines = start === 0 ? [] : [numbered(0, `start ${start} of the model`)];
  let left = 0;
  const endGap = () => {
    if (left > 0) lines.push(`        ... ${amount(left, 'more move')} ...`);
    left = 0;
  };
  for (const [at, move] of moves.entries()) {
    const isTold =
      moves.length <= longest || at < longest / 2 || at >= moves.length - longest / 2 || critical?.step === at + 1;
    if (at === loop || isTold) endGap();
    if (at === loop) lines.push(`    ${forEver}`);
    if (isTold) lines.push(numbered(at + 1, describeMove(move)) + mark(critical, at + 1, paint));
    else left++;
  }
  return loop === moves.length ? [...lines, `    ${atRest}`] : lines;
}
