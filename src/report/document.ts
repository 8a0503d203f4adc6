/** The report as one JSON document, for programs: nothing in it is meant to be read out of a text. */
import type { Coverage, PropertyKind, SearchEffort, Shrunk, Values, Verdict } from '../kernel/index.js';
import { describeMove } from '../kernel/index.js';
import { judgeAll, type Told } from './told.js';

/** Of every document that churnproof prints with `--json`. @public */
export const documentSchemaVersion = 1;

/** @public */
export interface VerdictDocument {
  readonly property: string;
  readonly kind: PropertyKind;
  readonly verdict: Verdict;
  readonly expected: Verdict;
  readonly asExpected: boolean;
  /** Moves of the trace. */
  readonly length?: number;
  readonly trace?: { readonly path?: string; readonly start: number; readonly moves: readonly string[] };
  readonly shrunk?: Shrunk;
}

/** @public */
export interface ReportDocument {
  readonly model: string;
  readonly config: string | null;
  readonly values: Values;
  readonly strategy: string;
  readonly seed?: number;
  readonly coverage: Coverage & { readonly seconds?: number };
  readonly verdicts: readonly VerdictDocument[];
  readonly effort: SearchEffort;
}

/** @public */
export function reportDocument(told: Told): ReportDocument {
  const { report, subject, seconds, files } = told;
  return {
    model: subject?.model ?? report.model,
    config: subject?.config ?? null,
    values: subject?.values ?? {},
    strategy: report.strategy,
    ...(report.seed === undefined ? {} : { seed: report.seed }),
    coverage: { ...report.coverage, ...(seconds === undefined ? {} : { seconds }) },
    verdicts: judgeAll(told).map(({ finding, expected, outcome }) => {
      const path = files?.get(finding.property);
      return {
        property: finding.property,
        kind: finding.kind,
        verdict: finding.verdict,
        expected,
        asExpected: outcome === 'asExpected',
        ...(finding.trace === undefined
          ? {}
          : {
              length: finding.trace.moves.length,
              trace: {
                ...(path === undefined ? {} : { path }),
                start: finding.trace.start,
                moves: finding.trace.moves.map(describeMove),
              },
            }),
        ...(finding.shrunk === undefined ? {} : { shrunk: finding.shrunk }),
      };
    }),
    effort: report.effort,
  };
}

/** One report is a document of its own; several are a list in one. @public */
export function renderDocument(reports: readonly ReportDocument[]): string {
  const body = reports.length === 1 ? reports[0] : { reports };
  return JSON.stringify({ schemaVersion: documentSchemaVersion, ...body }, null, 2);
}
