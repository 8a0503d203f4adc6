/** A behaviour of a swarm as a picture: who has which piece, and what changed. */
import { describeMove, type Frame, type Picture, type View } from '../../src/kernel/index.js';
import { type Cell, cellsOf, pieceMatrix } from '../piece-matrix.js';
import { pieceDrawing, pieceMarks, pieceRow } from '../piece-view.js';
import type { TraderContext } from './atomic.js';

/** @public */
export function swarmChart(frames: readonly Frame[], { pieces }: { readonly pieces: number }): readonly string[] {
  const [first] = frames;
  if (first === undefined) return [];
  return pieceMatrix(
    first.picture.peers.map(({ name }) => name),
    frames.map(({ step, picture, move }) => ({
      step,
      rows: picture.peers.map((peer) => rowOf(peer, pieces)),
      ...(move === undefined ? {} : { note: describeMove(move) }),
    })),
  );
}

/** The same for the replay page. @public */
export const swarmView = (frames: readonly Frame[], { pieces }: { readonly pieces: number }): View => ({
  title: 'Pieces',
  legend: pieceMarks,
  drawings: frames.map(({ picture }) =>
    pieceDrawing(
      pieces,
      picture.peers.map((peer) => pieceRow(peer.name, rowOf(peer, pieces))),
    ),
  ),
});

/** Its pieces, or that it is not there. */
function rowOf({ status, context }: Picture['peers'][number], pieces: number): readonly Cell[] | string {
  if (status !== 'up') return status === 'absent' ? '-' : 'gone';
  const { have, spoiled, partials } = context as unknown as TraderContext;
  const begun = partials.reduce((set, { piece }) => set | (1 << piece), 0);
  const bad = partials.reduce((set, partial) => (partial.bad === 0 ? set : set | (1 << partial.piece)), 0);
  return cellsOf(pieces, have & ~spoiled, begun, bad | spoiled);
}
