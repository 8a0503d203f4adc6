/**
 * How the tip moves: one block at a time, each a state of its own, so that whatever can happen to a node can happen between any
 * two of them. Which chain to go to is decided anew each time; after a failed attempt the old one is the best again.
 */
import { type BlockId, type BlockTable, forkOf, isAncestor, kindOf, nextTo, parentOf } from './blocks.js';
import { drained, marked } from './receive.js';
import { type Rules, ranksBefore } from './rules.js';
import { type ChainState, isKnown, isMarked, type Result, withStatus } from './state.js';

/** @public */
export type NextMove = { readonly type: 'connect' | 'disconnect'; readonly block: BlockId };

/** What has to be done to the active chain next; nothing when the tip is the best block there is. @public */
export function nextMove(rules: Rules, blocks: BlockTable, chain: ChainState): NextMove | undefined {
  const { tip } = chain;
  const best = rules.best(blocks, chain);
  if (best === tip) return undefined;
  const block = nextTo(blocks, tip, best);
  return block === undefined ? { type: 'disconnect', block: tip } : { type: 'connect', block };
}

/** Whether nothing is left to be done with all that has come in. @public */
export const isSettled = (rules: Rules, blocks: BlockTable, chain: ChainState): boolean =>
  chain.todo.length === 0 && rules.best(blocks, chain) === chain.tip;

/** Whether the next block is beyond a limit of the node's own: no fault of the block, so the node must stop. @public */
export function isBeyondLimit(rules: Rules, blocks: BlockTable, chain: ChainState): boolean {
  const next = rules.beyondLimit === 'halt' && !chain.mended ? nextMove(rules, blocks, chain) : undefined;
  return next?.type === 'connect' && kindOf(blocks, next.block) === 'large';
}

/** Connects or disconnects one block; what waits is looked at as soon as the tip is where it belongs. @public */
export function advanced(rules: Rules, blocks: BlockTable, chain: ChainState): Result {
  const next = nextMove(rules, blocks, chain);
  if (next === undefined) return drained(rules, blocks, { chain, events: [] });
  const moved =
    next.type === 'disconnect' ? disconnected(rules, blocks, chain) : connected(rules, blocks, chain, next.block);
  return drained(rules, blocks, moved);
}

/** Goes on until nothing is left to be done, or nothing can be. @public */
export function settled(rules: Rules, blocks: BlockTable, { chain, events }: Result): Result {
  let now = chain;
  const said = [...events];
  while (!isSettled(rules, blocks, now) && !isBeyondLimit(rules, blocks, now)) {
    const { chain: after, events: more } = advanced(rules, blocks, now);
    now = after;
    said.push(...more);
  }
  return { chain: now, events: said };
}

function disconnected(rules: Rules, blocks: BlockTable, chain: ChainState): Result {
  const { tip } = chain;
  const below = rules.undone(blocks, tip, forkOf(blocks, tip, rules.best(blocks, chain)));
  const active = rules.unindexed(blocks, chain.active, tip);
  return { chain: { ...chain, tip: below, active }, events: [{ type: 'disconnected', block: tip }] };
}

function connected(rules: Rules, blocks: BlockTable, chain: ChainState, block: BlockId): Result {
  if (!isConnectable(blocks, chain, block)) return failed(rules, blocks, chain, block);
  const status = withStatus(chain.status, block, 'connected-ok');
  const active = rules.indexed(blocks, chain.active, block, rules.best(blocks, chain));
  const candidates = chain.candidates.filter((id) => id === block || ranksBefore(chain.ranked, id, block));
  return { chain: { ...chain, status, active, candidates, tip: block }, events: [{ type: 'connected', block }] };
}

function failed(rules: Rules, blocks: BlockTable, chain: ChainState, block: BlockId): Result {
  const culprit = rules.culprit(blocks, chain, block);
  const after = culprit === null ? chain : marked(blocks, chain, culprit);
  const candidates = rules.triesAgain ? after.candidates : [];
  const left = rules.releasesRefused ? after : waitingStill(blocks, after, rules.best(blocks, chain), block);
  return { chain: { ...left, candidates }, events: [{ type: 'failed', block }] };
}

/** The block for which it was tried is not kept, and what had waited for either waits on. */
function waitingStill(blocks: BlockTable, chain: ChainState, target: BlockId, failing: BlockId): ChainState {
  const isKept = target === failing || !isMarked(chain, target);
  const status = isKept ? chain.status : withStatus(chain.status, target, 'unknown');
  const ranked = isKept ? chain.ranked : chain.ranked.filter((id) => id !== target);
  const isGood = (id: BlockId) => isKnown({ status }, id) && !isMarked({ status }, id);
  const back = chain.todo.filter((id) => !isKnown({ status }, id) && !isGood(parentOf(blocks, id)));
  const todo = chain.todo.filter((id) => !back.includes(id));
  return { ...chain, status, ranked, todo, orphans: [...chain.orphans, ...back] };
}

function isConnectable(blocks: BlockTable, { mended }: ChainState, id: BlockId): boolean {
  const kind = kindOf(blocks, id);
  return kind === 'ok' || kind === 'future' || (kind === 'large' && mended);
}

/** The tip of the active chain before an attempt that has come as far as `block`. @internal */
export function leftBehind(blocks: BlockTable, { ranked, candidates }: ChainState, block: BlockId): BlockId {
  const other = ranked.find((id) => candidates.includes(id) && !isAncestor(blocks, block, id));
  return other ?? parentOf(blocks, block);
}
