/**
 * A run as data: what a shard writes down so that all of them can be told as one run. Law: what is rendered of
 * `readBlob(writeBlob(told))` is what is rendered of `told`. Functions are replaced by what they say of the traces in it.
 */
import * as v from 'valibot';
import { ChurnproofError, type Claim, messageOf, type Plain } from '../kernel/index.js';
import type { CiTold, CorpusTold, ExaminedTold } from '../report/index.js';
import { pack, Unreadable, unpack } from '../trace/plain-json.js';

/** @internal */
export const blobSchemaVersion = 1;

/** What functions of a look say, by property. */
interface Said {
  readonly charts: readonly (readonly [string, readonly string[]])[];
  readonly diagrams: readonly (readonly [string, string])[];
  readonly files: readonly (readonly [string, string])[];
}

/** @internal */
export function writeBlob(told: CiTold): string {
  const examined = told.examined.map(({ told: look, ...place }) => {
    const { chart, diagram, files, claims = [], ...plain } = look;
    const traces = look.report.findings.flatMap(({ property, trace }) => (trace ? [{ property, trace }] : []));
    const said: Said = {
      charts: chart === undefined ? [] : traces.map(({ property, trace }) => [property, chart(trace)]),
      diagrams: traces.flatMap(({ property }) => {
        const text = diagram?.(property);
        return text === undefined ? [] : [[property, text] as const];
      }),
      files: [...(files ?? [])],
    };
    return { ...place, told: { ...plain, claims: claims.map(withoutFunctions) }, said };
  });
  const blob = { tool: 'churnproof', blob: blobSchemaVersion, run: { ...told, examined } };
  return `${JSON.stringify(pack(blob as unknown as Plain))}\n`;
}

/** What a report says of a claim, it says by these. */
function withoutFunctions({ property, ...others }: Claim) {
  const { holds: _, given: __, ...plain } = property as unknown as Record<string, unknown>;
  return { property: plain, ...others };
}

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const pairs = <T extends v.GenericSchema>(of: T) => v.array(v.strictTuple([v.string(), of]));

/** As much as a reader goes by; what is within a report, its own writer vouches for. */
const schema = v.strictObject({
  tool: v.literal('churnproof'),
  blob: v.literal(blobSchemaVersion),
  run: v.strictObject({
    churnproof: v.string(),
    config: v.string(),
    profile: v.string(),
    seeds: v.array(whole),
    timeLimit: v.number(),
    maxStates: whole,
    systems: whole,
    plan: v.string(),
    shard: v.exactOptional(v.strictObject({ index: whole, of: whole })),
    interrupted: v.boolean(),
    seconds: v.number(),
    corpus: v.array(v.looseObject({ file: v.string(), outcome: v.string(), state: v.string() })),
    examined: v.array(
      v.strictObject({
        place: whole,
        phase: v.picklist(['check', 'fuzz']),
        told: v.looseObject({
          report: v.looseObject({ findings: v.array(v.looseObject({ property: v.string(), verdict: v.string() })) }),
          claims: v.array(v.looseObject({ property: v.looseObject({ name: v.string(), kind: v.string() }) })),
        }),
        said: v.strictObject({
          charts: pairs(v.array(v.string())),
          diagrams: pairs(v.string()),
          files: pairs(v.string()),
        }),
      }),
    ),
  }),
});

/** @throws ChurnproofError REPORT_INVALID @internal */
export function readBlob(text: string, where: string): CiTold {
  const run = parse(text, where);
  const examined = run.examined.map(({ place, phase, told, said }): ExaminedTold => {
    const charts = new Map(said.charts);
    const diagrams = new Map(said.diagrams);
    const look = told as unknown as ExaminedTold['told'];
    const nameOf = new Map(look.report.findings.map(({ property, trace }) => [trace, property]));
    return {
      place,
      phase,
      told: {
        ...look,
        files: new Map(said.files),
        ...(charts.size === 0 ? {} : { chart: (trace) => charts.get(nameOf.get(trace) ?? '') ?? [] }),
        diagram: (property) => diagrams.get(property),
      },
    };
  });
  return { ...(run as unknown as CiTold), corpus: run.corpus as unknown as readonly CorpusTold[], examined };
}

function parse(text: string, where: string) {
  try {
    const data = unpack(JSON.parse(text));
    const result = v.safeParse(schema, data, { abortEarly: true });
    // What was read, and not what the schema made of it, which has its fields in another order.
    if (result.success) return (data as unknown as v.InferOutput<typeof schema>).run;
    const [issue] = result.issues;
    throw invalid(where, v.getDotPath(issue) ?? undefined, issue.message);
  } catch (error) {
    if (error instanceof ChurnproofError) throw error;
    if (error instanceof Unreadable) throw invalid(where, error.path, error.message);
    throw invalid(where, undefined, messageOf(error));
  }
}

/**
 * All shards of one run as the run that was not split; times are added up.
 * @throws ChurnproofError REPORT_INVALID if they are not parts of one run, or not all of them
 * @internal
 */
export function mergeRuns(runs: readonly { readonly where: string; readonly told: CiTold }[]): CiTold {
  const [first, ...others] = runs;
  if (first === undefined) throw invalid('the command line', undefined, 'there is no report to merge');
  const { shard, ...whole } = first.told;
  const same = (told: CiTold) =>
    JSON.stringify([told.churnproof, told.profile, told.plan, told.seeds, told.timeLimit, told.maxStates]);
  for (const { where, told } of others)
    if (same(told) !== same(first.told) || told.shard?.of !== shard?.of)
      throw invalid(
        where,
        undefined,
        `it is of another run than ${first.where}: another version, config, suite or seed`,
      );
  const of = shard?.of ?? 1;
  const indices = runs.map(({ told }) => told.shard?.index ?? 1);
  const missing = Array.from({ length: of }, (_, at) => at + 1).filter((index) => !indices.includes(index));
  if (missing.length > 0) throw invalid(first.where, undefined, `shard ${missing.join(', ')} of ${of} is missing`);
  if (runs.length !== of) throw invalid(first.where, undefined, 'a shard is there twice');
  const all = runs.map(({ told }) => told);
  return {
    ...whole,
    corpus: all.flatMap(({ corpus }) => corpus).sort((a, b) => (a.file < b.file ? -1 : 1)),
    examined: all.flatMap(({ examined }) => examined).sort(inOrder(whole.seeds)),
    interrupted: all.some(({ interrupted }) => interrupted),
    seconds: all.reduce((sum, { seconds }) => sum + seconds, 0),
  };
}

/** As a run without shards goes: all searches, then all fuzzing, each system with one seed after the other. */
const inOrder =
  (seeds: readonly number[]) =>
  (a: ExaminedTold, b: ExaminedTold): number => {
    const key = ({ phase, place, told }: ExaminedTold) => [
      phase === 'check' ? 0 : 1,
      place,
      seeds.indexOf(told.report.seed ?? -1),
    ];
    const [left, right] = [key(a), key(b)];
    const at = left.findIndex((part, i) => part !== right[i]);
    return at < 0 ? 0 : (left[at] as number) - (right[at] as number);
  };

const invalid = (where: string, field: string | undefined, message: string): ChurnproofError =>
  new ChurnproofError('REPORT_INVALID', message, {
    where: field === undefined ? where : `${where}, field ${field}`,
    expected: 'the files that churnproof ci --shard i/n --reporter blob wrote, one for each shard of one run',
  });
