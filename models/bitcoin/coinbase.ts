/** New money: the coinbase of a block with its height in it (BIP 34), what a block may create, and how much there can be. */
import { outOfRange } from './errors.js';
import { lastSequence, nowhere, type Output, type Transaction } from './transaction.js';

/** @public */
export interface Issue {
  /** What the first blocks may create. */
  readonly initial: bigint;
  /** Blocks until it is halved. */
  readonly interval: number;
}

/** @public */
export const bitcoinIssue: Issue = { initial: 50n * 100_000_000n, interval: 210_000 };

/** What the block at this height may create. @public */
export function subsidyAt(height: number, { initial, interval }: Issue): bigint {
  const halvings = Math.floor(height / interval);
  // A shift by 64 or more is not defined where this was first written.
  return halvings >= 64 ? 0n : initial >> BigInt(halvings);
}

/** What all blocks up to this height may have created, genesis included. @public */
export function supplyUpTo(height: number, issue: Issue): bigint {
  let supply = 0n;
  for (let from = 0; from <= height; from += issue.interval) {
    const blocks = Math.min(issue.interval, height - from + 1);
    const each = subsidyAt(from, issue);
    if (each === 0n) break;
    supply += each * BigInt(blocks);
  }
  return supply;
}

/** The height as the script of a coinbase must begin: a number on the stack, in as few bytes as it needs. @public */
export function heightScript(height: number): Uint8Array {
  if (!Number.isInteger(height) || height < 0 || height > 0x7fff_ffff)
    throw outOfRange('a height', height, 'an integer below 2^31, not negative');
  if (height === 0) return Uint8Array.of(0x00);
  if (height <= 16) return Uint8Array.of(0x50 + height);
  const bytes: number[] = [];
  for (let rest = height; rest > 0; rest = Math.floor(rest / 256)) bytes.push(rest % 256);
  // The highest bit is a sign.
  if ((bytes.at(-1) as number) >= 0x80) bytes.push(0);
  return Uint8Array.of(bytes.length, ...bytes);
}

/** Whether the script of a coinbase begins with this height. @public */
export const claimsHeight = (coinbase: Transaction, height: number): boolean => {
  const script = coinbase.inputs[0]?.script ?? new Uint8Array(0);
  return heightScript(height).every((byte, at) => script[at] === byte);
};

/** @param script what it begins with, and whatever else makes it unique; 2 to 100 bytes @public */
export const coinbase = (script: Uint8Array, outputs: readonly Output[]): Transaction => ({
  version: 1,
  inputs: [{ ...nowhere, script, sequence: lastSequence }],
  outputs,
  lockTime: 0,
});
