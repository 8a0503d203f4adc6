/** The concrete form of a world: real keys, signatures, transactions, Merkle roots and headers whose hashes meet their targets. */
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import {
  blockId,
  coinbase,
  encodeBlock,
  encodeTransaction,
  type FullBlock,
  type Header,
  heightScript,
  lastSequence,
  limits,
  meetsTarget,
  merkleRoot,
  mine,
  type Output,
  payTo,
  publicKeyOf,
  signed,
  subsidyAt,
  type Transaction,
  transactionId,
} from '../bitcoin/index.js';
import type { BlockSpec, CoinName, Owner, TxSpec, WorldSpec } from './spec.js';

/** A world as bytes, and which names belong to which. @internal */
export interface Forged {
  /** Genesis first. */
  readonly blocks: readonly Uint8Array[];
  /** Those that may come by themselves. */
  readonly loose: readonly { readonly name: string; readonly bytes: Uint8Array; readonly signers: readonly Owner[] }[];
  /** By the script that pays them. */
  readonly owners: ReadonlyMap<string, Owner>;
}

/** Targets for which a block counts 2, 4 or 6 hashes: work 1, 2 and 3 of the model, in twos. @internal */
export const bitsFor: { readonly [work: number]: number } = {
  1: 0x207fffff,
  2: 0x203fffff,
  3: 0x202aaaaa,
  4: 0x201fffff,
};

const secretOf = (owner: Owner): Uint8Array => sha256(utf8ToBytes(`the key of ${owner}`));

/** Keys and transactions are the same in many worlds; to sign each once, and to verify each once, is enough. @internal */
export interface Known {
  readonly scripts: Map<Owner, Uint8Array>;
  readonly signatures: Map<string, Uint8Array>;
  /** By the bytes of the transaction, the input, and the script that it must satisfy. */
  readonly verified: Map<string, boolean>;
}

/** @internal */
export const nothingKnown = (): Known => ({ scripts: new Map(), signatures: new Map(), verified: new Map() });

/** @internal */
export function forge(spec: WorldSpec, known: Known): Forged {
  const owners = new Map<string, Owner>();
  const scriptOf = (owner: Owner): Uint8Array => {
    const script = known.scripts.get(owner) ?? payTo(publicKeyOf(secretOf(owner)));
    known.scripts.set(owner, script);
    owners.set(script.join(), owner);
    return script;
  };
  const output = ([owner, value]: readonly [Owner, bigint]): Output => ({ value, script: scriptOf(owner) });

  const transactions = new Map<string, Transaction>();
  const heights = [0];
  transactions.set('genesis', coinbase(Uint8Array.of(0, 0), spec.genesis.map(output)));
  spec.blocks.forEach((block, at) => {
    const height = (heights[block.parent] as number) + 1;
    heights.push(height);
    const takes = block.takes ?? subsidyAt(height, spec.issue);
    const script = block.plain ? Uint8Array.of(0, 0) : concatBytes(heightScript(height), Uint8Array.of(1, at + 1));
    transactions.set(`coinbase ${at + 1}`, coinbase(script, [output(['miner', takes])]));
  });
  const loose = Object.entries(spec.txs).map(([name, tx]) => {
    const spent = tx.spends.map((coin) => coinOf(transactions, coin));
    const signers = spent.map(({ script }) => tx.signer ?? (owners.get(script.join()) as Owner));
    const whole = signedBy(unsigned(tx, spent, output), spent, signers, known);
    transactions.set(name, whole);
    return { name, bytes: encodeTransaction(whole), signers };
  });
  return { blocks: blocksOf(spec, heights, transactions), loose, owners };
}

interface Spent {
  readonly txid: Uint8Array;
  readonly index: number;
  readonly script: Uint8Array;
}

function coinOf(transactions: ReadonlyMap<string, Transaction>, coin: CoinName): Spent {
  const [name = '', index = ''] = coin.split(':');
  const transaction = transactions.get(name);
  const output = transaction?.outputs[Number(index)];
  if (transaction === undefined || output === undefined)
    throw new Error(`${coin} is no output before this transaction`);
  return { txid: transactionId(transaction), index: Number(index), script: output.script };
}

const unsigned = (
  { pays, lock, wait }: TxSpec,
  spent: readonly Spent[],
  output: (paid: TxSpec['pays'][number]) => Output,
): Transaction => ({
  version: 2,
  inputs: spent.map(({ txid, index }) => ({
    txid,
    index,
    script: new Uint8Array(0),
    // Only with a sequence below the last one does a lock count, and only below 2^31 does it say how long to wait (BIP 68).
    sequence: wait ?? (lock === undefined ? lastSequence : lastSequence - 1),
  })),
  outputs: pays.map(output),
  lockTime: lock ?? 0,
});

function signedBy(
  transaction: Transaction,
  spent: readonly Spent[],
  signers: readonly Owner[],
  known: Known,
): Transaction {
  const id = transactionId(transaction).join();
  const inputs = transaction.inputs.map((input, at) => {
    const signer = signers[at] as Owner;
    const key = `${id} ${at} ${signer}`;
    const script = known.signatures.get(key) ?? signed(transaction, at, (spent[at] as Spent).script, secretOf(signer));
    known.signatures.set(key, script);
    return { ...input, script };
  });
  return { ...transaction, inputs };
}

function blocksOf(
  spec: WorldSpec,
  heights: readonly number[],
  transactions: ReadonlyMap<string, Transaction>,
): readonly Uint8Array[] {
  const ids: Uint8Array[] = [];
  const named = (name: string) => transactions.get(name) as Transaction;
  const built = (names: readonly string[], previous: Uint8Array, height: number, work: number): Uint8Array => {
    const whole = mined(names.map(named), previous, height, work);
    ids.push(blockId(whole.header));
    return encodeBlock(whole);
  };
  const genesis = built(['genesis'], new Uint8Array(32), 0, 1);
  const others = spec.blocks.map(({ parent, work = 1, txs = [] }: BlockSpec, at) =>
    built([`coinbase ${at + 1}`, ...txs], ids[parent] as Uint8Array, heights[at + 1] as number, work),
  );
  return [genesis, ...others];
}

function mined(transactions: readonly Transaction[], previous: Uint8Array, height: number, work: number): FullBlock {
  const { root } = merkleRoot(transactions.map(transactionId));
  const header: Header = {
    version: 4,
    previous,
    merkleRoot: root,
    time: 1_231_006_505 + 600 * height,
    bits: bitsFor[work] as number,
    nonce: 0,
  };
  return { header: mine(header, (id) => meetsTarget(id, header.bits, limits.regtest)), transactions };
}
