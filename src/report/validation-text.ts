/** What came of a log that was held against a model, as text and as a document. */
import { describeMove, type Move, type MoveKind, type Plain, show, type Trace } from '../kernel/index.js';
import { documentSchemaVersion } from './document.js';
import { type Paint, unpainted } from './paint.js';
import { numbered } from './story.js';
import { amount } from './words.js';

/** A line of the log, as far as it is told. @public */
export interface ToldLine {
  readonly line: number;
  readonly kind?: MoveKind;
  readonly fields: { readonly [field: string]: Plain };
  readonly after?: object;
}

/** What is told of a log that was held against a model. @public */
export interface ToldValidation {
  readonly title: string;
  readonly lines: number;
  readonly hidden: readonly string[];
  readonly states: number;
  readonly verdict: 'accepted' | 'rejected' | 'undecided';
  /** The first line that no behaviour explains, or at which the search was given up. */
  readonly line?: ToldLine;
  readonly candidates?: readonly string[];
  readonly misplaced?: readonly string[];
  readonly trace?: Trace;
  /** By line, moves of the trace up to it. */
  readonly upTo?: readonly number[];
}

/** Candidates beyond these are counted only. */
const most = 10;

/** No newline at the end. @public */
export function renderValidation(
  told: ToldValidation,
  { paint = unpainted, traces = false }: { readonly paint?: Paint; readonly traces?: boolean } = {},
): string {
  const { title, lines, hidden, states, verdict, trace } = told;
  const unlogged = hidden.length === 0 ? 'every move was logged' : `not logged: ${hidden.join(', ')}`;
  const head = `${paint.title(title)}: ${amount(lines, 'line')}, ${amount(states, 'state')} looked at, ${unlogged}`;
  switch (verdict) {
    case 'accepted': {
      const more = (trace?.moves.length ?? 0) - movesLogged(told);
      const grounds =
        more > 0
          ? `explained with ${amount(more, 'move')} that ${more === 1 ? 'was' : 'were'} not logged`
          : 'explained as it is';
      return [head, `  ${paint.good('accepted')}  ${paint.aside(grounds)}`, ...(traces ? story(told, paint) : [])].join(
        '\n',
      );
    }
    case 'rejected':
      return [head, ...rejection(told, paint), ...(traces ? story(told, paint) : [])].join('\n');
    case 'undecided':
      return [
        head,
        `  ${paint.doubt('undecided')} at line ${told.line?.line}: so many states were not enough`,
        '  try: raise --max-states, log more, or hide less with --hidden',
      ].join('\n');
  }
}

/** Moves of the trace that a line tells; a look is none. */
function movesLogged({ upTo = [] }: ToldValidation): number {
  return new Set(upTo.filter((moves) => moves > 0)).size;
}

function rejection({ line, candidates = [], misplaced = [] }: ToldValidation, paint: Paint): readonly string[] {
  if (line === undefined) return [];
  const otherwise =
    misplaced.length === 0
      ? []
      : [
          `  ${line.kind === undefined ? 'in every state that fits the lines before,' : 'the model can do that, but then'} ${misplaced.join(', ')} ${misplaced.length === 1 ? 'stands' : 'stand'} otherwise`,
        ];
  const shown = candidates.slice(0, most).map((one) => `    ${one}`);
  return [
    `  ${paint.bad('REJECTED')} at line ${line.line}: ${describeLine(line)}`,
    ...otherwise,
    candidates.length === 0 ? '  the model can do nothing more there' : '  what the model could have done there:',
    ...shown,
    ...(candidates.length > most ? [`    and ${candidates.length - most} more`] : []),
  ];
}

function describeLine({ kind, fields, after }: ToldLine): string {
  const move = kind === undefined ? [] : [kind, ...(Object.keys(fields).length === 0 ? [] : [show(fields)])];
  return [...move, ...(after === undefined ? [] : [`then ${show(after)}`])].join(' ');
}

/** The behaviour that explains it, each move that a line tells with its number. */
function story({ trace, upTo = [] }: ToldValidation, paint: Paint): readonly string[] {
  return (trace?.moves ?? []).map((move: Move, at) => {
    const line = upTo.indexOf(at + 1);
    return numbered(at + 1, describeMove(move)) + paint.aside(line < 0 ? '  (not logged)' : '');
  });
}

/** The same as one JSON document. @public */
export function renderValidationDocument({ trace, ...told }: ToldValidation): string {
  const moves = trace === undefined ? {} : { trace: { start: trace.start, moves: trace.moves.map(describeMove) } };
  return JSON.stringify({ schemaVersion: documentSchemaVersion, ...told, ...moves }, null, 2);
}
