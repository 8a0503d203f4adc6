/** The text of a trace file: the same bytes for the same trace, one move a line, so that a person can read and compare it. */
import * as v from 'valibot';
import { ChurnproofError, type Plain } from '../kernel/index.js';
import { pack } from './plain-json.js';
import { type TraceFile, traceFileSchema } from './trace-file.js';

/** Law: `readTrace(writeTrace(file))` equals `file`; a file that could not be read back is refused here. @public */
export function writeTrace(file: TraceFile): string {
  const result = v.safeParse(traceFileSchema, file, { abortEarly: true });
  if (!result.success) {
    const [issue] = result.issues;
    throw new ChurnproofError('TRACE_INVALID', `this trace cannot be written: ${issue.message}`, {
      where: v.getDotPath(issue) ?? 'the trace',
    });
  }
  // The schema's output has its fields in the schema's order, whatever the order they came in.
  const { moves, ...others } = result.output;
  const line = (value: unknown) => JSON.stringify(pack(value as Plain));
  const fields = Object.entries(others).map(([key, value]) => `  ${JSON.stringify(key)}: ${line(value)},\n`);
  const story = moves.map((move) => `\n    ${line(move)}`).join(',');
  return `{\n${fields.join('')}  "moves": [${story}${story === '' ? '' : '\n  '}]\n}\n`;
}
