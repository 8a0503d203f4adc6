/**
 * An event log: JSON lines, each one move that an implementation made or one look at where its peers stood. A line tells only what
 * was logged of it; what it leaves out may be anything. The border: whatever a line holds, it is understood or refused.
 */
import * as v from 'valibot';
import { ChurnproofError, type MoveKind, messageOf, type Plain, type Status, show } from '../kernel/index.js';

/** Part of a piece of plain data: of an object the fields named, of anything else all of it. @public */
export type Pattern = Plain;

/** What was seen of one peer. @public */
export interface SeenPeer {
  readonly status?: Status;
  /** The machine's state, or part of a nested one. */
  readonly state?: Pattern;
  /** Fields of the context. */
  readonly context?: Pattern;
}

/** One line. @public */
export interface LogLine {
  /** Counted from 1. */
  readonly line: number;
  /** The kind of move; without one the line is only a look. */
  readonly kind?: MoveKind;
  /** What is known of the move beside its kind, by field of {@link Move}. */
  readonly fields: { readonly [field: string]: Pattern };
  /** Where peers stood then, by name. */
  readonly after?: { readonly [peer: string]: SeenPeer };
}

/** Characters that a log may have. @public */
export const maxLogSize = 64 * 1024 * 1024;

const text = v.pipe(v.string(), v.maxLength(10_000));
const pattern = v.custom<Pattern>((value) => value !== undefined, 'any JSON value');
const record = v.custom<{ readonly [field: string]: Pattern }>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'an object',
);
const optional = v.exactOptional;

const seen = v.strictObject({
  status: optional(v.picklist(['absent', 'up', 'crashed', 'left'])),
  state: optional(v.union([text, record])),
  context: optional(record),
});

/** Of every kind; `note` is for people and read by nobody. */
const common = { after: optional(v.record(text, seen)), note: optional(pattern) };

const line = v.variant('kind', [
  v.strictObject({
    kind: v.picklist(['deliver', 'lose', 'duplicate']),
    from: optional(text),
    to: optional(text),
    message: optional(record),
    ...common,
  }),
  v.strictObject({ kind: v.literal('timeout'), peer: optional(text), timer: optional(text), ...common }),
  v.strictObject({
    kind: v.literal('operation'),
    peer: optional(text),
    operation: optional(text),
    args: optional(record),
    ...common,
  }),
  v.strictObject({ kind: v.literal('join'), peer: optional(text), args: optional(record), ...common }),
  v.strictObject({ kind: v.picklist(['leave', 'crash', 'restart']), peer: optional(text), ...common }),
  v.strictObject({ kind: v.literal('partition'), side: optional(v.array(text)), ...common }),
  v.strictObject({ kind: v.literal('heal'), ...common }),
]);

const look = v.strictObject({ ...common, after: v.record(text, seen) });

/** Reads a log; `where` is its name for errors. Empty lines are skipped. @throws ChurnproofError @public */
export function readLog(log: string, where: string): readonly LogLine[] {
  if (log.length > maxLogSize)
    throw new ChurnproofError('LOG_UNREADABLE', 'the file is too large for a log', {
      where,
      expected: `at most ${maxLogSize / 1024 / 1024} MiB`,
    });
  const lines = log.split('\n').flatMap((one, at) => (one.trim() === '' ? [] : [readLine(one, at + 1, where)]));
  if (lines.length === 0)
    throw new ChurnproofError('LOG_UNREADABLE', 'the log is empty', {
      where,
      expected: 'at least one line, such as {"kind":"deliver","from":"alice","to":"bob"}',
    });
  return lines;
}

function readLine(source: string, number: number, where: string): LogLine {
  const place = `${where}:${number}`;
  const given = parse(source, place);
  const hasKind = typeof given === 'object' && given !== null && Object.hasOwn(given, 'kind');
  const result = v.safeParse(hasKind ? line : look, given, { abortEarly: true });
  if (!result.success) throw refused(result.issues[0], place);
  const {
    kind,
    after,
    note: _,
    ...fields
  } = result.output as Omit<LogLine, 'line' | 'fields'> & {
    readonly note?: unknown;
    readonly [field: string]: unknown;
  };
  return {
    line: number,
    ...(kind === undefined ? {} : { kind }),
    fields: fields as LogLine['fields'],
    ...(after === undefined ? {} : { after }),
  };
}

function parse(source: string, where: string): unknown {
  try {
    return JSON.parse(source, (key, value: unknown) => {
      if (key === '__proto__') throw new Error('a field is called __proto__');
      return value;
    });
  } catch (error) {
    throw new ChurnproofError('LOG_UNREADABLE', `the line is not JSON: ${messageOf(error)}`, {
      where,
      expected: 'one JSON object on each line',
      cause: error,
    });
  }
}

function refused(issue: v.BaseIssue<unknown>, where: string): ChurnproofError {
  const path = (issue.path ?? []).map(({ key }) => String(key)).join('.');
  const isUnknown = issue.type === 'strict_object' && issue.expected === 'never';
  const found = issue.input === undefined ? 'missing' : show(issue.input).slice(0, 80);
  return new ChurnproofError(
    'LOG_INVALID',
    `${path === '' ? 'the line' : path} is ${isUnknown ? 'an unknown field' : found}`,
    {
      where: path === '' ? where : `${where}, field ${path}`,
      expected: isUnknown ? 'no such field; remarks go into "note"' : (issue.expected ?? issue.message),
      hint: 'a line is a move ({"kind":"deliver","from":...,"to":...,"message":{...}}), a look ({"after":{...}}), or both',
    },
  );
}
