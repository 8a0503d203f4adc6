/** The header of a block: 80 bytes, and all that its identity depends on. */
import { concatBytes } from '@noble/hashes/utils.js';
import { doubleSha256, littleEndian, Reader } from './bytes.js';
import { FormatError, outOfRange } from './errors.js';

/** @public */
export interface Header {
  readonly version: number;
  /** The id of the block before it; zeros for genesis. */
  readonly previous: Uint8Array;
  readonly merkleRoot: Uint8Array;
  /** Seconds since 1970, as the miner saw it. */
  readonly time: number;
  /** The target in compact form. */
  readonly bits: number;
  readonly nonce: number;
}

/** @public */
export function encodeHeader({ version, previous, merkleRoot, time, bits, nonce }: Header): Uint8Array {
  for (const hash of [previous, merkleRoot]) {
    if (hash.length !== 32) throw outOfRange('the length of a hash', hash.length, '32 bytes');
  }
  if (version < -(2 ** 31) || version >= 2 ** 31) throw outOfRange('version', version, 'a signed number of 4 bytes');
  return concatBytes(
    littleEndian('version', version >>> 0, 4),
    previous,
    merkleRoot,
    littleEndian('time', time, 4),
    littleEndian('bits', bits, 4),
    littleEndian('nonce', nonce, 4),
  );
}

/** @throws FormatError TRUNCATED, TRAILING_BYTES, TOO_LARGE @public */
export function decodeHeader(bytes: Uint8Array): Header {
  const reader = new Reader(bytes, 'the header');
  const header = readHeader(reader);
  reader.end();
  return header;
}

/** @internal */
export const readHeader = (reader: Reader): Header => ({
  version: reader.signed(4, 'version'),
  previous: reader.take(32, 'previous'),
  merkleRoot: reader.take(32, 'merkleRoot'),
  time: reader.number(4, 'time'),
  bits: reader.number(4, 'bits'),
  nonce: reader.number(4, 'nonce'),
});

/** The id of the block: of its header only. It says of the transactions no more than `merkleRoot` does. @public */
export const blockId = (header: Header): Uint8Array => doubleSha256(encodeHeader(header));

/** The first nonce from this one's on with which the header is as good as `isGood` asks for. @public */
export function mine(header: Header, isGood: (id: Uint8Array) => boolean): Header {
  for (let nonce = header.nonce; nonce <= 0xffff_ffff; nonce++) {
    const tried = { ...header, nonce };
    if (isGood(blockId(tried))) return tried;
  }
  throw new FormatError('OUT_OF_RANGE', 'no nonce will do', {
    where: 'nonce',
    expected: 'one of 2^32 to meet the target',
    hint: 'change the time or the coinbase, and try again',
  });
}
