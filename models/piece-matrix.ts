/**
 * A picture of who has which piece over time, for any model of a swarm: a line a moment, a column a peer, a sign a piece. Moments
 * in which it looks like the one before are left out.
 */

/** What a peer has of one piece. @public */
export type Cell = 'missing' | 'partial' | 'held' | 'corrupted';

/** @public */
export interface Moment {
  readonly step: number;
  /** By peer, in the order of the columns: its pieces, or a word instead of them. */
  readonly rows: readonly (readonly Cell[] | string)[];
  /** Said at the end of the line, such as the move that led here; by itself it is no change. */
  readonly note?: string;
}

const signs: { readonly [cell in Cell]: string } = { missing: '.', partial: 'o', held: '#', corrupted: '!' };

/** What the signs mean. @public */
export const pieceLegend = '# held  o partly  . missing  ! bad data among it';

/** Columns beyond which peers are listed one below the other. */
const widest = 92;

/** @public */
export function pieceMatrix(names: readonly string[], moments: readonly Moment[]): readonly string[] {
  const cells = moments.map(({ rows }) =>
    rows.map((row) => (typeof row === 'string' ? row : row.map((cell) => signs[cell]).join(''))),
  );
  const widths = names.map((name, at) => Math.max(name.length, ...cells.map((row) => row[at]?.length ?? 0)));
  const isWide = widths.reduce((sum, width) => sum + width + 2, 0) > widest;
  const notes = moments.map(({ note }) => (note === undefined ? '' : `  ${note}`));
  const changed = moments.flatMap((_, at) => (at > 0 && `${cells[at]}` === `${cells[at - 1]}` ? [] : [at]));
  const gutter = (at: number) => `${moments[at]?.step}.`.padStart(5);
  if (!isWide) {
    const line = (row: readonly string[]) => row.map((text, at) => text.padEnd(widths[at] ?? 0)).join('  ');
    return [
      `      ${line(names)}  ${pieceLegend}`.trimEnd(),
      ...changed.map((at) => `${gutter(at)} ${line(cells[at] ?? [])}${notes[at]}`.trimEnd()),
    ];
  }
  // Too many to stand side by side: of each moment the peers that changed.
  const longest = Math.max(...names.map((name) => name.length));
  return [
    `      ${pieceLegend}`,
    ...changed.flatMap((at, nth) => {
      const before = nth === 0 ? undefined : cells[changed[nth - 1] as number];
      const news = names.flatMap((name, peer) =>
        before?.[peer] === cells[at]?.[peer] ? [] : [`${name.padEnd(longest)} ${cells[at]?.[peer]}`],
      );
      return news.map((text, line) => `${line === 0 ? gutter(at) : '     '} ${text}${line === 0 ? notes[at] : ''}`);
    }),
  ];
}

/** A row from sets of pieces, a bit each. @public */
export const cellsOf = (k: number, held: number, partial = 0, corrupted = 0): readonly Cell[] =>
  Array.from({ length: k }, (_, piece): Cell => {
    const bit = 1 << piece;
    if ((held & bit) !== 0) return 'held';
    if ((corrupted & bit) !== 0) return 'corrupted';
    return (partial & bit) !== 0 ? 'partial' : 'missing';
  });
