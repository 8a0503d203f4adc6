/** The outputs that can be spent, in every state between two blocks: they are those of the chain, and nobody has made money. */
import { parentOf } from '../../models/chain/index.js';
import type { LedgerView, Utxo } from '../../models/chain-ledger/index.js';
import { type LedgerProperty, law } from './claimed.js';
import { historyOf } from './reference.js';

const agrees = ({ ledger }: LedgerView, utxo: Utxo, tip: number): boolean => {
  const { unspent } = historyOf(ledger, tip);
  return utxo.every((height, coin) => (unspent.get(coin) ?? null) === height);
};

/** @public */
export const outputsOfTheChain: LedgerProperty = law(
  'P6',
  'the outputs are those that all blocks from genesis to the tip leave',
  (view) => agrees(view, view.utxo, view.tip),
);

/** @public */
export const outputsOnDisk: LedgerProperty = law(
  'P6d',
  'the outputs on disk are those that all blocks up to the tip on disk leave',
  (view) => agrees(view, view.disk, view.flushed),
);

/** @public */
export const undoable: LedgerProperty = law(
  'P6u',
  'what is kept of each block on the chain gives back exactly the outputs that were there before it',
  (view) =>
    view.active.slice(1).every((id) => {
      const { ledger, undo } = view;
      const after = new Map(historyOf(ledger, id).unspent);
      const made = ledger.blocks[id]?.txs.flatMap((tx) => ledger.txs[tx]?.creates ?? []) ?? [];
      for (const [coin, height] of undo[id] ?? []) after.set(coin, height);
      for (const coin of made) after.delete(coin);
      return agrees(
        view,
        ledger.coins.map((_, coin) => after.get(coin) ?? null),
        parentOf(ledger.tree, id),
      );
    }),
);

/** @public */
export const spentOnce: LedgerProperty = law(
  'P7',
  'on the chain no output is spent twice, and none before it exists',
  ({ ledger, tip }) => !historyOf(ledger, tip).isSpentTwice && !historyOf(ledger, tip).isSpentEarly,
);

/** @public */
export const supplied: LedgerProperty = law(
  'P7s',
  'all that can be spent is no more than genesis had and the blocks on the chain may create',
  ({ ledger, utxo, tip }) =>
    utxo.reduce((sum, height, coin) => sum + (height === null ? 0n : (ledger.coins[coin]?.value ?? 0n)), 0n) <=
    historyOf(ledger, tip).due,
);

/** @public */
export const authentic: LedgerProperty = law(
  'P8',
  'nothing on the chain is spent but by its owner',
  ({ ledger, tip }) => !historyOf(ledger, tip).isForged,
);
