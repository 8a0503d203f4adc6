/**
 * A world as the machine sees it: small numbers for blocks, transactions and outputs. It is read off the bytes: ids are hashes,
 * a block belongs to its parent because it names it, an input is signed if the signature says so.
 */
import {
  blockId,
  claimsHeight,
  decodeBlock,
  decodeTransaction,
  encodeTransaction,
  isCoinbase,
  isGenuine,
  isSigned,
  limits,
  meetsTarget,
  type Output,
  showHash,
  type Transaction,
  toHex,
  transactionId,
  workOf,
} from '../bitcoin/index.js';
import type { BlockId, BlockTable } from '../chain/index.js';
import { type Forged, forge, type Known } from './forge.js';
import type { Owner, WorldSpec } from './spec.js';

/** Its place in the table: a transaction is after those whose outputs it spends. @public */
export type TxId = number;

/** One output of one transaction, by its place in the table. @public */
export type CoinId = number;

/** @public */
export interface Tx {
  readonly name: string;
  /** As people write it. */
  readonly id: string;
  readonly isCoinbase: boolean;
  readonly spends: readonly CoinId[];
  /** By input: whether its signature is that of the owner of what it spends, as far as cryptography can tell. */
  readonly signed: readonly boolean[];
  /** By input: who signed, as the world was written down. For claims, not for the machine. */
  readonly signers: readonly Owner[];
  readonly creates: readonly CoinId[];
  /** The last height at which it may not be in a block yet. */
  readonly lock: number;
  /** By input: blocks that must lie between what it spends and itself. */
  readonly waits: readonly number[];
}

/** @public */
export interface Coin {
  readonly tx: TxId;
  readonly owner: Owner | undefined;
  readonly value: bigint;
}

/** @public */
export interface LedgerBlock {
  readonly id: string;
  readonly height: number;
  /** The coinbase first. */
  readonly txs: readonly TxId[];
  readonly claimsHeight: boolean;
}

/** @public */
export interface Ledger extends Pick<WorldSpec, 'name' | 'doc' | 'maturity' | 'issue' | 'bip34' | 'shows'> {
  /** Every block in order as far as its form goes; what is wrong with the transactions is for the node to find out. */
  readonly tree: BlockTable;
  readonly blocks: readonly LedgerBlock[];
  readonly txs: readonly Tx[];
  readonly coins: readonly Coin[];
}

/** Makes the world, and reads it. @internal */
export const ledgerFrom = (spec: WorldSpec, known: Known): Ledger => readLedger(spec, forge(spec, known), known);

function readLedger(spec: WorldSpec, { blocks: bytes, loose, owners }: Forged, known: Known): Ledger {
  const blocks = bytes.map(decodeBlock);
  const named = loose.map(({ name, bytes: one, signers }) => ({ name, transaction: decodeTransaction(one), signers }));
  const coinbases = blocks.map(({ transactions }, at) => ({
    name: at === 0 ? 'genesis' : `coinbase ${at}`,
    transaction: transactions[0] as Transaction,
    signers: [],
  }));
  const all = [...coinbases, ...named];
  const ids: string[] = [];
  const distinct = all.filter(({ transaction }) => {
    const id = showHash(transactionId(transaction));
    return !ids.includes(id) && ids.push(id) > 0;
  });
  const outputs = distinct.flatMap(({ transaction }, tx) =>
    transaction.outputs.map((output, index) => ({ tx, index, output })),
  );
  const coinAt = (txid: Uint8Array, index: number) =>
    outputs.findIndex((coin) => ids[coin.tx] === showHash(txid) && coin.index === index);
  const outputAt = (txid: Uint8Array, index: number) => (outputs[coinAt(txid, index)] as { output: Output }).output;
  const txs = distinct.map(
    ({ name, transaction, signers }, tx): Tx => ({
      name,
      id: ids[tx] as string,
      isCoinbase: isCoinbase(transaction),
      signers,
      ...(isCoinbase(transaction)
        ? { spends: [], signed: [], waits: [], lock: 0 }
        : {
            spends: transaction.inputs.map(({ txid, index }) => coinAt(txid, index)),
            signed: transaction.inputs.map(({ txid, index }, at) =>
              verified(known, transaction, at, outputAt(txid, index).script),
            ),
            waits: transaction.inputs.map(({ sequence }) => waitOf(transaction, sequence)),
            lock: transaction.inputs.some(({ sequence }) => sequence !== 0xffff_ffff) ? transaction.lockTime : 0,
          }),
      creates: outputs.flatMap((coin, at) => (coin.tx === tx ? [at] : [])),
    }),
  );
  const blockIds = blocks.map(({ header }) => showHash(blockId(header)));
  const tree: BlockTable = blocks.map((block, at) => {
    const id = blockId(block.header);
    if (!isGenuine(block) || !meetsTarget(id, block.header.bits, limits.regtest))
      throw new Error(`block ${at} of ${spec.name} is not what its header says`);
    const parent = at === 0 ? 0 : blockIds.indexOf(showHash(block.header.previous));
    return { parent, work: at === 0 ? 0 : Number(workOf(block.header.bits) / 2n), kind: 'ok' };
  });
  const heightAt = (id: BlockId): number => (id === 0 ? 0 : heightAt(tree[id]?.parent as BlockId) + 1);
  return {
    name: spec.name,
    doc: spec.doc,
    maturity: spec.maturity,
    issue: spec.issue,
    bip34: spec.bip34,
    shows: spec.shows,
    tree,
    blocks: blocks.map(({ transactions }, at) => ({
      id: blockIds[at] as string,
      height: heightAt(at),
      txs: transactions.map((transaction) => ids.indexOf(showHash(transactionId(transaction)))),
      claimsHeight: claimsHeight(transactions[0] as Transaction, heightAt(at)),
    })),
    txs,
    coins: outputs.map(({ tx, output }) => ({ tx, owner: owners.get(output.script.join()), value: output.value })),
  };
}

function verified({ verified: seen }: Known, transaction: Transaction, at: number, spent: Uint8Array): boolean {
  const key = `${toHex(encodeTransaction(transaction))} ${at} ${toHex(spent)}`;
  const good = seen.get(key) ?? isSigned(transaction, at, spent);
  seen.set(key, good);
  return good;
}

/** Relative locks count blocks if neither of two bits says otherwise (BIP 68). */
function waitOf({ version }: Transaction, sequence: number): number {
  const isLock = version >= 2 && sequence < 2 ** 31 && (sequence & (1 << 22)) === 0;
  return isLock ? sequence & 0xffff : 0;
}

/** Transactions that may be sent by themselves. @public */
export const looseTxs = ({ txs }: Ledger): readonly TxId[] => txs.flatMap((tx, id) => (tx.isCoinbase ? [] : [id]));
