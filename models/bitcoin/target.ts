/** Proof of work: what a compact target means, how much work it stands for, and whether a hash is below it. */
import { toNumber } from './bytes.js';
import { FormatError, outOfRange } from './errors.js';

const bits256 = 1n << 256n;

/** The highest targets that a block may have. @public */
export const limits = {
  main: 0x1d00ffff,
  regtest: 0x207fffff,
} as const;

/**
 * A compact target: the first byte says how many bytes the number has, the other three are the first of these. The form is a
 * floating-point number with a sign, so that it can say things which are no target.
 * @throws FormatError BAD_TARGET
 * @public
 */
export function targetOf(bits: number): bigint {
  if (!Number.isInteger(bits) || bits < 0 || bits > 0xffff_ffff) throw outOfRange('a compact target', bits, '4 bytes');
  const size = bits >>> 24;
  const mantissa = BigInt(bits & 0x7fffff);
  const target = size <= 3 ? mantissa >> BigInt(8 * (3 - size)) : mantissa << BigInt(8 * (size - 3));
  if (target === 0n) throw badTarget(bits, 'is zero');
  if ((bits & 0x800000) !== 0) throw badTarget(bits, 'is negative');
  if (target >= bits256) throw badTarget(bits, 'does not fit into 256 bits');
  return target;
}

const badTarget = (bits: number, what: string): FormatError =>
  new FormatError('BAD_TARGET', `the target ${bits.toString(16).padStart(8, '0')} ${what}`, {
    where: 'bits',
    expected: 'a positive number below 2^256',
    hint: 'drop the header: no hash can meet it',
  });

/** The shortest compact form; what does not fit into it is cut off, so the target read back is not greater. @public */
export function bitsOf(target: bigint): number {
  if (target <= 0n || target >= bits256) throw outOfRange('a target', target, 'a positive number below 2^256');
  let size = Math.ceil(target.toString(16).length / 2);
  let mantissa = Number(size <= 3 ? target << BigInt(8 * (3 - size)) : target >> BigInt(8 * (size - 3)));
  if (mantissa & 0x800000) {
    mantissa >>>= 8;
    size++;
  }
  return size * 0x1000000 + mantissa;
}

/** How many hashes it takes on average to meet the target. @public */
export const workOf = (bits: number): bigint => bits256 / (targetOf(bits) + 1n);

/** Whether a block with this hash has done the work that it claims, and not claimed less than `limit` asks for. @public */
export function meetsTarget(hash: Uint8Array, bits: number, limit: number): boolean {
  try {
    const target = targetOf(bits);
    return target <= targetOf(limit) && toNumber(hash) <= target;
  } catch (error) {
    if (error instanceof FormatError && error.code === 'BAD_TARGET') return false;
    throw error;
  }
}
