/** Bytes as Bitcoin writes them: little-endian numbers, compact sizes, hashes that people read backwards. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, hexToBytes } from '@noble/hashes/utils.js';
import { FormatError, outOfRange } from './errors.js';

/** SHA-256 of SHA-256: the hash of blocks, transactions and Merkle nodes. @public */
export const doubleSha256 = (bytes: Uint8Array): Uint8Array => sha256(sha256(bytes));

/** As people write it, the last byte first. @public */
export const showHash = (hash: Uint8Array): string => bytesToHex(hash.slice().reverse());

/** @public */
export function readHash(text: string): Uint8Array {
  if (!/^[0-9a-f]{64}$/i.test(text)) throw badHex(text, '64 hexadecimal digits');
  return hexToBytes(text).reverse();
}

/** @public */
export function fromHex(text: string): Uint8Array {
  if (!/^([0-9a-f]{2})*$/i.test(text)) throw badHex(text, 'an even number of hexadecimal digits');
  return hexToBytes(text);
}

/** @public */
export const toHex: (bytes: Uint8Array) => string = bytesToHex;

const badHex = (text: string, expected: string): FormatError =>
  new FormatError('BAD_HEX', `${text.slice(0, 20)} is not ${expected}`, {
    where: `a text of ${text.length} characters`,
    expected,
    hint: 'check that nothing was cut off',
  });

/** The number that the bytes are, the first byte the least. @public */
export const toNumber = (bytes: Uint8Array): bigint => bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);

/** @internal */
export function littleEndian(what: string, value: number | bigint, length: number): Uint8Array {
  const number = typeof value === 'number' && !Number.isSafeInteger(value) ? -1n : BigInt(value);
  if (number < 0n || number >= 1n << BigInt(8 * length))
    throw outOfRange(what, value, `an integer of at most ${length} bytes, not negative`);
  return Uint8Array.from({ length }, (_, at) => Number((number >> BigInt(8 * at)) & 0xffn));
}

/** A count or length: one byte up to 252, or a mark and 2, 4 or 8 bytes. @internal */
export function compactSize(value: number): Uint8Array {
  if (value < 0xfd) return littleEndian('a count', value, 1);
  if (value <= 0xffff) return concatBytes(Uint8Array.of(0xfd), littleEndian('a count', value, 2));
  if (value <= 0xffff_ffff) return concatBytes(Uint8Array.of(0xfe), littleEndian('a count', value, 4));
  return concatBytes(Uint8Array.of(0xff), littleEndian('a count', value, 8));
}

/** Blocks were of at most so many bytes before witnesses came; nothing read here can be larger. @public */
export const maxBytes = 1_000_000;

/** Takes bytes apart from front to back, and says where it stopped. @internal */
export class Reader {
  private at = 0;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly what: string,
  ) {
    if (bytes.length > maxBytes)
      throw new FormatError('TOO_LARGE', `${what} has ${bytes.length} bytes`, {
        where: what,
        expected: `at most ${maxBytes} bytes`,
        hint: 'drop it, and whoever sent it',
      });
  }

  take(length: number, field: string): Uint8Array {
    if (length > this.bytes.length - this.at)
      throw new FormatError('TRUNCATED', `${this.what} ends within ${field}`, {
        where: this.place(field),
        expected: `${length} more bytes, there are ${this.bytes.length - this.at}`,
        hint: 'read the message again, or drop it',
      });
    this.at += length;
    return this.bytes.slice(this.at - length, this.at);
  }

  number(length: number, field: string): number {
    return Number(toNumber(this.take(length, field)));
  }

  signed(length: number, field: string): number {
    return Number(BigInt.asIntN(8 * length, toNumber(this.take(length, field))));
  }

  big(length: number, field: string): bigint {
    return toNumber(this.take(length, field));
  }

  /** A count of things of at least `each` bytes; more than the bytes left could hold are refused before any is read. */
  count(each: number, field: string): number {
    const mark = this.number(1, field);
    if (mark < 0xfd) return this.bounded(mark, each, field);
    const length = mark === 0xfd ? 2 : mark === 0xfe ? 4 : 8;
    const value = this.big(length, field);
    const least = mark === 0xfd ? 0xfdn : 1n << BigInt(4 * length);
    if (value < least)
      throw new FormatError('NOT_CANONICAL', `${value} is written with ${length} bytes`, {
        where: this.place(field),
        expected: 'as few bytes as the number needs',
        hint: 'drop it: the same thing must not have two forms',
      });
    return this.bounded(value, each, field);
  }

  private bounded(value: number | bigint, each: number, field: string): number {
    if (BigInt(value) * BigInt(each) > BigInt(this.bytes.length - this.at))
      throw new FormatError('TOO_LARGE', `${field} is ${value}`, {
        where: this.place(field),
        expected: `room for them in the ${this.bytes.length - this.at} bytes that are left`,
        hint: 'drop it, and whoever sent it',
      });
    return Number(value);
  }

  /** Whether nothing is left. */
  get isAtEnd(): boolean {
    return this.at === this.bytes.length;
  }

  end(): void {
    if (!this.isAtEnd)
      throw new FormatError('TRAILING_BYTES', `${this.what} goes on after its end`, {
        where: `at byte ${this.at}`,
        expected: `${this.at} bytes, there are ${this.bytes.length}`,
        hint: 'cut the message where it ends',
      });
  }

  place(field: string): string {
    return `${field}, at byte ${this.at} of ${this.what}`;
  }
}
