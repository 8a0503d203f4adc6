/** What a node holds against a transaction or a block, and each decision about the ledger that somebody has got wrong. */
import { type BlockId, type Rules, soundRules } from '../chain/index.js';
import type { CoinId, Ledger, TxId } from './ledger.js';
import type { LedgerState, Spent, StoredLedger, Utxo } from './state.js';

/**
 * What is wrong with a transaction: an output or a sum beyond all money there is (`range`), an output spent twice in it
 * (`repeated`), an output that is not there or not any more (`missing`), new money spent too early (`immature`), a lock
 * (`not-final`), more paid than spent (`value`), a signature. With a block: a coinbase without its height (`height`), one that takes too
 * much (`coinbase`), a transaction that is there already and not spent (`twin`).
 * @public
 */
export type Flaw =
  | 'range'
  | 'repeated'
  | 'missing'
  | 'immature'
  | 'not-final'
  | 'value'
  | 'signature'
  | 'height'
  | 'coinbase'
  | 'twin';

/** @public */
export interface LedgerRules {
  readonly chain: Rules;
  /** Flaws that are not looked for, in blocks and in transactions. */
  readonly overlooks: readonly Flaw[];
  /** Flaws that are not looked for in what was in the pool when the tip moved. */
  readonly overlooksInPool: readonly Flaw[];
  /** What numbers are when they are added up. */
  sum(values: readonly bigint[]): bigint;
  /** What a miner may take in fees. */
  fee(spent: bigint, paid: bigint): bigint;
  /** Where outputs are looked for. */
  readonly lookup: 'own chain' | 'any block';
  /** The outputs after those of a transaction have been taken away again. */
  taken(ledger: Ledger, state: LedgerState, utxo: Utxo, created: readonly CoinId[]): Utxo;
  /** What is kept of what a block spends, to be given back. */
  kept(spent: readonly Spent[]): readonly Spent[];
  /** What is kept of the transactions of a block that is disconnected, to be looked at again. */
  remembered(txs: readonly TxId[]): readonly TxId[];
  /** Whether what was in the pool before goes before what comes back. */
  readonly poolFirst: boolean;
  /** Whether what depends on a transaction leaves the pool with it. */
  readonly dropsDescendants: boolean;
  /** Whether transactions that spend what a block has spent leave the pool. */
  readonly dropsConflicts: boolean;
  /** Whether the index of what the pool spends is cleared when something leaves it. */
  readonly clearsIndex: boolean;
  /** Whether it is worked out again, after the tip has moved, how long relative locks last. */
  readonly locksAgain: boolean;
  /** The tip by whose height what comes back is judged. */
  readonly readmission: 'new tip' | 'old tip';
  /** What a flush writes. */
  flushed(state: LedgerState): Pick<LedgerState, 'flushed' | 'disk'>;
  /** The tip with which a restarted node begins; its outputs are those on disk. */
  resumesAt(ledger: Ledger, stored: StoredLedger): BlockId;
}

/** @internal */
export const exact = (values: readonly bigint[]): bigint => values.reduce((sum, value) => sum + value, 0n);

/** As it should be; which chain is the best is a matter of `models/chain`. @public */
export const soundLedger: LedgerRules = {
  chain: soundRules({ rule: 'work', tie: 'firstSeen', orphanLimit: 9 }),
  overlooks: [],
  overlooksInPool: [],
  sum: exact,
  fee: (spent, paid) => spent - paid,
  lookup: 'own chain',
  taken: (_ledger, _state, utxo, created) => utxo.map((height, coin) => (created.includes(coin) ? null : height)),
  kept: (spent) => spent,
  remembered: (txs) => txs,
  poolFirst: true,
  dropsDescendants: true,
  dropsConflicts: true,
  clearsIndex: true,
  locksAgain: true,
  readmission: 'new tip',
  flushed: ({ tip, utxo }) => ({ flushed: tip, disk: utxo }),
  resumesAt: (_, stored) => stored.flushed,
};
