/**
 * Coming up again after a crash. Orphans and all that was in hand are gone, and so is the order in which blocks came: the
 * chain that is on disk is taken for the first (Bitcoin Core pull request 29640), the others stand in fixed order.
 */
import { type BlockId, type BlockTable, chainTo, genesis, parentOf } from './blocks.js';
import { withRank } from './receive.js';
import type { Rules } from './rules.js';
import { type ChainState, emptyChain, hasData, isMarked, type Stored } from './state.js';

/** @public */
export function recovered(rules: Rules, blocks: BlockTable, stored: Stored): ChainState {
  const tip = rules.resumed(stored);
  const complete = completeOf(blocks, stored);
  const active = chainTo(blocks, tip);
  const first = new Set(active);
  const ranked = [...complete.filter((id) => first.has(id)), ...complete.filter((id) => !first.has(id))].reduce<
    readonly BlockId[]
  >((so, id) => withRank(rules, blocks, so, id), []);
  const chain: ChainState = { ...emptyChain(blocks), ...stored, ranked, tip, active };
  return { ...chain, candidates: rules.collectedAfterRestart(blocks, chain, unmarked(blocks, stored, tip)) };
}

/** Blocks that are held with all below them, by number; each is looked at once. */
function completeOf(blocks: BlockTable, stored: Stored): readonly BlockId[] {
  const known: (boolean | undefined)[] = [true];
  const way: BlockId[] = [];
  for (let id = 1; id < blocks.length; id++) {
    let at = id;
    while (known[at] === undefined && hasData(stored, at)) {
      way.push(at);
      at = parentOf(blocks, at);
    }
    const is = known[at] ?? false;
    known[at] = is;
    while (way.length > 0) known[way.pop() as BlockId] = is;
  }
  return blocks.flatMap((_, id) => (id !== genesis && known[id] === true ? [id] : []));
}

/** The tip on disk may have been declared invalid before the crash, and not yet been left. */
function unmarked(blocks: BlockTable, stored: Stored, tip: BlockId): BlockId {
  let at = tip;
  while (isMarked(stored, at)) at = parentOf(blocks, at);
  return at;
}
