/** Transactions that wait: what is taken in, and what becomes of them when the tip has moved. */
import { type BlockId, forkOf, pathTo } from '../chain/index.js';
import type { Coin, CoinId, Ledger, LedgerBlock, Tx, TxId } from './ledger.js';
import type { Flaw, LedgerRules } from './rules.js';
import { type LedgerState, noneSpent } from './state.js';
import { formFlaw, spendFlaw } from './utxo.js';

/** What may be held against a transaction that comes by itself. @public */
export type Objection = Flaw | 'known' | 'conflict';

const spendsOf = ({ txs }: Ledger, id: TxId): readonly CoinId[] => (txs[id] as Tx).spends;
const isWaiting = ({ pool }: Pick<LedgerState, 'pool'>, id: TxId): boolean => pool.some(({ tx }) => tx === id);
const heightOf = ({ blocks }: Ledger, id: BlockId): number => (blocks[id] as LedgerBlock).height;

/** The height of an output that can be spent: on the chain, or created in the pool and so in the next block at best. */
const viewOf =
  (ledger: Ledger, state: Pick<LedgerState, 'utxo' | 'pool'>, next: number) =>
  (coin: CoinId): number | null =>
    state.utxo[coin] ?? (isWaiting(state, (ledger.coins[coin] as Coin).tx) ? next : null);

/** Why a transaction is not taken into the pool; nothing if it is. @public */
export function objection(
  rules: LedgerRules,
  ledger: Ledger,
  state: LedgerState,
  id: TxId,
  next: number = heightOf(ledger, state.tip) + 1,
): Objection | undefined {
  if (isWaiting(state, id)) return 'known';
  if (spendsOf(ledger, id).some((coin) => state.spentBy[coin] !== null)) return 'conflict';
  return formFlaw(rules, ledger, id) ?? spendFlaw(rules, ledger, viewOf(ledger, state, next), next, id);
}

/** A transaction comes by itself. @public */
export const submitted = (rules: LedgerRules, ledger: Ledger, state: LedgerState, id: TxId): LedgerState =>
  objection(rules, ledger, state, id) === undefined ? withTx(ledger, state, id) : state;

function withTx(ledger: Ledger, state: LedgerState, id: TxId, ripe = ripeAt(ledger, state, id)): LedgerState {
  const pool = [...state.pool, { tx: id, ripe }].sort((a, b) => a.tx - b.tx);
  const spends = spendsOf(ledger, id);
  return { ...state, pool, spentBy: state.spentBy.map((by, coin) => (spends.includes(coin) ? id : by)) };
}

function ripeAt(ledger: Ledger, state: LedgerState, id: TxId): number {
  const next = heightOf(ledger, state.tip) + 1;
  const { spends, waits } = ledger.txs[id] as Tx;
  return Math.max(
    0,
    ...waits.map((wait, at) => (wait === 0 ? 0 : (viewOf(ledger, state, next)(spends[at] as CoinId) ?? 0) + wait)),
  );
}

/** Without a transaction and, if it is gone for good, without what depends on it. */
function without(rules: LedgerRules, ledger: Ledger, state: LedgerState, id: TxId, isConfirmed: boolean): LedgerState {
  if (!isWaiting(state, id)) return state;
  const pool = state.pool.filter(({ tx }) => tx !== id);
  const spentBy = rules.clearsIndex ? state.spentBy.map((by) => (by === id ? null : by)) : state.spentBy;
  const after: LedgerState = { ...state, pool, spentBy };
  if (isConfirmed || !rules.dropsDescendants) return after;
  const children = pool.filter(({ tx }) => spendsOf(ledger, tx).some((coin) => (ledger.coins[coin] as Coin).tx === id));
  return children.reduce<LedgerState>((so, { tx }) => without(rules, ledger, so, tx, false), after);
}

/** A block has been connected: its transactions have what they waited for, those that spend the same never will. */
function confirmed(rules: LedgerRules, ledger: Ledger, state: LedgerState, block: BlockId): LedgerState {
  const { txs } = ledger.blocks[block] as LedgerBlock;
  const spent = txs.flatMap((tx) => spendsOf(ledger, tx));
  const mined = txs.reduce<LedgerState>((so, tx) => without(rules, ledger, so, tx, true), state);
  if (!rules.dropsConflicts) return mined;
  const losers = mined.pool.filter(({ tx }) => spendsOf(ledger, tx).some((coin) => spent.includes(coin)));
  return losers.reduce<LedgerState>((so, { tx }) => without(rules, ledger, so, tx, false), mined);
}

/**
 * The node is at rest again. What the blocks that are new on its chain hold leaves the pool, with what conflicts with it. If
 * blocks were disconnected, what is left is looked at anew, and what was in them comes back, if it is still in order.
 * @internal
 */
export function poolAtRest(rules: LedgerRules, ledger: Ledger, state: LedgerState): LedgerState {
  const { rest, tip, limbo } = state;
  if (rest === tip && limbo.length === 0) return state;
  const fork = forkOf(ledger.tree, rest, tip);
  const left = pathTo(ledger.tree, fork, tip).reduce((so, block) => confirmed(rules, ledger, so, block), state);
  const isStraight = fork === rest && limbo.length === 0;
  return { ...(isStraight ? left : readmitted(rules, ledger, left)), limbo: [], rest: tip };
}

function readmitted(rules: LedgerRules, ledger: Ledger, state: LedgerState): LedgerState {
  const members = state.pool;
  const stale = rules.clearsIndex
    ? noneSpent(ledger)
    : state.spentBy.map((by) => (members.some(({ tx }) => tx === by) ? null : by));
  let now: LedgerState = { ...state, pool: [], spentBy: stale };
  const next = heightOf(ledger, state.tip) + 1;
  const before = heightOf(ledger, state.rest) + 1;
  const staying = members.map(({ tx, ripe }) => ({ tx, ripe, isMember: true }));
  const coming = state.limbo.map((tx) => ({ tx, ripe: 0, isMember: false }));
  const queue = rules.poolFirst ? [...staying, ...coming] : [...coming, ...staying];
  // Who depends on somebody that comes later gets another turn.
  for (let size = -1; size < now.pool.length; ) {
    size = now.pool.length;
    for (const { tx, ripe, isMember } of queue) {
      const judge = isMember ? { ...rules, overlooks: [...rules.overlooks, ...rules.overlooksInPool] } : rules;
      const height = isMember || rules.readmission === 'new tip' ? next : before;
      const isCached = isMember && !rules.locksAgain;
      const against = isCached
        ? (objection({ ...judge, overlooks: [...judge.overlooks, 'not-final'] }, ledger, now, tx, height) ??
          (ripe > next ? 'not-final' : undefined))
        : objection(judge, ledger, now, tx, height);
      if (against === undefined) now = withTx(ledger, now, tx, isCached ? ripe : undefined);
    }
  }
  return now;
}
