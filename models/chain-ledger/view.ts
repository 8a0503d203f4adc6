/** One global state as the claims see it: the node, its world, what it is doing, and which way it is going. */
import { derive } from '../../src/kernel/index.js';
import { type BlockId, genesis, isAncestor, isComplete, isMarked, pathTo } from '../chain/index.js';
import type { Ledger, LedgerBlock, TxId } from './ledger.js';
import type { LedgerContext } from './machine.js';
import { ledgerOf } from './worlds.js';

/** @public */
export interface LedgerView extends LedgerContext {
  readonly ledger: Ledger;
  readonly phase: 'recovering' | 'idle' | 'activating';
}

/** Nothing while the node is down. @public */
export const ledgerView = derive((world): LedgerView | null => {
  const node = world.peers.node as LedgerContext | undefined;
  if (node === undefined) return null;
  return { ...node, ledger: ledgerOf(node.world), phase: world.state('node') as LedgerView['phase'] };
});

/** Every block but genesis. @public */
export const blockIds = ({ ledger }: LedgerView): readonly BlockId[] =>
  ledger.tree.flatMap((_, id) => (id === genesis ? [] : [id]));

/** Blocks held with all below them, and without a mark: what may become the tip. @public */
export const eligibleBlocks = (view: LedgerView): readonly BlockId[] =>
  blockIds(view).filter((id) => !isMarked(view, id) && isComplete(view.ledger.tree, view, id));

/** Where the tip is going: the candidate that ranks first. @public */
export const goalOfLedger = ({ ranked, candidates, tip }: LedgerView): BlockId =>
  ranked.find((id) => candidates.includes(id)) ?? (candidates.includes(genesis) ? genesis : tip);

/** The block that is to be connected next; nothing if one has to be disconnected first, or nothing has to be done. @public */
export function connecting(view: LedgerView): BlockId | undefined {
  const goal = goalOfLedger(view);
  return isAncestor(view.ledger.tree, view.tip, goal) ? pathTo(view.ledger.tree, view.tip, goal)[0] : undefined;
}

/** Transactions of these blocks that are no coinbases. @public */
export const paymentsIn = ({ ledger }: Pick<LedgerView, 'ledger'>, blocks: readonly BlockId[]): readonly TxId[] =>
  blocks.flatMap((id) => (ledger.blocks[id] as LedgerBlock).txs.slice(1));
