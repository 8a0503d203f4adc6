/** The file of a divergence: what the model did and expected, and what the implementation showed instead; both can be taken again. */
import * as v from 'valibot';
import { ChurnproofError, messageOf, type Plain, show, type Trace, type Values } from '../kernel/index.js';
import { pack, Unreadable, unpack } from '../trace/plain-json.js';
import { moveSchema } from '../trace/trace-file.js';
import type { ConformReport, Divergences } from './campaign.js';
import type { Divergence } from './drive.js';

/** A divergence as it is kept: what `replay` needs to show it again. @public */
export interface DivergenceFile extends Omit<Trace, 'model' | 'loop'>, Divergence {
  readonly schemaVersion: 1;
  readonly tool: 'churnproof';
  readonly kind: 'divergence';
  readonly campaign: string;
  readonly implementation: string;
  readonly version: string;
  /** Ids of the known divergences that explain it. */
  readonly known: readonly string[];
  readonly model: string;
  readonly configuration: string;
  readonly values: Values;
  /** Of the start, by which it is known again. */
  readonly label: string;
}

const natural = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const text = v.pipe(v.string(), v.maxLength(10_000));
const name = v.pipe(text, v.minLength(1, 'a name, not empty'));
const value = v.union([v.number(), v.boolean(), text]);
const plain = v.custom<Plain>(() => true);

const schema: v.GenericSchema<unknown, DivergenceFile> = v.pipe(
  v.strictObject({
    schemaVersion: v.literal(1),
    tool: v.literal('churnproof'),
    kind: v.literal('divergence'),
    campaign: name,
    implementation: name,
    version: name,
    known: v.array(name),
    model: name,
    configuration: name,
    values: v.record(name, value),
    label: text,
    step: natural,
    aspect: v.exactOptional(name),
    allowed: v.exactOptional(v.array(plain)),
    seen: v.exactOptional(plain),
    failure: v.exactOptional(v.strictObject({ kind: v.picklist(['hung', 'threw', 'died', 'restless']), detail: text })),
    because: text,
    start: natural,
    choices: v.array(natural),
    moves: v.array(moveSchema),
  }),
  v.forward(
    v.partialCheck([['choices'], ['moves']], (file) => file.choices.length === file.moves.length, 'as many as choices'),
    ['moves'],
  ),
);

/** The divergence of a report, ready to be written. @public */
export function divergenceFile(report: ConformReport, { known, shortest, label, trace }: Divergences): DivergenceFile {
  const { campaign, implementation, version, model, configuration, values } = report;
  const { divergence } = shortest;
  if (divergence === undefined) throw new Error('a run without a divergence was kept as one');
  const { model: _, loop: __, ...taken } = trace;
  const named = { campaign, implementation, version, known, model, configuration, values, label };
  return { schemaVersion: 1, tool: 'churnproof', kind: 'divergence', ...named, ...divergence, ...taken };
}

/** The same bytes for the same divergence, one move a line. @public */
export function writeDivergence(file: DivergenceFile): string {
  const checked = v.safeParse(schema, file, { abortEarly: true });
  if (!checked.success) throw invalid(checked.issues[0], 'the divergence');
  const { moves, ...others } = checked.output;
  const line = (part: unknown) => JSON.stringify(pack(part as Plain));
  const fields = Object.entries(others).map(([key, part]) => `  ${JSON.stringify(key)}: ${line(part)},\n`);
  const story = moves.map((move) => `\n    ${line(move)}`).join(',');
  return `{\n${fields.join('')}  "moves": [${story}${story === '' ? '' : '\n  '}]\n}\n`;
}

/** Whether a text is meant to be such a file, right or wrong. @internal */
export const isDivergence = (source: string): boolean => /^\s*\{[^[]*"kind": ?"divergence"/.test(source.slice(0, 400));

/** Nothing but a {@link ChurnproofError} is ever thrown. @public */
export function readDivergence(source: string, where: string): DivergenceFile {
  let data: unknown;
  try {
    data = unpack(JSON.parse(source));
  } catch (error) {
    const problem = error instanceof Unreadable ? `${error.path} is ${error.found}` : messageOf(error);
    throw new ChurnproofError('DIVERGENCE_INVALID', `the file cannot be read: ${problem}`, { where, cause: error });
  }
  const checked = v.safeParse(schema, data, { abortEarly: true });
  if (checked.success) return checked.output;
  throw invalid(checked.issues[0], where);
}

const invalid = (issue: v.BaseIssue<unknown>, where: string) =>
  new ChurnproofError(
    'DIVERGENCE_INVALID',
    `${v.getDotPath(issue) ?? 'the file'} is ${issue.input === undefined ? 'missing' : show(issue.input).slice(0, 80)}`,
    { where, expected: issue.message, hint: 'such files are written by a campaign; run it again' },
  );
