/** Transactions as they are sent and hashed, in the form from before witnesses. */
import { concatBytes } from '@noble/hashes/utils.js';
import { compactSize, doubleSha256, littleEndian, Reader } from './bytes.js';
import { FormatError, outOfRange } from './errors.js';

/** One output of an earlier transaction. @public */
export interface Outpoint {
  readonly txid: Uint8Array;
  readonly index: number;
}

/** @public */
export interface Input extends Outpoint {
  /** What unlocks the output: a signature; in a coinbase anything. */
  readonly script: Uint8Array;
  readonly sequence: number;
}

/** @public */
export interface Output {
  /** In the smallest unit, 100,000,000 of which are one bitcoin. */
  readonly value: bigint;
  /** Who may spend it. */
  readonly script: Uint8Array;
}

/** @public */
export interface Transaction {
  readonly version: number;
  readonly inputs: readonly Input[];
  readonly outputs: readonly Output[];
  /** The last block height, or time, at which it may not be in a block yet. */
  readonly lockTime: number;
}

/** All the money there can ever be; no output may have more. @public */
export const maxMoney = 21_000_000n * 100_000_000n;

/** @public */
export const lastSequence = 0xffff_ffff;

/** @public */
export function encodeTransaction({ version, inputs, outputs, lockTime }: Transaction): Uint8Array {
  if (version < -(2 ** 31) || version >= 2 ** 31) throw outOfRange('version', version, 'a signed number of 4 bytes');
  return concatBytes(
    littleEndian('version', version >>> 0, 4),
    compactSize(inputs.length),
    ...inputs.map(({ txid, index, script, sequence }) =>
      concatBytes(
        txid,
        littleEndian('index', index, 4),
        compactSize(script.length),
        script,
        littleEndian('sequence', sequence, 4),
      ),
    ),
    compactSize(outputs.length),
    ...outputs.map(({ value, script }) =>
      concatBytes(littleEndian('value', BigInt.asUintN(64, value), 8), compactSize(script.length), script),
    ),
    littleEndian('lockTime', lockTime, 4),
  );
}

/** @throws FormatError @public */
export function decodeTransaction(bytes: Uint8Array): Transaction {
  const reader = new Reader(bytes, 'the transaction');
  const transaction = readTransaction(reader);
  reader.end();
  return transaction;
}

/** Values are signed, as in Bitcoin: one that is negative is well-formed here, and refused by whoever checks it. @internal */
export function readTransaction(reader: Reader): Transaction {
  const version = reader.signed(4, 'version');
  const inputs = times(reader.count(41, 'the number of inputs'), (at): Input => {
    const txid = reader.take(32, `input ${at}`);
    const index = reader.number(4, `input ${at}`);
    const script = reader.take(reader.count(1, `the script of input ${at}`), `the script of input ${at}`);
    return { txid, index, script, sequence: reader.number(4, `input ${at}`) };
  });
  if (inputs.length === 0)
    throw new FormatError('UNSUPPORTED', 'there are no inputs, or there are witnesses', {
      where: reader.place('the number of inputs'),
      expected: 'a transaction without witnesses',
      hint: 'strip the witnesses: they are no part of the id',
    });
  const outputs = times(reader.count(9, 'the number of outputs'), (at): Output => {
    const value = BigInt.asIntN(64, reader.big(8, `output ${at}`));
    return { value, script: reader.take(reader.count(1, `the script of output ${at}`), `the script of output ${at}`) };
  });
  return { version, inputs, outputs, lockTime: reader.number(4, 'lockTime') };
}

const times = <T>(count: number, make: (at: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, at) => make(at));

/** @public */
export const transactionId = (transaction: Transaction): Uint8Array => doubleSha256(encodeTransaction(transaction));

/** The outpoint that is none. @public */
export const nowhere: Outpoint = { txid: new Uint8Array(32), index: 0xffff_ffff };

/** Whether it spends nothing, and is paid for the block itself. @public */
export const isCoinbase = ({ inputs }: Transaction): boolean =>
  inputs.length === 1 && inputs[0]?.index === nowhere.index && inputs[0].txid.every((byte) => byte === 0);
