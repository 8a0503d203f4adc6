/** The command `replay`: takes a recorded trace again, shows each step, and says whether it shows the same verdict. */
import { readFile, stat } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import { isDivergence } from '../conform/index.js';
import {
  ChurnproofError,
  type Frame,
  isTemporal,
  type Lane,
  messageOf,
  type Property,
  type Suite,
} from '../kernel/index.js';
import {
  type ReplayStory,
  renderItf,
  renderMermaid,
  renderReplay,
  renderReplayDocument,
  tellReplay,
} from '../report/index.js';
import { checkClasses } from '../run/classes.js';
import { type EmitFormat, emitTest } from '../run/emit.js';
import { recordedClaim, recordedSelection } from '../run/recorded.js';
import { compose } from '../system/index.js';
import {
  describeDrift,
  lanesOf,
  maxTraceSize,
  type Replay,
  readTrace,
  replay,
  type TraceFile,
} from '../trace/index.js';
import { paintFor } from './colours.js';
import { exitCode } from './exit-code.js';
import type { Io } from './io.js';
import { terminalKeys } from './keys.js';
import { nearest } from './nearest.js';
import { replayDivergence } from './replay-divergence.js';
import { pageOf, readAssets, weightOf, writeOut } from './replay-page.js';
import { stepThrough } from './stepper.js';
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
  /** One move at a time. */
  readonly step?: boolean;
  /** In a format of other tools, instead of the story. */
  readonly export?: 'itf' | 'mermaid';
  /** Where to; default: stdout. */
  readonly out?: string;
  /** As a test of its own, instead of the story. */
  readonly emit?: EmitFormat;
}

/** @internal */
export async function replayFile(wishes: ReplayWishes, io: Io): Promise<number> {
  const { file, suite, maxStates, html } = wishes;
  checkWishes(wishes);
  const source = await read(file);
  if (isDivergence(source)) return replayDivergence(source, wishes, io);
  const trace = readTrace(source, file);
  const own = suite === undefined ? [] : await loadSuites(suite);
  const selection = recordedSelection(trace, file, [...own, ...(await io.catalogue([trace.model]))], nearest);
  const { suite: of, system, values } = selection;
  const { property } = recordedClaim(selection, trace, file, nearest);
  if (wishes.emit !== undefined) return emit(trace, wishes.emit, wishes, io);
  const properties = selection.claims.map((one) => one.property);
  checkClasses(system, [property]);
  const model = compose(system);
  const replayed = replay(model, property, trace, maxStates === undefined ? {} : { maxStates });
  const told: ReplayStory = {
    ...story(trace, property, replayed, (state) => model.picture(state), of),
    ...(of.chart === undefined ? {} : { chart: (frames) => of.chart?.(frames, values) ?? [] }),
  };
  const states =
    replayed.start === undefined ? [] : [replayed.start.state, ...replayed.steps.map(({ after }) => after)];
  const lanes = () => lanesOf(model, properties, states);
  await tell(wishes, told, lanes, io);
  if (html !== undefined) {
    const view = of.view && ((frames: readonly Frame[]) => (of.view as NonNullable<typeof of.view>)(frames, values));
    const page = pageOf({ system, story: told, lanes: lanes(), view }, await (io.page ?? readAssets)());
    await writeOut(html, page);
    if (!isForPrograms(wishes)) io.stdout.write(`the page is ${html}\n`);
    const heavy = weightOf(page, trace.moves.length);
    if (heavy !== undefined) io.stderr.write(`${heavy}\n`);
  }
  if (replayed.proof?.kind === 'unverified') return exitCode.undecided;
  return replayed.verdict === trace.verdict ? exitCode.asExpected : exitCode.notAsExpected;
}

function checkWishes(wishes: ReplayWishes): void {
  const { json, step, out } = wishes;
  const refuse = (message: string, hint: string) => {
    throw new ChurnproofError('USAGE', message, { hint });
  };
  if (out !== undefined && wishes.export === undefined && wishes.emit === undefined)
    refuse('--out is for --export and --emit', 'for a page: --html <file>');
  if (wishes.emit !== undefined && (json || step || wishes.export !== undefined || wishes.html !== undefined))
    refuse('--emit stands alone', 'leave out --json, --step, --export and --html');
  if (json && wishes.export !== undefined) refuse('--json and --export both want stdout', 'give one of them');
  if (step && isForPrograms(wishes)) refuse('--step is for people, --json and --export are not', 'give one of them');
}

/** Whether what is printed is read by a program, which no other line must disturb. */
const isForPrograms = (wishes: ReplayWishes): boolean => wishes.json === true || wishes.export !== undefined;

async function tell(wishes: ReplayWishes, story: ReplayStory, lanes: () => readonly Lane[], io: Io): Promise<void> {
  if (wishes.export !== undefined) {
    const text = wishes.export === 'itf' ? renderItf(story, version) : renderMermaid(story);
    if (wishes.out === undefined) io.stdout.write(text);
    else await writeOut(wishes.out, text);
    return;
  }
  if (wishes.json) {
    io.stdout.write(`${renderReplayDocument(story)}\n`);
    return;
  }
  const paint = paintFor(io);
  const isTerminal = io.keys !== undefined || io.stdout.isTTY === true;
  const keys = wishes.step && isTerminal ? (io.keys ?? terminalKeys)() : undefined;
  if (wishes.step && keys === undefined) io.stderr.write('--step needs a terminal with a keyboard: told in one go\n');
  if (keys === undefined) io.stdout.write(`${renderReplay(story, paint)}\n`);
  else
    try {
      await stepThrough(tellReplay(story, paint), lanes(), keys, io, paint);
    } finally {
      keys.close();
    }
}

/** Writes the test, whose paths are as seen from where it goes. */
async function emit(trace: TraceFile, format: EmitFormat, { suite, out }: ReplayWishes, io: Io): Promise<number> {
  const from = out === undefined ? '.' : dirname(out);
  const path = suite === undefined ? undefined : relative(from, suite).replaceAll('\\', '/');
  const text = emitTest(trace, format, path === undefined || path.startsWith('.') ? path : `./${path}`);
  if (out === undefined) io.stdout.write(text);
  else {
    await writeOut(out, text);
    io.stdout.write(`the test is ${out}\n`);
  }
  return exitCode.asExpected;
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

/** What there is to tell of a replay. @internal */
export function story(
  trace: TraceFile,
  property: Property,
  { start, steps, drift, shownAt, proof, critical }: Replay,
  picture: ReplayStory['picture'],
  { mutants = [] }: Pick<Suite, 'mutants'> = {},
): ReplayStory {
  const bug = mutants.find(({ name }) => name === trace.mutant);
  const settings = Object.entries(trace.values).map(([name, value]) => ` ${name}=${value}`);
  const told = drift.map((one) => ({ step: one.step, text: describeDrift(one) }));
  const moved =
    critical?.kind === 'refuted' && trace.critical !== undefined
      ? [{ step: trace.critical.step, text: `the recorded critical transition is not confirmed: ${critical.why}` }]
      : [];
  const aged =
    trace.engine === version ? [] : [{ step: 0, text: `recorded by churnproof ${trace.engine}, this is ${version}` }];
  return {
    title: `${trace.model}${bug === undefined ? `/${trace.configuration}` : ` with the bug ${bug.name}`}${settings.join('')}`,
    subject: {
      model: trace.model,
      config: trace.configuration,
      values: trace.values,
      ...(bug === undefined ? {} : { mutant: { name: bug.name, doc: bug.doc } }),
    },
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
