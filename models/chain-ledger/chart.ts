/** A picture of a node with a ledger: its block tree, what can be spent at its tip, what waits, and what is on disk if it is behind. */
import type { Frame } from '../../src/kernel/index.js';
import { film, legend, marksOf, treeLines } from '../chain/index.js';
import type { Coin, CoinId, Ledger, Tx } from './ledger.js';
import type { LedgerContext } from './machine.js';
import { ledgerOf } from './worlds.js';

/** @public */
export const ledgerChart = (frames: readonly Frame[]): readonly string[] => [
  `     ${legend}`,
  ...film(frames, ({ picture }) => {
    const node = picture.peers.find(({ status }) => status === 'up')?.context as LedgerContext | undefined;
    return node === undefined ? ['down'] : drawn(node, ledgerOf(node.world));
  }),
];

const drawn = (node: LedgerContext, ledger: Ledger): readonly string[] => {
  const parents = ledger.tree.map(({ parent }) => parent);
  return [
    ...treeLines({ parents, marks: marksOf(ledger.tree, node), tip: node.tip }),
    ...inWords(node).map((line) => `  ${line}`),
  ];
};

/** What can be spent, what waits, what is to come back, what is on disk if that is behind. @internal */
export function inWords(node: LedgerContext): readonly string[] {
  const ledger = ledgerOf(node.world);
  return [
    `spendable: ${listed(node.utxo.flatMap((height, coin) => (height === null ? [] : [coinName(ledger, coin)])))}`,
    ...(node.pool.length > 0 ? [`waiting: ${listed(node.pool.map(({ tx }) => nameOf(ledger, tx)))}`] : []),
    ...(node.limbo.length > 0 ? [`to come back: ${listed(node.limbo.map((tx) => nameOf(ledger, tx)))}`] : []),
    ...(node.flushed === node.tip ? [] : [`on disk: block ${node.flushed}`]),
  ];
}

const nameOf = ({ txs }: Ledger, tx: number): string => (txs[tx] as Tx).name;

/** Such as `T:0`, or `T` of a transaction with one output. */
function coinName(ledger: Ledger, coin: CoinId): string {
  const { tx } = ledger.coins[coin] as Coin;
  const { name, creates } = ledger.txs[tx] as Tx;
  return creates.length === 1 ? name : `${name}:${creates.indexOf(coin)}`;
}

const listed = (names: readonly string[]): string => (names.length === 0 ? 'nothing' : names.join(', '));
