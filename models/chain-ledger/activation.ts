/** A block comes, and the tip moves by one block: the chain and the outputs together, in one step. */
import {
  advanced,
  type BlockId,
  type BlockTable,
  type ChainState,
  isSettled,
  nextMove,
  receiveBlock,
  recovered,
} from '../chain/index.js';
import type { Ledger, LedgerBlock, Tx, TxId } from './ledger.js';
import { poolAtRest } from './pool.js';
import type { LedgerRules } from './rules.js';
import { type LedgerState, noneSpent, type StoredLedger } from './state.js';
import { attempted, bodyFlaw, undone } from './utxo.js';

/** A ledger with what this node finds wrong at once; what it finds out only by connecting is not in the table. @public */
export interface Judged {
  readonly ledger: Ledger;
  readonly tree: BlockTable;
}

/** @public */
export const judgedBy = (rules: LedgerRules, ledger: Ledger): Judged => ({
  ledger,
  tree: ledger.tree.map((block, id) =>
    bodyFlaw(rules, ledger, id) === undefined ? block : { ...block, kind: 'bodyInvalid' },
  ),
});

/** @public */
export const isAtRest = (rules: LedgerRules, { tree }: Judged, state: ChainState): boolean =>
  isSettled(rules.chain, tree, state);

/** A whole block has come. @public */
export const received = (rules: LedgerRules, judged: Judged, state: LedgerState, block: BlockId): LedgerState =>
  rested(rules, judged, { ...state, ...receiveBlock(rules.chain, judged.tree, state, block, 'genuine').chain });

/** Connects or disconnects one block. @public */
export function stepped(rules: LedgerRules, judged: Judged, state: LedgerState): LedgerState {
  const { ledger, tree } = judged;
  const next = nextMove(rules.chain, tree, state);
  const moved = (blocks: BlockTable): ChainState => advanced(rules.chain, blocks, state).chain;
  if (next === undefined) return rested(rules, judged, { ...state, ...moved(tree) });
  if (next.type === 'disconnect') {
    const utxo = undone(rules, ledger, state);
    const back = rules.remembered(looseIn(ledger, state.tip));
    const limbo = [...new Set([...state.limbo, ...back])].sort((a, b) => a - b);
    return rested(rules, judged, { ...state, ...moved(tree), utxo, limbo });
  }
  const attempt = attempted(rules, ledger, state, next.block);
  if ('flaw' in attempt) return rested(rules, judged, { ...state, ...moved(without(tree, next.block)) });
  const undo = state.undo.map((before, id) => (id === next.block ? attempt.undo : before));
  return rested(rules, judged, { ...state, ...moved(tree), utxo: attempt.utxo, undo });
}

/** The chain logic learns of a flaw when it tries to connect the block. */
const without = (tree: BlockTable, bad: BlockId): BlockTable =>
  tree.map((block, id) => (id === bad ? { ...block, kind: 'ctxInvalid' } : block));

const looseIn = (ledger: Ledger, block: BlockId): readonly TxId[] =>
  (ledger.blocks[block] as LedgerBlock).txs.filter((tx) => !(ledger.txs[tx] as Tx).isCoinbase);

/** The pool is put in order once the tip is where it belongs. */
const rested = (rules: LedgerRules, judged: Judged, state: LedgerState): LedgerState =>
  isAtRest(rules, judged, state) ? poolAtRest(rules, judged.ledger, state) : state;

/** The tip and its outputs are written to disk together. @public */
export const flushed = (rules: LedgerRules, state: LedgerState): LedgerState => ({ ...state, ...rules.flushed(state) });

/** Coming up again: with the tip on disk and the outputs that belong to it; the pool is lost. @public */
export function restarted(rules: LedgerRules, judged: Judged, stored: StoredLedger): LedgerState {
  const resumed = (): BlockId => rules.resumesAt(judged.ledger, stored);
  const chain = recovered({ ...rules.chain, resumed }, judged.tree, stored);
  return rested(rules, judged, {
    ...chain,
    utxo: stored.disk,
    undo: stored.undo,
    disk: stored.disk,
    pool: [],
    spentBy: noneSpent(judged.ledger),
    limbo: [],
    rest: chain.tip,
  });
}
