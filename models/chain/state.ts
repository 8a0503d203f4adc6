/**
 * What one node knows of the blocks, as plain data. Law: equal situations are equal states. What can be computed from the
 * table is not kept, and the order in which blocks came only as far as it can still decide something.
 */
import { type BlockId, type BlockTable, genesis, parentOf } from './blocks.js';

/**
 * What a node holds of a block and thinks of it. `header-ok`: its header only. `data-ok`: its body too, found well-formed.
 * `connected-ok`: it was part of the active chain once, so all is known to be in order. `failed`: known to be invalid.
 * `failed-ancestor`: some block below it is; `header-failed-ancestor` if the body is not held.
 * @public
 */
export type Status =
  | 'unknown'
  | 'header-ok'
  | 'data-ok'
  | 'connected-ok'
  | 'failed'
  | 'failed-ancestor'
  | 'header-failed-ancestor';

/** @public */
export interface ChainState {
  /** By block. */
  readonly status: readonly Status[];
  /**
   * Blocks whose chain is held down to genesis, the one to be preferred first. Among equals it is the order in which they
   * became complete, which is all that is left of sequence numbers. Without genesis, which comes last.
   */
  readonly ranked: readonly BlockId[];
  /** What may become the tip: complete blocks that are not worse than it and not marked, by number. */
  readonly candidates: readonly BlockId[];
  readonly tip: BlockId;
  /** The index of the active chain by height. */
  readonly active: readonly BlockId[];
  /** Blocks with unknown parents: in order of arrival, see {@link Rules.keepOrphan}. */
  readonly orphans: readonly BlockId[];
  /** Taken from the orphans, or held already, and to be looked at next: the children of blocks that have become known. */
  readonly todo: readonly BlockId[];
  /** The tip whose outputs are on disk. */
  readonly flushed: BlockId;
  /** Whether the clock has been set and the limits raised, so that blocks of kind `future` and `large` are like any other. */
  readonly mended: boolean;
}

/** What survives a crash. @public */
export type Stored = Pick<ChainState, 'status' | 'flushed' | 'mended'>;

/** A node that knows nothing but genesis. @public */
export const emptyChain = (blocks: BlockTable): ChainState => ({
  status: blocks.map((_, id) => (id === genesis ? 'connected-ok' : 'unknown')),
  ranked: [],
  candidates: [genesis],
  tip: genesis,
  active: [genesis],
  orphans: [],
  todo: [],
  flushed: genesis,
  mended: false,
});

/** @public */
export const statusOf = ({ status }: Pick<ChainState, 'status'>, id: BlockId): Status => status[id] as Status;

/** Whether the block is in the tree of the node, be it with its header only. @public */
export const isKnown = (chain: Pick<ChainState, 'status'>, id: BlockId): boolean => statusOf(chain, id) !== 'unknown';

/** @public */
export function hasData(chain: Pick<ChainState, 'status'>, id: BlockId): boolean {
  const is = statusOf(chain, id);
  return is !== 'unknown' && is !== 'header-ok' && is !== 'header-failed-ancestor';
}

/** @public */
export function isMarked(chain: Pick<ChainState, 'status'>, id: BlockId): boolean {
  const is = statusOf(chain, id);
  return is === 'failed' || is === 'failed-ancestor' || is === 'header-failed-ancestor';
}

/** Whether it and all blocks below it are held. @public */
export function isComplete(blocks: BlockTable, chain: Pick<ChainState, 'status'>, id: BlockId): boolean {
  let at = id;
  while (at !== genesis && hasData(chain, at)) at = parentOf(blocks, at);
  return at === genesis;
}

/** Whether the block need not be sent again. @public */
export const isHeld = (chain: ChainState, id: BlockId): boolean =>
  hasData(chain, id) || chain.orphans.includes(id) || chain.todo.includes(id);

/** @internal */
export function withStatus(status: readonly Status[], id: BlockId, is: Status): readonly Status[] {
  const after = status.slice();
  if (id < after.length) after[id] = is;
  return after;
}

/** What happened, in order, for whoever wants to tell others or to count. @public */
export type ChainEvent =
  | { readonly type: 'accepted' | 'orphan' | 'duplicate' | 'evicted'; readonly block: BlockId }
  | { readonly type: 'refused'; readonly block: BlockId; readonly why: Refusal }
  | { readonly type: 'connected' | 'disconnected' | 'failed'; readonly block: BlockId };

/**
 * `invalid` and `invalid-ancestor` are for ever and marked; `invalid-header`, `mutated` (the body is not the one that the header
 * commits to) and `not-yet` leave no trace, so that the block can be asked for again. @public
 */
export type Refusal = 'invalid' | 'invalid-known' | 'invalid-ancestor' | 'invalid-header' | 'mutated' | 'not-yet';

/** @public */
export interface Result {
  readonly chain: ChainState;
  readonly events: readonly ChainEvent[];
}
