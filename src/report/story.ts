/** A trace as a story: one numbered line a move. */
import { describeMove, type Trace } from '../kernel/index.js';
import { number } from './words.js';

/** Longer stories lose their middle; the file has all of it. */
const longest = 100;

/** @internal */
export const numbered = (step: number, text: string): string => `${String(step).padStart(6)}. ${text}`;

/** @internal */
export function storyLines(trace: Trace): readonly string[] {
  const begin = trace.start === 0 ? [] : [numbered(0, `start ${trace.start} of the model`)];
  const lines = trace.moves.map((move, at) => numbered(at + 1, describeMove(move)));
  if (lines.length <= longest) return [...begin, ...lines];
  const half = longest / 2;
  const gap = `        ... ${number(lines.length - longest)} more moves ...`;
  return [...begin, ...lines.slice(0, half), gap, ...lines.slice(-half)];
}
