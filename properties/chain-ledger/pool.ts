/** The transactions that wait: all could be in the next block together, and those of blocks that were left are among them. */
import { forkOf, isAncestor, pathTo } from '../../models/chain/index.js';
import { type LedgerView, paymentsIn, type TxId } from '../../models/chain-ledger/index.js';
import { type LedgerProperty, lawAtRest, lawOfArrival } from './claimed.js';
import { flawAfter } from './reference.js';

const waiting = ({ pool }: LedgerView): readonly TxId[] => pool.map(({ tx }) => tx);

/** @public */
export const connectable: LedgerProperty = lawAtRest(
  'P9',
  'at rest all that waits could be in the next block, in order of dependence, and none of it is on the chain',
  (view) => {
    const all = waiting(view);
    return all.every((tx, at) => flawAfter(view.ledger, view.tip, all.slice(0, at), tx) === undefined);
  },
);

/** @public */
export const indexed: LedgerProperty = lawAtRest(
  'P9i',
  'at rest the index of what the pool spends says so of each output',
  (view) =>
    view.spentBy.every((by, coin) => {
      const spenders = waiting(view).filter((tx) => view.ledger.txs[tx]?.spends.includes(coin));
      return by === null ? spenders.length === 0 : spenders.length === 1 && spenders[0] === by;
    }),
);

/** @public */
export const comesBack: LedgerProperty = lawOfArrival(
  'P9r',
  'what was in blocks that have been left and could be in the next one waits for it',
  (before, after) => {
    const all = waiting(after);
    return leftBehind(before, after).every(
      (tx) => all.includes(tx) || flawAfter(after.ledger, after.tip, all, tx) !== undefined,
    );
  },
);

/** Payments of the blocks between the fork and the tip when the node was at rest last. */
const leftBehind = ({ ledger, rest }: LedgerView, { tip }: LedgerView): readonly TxId[] =>
  isAncestor(ledger.tree, rest, tip)
    ? []
    : paymentsIn({ ledger }, pathTo(ledger.tree, forkOf(ledger.tree, rest, tip), rest));
