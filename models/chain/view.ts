/** One global state as the claims see it: the node, what it is doing, and which way it is going. */
import { derive } from '../../src/kernel/index.js';
import { type BlockId, type BlockTable, genesis } from './blocks.js';
import type { NodeContext } from './machine.js';
import { isComplete, isMarked } from './state.js';

/** @public */
export interface ChainView extends NodeContext {
  readonly phase: 'recovering' | 'idle' | 'judging' | 'activating' | 'halted';
  /** Every block but genesis. */
  readonly ids: readonly BlockId[];
}

/** Nothing while the node is down. @public */
export const chainView = derive((world): ChainView | null => {
  const node = world.peers.node as NodeContext | undefined;
  if (node === undefined) return null;
  const { blocks, hand, status, ranked, candidates, tip, active, orphans, todo, flushed, mended } = node;
  const phase = world.state('node') as ChainView['phase'];
  const ids = blocks.flatMap((_, id) => (id === genesis ? [] : [id]));
  return { blocks, hand, status, ranked, candidates, tip, active, orphans, todo, flushed, mended, phase, ids };
});

/** Blocks held with all below them, and without a mark: what may become the tip. Computed from the table, not from ranks. @public */
export const eligible = (view: ChainView): readonly BlockId[] =>
  view.ids.filter((id) => !isMarked(view, id) && isComplete(view.blocks, view, id));

/** Those of them that the node has come to look at: it takes what it holds one block after another. @public */
export const inPlay = (view: ChainView): readonly BlockId[] => eligible(view).filter((id) => view.ranked.includes(id));

/** Where the tip is going: the candidate that ranks first. @public */
export const goalOf = ({ ranked, candidates, tip }: ChainView): BlockId =>
  ranked.find((id) => candidates.includes(id)) ?? (candidates.includes(genesis) ? genesis : tip);

/** Blocks that wait for a parent, one above the other from `id` on: how long the longest such line is. @public */
export const orphanChainAbove = (blocks: BlockTable, orphans: readonly BlockId[], id: BlockId): number =>
  Math.max(
    0,
    ...orphans
      .filter((orphan) => blocks[orphan]?.parent === id)
      .map((child) => 1 + orphanChainAbove(blocks, orphans, child)),
  );
