/** The text of a report: what was searched, one line a claim, and the whole story of what should not have happened. */
import type { Verdict } from '../kernel/index.js';
import { chartLines } from './chart.js';
import { coverageLine, groundsOf, hashNotes, shrinkageLine, simulationNotes } from './coverage.js';
import { estimateNotes } from './estimate.js';
import { coverageLines, unusedLines } from './machine-coverage.js';
import { type Paint, unpainted } from './paint.js';
import { scheduleNotes } from './schedule.js';
import { storyLines } from './story.js';
import { assumed, assumptions, fateOf } from './temporal.js';
import { type Judged, judgeAll, type Told } from './told.js';
import { amount } from './words.js';

/** @internal */
export const verdictWords: { readonly [K in Verdict]: string } = {
  holds: 'holds',
  violated: 'violated',
  witnessed: 'witnessed',
  neverWitnessed: 'never seen',
  undecided: 'undecided',
};

/** Messages in one inbox from which on a missing capacity is the likely reason for a search without end. */
const crowded = 16;

/** How much is told of a report, and in which colours. @public */
export interface ReportTextOptions {
  readonly paint?: Paint;
  /** Tell every trace, not only those that are not as expected. */
  readonly traces?: boolean;
  /** Tell all that was and was not used of the machines, not only which transitions were never taken. */
  readonly coverage?: boolean;
}

/** The report as a person reads it; no newline at the end. @public */
export function renderReport(told: Told, options: ReportTextOptions = {}): string {
  const { paint = unpainted, traces = false, coverage = false } = options;
  const lines = [
    `${paint.title(told.title ?? told.report.model)}: ${coverageLine(told)}${told.cached === true ? ' (cached)' : ''}`,
  ];
  for (const judged of judgeAll(told)) {
    const { finding, outcome } = judged;
    lines.push(`  ${label(judged, paint)} ${finding.property} ${paint.aside(`(${groundsOf(judged, told)})`)}`);
    if (finding.trace === undefined || (outcome === 'asExpected' && !traces)) continue;
    lines.push(...storyLines(finding.trace, finding.critical, paint), ...fateLines(judged, paint));
    lines.push(...chartLines(told.chart, finding.trace, '    ', paint));
    if (finding.shrunk !== undefined) lines.push(`    ${shrinkageLine(finding.shrunk)}`);
    const file = told.files?.get(finding.property);
    if (file !== undefined) lines.push(`    replay: ${replayCommand(file, told.suiteFile)}`);
  }
  const { machines = [] } = told.report;
  if (coverage) lines.push(...coverageLines(machines, paint));
  else if (told.report.coverage.kind !== 'bounded') lines.push(...unusedLines(machines, paint));
  return [...lines, ...notes(told).map((note) => `  ${paint.doubt('note:')} ${note}`)].join('\n');
}

/** Where a behaviour without end met its fate, and what it was promised. */
function fateLines({ finding, claim }: Judged, paint: Paint): readonly string[] {
  const { kind, critical } = finding;
  const assumes = assumed(claim?.property);
  const told = critical === undefined ? [] : [`${paint.bad('critical:')} ${fateOf(critical, kind, assumes)}`];
  const promise = assumptions(assumes);
  return [...told, ...(promise === undefined ? [] : [promise])].map((line) => `    ${line}`);
}

function label({ finding, outcome }: Judged, paint: Paint): string {
  const text = verdictWords[finding.verdict].padEnd(10);
  if (outcome === 'notAsExpected' || outcome === 'vacuous') return paint.bad(text.toUpperCase());
  return finding.verdict === 'undecided' ? paint.doubt(text) : paint.good(text);
}

function notes(told: Told): readonly string[] {
  const { report } = told;
  const { blocked, fullestInbox } = report.effort;
  const found = [...hashNotes(told), ...scheduleNotes(told), ...estimateNotes(told), ...simulationNotes(told)];
  if (report.coverage.kind === 'bounded' && fullestInbox >= crowded)
    found.push(
      `an inbox grew to ${amount(fullestInbox, 'message')}: without a capacity, or limits on who may send, the states never end`,
    );
  if (blocked > 0)
    found.push(
      `${amount(blocked, 'move was', 'moves were')} not offered because a link was full: see capacity, whenFull`,
    );
  return found;
}

/** What to type to see a trace again. @internal */
export function replayCommand(file: string, suiteFile: string | undefined): string {
  const suite = suiteFile === undefined ? '' : ` --suite ${quoted(suiteFile)}`;
  return `churnproof replay${suite} ${quoted(file)}`;
}

/** As a shell needs it. @internal */
export const quoted = (path: string): string => (/^[\w./\\:-]+$/.test(path) ? path : JSON.stringify(path));
