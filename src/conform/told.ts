/** A campaign told to people: what was compared with what, how it went, and each sort of divergence with its shortest schedule. */
import { describeMove, type Plain, show } from '../kernel/index.js';
import type { ConformReport, Divergences, Schedules } from './campaign.js';
import type { Divergence } from './drive.js';
import type { KnownDivergence } from './known.js';

/** Several lines, no newline at the end. @public */
export function renderConformance(report: ConformReport, known: readonly KnownDivergence[] = []): string {
  const { implementation, version, model, configuration, divergences, aspects, gone } = report;
  const diverged = divergences.reduce((sum, { schedules }) => sum + schedules, 0);
  const fresh = divergences.filter((one) => one.known.length === 0);
  const newOnes = fresh.reduce((sum, { schedules }) => sum + schedules, 0);
  return [
    `${report.campaign}: ${implementation} ${version} against ${model}/${configuration}`,
    `  ${modeOf(report.mode)}: ${count(report.schedules, 'schedule')}, ${count(report.moves, 'move')}${report.complete ? '' : '; STOPPED before its end'}`,
    `  agreed ${number(report.agreed)}, diverged ${number(diverged)}: known ${number(diverged - newOnes)}, new ${number(newOnes)}`,
    `  compared: ${aspects.map(({ aspect, compared, values }) => `${aspect} ${number(compared)} times (${count(values, 'value')})`).join(', ')}`,
    ...divergences.flatMap((one) => told(one, known)),
    ...gone.map((id) => `  GONE      ${id}: known, and did not occur; if this is for good take it off the list`),
  ].join('\n');
}

function told(
  { known: ids, schedules, shortest, label, trace }: Divergences,
  known: readonly KnownDivergence[],
): string[] {
  const isNew = ids.length === 0;
  const { divergence } = shortest;
  const reasons = ids.map((id) => {
    const entry = known.find((one) => one.id === id);
    return `            ${entry?.kind ?? 'known'}: ${entry?.reason ?? id}`;
  });
  return [
    `  ${isNew ? 'NEW       ' : 'known     '}${isNew ? (divergence?.aspect ?? divergence?.failure?.kind) : ids.join(' and ')}, in ${count(schedules, 'schedule')}; the shortest:`,
    ...reasons,
    `     0. ${label === '' ? `start ${shortest.start}` : label}`,
    ...trace.moves.map((move, at) => `${String(at + 1).padStart(6)}. ${describeMove(move)}`),
    ...(divergence === undefined ? [] : describeDivergence(divergence).map((line) => `     ${line}`)),
  ];
}

/** What the one expects and why, and what the other showed. @public */
export function describeDivergence({ aspect, allowed, seen, failure, because }: Divergence): readonly string[] {
  const showed =
    failure === undefined ? `${aspect}: ${show(seen)}` : `${failureWords[failure.kind]}: ${failure.detail}`;
  const expected =
    allowed === undefined ? 'an answer' : `${aspect}: ${allowed.map((one: Plain) => show(one)).join(' or ')}`;
  return [`the model expects ${expected}, for ${because}`, `the implementation shows ${showed}`];
}

const failureWords = { hung: 'no answer', threw: 'an error', died: 'its end', restless: 'no rest' } as const;

function modeOf(mode: Schedules): string {
  const again = (mode.repeats ?? 1) > 1 ? `, each move up to ${mode.repeats} times` : '';
  return mode.kind === 'exhaustive'
    ? `every schedule of every start${mode.moves === undefined ? '' : `, at most ${mode.moves} moves`}${again}`
    : `random schedules of at most ${mode.moves ?? 100} moves${again}, seed ${mode.seed}`;
}

const number = (n: number): string => n.toLocaleString('en-US');
const count = (n: number, what: string): string => `${number(n)} ${what}${n === 1 ? '' : 's'}`;
