/** A schedule as a picture: who has which piece, round by round; on its way in this round counts as partly there. */
import type { Frame, View } from '../../src/kernel/index.js';
import { cellsOf, pieceMatrix } from '../piece-matrix.js';
import { pieceDrawing, pieceMarks, pieceRow } from '../piece-view.js';
import type { MemberContext } from './member.js';

/** @public */
export function scheduleChart(frames: readonly Frame[], { k }: { readonly k: number }): readonly string[] {
  const peers = (frame: Frame) => frame.picture.peers.filter(({ name }) => name !== 'clock');
  const [first] = frames;
  if (first === undefined) return [];
  return pieceMatrix(
    peers(first).map(({ name }) => name),
    frames.map((frame) => ({
      step: frame.step,
      rows: peers(frame).map(({ context }) => {
        const { held, got } = context as unknown as MemberContext;
        return cellsOf(k, held, got < 0 ? 0 : 1 << got);
      }),
    })),
  );
}

/** The same for the replay page. @public */
export const scheduleView = (frames: readonly Frame[], { k }: { readonly k: number }): View => ({
  title: 'Pieces',
  legend: pieceMarks,
  drawings: frames.map(({ picture }) =>
    pieceDrawing(
      k,
      picture.peers
        .filter(({ name }) => name !== 'clock')
        .map(({ name, context }) => {
          const { held, got } = context as unknown as MemberContext;
          return pieceRow(name, cellsOf(k, held, got < 0 ? 0 : 1 << got));
        }),
    ),
  ),
});
