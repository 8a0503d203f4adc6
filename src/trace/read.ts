/** What a text must be to count as a trace file, and the one coded error that says why it is not. */
import * as v from 'valibot';
import { ChurnproofError, messageOf, show } from '../kernel/index.js';
import { Unreadable, unpack } from './plain-json.js';
import { maxTraceSize, type TraceFile, traceFileSchema, traceSchemaVersion } from './trace-file.js';

/** Reads a trace file; `where` is its name for errors. Nothing but a {@link ChurnproofError} is ever thrown. @public */
export function readTrace(text: string, where: string): TraceFile {
  const raw = parse(text, where);
  refuseForeign(raw, where);
  let data: unknown;
  try {
    data = unpack(raw);
  } catch (error) {
    if (error instanceof Unreadable) throw invalid(where, shorten(error.path), error.found, error.expected);
    throw error;
  }
  // One complaint is enough, and a file of a million wrong moves must not make a million.
  const result = v.safeParse(traceFileSchema, data, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = pathOf(issue);
  if (issue.type === 'strict_object' && issue.expected === 'never')
    throw invalid(where, path, 'an unknown field', 'no such field');
  if (issue.type === 'strict_object' && issue.input === undefined)
    throw invalid(where, path, 'missing', 'a field of that name');
  const found: unknown = issue.type === 'partial_check' ? issue.path?.at(-1)?.value : issue.input;
  throw invalid(where, path, found === undefined ? 'missing' : shorten(show(found)), wanted(issue));
}

function parse(text: string, where: string): unknown {
  if (text.length > maxTraceSize)
    throw new ChurnproofError('TRACE_UNREADABLE', 'the file is too large for a trace', {
      where,
      expected: `at most ${maxTraceSize / 1024 / 1024} MiB`,
    });
  try {
    return JSON.parse(text);
  } catch (error) {
    const problem = messageOf(error);
    const end = text.trimEnd().length;
    const told = /position (\d+)/.exec(problem)?.[1];
    const truncated = /end of JSON|Unterminated/.test(problem) || Number(told) >= end;
    const position = truncated ? end : told === undefined ? undefined : Number(told);
    throw new ChurnproofError('TRACE_UNREADABLE', truncated ? 'the file ends too early' : 'the file is not JSON', {
      where: `${where}${position === undefined ? '' : placeIn(text, position)}`,
      expected: 'a trace file as churnproof writes it, one JSON object',
      hint: 'copy the file again, or write it anew with churnproof check',
      cause: error,
    });
  }
}

/** `:line:column` of a position. */
function placeIn(text: string, position: number): string {
  const before = text.slice(0, position).split('\n');
  return `:${before.length}:${(before.at(-1) as string).length + 1}`;
}

/** A file of another tool, or of a later churnproof, is not a broken one. */
function refuseForeign(raw: unknown, where: string): void {
  if (typeof raw !== 'object' || raw === null) return;
  const { tool, schemaVersion } = raw as { readonly tool?: unknown; readonly schemaVersion?: unknown };
  if (typeof tool === 'string' && tool !== 'churnproof')
    throw new ChurnproofError('TRACE_FOREIGN', `a file of ${shorten(show(tool))}, not of churnproof`, { where });
  if (Number.isSafeInteger(schemaVersion) && (schemaVersion as number) > traceSchemaVersion)
    throw new ChurnproofError('TRACE_FOREIGN', `written by a later churnproof: schemaVersion ${schemaVersion}`, {
      where,
      expected: `schemaVersion ${traceSchemaVersion}`,
      hint: 'replay it with the version of churnproof that wrote it, or a later one',
    });
}

const invalid = (where: string, path: string, found: string, expected: string): ChurnproofError =>
  new ChurnproofError('TRACE_INVALID', `${path === '' ? 'the file' : path} is ${found}`, {
    where: path === '' ? where : `${where}, field ${path}`,
    expected,
    hint: 'trace files are written by churnproof; to change the story, change the model and check again',
  });

const pathOf = (issue: v.BaseIssue<unknown>): string =>
  (issue.path ?? []).reduce((path, { type, key }) => {
    if (type === 'array') return `${path}[${key}]`;
    return path === '' ? shorten(String(key)) : `${path}.${shorten(String(key))}`;
  }, '');

/** Our own words where the schema has them; valibot's begin with "Invalid" and tell less than what it expected. */
const wanted = (issue: v.BaseIssue<unknown>): string =>
  issue.expected === null || !issue.message.startsWith('Invalid ') ? issue.message : issue.expected;

const shorten = (text: string): string => (text.length > 80 ? `${text.slice(0, 77)}...` : text);
