/** The report as one JSON document, for programs: nothing in it is meant to be read out of a text. */
import {
  type Coverage,
  describeMove,
  type MachineCoverage,
  type PropertyKind,
  type SearchEffort,
  type Shrunk,
  type Values,
  type Verdict,
} from '../kernel/index.js';
import { type Assumed, assumed, type CriticalDocument, criticalDocument } from './temporal.js';
import { judgeAll, type Told } from './told.js';

/** Of every document that churnproof prints with `--json`. @public */
export const documentSchemaVersion = 1;

/** What was found of one property, beside what was expected of it. @public */
export interface VerdictDocument extends Assumed {
  readonly property: string;
  readonly kind: PropertyKind;
  readonly verdict: Verdict;
  readonly expected: Verdict;
  readonly asExpected: boolean;
  /** Moves of the trace. */
  readonly length?: number;
  readonly trace?: {
    readonly path?: string;
    readonly start: number;
    /** How many moves come before those that repeat for ever; all of them: it stays where it is. */
    readonly loop?: number;
    readonly moves: readonly string[];
  };
  readonly shrunk?: Shrunk;
  readonly critical?: CriticalDocument;
  /** For `recoverable`: the states from which the goal is out of reach. */
  readonly dead?: number;
  /** Why it is undecided, where its kind is the reason. */
  readonly why?: string;
  /** What it says of states that were not kept is wrong with no more than this probability. */
  readonly doubt?: number;
}

/** One search or one fuzzing, for programs; its fields only ever become more. @public */
export interface ReportDocument {
  readonly model: string;
  readonly config: string | null;
  readonly values: Values;
  readonly strategy: string;
  /** How the search was made smaller, if it was. */
  readonly reduced?: string;
  readonly seed?: number;
  readonly coverage: Coverage & { readonly seconds?: number; readonly movesPerSecond?: number };
  readonly verdicts: readonly VerdictDocument[];
  readonly effort: SearchEffort;
  readonly machines?: readonly MachineCoverage[];
}

/** A report as the object that `--json` prints. @public */
export function reportDocument(told: Told): ReportDocument {
  const { report, subject, seconds, movesPerSecond, files } = told;
  return {
    model: subject?.model ?? report.model,
    config: subject?.config ?? null,
    values: subject?.values ?? {},
    strategy: report.strategy,
    ...(report.reduced === undefined ? {} : { reduced: report.reduced }),
    ...(report.seed === undefined ? {} : { seed: report.seed }),
    coverage: {
      ...report.coverage,
      ...(seconds === undefined ? {} : { seconds }),
      ...(movesPerSecond === undefined ? {} : { movesPerSecond }),
    },
    verdicts: judgeAll(told).map(({ finding, claim, expected, outcome }) => {
      const path = files?.get(finding.property);
      const { trace, shrunk, critical, dead, why, doubt } = finding;
      return {
        property: finding.property,
        kind: finding.kind,
        verdict: finding.verdict,
        expected,
        asExpected: outcome === 'asExpected',
        ...(trace === undefined
          ? {}
          : {
              length: trace.moves.length,
              trace: {
                ...(path === undefined ? {} : { path }),
                start: trace.start,
                ...(trace.loop === undefined ? {} : { loop: trace.loop }),
                moves: trace.moves.map(describeMove),
              },
            }),
        ...(shrunk === undefined ? {} : { shrunk }),
        ...(critical === undefined ? {} : { critical: criticalDocument(critical) }),
        ...(dead === undefined ? {} : { dead }),
        ...(why === undefined ? {} : { why }),
        ...(doubt === undefined ? {} : { doubt }),
        ...assumed(claim?.property),
      };
    }),
    effort: report.effort,
    ...(report.machines === undefined ? {} : { machines: report.machines }),
  };
}

/** One report is a document of its own; several are a list in one. @public */
export function renderDocument(reports: readonly ReportDocument[]): string {
  const body = reports.length === 1 ? reports[0] : { reports };
  return JSON.stringify({ schemaVersion: documentSchemaVersion, ...body }, null, 2);
}
