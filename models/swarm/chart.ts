/** A behaviour of a swarm as a picture: who has which piece, and what changed. */
import { describeMove, type Frame } from '../../src/kernel/index.js';
import { cellsOf, pieceMatrix } from '../piece-matrix.js';
import type { TraderContext } from './atomic.js';

/** @public */
export function swarmChart(frames: readonly Frame[], { pieces }: { readonly pieces: number }): readonly string[] {
  const [first] = frames;
  if (first === undefined) return [];
  return pieceMatrix(
    first.picture.peers.map(({ name }) => name),
    frames.map(({ step, picture, move }) => ({
      step,
      rows: picture.peers.map(({ status, context }) => {
        if (status !== 'up') return status === 'absent' ? '-' : 'gone';
        const { have, spoiled, partials } = context as unknown as TraderContext;
        const begun = partials.reduce((set, { piece }) => set | (1 << piece), 0);
        const bad = partials.reduce((set, { piece, bad }) => (bad === 0 ? set : set | (1 << piece)), 0);
        return cellsOf(pieces, have & ~spoiled, begun, bad | spoiled);
      }),
      ...(move === undefined ? {} : { note: describeMove(move) }),
    })),
  );
}
