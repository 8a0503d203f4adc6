/** What is written is read back, what is not a format is refused with a code, and a locator always meets the other chain. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  bitsOf,
  blockId,
  decodeBlock,
  decodeHeader,
  decodeTransaction,
  encodeBlock,
  encodeHeader,
  encodeTransaction,
  FormatError,
  fromHex,
  isGenuine,
  isSigned,
  locatorHeights,
  merkleRoot,
  mine,
  payTo,
  publicKeyOf,
  readHash,
  retargeted,
  showHash,
  signed,
  targetOf,
  transactionId,
  workOf,
} from '../../../models/bitcoin/index.js';

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const uint32 = fc.integer({ min: 0, max: 0xffff_ffff });
const header = fc.record({
  version: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  previous: bytes(32),
  merkleRoot: bytes(32),
  time: uint32,
  bits: uint32,
  nonce: uint32,
});
const script = fc.oneof(fc.uint8Array({ maxLength: 80 }), fc.uint8Array({ minLength: 250, maxLength: 260 }));
const transaction = fc.record({
  version: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  inputs: fc.array(fc.record({ txid: bytes(32), index: uint32, script, sequence: uint32 }), {
    minLength: 1,
    maxLength: 4,
  }),
  outputs: fc.array(fc.record({ value: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), script }), {
    minLength: 1,
    maxLength: 4,
  }),
  lockTime: uint32,
});
const block = fc.record({ header, transactions: fc.array(transaction, { minLength: 1, maxLength: 3 }) });

/** The code of the one error that may be thrown. */
function codeOf(read: () => unknown): string | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    expect([error.where, error.expected, error.hint].every((text) => text.length > 0)).toBe(true);
    return error.code;
  }
}

test('headers, transactions and blocks are read as they were written', () => {
  fc.assert(
    fc.property(header, transaction, block, (one, paying, whole) => {
      expect(decodeHeader(encodeHeader(one))).toEqual(one);
      expect(decodeTransaction(encodeTransaction(paying))).toEqual(paying);
      expect(decodeBlock(encodeBlock(whole))).toEqual(whole);
    }),
  );
});

test('whatever bytes come, they are read and written back as they were, or refused with a code', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (any) => {
      codeOf(() => expect(encodeHeader(decodeHeader(any))).toEqual(any));
      codeOf(() => expect(encodeTransaction(decodeTransaction(any))).toEqual(any));
      codeOf(() => expect(encodeBlock(decodeBlock(any))).toEqual(any));
    }),
    { numRuns: 500 },
  );
});

test('a transaction with one byte changed, cut or added is another one or is refused', () => {
  fc.assert(
    fc.property(transaction, fc.nat(), fc.integer({ min: 1, max: 255 }), (whole, place, flip) => {
      const good = encodeTransaction(whole);
      const at = place % good.length;
      const changed = good.slice();
      changed[at] = (good[at] as number) ^ flip;
      codeOf(() => expect(transactionId(decodeTransaction(changed))).not.toEqual(transactionId(whole)));
      expect(codeOf(() => decodeTransaction(good.slice(0, at)))).toBeDefined();
      expect(codeOf(() => decodeTransaction(Uint8Array.of(...good, 0)))).toBe('TRAILING_BYTES');
    }),
  );
});

test('a count that the bytes cannot hold is refused before anything is made of it', () => {
  const huge = fromHex('01000000ffffffffffffffffff');
  expect(codeOf(() => decodeTransaction(huge))).toBe('TOO_LARGE');
  expect(codeOf(() => decodeTransaction(fromHex('01000000fd0100')))).toBe('NOT_CANONICAL');
  expect(codeOf(() => decodeTransaction(new Uint8Array(1_000_001)))).toBe('TOO_LARGE');
  expect(codeOf(() => decodeTransaction(fromHex('0100000000010000000000')))).toBe('UNSUPPORTED');
});

test('texts that are not hexadecimal are refused', () => {
  expect(codeOf(() => fromHex('abc'))).toBe('BAD_HEX');
  expect(codeOf(() => readHash('00'))).toBe('BAD_HEX');
  fc.assert(fc.property(bytes(32), (hash) => void expect(readHash(showHash(hash))).toEqual(hash)));
});

test('a compact target is read as it was written, and cuts off only what does not fit', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 2n ** 256n - 1n }), (target) => {
      const read = targetOf(bitsOf(target));
      expect(read <= target && (target - read) << 15n <= target).toBe(true);
      expect(bitsOf(read)).toBe(bitsOf(target));
    }),
  );
});

test('a compact number is a target, or no hash meets it; more work, lower target', () => {
  fc.assert(
    fc.property(uint32, uint32, (a, b) => {
      const code = codeOf(() => targetOf(a) <= targetOf(b) && expect(workOf(a) >= workOf(b)).toBe(true));
      expect([undefined, 'BAD_TARGET']).toContain(code);
    }),
  );
});

test('a retarget moves by the clamp at most, and never above the limit', () => {
  const rule = { interval: 4, timespan: 400, clamp: 2, limit: 0x207fffff };
  fc.assert(
    fc.property(fc.bigInt({ min: 1n << 40n, max: (1n << 255n) - 1n }), uint32, uint32, (target, first, last) => {
      const bits = bitsOf(target);
      const next = targetOf(retargeted(bits, first, last, rule));
      expect(next <= targetOf(rule.limit)).toBe(true);
      expect(next <= targetOf(bits) * 2n && next * 3n >= targetOf(bits)).toBe(true);
    }),
  );
});

test('a list of different transactions is never taken for a mutated one; a row that repeats its end is', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: 20 }), (numbers) => {
      const leaves = numbers.map((n) => new Uint8Array(32).fill(n));
      const { root, isMutated } = merkleRoot(leaves);
      expect(isMutated).toBe(false);
      if (leaves.length % 2 === 0 || leaves.length === 1) return;
      expect(merkleRoot([...leaves, leaves.at(-1) as Uint8Array])).toEqual({ root, isMutated: true });
    }),
  );
});

test('a block is genuine only with the transactions that its header commits to', () => {
  fc.assert(
    fc.property(header, fc.array(transaction, { minLength: 3, maxLength: 3 }), (top, transactions) => {
      const { root } = merkleRoot(transactions.map(transactionId));
      const whole = { header: { ...top, merkleRoot: root }, transactions };
      expect(isGenuine(whole)).toBe(true);
      const twice = { ...whole, transactions: [...transactions, transactions[2] as (typeof transactions)[0]] };
      expect(isGenuine(twice)).toBe(false);
      expect(blockId(twice.header)).toEqual(blockId(whole.header));
      expect(isGenuine({ ...whole, transactions: transactions.slice(1) })).toBe(false);
      expect(isGenuine({ ...whole, transactions: [] })).toBe(false);
    }),
    { numRuns: 30 },
  );
});

test('who has the key can sign, and the signature is good for this input of this transaction only', () => {
  const secret = new Uint8Array(32).fill(7);
  const mine = payTo(publicKeyOf(secret));
  const other = payTo(publicKeyOf(new Uint8Array(32).fill(8)));
  fc.assert(
    fc.property(transaction, fc.nat(), (paying, place) => {
      const at = place % paying.inputs.length;
      const unlocked = signed(paying, at, mine, secret);
      const inputs = paying.inputs.map((input, i) => (i === at ? { ...input, script: unlocked } : input));
      const whole = { ...paying, inputs };
      expect([isSigned(whole, at, mine), isSigned(whole, at, other)]).toEqual([true, false]);
      expect(isSigned({ ...whole, lockTime: whole.lockTime ^ 1 }, at, mine)).toBe(false);
    }),
    { numRuns: 20 },
  );
});

test('whatever stands where a signature should be, nothing is thrown', () => {
  fc.assert(
    fc.property(transaction, fc.uint8Array({ maxLength: 80 }), (paying, spent) => {
      expect(isSigned(paying, 0, spent)).toBe(false);
    }),
  );
});

test('mining ends with a header that is as good as asked', () => {
  fc.assert(
    fc.property(header, (top) => {
      const mined = mine({ ...top, nonce: 0 }, (id) => (id[31] as number) < 64);
      expect((blockId(mined)[31] as number) < 64).toBe(true);
    }),
    { numRuns: 30 },
  );
  expect(codeOf(() => mine({ ...decodeHeader(new Uint8Array(80)), nonce: 0xffff_fffe }, () => false))).toBe(
    'OUT_OF_RANGE',
  );
});

test('whatever two chains have in common, a locator names a block of it that is not far below', () => {
  fc.assert(
    fc.property(fc.nat(20_000), fc.nat(20_000), (tip, below) => {
      const fork = Math.max(0, tip - below);
      const met = locatorHeights(tip).find((height) => height <= fork) as number;
      const depth = tip - fork;
      expect(fork - met).toBeLessThanOrEqual(Math.max(0, depth));
    }),
  );
});
