/** The command `replay`: takes a recorded trace again, shows each step, and says whether it shows the same verdict. */
import { readFile, stat } from 'node:fs/promises';
import { ChurnproofError, type Frame, isTemporal, messageOf, type Property } from '../kernel/index.js';
import { type ReplayStory, renderReplay, renderReplayDocument } from '../report/index.js';
import { checkClasses } from '../run/classes.js';
import { findClaims, select } from '../run/suite.js';
import { compose } from '../system/index.js';
import { describeDrift, maxTraceSize, type Replay, readTrace, replay, type TraceFile } from '../trace/index.js';
import { paintFor } from './colours.js';
import { exitCode } from './exit-code.js';
import type { Io } from './io.js';
import { nearest } from './nearest.js';
import { pageOf, readAssets, writeOut } from './replay-page.js';
import { loadSuites } from './suite-file.js';
import { version } from './version.js';

/** @internal */
export interface ReplayWishes {
  readonly file: string;
  readonly suite?: string;
  readonly json?: boolean;
  /** States that one search for a goal that should be out of reach may look at; default 1,000,000. */
  readonly maxStates?: number;
  /** Where to write the page that plays it. */
  readonly html?: string;
}

/** @internal */
export async function replayFile({ file, suite, json, maxStates, html }: ReplayWishes, io: Io): Promise<number> {
  const trace = readTrace(await read(file), file);
  const own = suite === undefined ? [] : await loadSuites(suite);
  const { suite: of, system, values, property, properties } = resolve(trace, file, [...own, ...io.catalogue]);
  checkClasses(system, [property]);
  const model = compose(system);
  const replayed = replay(model, property, trace, maxStates === undefined ? {} : { maxStates });
  const told: ReplayStory = {
    ...story(trace, property, replayed, (state) => model.picture(state)),
    ...(of.chart === undefined ? {} : { chart: (frames) => of.chart?.(frames, values) ?? [] }),
  };
  io.stdout.write(`${json ? renderReplayDocument(told) : renderReplay(told, paintFor(io))}\n`);
  if (html !== undefined) {
    const view = of.view && ((frames: readonly Frame[]) => (of.view as NonNullable<typeof of.view>)(frames, values));
    const page = pageOf({ model, system, story: told, properties, view }, await (io.page ?? readAssets)());
    await writeOut(html, page);
    if (!json) io.stdout.write(`the page is ${html}\n`);
  }
  if (replayed.proof?.kind === 'unverified') return exitCode.undecided;
  return replayed.verdict === trace.verdict ? exitCode.asExpected : exitCode.notAsExpected;
}

async function read(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size > maxTraceSize) throw new Error(`${size} bytes are too many for a trace`);
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new ChurnproofError('TRACE_UNREADABLE', `cannot read the file: ${messageOf(error)}`, {
      where: file,
      cause: error,
    });
  }
}

/** The recorded values say which system it was; the name of the configuration is only for people. */
function resolve(trace: TraceFile, file: string, catalogue: Io['catalogue']) {
  const foreign = (message: string, where: string, known: readonly string[], wanted: string) => {
    const near = nearest(wanted, known);
    return new ChurnproofError('TRACE_FOREIGN', message, {
      where: `${file}, field ${where}`,
      expected: `one of: ${known.join(', ')}`,
      hint: near.length > 0 ? near.join(', ') : 'for a model of your own, give its claims file with --suite',
    });
  };
  const suite = catalogue.find(({ model }) => model === trace.model);
  if (suite === undefined)
    throw foreign(
      `the trace is of a model named ${trace.model}, which is not known here`,
      'model',
      catalogue.map(({ model }) => model),
      trace.model,
    );
  const parameters = Object.keys(suite.parameters);
  const stranger = Object.keys(trace.values).find((name) => !parameters.includes(name));
  if (stranger !== undefined)
    throw foreign(`${trace.model} has no parameter named ${stranger}`, `values.${stranger}`, parameters, stranger);
  const selection = select(suite, trace.configuration, trace.values, nearest);
  const names = selection.claims.map(({ property }) => property.name);
  if (!names.includes(trace.property))
    throw foreign(`${trace.model} has no property named ${trace.property}`, 'property', names, trace.property);
  const [claim] = findClaims(selection.claims, [trace.property], nearest);
  const property = (claim as NonNullable<typeof claim>).property;
  if (property.kind !== trace.kind)
    throw foreign(
      `the property is ${property.kind} now, the trace is of an ${trace.kind}`,
      'kind',
      [property.kind],
      trace.kind,
    );
  const properties = selection.claims.map((one) => one.property);
  return { suite, system: selection.system, values: selection.values, property, properties };
}

function story(
  trace: TraceFile,
  property: Property,
  { start, steps, drift, shownAt, proof, critical }: Replay,
  picture: ReplayStory['picture'],
): ReplayStory {
  const settings = Object.entries(trace.values).map(([name, value]) => ` ${name}=${value}`);
  const told = drift.map((one) => ({ step: one.step, text: describeDrift(one) }));
  const moved =
    critical?.kind === 'refuted' && trace.critical !== undefined
      ? [{ step: trace.critical.step, text: `the recorded critical transition is not confirmed: ${critical.why}` }]
      : [];
  const aged =
    trace.engine === version ? [] : [{ step: 0, text: `recorded by churnproof ${trace.engine}, this is ${version}` }];
  return {
    title: `${trace.model}/${trace.configuration}${settings.join('')}`,
    subject: { model: trace.model, config: trace.configuration, values: trace.values },
    property: trace.property,
    recorded: { verdict: trace.verdict, length: trace.moves.length },
    start,
    steps,
    picture,
    shownAt,
    drift: [...aged, ...told, ...moved],
    ...(isTemporal(property)
      ? {
          temporal: {
            claimed: property,
            ...(trace.loop === undefined ? {} : { loop: trace.loop }),
            ...(trace.critical === undefined ? {} : { critical: trace.critical }),
            ...(proof === undefined ? {} : { proof }),
            ...(critical === undefined ? {} : { criticalProof: critical }),
          },
        }
      : {}),
  };
}
