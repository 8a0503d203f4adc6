/** The same matrix of pieces as `piece-matrix.ts` has in plain text, as a drawing for the replay page: a row a peer, a column a piece. */
import type { LegendEntry, MatrixDrawing } from '../src/kernel/index.js';
import type { Cell } from './piece-matrix.js';

/** What the marks mean. @public */
export const pieceMarks: readonly LegendEntry[] = [
  { key: 'held', label: 'held', tone: 'good', sign: '■' },
  { key: 'partial', label: 'partly there', tone: 'doubt', sign: '◧' },
  { key: 'corrupted', label: 'bad data among it', tone: 'bad', sign: '!' },
];

/** @param row its pieces, or a word instead of them @public */
export const pieceRow = (
  label: string,
  row: readonly Cell[] | string,
  note?: string,
): MatrixDrawing['rows'][number] => {
  const isWord = typeof row === 'string';
  const told = [isWord ? row : '', note ?? ''].filter(Boolean).join(', ');
  return {
    label,
    ...(told === '' ? {} : { note: told }),
    cells: isWord ? [] : row.map((cell) => (cell === 'missing' ? null : cell)),
  };
};

/** @public */
export const pieceDrawing = (k: number, rows: MatrixDrawing['rows']): MatrixDrawing => ({
  kind: 'matrix',
  columns: Array.from({ length: k }, (_, piece) => String(piece)),
  rows: rows.map((row) => ({ ...row, cells: Array.from({ length: k }, (_, piece) => row.cells[piece] ?? null) })),
});
