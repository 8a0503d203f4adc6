/** What one node knows of the ledger beside its chain: unspent outputs, how to undo blocks, the pool, what is on disk. */
import { type BlockId, type ChainState, emptyChain, genesis } from '../chain/index.js';
import type { CoinId, Ledger, TxId } from './ledger.js';

/** By output: the height at which it was created, `null` if it is not there to be spent. @public */
export type Utxo = readonly (number | null)[];

/** An output as it was before it was spent. @public */
export type Spent = readonly [coin: CoinId, height: number];

/** A transaction that waits to be in a block. @public */
export interface Waiting {
  readonly tx: TxId;
  /** The first height at which its relative locks let it be in a block, as it was worked out last; 0 without such. */
  readonly ripe: number;
}

/** @public */
export interface LedgerState extends ChainState {
  readonly utxo: Utxo;
  /** By block: what it spent, once it was connected. Written with the block, so it is there after a crash. */
  readonly undo: readonly (readonly Spent[] | null)[];
  /** The outputs as they were for the tip on disk, {@link ChainState.flushed}. */
  readonly disk: Utxo;
  /** In order of numbers, so what spends stands after what it spends. */
  readonly pool: readonly Waiting[];
  /** By output: the transaction of the pool that spends it. */
  readonly spentBy: readonly (TxId | null)[];
  /** Of blocks that were disconnected since the node was at rest, by number. */
  readonly limbo: readonly TxId[];
  /** The tip when the node was at rest last. */
  readonly rest: BlockId;
}

/** What survives a crash. @public */
export type StoredLedger = Pick<LedgerState, 'status' | 'flushed' | 'mended' | 'undo' | 'disk'>;

/** The outputs of genesis, and nothing else. @internal */
export const firstUtxo = ({ coins, blocks }: Ledger): Utxo =>
  coins.map(({ tx }) => (blocks[genesis]?.txs.includes(tx) ? 0 : null));

/** @internal */
export const noneSpent = ({ coins }: Ledger): readonly null[] => coins.map(() => null);

/** A node that knows nothing but genesis. @public */
export const emptyLedger = (ledger: Ledger): LedgerState => ({
  ...emptyChain(ledger.tree),
  utxo: firstUtxo(ledger),
  undo: ledger.blocks.map((_, id) => (id === genesis ? [] : null)),
  disk: firstUtxo(ledger),
  pool: [],
  spentBy: noneSpent(ledger),
  limbo: [],
  rest: genesis,
});
