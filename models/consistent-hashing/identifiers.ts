/**
 * Where a name stands on the circle: its SHA-1, read as a number of 160 bits, the most significant byte first. A smaller
 * circle keeps the highest bits, so that names stand in the same order on every circle, but for those that fall together.
 */
import { sha1 } from '@noble/hashes/legacy.js';

/** Of a full identifier. @public */
export const identifierBits = 160;

/** Text is hashed as UTF-8. @public */
export function identifierOf(name: string | Uint8Array): bigint {
  const bytes = typeof name === 'string' ? new TextEncoder().encode(name) : name;
  return sha1(bytes).reduce((id, byte) => (id << 8n) | BigInt(byte), 0n);
}

/** The highest `bits` of an identifier. @public */
export const truncated = (id: bigint, bits: number): bigint => id >> BigInt(identifierBits - bits);

/** The place of a name on a circle of 2^`bits`, for circles that are small enough to count with plain numbers. @public */
export const placeOf = (name: string, bits: number): number => Number(truncated(identifierOf(name), bits));
