/**
 * What the ledger ought to be, worked out from genesis each time with maps and sets: it goes through a chain as a reader of the
 * rules would, and shares nothing with the node. Who signed is taken from how the world was written down, not from signatures.
 */
import type { BlockId } from '../../models/chain/index.js';
import type { Ledger, TxId } from '../../models/chain-ledger/index.js';

/** A chain, gone through block by block. @internal */
export interface History {
  /** What is wrong with its last block; `ancestor` if only with one below it. */
  readonly flaw: string | undefined;
  readonly height: number;
  /** What can be spent at its end, with the height at which it came to be. */
  readonly unspent: ReadonlyMap<number, number>;
  /** Whether anything on it is spent twice, or before it exists. */
  readonly isSpentTwice: boolean;
  readonly isSpentEarly: boolean;
  /** Whether anybody but the owner signed for something on it. */
  readonly isForged: boolean;
  /** What all blocks on it may have created, genesis included. */
  readonly due: bigint;
  readonly work: number;
  readonly txs: readonly TxId[];
}

const allMoney = 2_100_000_000_000_000n;

const histories = new WeakMap<Ledger, Map<BlockId, History>>();

/** The chain from genesis to this block. A chain does not change, so it is gone through once. @internal */
export function historyOf(ledger: Ledger, block: BlockId): History {
  const known = histories.get(ledger) ?? new Map<BlockId, History>();
  histories.set(ledger, known);
  const before = known.get(block);
  if (before !== undefined) return before;
  const history = recount(ledger, block);
  known.set(block, history);
  return history;
}

function recount(ledger: Ledger, last: BlockId): History {
  const line = [last];
  while (line[0] !== 0) line.unshift(ledger.tree[line[0] as number]?.parent as number);
  const unspent = new Map<number, number>();
  const spent = new Set<number>();
  const created = new Set<number>();
  const txs: TxId[] = [];
  const flaws: (string | undefined)[] = [];
  let [isSpentTwice, isSpentEarly, isForged] = [false, false, false];
  let [due, work] = [0n, 0];
  line.forEach((block, height) => {
    const found: string[] = [];
    let [into, out] = [0n, 0n];
    ledger.blocks[block]?.txs.forEach((id, place) => {
      const tx = txAt(ledger, id);
      if (height > 0) found.push(...flawsOf(ledger, unspent, height, id));
      for (const coin of tx.spends) {
        if (place > 0) into += worthOf(ledger, coin);
        if (spent.has(coin)) isSpentTwice = true;
        if (!created.has(coin)) isSpentEarly = true;
        spent.add(coin);
        unspent.delete(coin);
      }
      if (tx.signers.some((signer, at) => signer !== ledger.coins[tx.spends[at] as number]?.owner)) isForged = true;
      for (const coin of tx.creates) {
        if (unspent.has(coin)) found.push('twin');
        if (place > 0) out += worthOf(ledger, coin);
        // The same output once more can be spent once more.
        spent.delete(coin);
        created.add(coin);
        unspent.set(coin, height);
      }
      txs.push(id);
    });
    const taken = total(ledger, txAt(ledger, ledger.blocks[block]?.txs[0] as number).creates);
    due += height === 0 ? taken : subsidy(ledger, height);
    work += ledger.tree[block]?.work as number;
    if (height > 0 && taken > subsidy(ledger, height) + into - out) found.push('coinbase');
    if (height > 0 && ledger.bip34 && !ledger.blocks[block]?.claimsHeight) found.unshift('height');
    flaws.push(found[0]);
  });
  const isBad = flaws.slice(0, -1).some((flaw) => flaw !== undefined);
  const flaw = isBad ? 'ancestor' : flaws.at(-1);
  return { flaw, height: line.length - 1, unspent, isSpentTwice, isSpentEarly, isForged, due, work, txs };
}

const txAt = (ledger: Ledger, id: TxId) => ledger.txs[id] as Ledger['txs'][number];
const worthOf = (ledger: Ledger, coin: number): bigint => ledger.coins[coin]?.value ?? 0n;

function total(ledger: Ledger, coins: Iterable<number>): bigint {
  let sum = 0n;
  for (const coin of coins) sum += worthOf(ledger, coin);
  return sum;
}

function subsidy({ issue: { initial, interval } }: Ledger, height: number): bigint {
  let due = initial;
  for (let at = interval; at <= height; at += interval) due /= 2n;
  return due;
}

/** All that is wrong with a transaction in a block of this height, given what can be spent before it. */
function flawsOf(ledger: Ledger, unspent: ReadonlyMap<number, number>, height: number, id: TxId): readonly string[] {
  const tx = txAt(ledger, id);
  const out = total(ledger, tx.creates);
  const flaws: string[] = [];
  if (out > allMoney || tx.creates.some((coin) => worthOf(ledger, coin) > allMoney)) flaws.push('range');
  if (tx.spends.some((coin, at) => tx.spends.indexOf(coin) !== at)) flaws.push('repeated');
  tx.spends.forEach((coin, at) => {
    const since = unspent.get(coin);
    const from = txAt(ledger, ledger.coins[coin]?.tx as number);
    if (since === undefined) flaws.push('missing');
    else if (from.isCoinbase && since > 0 && since + ledger.maturity > height) flaws.push('immature');
    else if (since + (tx.waits[at] as number) > height) flaws.push('not-final');
    else if (tx.signers[at] !== ledger.coins[coin]?.owner) flaws.push('signature');
  });
  if (tx.lock > 0 && tx.lock >= height) flaws.push('not-final');
  if (!tx.isCoinbase && total(ledger, tx.spends) < out) flaws.push('value');
  return flaws;
}

/** What is wrong with a transaction in the block after this one, after others that wait for it, too. @internal */
export function flawAfter(ledger: Ledger, tip: BlockId, others: readonly TxId[], id: TxId): string | undefined {
  const { height, unspent, txs } = historyOf(ledger, tip);
  if (txs.includes(id)) return 'known';
  const view = new Map(unspent);
  for (const other of others) {
    for (const coin of txAt(ledger, other).spends) view.delete(coin);
    for (const coin of txAt(ledger, other).creates) view.set(coin, height + 1);
  }
  return flawsOf(ledger, view, height + 1, id)[0];
}
