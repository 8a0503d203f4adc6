/** One block on the outputs and off them again: what is wrong with it, what it leaves, and how it is undone. */
import { maxMoney, subsidyAt } from '../bitcoin/index.js';
import { type BlockId, hasData } from '../chain/index.js';
import type { Coin, CoinId, Ledger, LedgerBlock, Tx, TxId } from './ledger.js';
import type { Flaw, LedgerRules } from './rules.js';
import type { LedgerState, Spent, Utxo } from './state.js';

const txOf = ({ txs }: Ledger, id: TxId): Tx => txs[id] as Tx;
const valuesOf = ({ coins }: Ledger, ids: readonly CoinId[]): readonly bigint[] =>
  ids.map((id) => (coins[id] as Coin).value);

/** What is wrong with the form of a transaction, whatever it spends. @internal */
export function formFlaw(rules: LedgerRules, ledger: Ledger, id: TxId): Flaw | undefined {
  const { spends, creates } = txOf(ledger, id);
  const values = valuesOf(ledger, creates);
  const looks = (flaw: Flaw) => !rules.overlooks.includes(flaw);
  if (looks('range') && [...values, rules.sum(values)].some((value) => value < 0n || value > maxMoney)) return 'range';
  if (looks('repeated') && new Set(spends).size < spends.length) return 'repeated';
  return undefined;
}

/** What is wrong with a block as soon as it comes. @internal */
export function bodyFlaw(rules: LedgerRules, ledger: Ledger, id: BlockId): Flaw | undefined {
  const { txs, claimsHeight } = ledger.blocks[id] as LedgerBlock;
  if (ledger.bip34 && !claimsHeight && !rules.overlooks.includes('height')) return 'height';
  return txs.map((tx) => formFlaw(rules, ledger, tx)).find((flaw) => flaw !== undefined);
}

/**
 * What is wrong with a transaction of good form in a block of this height.
 * @param view the height of each output that it may spend
 * @internal
 */
export function spendFlaw(
  rules: LedgerRules,
  ledger: Ledger,
  view: (coin: CoinId) => number | null,
  height: number,
  id: TxId,
): Flaw | undefined {
  const tx = txOf(ledger, id);
  const looks = (flaw: Flaw) => !rules.overlooks.includes(flaw);
  const from = tx.spends.map(view);
  if (looks('missing') && from.includes(null)) return 'missing';
  const isYoung = (coin: CoinId, at: number) =>
    txOf(ledger, (ledger.coins[coin] as Coin).tx).isCoinbase &&
    from[at] !== 0 &&
    height - (from[at] ?? 0) < ledger.maturity;
  if (looks('immature') && tx.spends.some(isYoung)) return 'immature';
  const mustWait = tx.waits.some((wait, at) => height < (from[at] ?? 0) + wait);
  if (looks('not-final') && ((tx.lock > 0 && height <= tx.lock) || mustWait)) return 'not-final';
  const paid = rules.sum(valuesOf(ledger, tx.creates));
  if (looks('value') && rules.sum(valuesOf(ledger, tx.spends)) < paid) return 'value';
  if (looks('signature') && tx.signed.includes(false)) return 'signature';
  return undefined;
}

/** Where an output was created, as far as this node looks. */
const lookedUp =
  (rules: LedgerRules, ledger: Ledger, state: LedgerState, utxo: Utxo) =>
  (coin: CoinId): number | null => {
    const height = utxo[coin] ?? null;
    if (height !== null || rules.lookup === 'own chain') return height;
    const { tx } = ledger.coins[coin] as Coin;
    const holder = ledger.blocks.findIndex(({ txs }, id) => txs.includes(tx) && hasData(state, id));
    return holder < 0 ? null : (ledger.blocks[holder] as LedgerBlock).height;
  };

/** What a block leads to. @internal */
export type Attempt = { readonly flaw: Flaw } | { readonly utxo: Utxo; readonly undo: readonly Spent[] };

/** Tries to connect a block to the outputs as they are below it. @internal */
export function attempted(rules: LedgerRules, ledger: Ledger, state: LedgerState, id: BlockId): Attempt {
  const { txs, height } = ledger.blocks[id] as LedgerBlock;
  const undo: Spent[] = [];
  let utxo = state.utxo;
  let fees = 0n;
  for (const at of txs) {
    const tx = txOf(ledger, at);
    const isTwin = tx.creates.some((coin) => utxo[coin] !== null);
    if (isTwin && !rules.overlooks.includes('twin')) return { flaw: 'twin' };
    if (!tx.isCoinbase) {
      const flaw = spendFlaw(rules, ledger, lookedUp(rules, ledger, state, utxo), height, at);
      if (flaw !== undefined) return { flaw };
      fees += rules.fee(rules.sum(valuesOf(ledger, tx.spends)), rules.sum(valuesOf(ledger, tx.creates)));
      for (const coin of tx.spends) {
        const from = utxo[coin] ?? null;
        if (from !== null) undo.push([coin, from]);
        utxo = withCoin(utxo, coin, null);
      }
    }
    for (const coin of tx.creates) utxo = withCoin(utxo, coin, height);
  }
  const takes = rules.sum(valuesOf(ledger, txOf(ledger, txs[0] as TxId).creates));
  const isGreedy = takes > subsidyAt(height, ledger.issue) + fees;
  if (isGreedy && !rules.overlooks.includes('coinbase')) return { flaw: 'coinbase' };
  return { utxo, undo: rules.kept(undo) };
}

const withCoin = (utxo: Utxo, coin: CoinId, height: number | null): Utxo =>
  utxo.map((before, at) => (at === coin ? height : before));

/** The outputs below the tip. @internal */
export function undone(rules: LedgerRules, ledger: Ledger, state: LedgerState): Utxo {
  const { txs } = ledger.blocks[state.tip] as LedgerBlock;
  const created = txs.flatMap((tx) => txOf(ledger, tx).creates);
  const spent = state.undo[state.tip] ?? [];
  // What was created and spent in the same block was there neither before nor after it.
  const back = spent.filter(([coin]) => !created.includes(coin));
  return back.reduce(
    (utxo, [coin, height]) => withCoin(utxo, coin, height),
    rules.taken(ledger, state, state.utxo, created),
  );
}
