/** A picture for people: what the tracker has in its table, and what each client is at and knows, step by step. */
import type { Frame, MatrixDrawing, Picture, View } from '../../src/kernel/index.js';
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

/** Who knows whom, for the replay page: the tracker by its table, each client by what it was told. @public */
export const trackerView = (frames: readonly Frame[]): View => {
  const places = [...new Set(frames.flatMap(({ picture }) => picture.peers.flatMap(knownTo)))].sort();
  return {
    title: 'Who knows whom',
    legend: [
      { key: 'knows', label: 'knows it', tone: 'plain', sign: '•' },
      { key: 'seed', label: 'in the table as a seed', tone: 'good', sign: '*' },
      { key: 'old', label: 'not heard since the last sweep', tone: 'doubt', sign: '?' },
    ],
    drawings: frames.map(({ picture }) => ({
      kind: 'matrix',
      columns: places,
      rows: picture.peers.map((peer) => (peer.name === 'tracker' ? tableRow(peer, places) : clientRow(peer, places))),
    })),
  };
};

type Row = MatrixDrawing['rows'][number];
type PeerPicture = Picture['peers'][number];

function knownTo({ name, status, context }: PeerPicture): readonly string[] {
  if (status !== 'up') return [];
  if (name === 'tracker') return (context as unknown as TrackerContext).entries.map(({ at }) => at);
  return (context as unknown as AnnouncerContext).known;
}

function tableRow({ status, context }: PeerPicture, places: readonly string[]): Row {
  if (status !== 'up') return { label: 'tracker', note: 'down', cells: places.map(() => null) };
  const { entries, downloaded } = context as unknown as TrackerContext;
  const cells = places.map((place) => {
    const entry = entries.find(({ at }) => at === place);
    return entry === undefined ? null : entry.age > 0 ? 'old' : entry.seed ? 'seed' : 'knows';
  });
  return { label: 'tracker', ...(downloaded > 0 ? { note: `${downloaded} done` } : {}), cells };
}

function clientRow(peer: PeerPicture, places: readonly string[]): Row {
  const { name, status, state, context } = peer;
  const known = knownTo(peer);
  const cells = places.map((place) => (known.includes(place) ? 'knows' : null));
  if (status !== 'up') return { label: name, note: status, cells };
  const { left } = context as unknown as AnnouncerContext;
  return { label: name, note: `${String(state)}, ${left === 0 ? 'has all' : 'needs data'}`, cells };
}
