/** The trace file: what it holds, and the schema that both its reader and its writer go by. */
import * as v from 'valibot';
import type { Args, Critical, Message, Minimal, Move, PropertyKind, Trace, Values, Verdict } from '../kernel/index.js';

/** The shape written now; a reader knows no other. @public */
export const traceSchemaVersion = 1;

/** Moves a trace file may hold. @internal */
export const maxMoves = 1_000_000;

/** Characters (and bytes) a trace file may have. @public */
export const maxTraceSize = 64 * 1024 * 1024;

/** A trace with all that is needed to find its model again. @public */
export interface TraceFile extends Omit<Trace, 'model'> {
  readonly schemaVersion: typeof traceSchemaVersion;
  readonly tool: 'churnproof';
  /** The version that wrote it. */
  readonly engine: string;
  /** The suite's name for the model. */
  readonly model: string;
  readonly configuration: string;
  readonly values: Values;
  /** The seeded bug that the model had; without one it is the model itself. */
  readonly mutant?: string;
  readonly property: string;
  readonly kind: PropertyKind;
  readonly verdict: Extract<Verdict, 'violated' | 'witnessed'>;
  readonly minimal?: Minimal;
  /** Of a temporal property: where the fate of the behaviour was decided. */
  readonly critical?: Critical;
  /** Of a `recoverable`: the reachable states from which the goal is out of reach. */
  readonly dead?: number;
}

const natural = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const choice = v.pipe(natural, v.maxValue(0x7fff_ffff));
const text = v.pipe(v.string(), v.maxLength(10_000));
const name = v.pipe(text, v.minLength(1, 'a name, not empty'));

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isMessage = (value: unknown): boolean => isRecord(value) && typeof value.type === 'string';
const isValue = (value: unknown): boolean =>
  typeof value === 'boolean' || typeof value === 'string' || Number.isFinite(value);

const message = v.custom<Message>(isMessage, 'an object with a string "type"');
const args = v.custom<Args>(isRecord, 'an object');
const values = v.custom<Values>(
  (value) => isRecord(value) && Object.values(value).every(isValue),
  'an object of numbers, booleans and strings',
);

const envelope = { from: name, to: name, message };
/** @internal */
export const moveSchema: v.GenericSchema<unknown, Move> = v.variant('kind', [
  v.strictObject({ kind: v.picklist(['deliver', 'lose', 'duplicate']), ...envelope }),
  v.strictObject({ kind: v.literal('timeout'), peer: name, timer: text }),
  v.strictObject({ kind: v.literal('operation'), peer: name, operation: name, args, event: message }),
  v.strictObject({ kind: v.literal('join'), peer: name, args, event: v.nullable(message) }),
  v.strictObject({ kind: v.picklist(['leave', 'crash', 'restart']), peer: name }),
  v.strictObject({ kind: v.literal('partition'), side: v.array(name) }),
  v.strictObject({ kind: v.literal('heal') }),
]);

const minimality = v.variant('proved', [
  v.strictObject({
    proved: v.literal(true),
    scope: v.picklist(['system', 'subspace']),
    states: natural,
    among: v.exactOptional(text),
  }),
  v.strictObject({ proved: v.literal(false), why: text }),
]);

const instead = v.strictObject({ move: moveSchema, distance: natural });
const critical = v.strictObject({
  kind: v.picklist(['lost', 'open']),
  step: natural,
  instead: v.exactOptional(instead),
});

/** Kinds of property that a single state or step decides. */
const momentary = ['always', 'sometimes', 'whenQuiet', 'alwaysStep'] as const;

/** Kinds that speak of whole behaviours, which never end: only one that repeats can be written down. */
const endless = ['eventually', 'alwaysEventually', 'stable', 'leadsTo'] as const;

/** @internal */
export const traceFileSchema: v.GenericSchema<unknown, TraceFile> = v.pipe(
  v.strictObject({
    schemaVersion: v.literal(traceSchemaVersion),
    tool: v.literal('churnproof'),
    engine: name,
    model: name,
    configuration: name,
    values,
    mutant: v.exactOptional(name),
    property: name,
    kind: v.picklist([...momentary, ...endless, 'recoverable']),
    verdict: v.picklist(['violated', 'witnessed']),
    start: choice,
    loop: v.exactOptional(natural),
    choices: v.pipe(v.array(choice), v.maxLength(maxMoves)),
    moves: v.pipe(v.array(moveSchema), v.maxLength(maxMoves)),
    minimal: v.exactOptional(minimality),
    critical: v.exactOptional(critical),
    dead: v.exactOptional(v.pipe(natural, v.minValue(1))),
  }),
  v.forward(v.partialCheck([['kind'], ['verdict']], fits, 'witnessed for a sometimes, violated for every other kind'), [
    'verdict',
  ]),
  v.forward(
    v.partialCheck([['choices'], ['moves']], (file) => file.choices.length === file.moves.length, 'as many as choices'),
    ['moves'],
  ),
  v.forward(v.partialCheck([['kind'], ['loop']], repeats, `one for ${endless.join(', ')}, and for no other kind`), [
    'loop',
  ]),
  v.forward(
    v.partialCheck([['loop'], ['moves']], ({ loop = 0, moves }) => loop <= moves.length, 'at most as many as moves'),
    ['loop'],
  ),
  v.forward(
    v.partialCheck(
      [['kind'], ['critical']],
      (file) => file.critical === undefined || !isMomentary(file.kind),
      'none, for this kind',
    ),
    ['critical'],
  ),
  v.forward(
    v.partialCheck(
      [['critical'], ['moves']],
      isAt,
      'a move of the trace, 0 for lost from the start, or one more for open',
    ),
    ['critical', 'step'],
  ),
  v.forward(
    v.partialCheck(
      [['kind'], ['dead']],
      (file) => file.dead === undefined || file.kind === 'recoverable',
      'none but for recoverable',
    ),
    ['dead'],
  ),
);

function fits(file: Pick<TraceFile, 'kind' | 'verdict'>): boolean {
  return file.verdict === (file.kind === 'sometimes' ? 'witnessed' : 'violated');
}

function repeats({ kind, loop }: Pick<TraceFile, 'kind' | 'loop'>): boolean {
  return (loop !== undefined) === isEndless(kind);
}

function isAt({ critical, moves }: Pick<TraceFile, 'critical' | 'moves'>): boolean {
  if (critical === undefined) return true;
  const { kind, step } = critical;
  return kind === 'lost' ? step <= moves.length : step >= 1 && step <= moves.length + 1;
}

const isMomentary = (kind: PropertyKind): boolean => (momentary as readonly PropertyKind[]).includes(kind);
const isEndless = (kind: PropertyKind): boolean => (endless as readonly PropertyKind[]).includes(kind);
