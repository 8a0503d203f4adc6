/**
 * The rules that a node goes by: which chain it prefers, what it does with orphans, and each decision of which somebody is
 * known to have made the wrong one. A mutant replaces one of them.
 */
import {
  type BlockId,
  type BlockTable,
  chainTo,
  cumulativeWork,
  genesis,
  heightOf,
  isAncestor,
  parentOf,
} from './blocks.js';
import { type ChainState, isMarked, type Stored } from './state.js';

/** `work`: the chain with the most work. `length`: the longest, as until July 2010. @public */
export type Measure = 'work' | 'length';

/**
 * Among chains of equal measure: the one that was complete first (Bitcoin), the lowest hash, or the lowest height and then
 * whichever was complete first (geth). @public
 */
export type Tie = 'firstSeen' | 'lowestHash' | 'lowerHeight';

/** @public */
export interface Rules {
  /** Orphans that are kept at most. */
  readonly orphanLimit: number;
  /** Whether the newcomer goes before a block that is ranked already. */
  outranks(blocks: BlockTable, ranked: readonly BlockId[], newcomer: BlockId, other: BlockId): boolean;
  /** The block that ought to be the tip. */
  best(blocks: BlockTable, chain: ChainState): BlockId;
  /** The orphans after one more has come. */
  keepOrphan(blocks: BlockTable, orphans: readonly BlockId[], newcomer: BlockId): readonly BlockId[];
  /** What `future` blocks, bodies that do not belong to their header, and limits of the node's own lead to. */
  readonly notYet: 'wait' | 'mark';
  readonly mutated: 'ignore' | 'mark';
  readonly beyondLimit: 'halt' | 'mark';
  /** The block that is to blame, and is marked, when `failing` cannot be connected. */
  culprit(blocks: BlockTable, chain: ChainState, failing: BlockId): BlockId | null;
  /** Whether after a failed attempt the best chain is looked for again. */
  readonly triesAgain: boolean;
  /** Blocks that are marked along with a waiting one that turned out bad. */
  condemned(waiting: readonly BlockId[]): readonly BlockId[];
  /**
   * Whether the children that waited for a block are looked at though it was refused, and the block is kept for which one that
   * cannot be connected was tried.
   */
  readonly releasesRefused: boolean;
  /** Whether a header alone gives its block a rank. */
  readonly ranksHeaders: boolean;
  /** Whether a block that is held already is ranked again. */
  readonly ranksAgain: boolean;
  /** Where the tip is after one block of the old branch has been disconnected. */
  undone(blocks: BlockTable, tip: BlockId, fork: BlockId): BlockId;
  /** The index by height after the tip has been disconnected, or a block on the way to `target` connected. */
  unindexed(blocks: BlockTable, active: readonly BlockId[], tip: BlockId): readonly BlockId[];
  indexed(blocks: BlockTable, active: readonly BlockId[], block: BlockId, target: BlockId): readonly BlockId[];
  /** Which blocks may become the tip after all of them were looked through, `base` being the tip that there is at least. */
  collected(blocks: BlockTable, chain: ChainState, base: BlockId): readonly BlockId[];
  /** The same after a block on the active chain was declared invalid. */
  collectedAfterInvalidation(blocks: BlockTable, chain: ChainState, base: BlockId): readonly BlockId[];
  /**
   * Who loses a mark when a block is reconsidered: `all` that have no other reason for it, only the `line` through the block
   * from genesis upwards, or only its `descendants`.
   */
  readonly reconsidered: 'all' | 'line' | 'descendants';
  /** Whether a block without a mark may become the tip again when `id` was reconsidered. */
  readmits(blocks: BlockTable, id: BlockId, other: BlockId): boolean;
  /** The tip with which a restarted node begins. */
  resumed(stored: Stored): BlockId;
  /** The candidates with which it begins. */
  collectedAfterRestart(blocks: BlockTable, chain: ChainState, base: BlockId): readonly BlockId[];
}

/** @public */
export interface Choice {
  readonly rule: Measure;
  readonly tie: Tie;
  readonly orphanLimit: number;
}

/** By which chains are compared. @public */
export const measureOf = (rule: Measure, blocks: BlockTable, id: BlockId): number =>
  rule === 'work' ? cumulativeWork(blocks, id) : heightOf(blocks, id);

/** As it should be. @public */
export function soundRules({ rule, tie, orphanLimit }: Choice): Rules {
  return {
    orphanLimit,
    outranks: (blocks, _, newcomer, other) => {
      const ahead = measureOf(rule, blocks, newcomer) - measureOf(rule, blocks, other);
      if (ahead !== 0) return ahead > 0;
      if (tie === 'lowestHash') return newcomer < other;
      return tie === 'lowerHeight' && heightOf(blocks, newcomer) < heightOf(blocks, other);
    },
    best: (_, { ranked, candidates, tip }) =>
      ranked.find((id) => candidates.includes(id)) ?? (candidates.includes(genesis) ? genesis : tip),
    keepOrphan: (blocks, orphans, newcomer) => bounded(blocks, [...orphans, newcomer], orphanLimit),
    notYet: 'wait',
    mutated: 'ignore',
    beyondLimit: 'halt',
    culprit: (_blocks, _chain, failing) => failing,
    triesAgain: true,
    condemned: () => [],
    releasesRefused: true,
    ranksHeaders: false,
    ranksAgain: false,
    undone: (blocks, tip) => parentOf(blocks, tip),
    unindexed: (blocks, active, tip) => active.slice(0, heightOf(blocks, tip)),
    indexed: (blocks, active, block) => [...active.slice(0, heightOf(blocks, block)), block],
    collected,
    collectedAfterInvalidation: collected,
    reconsidered: 'all',
    readmits: () => true,
    resumed: ({ flushed }) => flushed,
    collectedAfterRestart: collected,
  };
}

/** The oldest goes first. @internal */
export const bounded = (blocks: BlockTable, orphans: readonly BlockId[], limit: number): readonly BlockId[] =>
  canonicalPool(blocks, orphans.slice(Math.max(0, orphans.length - limit)), limit);

/** Where no orphan can be driven out, only the order among the children of one parent can matter. */
function canonicalPool(blocks: BlockTable, orphans: readonly BlockId[], limit: number): readonly BlockId[] {
  if (limit < blocks.length - 2) return orphans;
  return [...orphans].sort((a, b) => parentOf(blocks, a) - parentOf(blocks, b));
}

/** Whether `a` is to be preferred to `b`; genesis to nothing. @internal */
export function ranksBefore(ranked: readonly BlockId[], a: BlockId, b: BlockId): boolean {
  const at = ranked.indexOf(a);
  const other = ranked.indexOf(b);
  return at >= 0 && (other < 0 || at < other);
}

/** Every complete block without a mark that is not worse than `base`. @internal */
export function collected(_blocks: BlockTable, chain: ChainState, base: BlockId): readonly BlockId[] {
  const others = chain.ranked.filter(
    (id) => !isMarked(chain, id) && (id === base || ranksBefore(chain.ranked, id, base)),
  );
  return [...(base === genesis ? [genesis] : []), ...others].sort((a, b) => a - b);
}

/** The first blocks after the fork on the ways to `a` and `b`. @internal */
export function branchesOf(blocks: BlockTable, a: BlockId, b: BlockId): readonly [BlockId, BlockId] | undefined {
  if (isAncestor(blocks, a, b) || isAncestor(blocks, b, a)) return undefined;
  const [left, right] = [chainTo(blocks, a), chainTo(blocks, b)];
  const at = left.findIndex((id, height) => id !== right[height]);
  return [left[at] as BlockId, right[at] as BlockId];
}
