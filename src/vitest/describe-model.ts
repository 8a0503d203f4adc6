/** A suite as Vitest tests: one for each claim of each configuration, over one search; what fails comes with its replay line. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { beforeAll, describe, test } from 'vitest';
import { ChurnproofError, type Report, type Suite, type Values } from '../kernel/index.js';
import { outcomesOf, renderReport, type Told } from '../report/index.js';
import { chartOf } from '../run/chart.js';
import { check } from '../run/check.js';
import { fileNames, traceFileOf } from '../run/counterexample.js';
import { type Selection, select, usualConfiguration } from '../run/suite.js';
import { writeTrace } from '../trace/index.js';

/** Which of a suite's claims and configurations become tests, and how far they search. @public */
export interface ModelOptions {
  /** Default: the quick ones, or else the first. */
  readonly configurations?: readonly string[];
  /** Parameters that differ from the configuration's. */
  readonly set?: Values;
  /** Distinct states that each search may look at; one that is cut leaves claims undecided, which fails. */
  readonly maxStates?: number;
  /** Folder of counterexamples; default `counterexamples`. */
  readonly counterexamples?: string;
  /** The claims file that the suite is from, for the replay line. */
  readonly suiteFile?: string;
}

/** What a failing claim throws; the setup file prints it. @public */
export class CounterexampleError extends Error {
  override readonly name = 'CounterexampleError';

  constructor(
    message: string,
    /** The command that shows it again, if there is a trace. */
    readonly replay: string | undefined,
  ) {
    super(message);
  }
}

/** Declares the tests of a suite. @public */
export function describeModel(suite: Suite, options: ModelOptions = {}): void {
  const all = Object.keys(suite.configurations);
  const quick = all.filter((name) => suite.configurations[name]?.quick === true);
  const configurations = options.configurations ?? (quick.length > 0 ? quick : [usualConfiguration(suite)]);
  for (const configuration of configurations) {
    if (!all.includes(configuration))
      throw new ChurnproofError('UNKNOWN_CONFIGURATION', `${suite.model} has no configuration ${configuration}`, {
        expected: `one of: ${all.join(', ')}`,
      });
    const selection = select(suite, configuration, options.set ?? {}, () => []);
    describe(`${suite.model}/${configuration}`, () => {
      let report: Report | undefined;
      beforeAll(() => {
        const { maxStates } = options;
        const properties = selection.claims.map(({ property }) => property);
        report = check(selection.system, properties, maxStates === undefined ? {} : { maxStates });
      });
      for (const { property } of selection.claims)
        test(property.name, () => judge(selection, report as Report, property.name, options));
    });
  }
}

function judge(selection: Selection, report: Report, property: string, options: ModelOptions): void {
  const findings = report.findings.filter((finding) => finding.property === property);
  const { suite, configuration, values, system, claims } = selection;
  const chart = chartOf(suite, system, values);
  const told: Told = {
    report: { ...report, findings },
    claims,
    title: `${suite.model}/${configuration}`,
    ...(chart === undefined ? {} : { chart }),
    ...(options.suiteFile === undefined ? {} : { suiteFile: options.suiteFile }),
  };
  if (outcomesOf(told).every((outcome) => outcome === 'asExpected')) return;
  const file = write(selection, report, property, options.counterexamples ?? 'counterexamples');
  const text = renderReport(file === undefined ? told : { ...told, files: new Map([[property, file]]) });
  throw new CounterexampleError(text, /^ *replay: (.*)$/m.exec(text)?.[1]);
}

function write(selection: Selection, report: Report, property: string, folder: string): string | undefined {
  const finding = report.findings.find((one) => one.property === property);
  const trace = finding === undefined ? undefined : traceFileOf(selection, finding, version());
  if (trace === undefined || trace.verdict !== 'violated') return undefined;
  const path = join(folder, fileNames(selection).get(property) as string);
  mkdirSync(folder, { recursive: true });
  // Either there in full or not at all, even when two workers write it.
  const part = `${path}.${process.pid}.part`;
  writeFileSync(part, writeTrace(trace));
  renameSync(part, path);
  return path;
}

/** Of the package that this file is part of. */
function version(): string {
  const manifest = createRequire(import.meta.url).resolve('churnproof/package.json');
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string }).version;
}
