/** The picture below a story, where the suite draws one. A picture that cannot be drawn must not cost the report. */
import { messageOf } from '../kernel/index.js';
import type { Paint } from './paint.js';

/** @param of what is drawn: a trace, or the frames of one @internal */
export function chartLines<T>(
  chart: ((of: T) => readonly string[]) | undefined,
  of: T,
  indent: string,
  paint: Paint,
): readonly string[] {
  if (chart === undefined) return [];
  try {
    return chart(of).map((line) => `${indent}${line}`.trimEnd());
  } catch (error) {
    return [`${indent}${paint.doubt('no picture:')} the suite's chart() threw: ${messageOf(error)}`];
  }
}
