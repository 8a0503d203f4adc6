/** A picture for people: what the tracker has in its table, and what each client is at and knows, step by step. */
import type { Frame, Picture } from '../../src/kernel/index.js';
import type { AnnouncerContext } from './announcer.js';
import type { TrackerContext } from './tracker.js';

/** @public */
export const trackerLegend =
  'table: * seed, ? not heard since the last sweep | client: state, - needs data, * has all, {whom it knows}';

/** @public */
export function trackerChart(frames: readonly Frame[]): readonly string[] {
  const rows = frames.map(({ step, picture }) => [`${step}.`, tableOf(picture), ...clientsOf(picture)]);
  const names = (frames[0]?.picture.peers ?? []).flatMap(({ name }) => (name === 'tracker' ? [] : [name]));
  const head = ['', 'tracker', ...names];
  const seen = rows.filter((row, at) => at === 0 || `${row.slice(1)}` !== `${rows[at - 1]?.slice(1)}`);
  const widths = head.map((_, column) => Math.max(...[head, ...seen].map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => (column === 0 ? cell.padStart(4) : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  return [`      ${trackerLegend}`, line(head), ...seen.map(line)];
}

function tableOf({ peers }: Picture): string {
  const tracker = peers.find(({ name }) => name === 'tracker');
  if (tracker?.status !== 'up') return 'down';
  const { entries, downloaded } = tracker.context as unknown as TrackerContext;
  const listed = entries.map(({ at, seed, age }) => `${at}${seed ? '*' : ''}${age > 0 ? '?' : ''}`).join(' ');
  return `[${listed}]${downloaded > 0 ? ` ${downloaded} done` : ''}`;
}

const clientsOf = ({ peers }: Picture): readonly string[] =>
  peers
    .filter(({ name }) => name !== 'tracker')
    .map(({ status, state, context }) => {
      if (status !== 'up') return status;
      const { left, known } = context as unknown as AnnouncerContext;
      return `${String(state)} ${left === 0 ? '*' : '-'} {${known.join(' ')}}`;
    });
