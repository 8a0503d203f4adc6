/**
 * Coming up again after a crash. Orphans and all that was in hand are gone, and so is the order in which blocks came: the
 * chain that is on disk is taken for the first (Bitcoin Core pull request 29640), the others stand in fixed order.
 */
import { type BlockId, type BlockTable, chainTo, genesis, isAncestor, parentOf } from './blocks.js';
import { withRank } from './receive.js';
import type { Rules } from './rules.js';
import { type ChainState, emptyChain, isComplete, isMarked, type Stored } from './state.js';

/** @public */
export function recovered(rules: Rules, blocks: BlockTable, stored: Stored): ChainState {
  const tip = rules.resumed(stored);
  const complete = blocks.flatMap((_, id) => (id !== genesis && isComplete(blocks, stored, id) ? [id] : []));
  const isFirst = (id: BlockId) => isAncestor(blocks, id, tip);
  const ranked = [...complete.filter(isFirst), ...complete.filter((id) => !isFirst(id))].reduce<readonly BlockId[]>(
    (so, id) => withRank(rules, blocks, so, id),
    [],
  );
  const chain: ChainState = { ...emptyChain(blocks), ...stored, ranked, tip, active: chainTo(blocks, tip) };
  return { ...chain, candidates: rules.collectedAfterRestart(blocks, chain, unmarked(blocks, stored, tip)) };
}

/** The tip on disk may have been declared invalid before the crash, and not yet been left. */
function unmarked(blocks: BlockTable, stored: Stored, tip: BlockId): BlockId {
  let at = tip;
  while (isMarked(stored, at)) at = parentOf(blocks, at);
  return at;
}
