/** A world as a person writes it down: who has what at first, who pays whom, which blocks there are and what they hold. */
import type { Issue } from '../bitcoin/index.js';

/** An output by the name of its transaction and its place, such as `genesis:0`, `T:1` or `coinbase 2:0` (of block 2). @public */
export type CoinName = string;

/** @public */
export type Owner = string;

/** @public */
export interface TxSpec {
  readonly spends: readonly CoinName[];
  readonly pays: readonly (readonly [owner: Owner, value: bigint])[];
  /** Who signs; default: for each input whoever owns what it spends. */
  readonly signer?: Owner;
  /** The last height at which it may not be in a block yet. */
  readonly lock?: number;
  /** How many blocks after what it spends it may be in a block. */
  readonly wait?: number;
}

/** @public */
export interface BlockSpec {
  /** A lower number; 0 is genesis. */
  readonly parent: number;
  /** Default: 1. */
  readonly work?: number;
  /** Names, in order. */
  readonly txs?: readonly string[];
  /** What its miner takes; default: the subsidy. */
  readonly takes?: bigint;
  /** Whether the coinbase says nothing of the block, as before BIP 34; two that take the same are one transaction. */
  readonly plain?: true;
}

/** @public */
export interface WorldSpec {
  readonly name: string;
  readonly doc: string;
  readonly genesis: readonly (readonly [owner: Owner, value: bigint])[];
  /** Those that spend stand after what they spend. */
  readonly txs: { readonly [name: string]: TxSpec };
  /** From block 1 on. */
  readonly blocks: readonly BlockSpec[];
  /** Blocks after which new money can be spent. */
  readonly maturity: number;
  readonly issue: Issue;
  /** Whether a coinbase must begin with its height. */
  readonly bip34: boolean;
  /** What can be seen in it, see `properties/chain-ledger/coverage.ts`. */
  readonly shows: readonly string[];
}
