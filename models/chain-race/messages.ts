/** What is said, and what is done to whom. */
import type { Chain, Spend } from './blocks.js';

/** A chain that somebody has, from the first block to the tip. @public */
export type ChainMessage = { readonly type: 'chain'; readonly chain: Chain };

/** @public */
export type TxMessage = { readonly type: 'tx'; readonly spend: Spend };

/** @public */
export type RaceMessage = ChainMessage | TxMessage;

/** A block is found. @public */
export type Mine = { readonly type: 'mine' };

/** The adversary finds a block on any chain there is. @public */
export type MineSecretly = { readonly type: 'mine'; readonly on: Chain; readonly spend: Spend | null };

/** The adversary pays, and sends these miners the double spend instead. @public */
export type Pay = { readonly type: 'pay'; readonly doubled: readonly string[] };

/** The adversary shows somebody a chain. @public */
export type Release = { readonly type: 'release'; readonly chain: Chain; readonly to: string };
