/** What the operator of a node may ask: to declare a block invalid, and to think again. Nothing is deleted. */
import { type BlockId, type BlockTable, chainTo, genesis, isAncestor, parentOf } from './blocks.js';
import { marked, withRank } from './receive.js';
import { type Rules, ranksBefore } from './rules.js';
import { type ChainState, hasData, isComplete, isMarked, type Status, statusOf } from './state.js';

/** Declares a block invalid; if it was active, another chain has to be found. @public */
export function invalidated(rules: Rules, blocks: BlockTable, chain: ChainState, id: BlockId): ChainState {
  const after = marked(blocks, chain, id);
  if (!isAncestor(blocks, id, chain.tip)) return after;
  return { ...after, candidates: rules.collectedAfterInvalidation(blocks, after, parentOf(blocks, id)) };
}

/**
 * Takes the marks from a block, from all above it and from all below it. Whoever was marked for one of those below loses the
 * mark too, in whatever branch, unless there is another reason for it.
 * @public
 */
export function reconsidered(rules: Rules, blocks: BlockTable, chain: ChainState, id: BlockId): ChainState {
  const isInLine = (other: BlockId) =>
    isAncestor(blocks, id, other) || (rules.reconsidered !== 'descendants' && isAncestor(blocks, other, id));
  const cleared = chain.status.map((status, at) => (isInLine(at) ? withoutMark(status) : status));
  const status = rules.reconsidered === 'all' ? withoutOldMarks(blocks, cleared) : cleared;
  const ranked = status.reduce<readonly BlockId[]>(
    (so, _, at) => (isNewlyComplete(blocks, { status }, so, at) ? withRank(rules, blocks, so, at) : so),
    chain.ranked,
  );
  const others = ranked.filter(
    (other) =>
      !isMarked({ status }, other) &&
      (chain.candidates.includes(other) ||
        (rules.readmits(blocks, id, other) && ranksBefore(ranked, other, chain.tip))),
  );
  const candidates = [...chain.candidates.filter((other) => other === genesis), ...others].sort((a, b) => a - b);
  return { ...chain, status, ranked, candidates };
}

const withoutMark = (status: Status): Status =>
  status === 'header-failed-ancestor' ? 'header-ok' : status.startsWith('failed') ? 'data-ok' : status;

/** Only those stay marked that failed themselves, or that still have an ancestor which did. */
const withoutOldMarks = (blocks: BlockTable, status: readonly Status[]): readonly Status[] =>
  status.map((is, id) =>
    is === 'failed' || chainTo(blocks, id).some((below) => status[below] === 'failed') ? is : withoutMark(is),
  );

/** Blocks that were refused at once had no rank yet. */
const isNewlyComplete = (
  blocks: BlockTable,
  chain: Pick<ChainState, 'status'>,
  ranked: readonly BlockId[],
  id: BlockId,
): boolean => id !== genesis && !ranked.includes(id) && !isMarked(chain, id) && isComplete(blocks, chain, id);

/** Blocks that may be declared invalid: those that are held, not marked yet. @public */
export const invalidatable = (blocks: BlockTable, chain: Pick<ChainState, 'status'>): readonly BlockId[] =>
  blocks.flatMap((_, id) => (id !== genesis && hasData(chain, id) && !isMarked(chain, id) ? [id] : []));

/** Blocks that may be reconsidered: those with a mark. @public */
export const reconsiderable = (blocks: BlockTable, chain: Pick<ChainState, 'status'>): readonly BlockId[] =>
  blocks.flatMap((_, id) => (statusOf(chain, id).startsWith('failed') ? [id] : []));
