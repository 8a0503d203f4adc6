/** What is said of bytes that are not what they should be: whoever sent them is not trusted, so nothing else may be thrown. */

/** @public */
export type FormatCode =
  /** The bytes end too early, or do not end where they should. */
  | 'TRUNCATED'
  | 'TRAILING_BYTES'
  /** A count or a number of bytes beyond what any valid block can have. */
  | 'TOO_LARGE'
  /** A number that is written with more bytes than it needs. */
  | 'NOT_CANONICAL'
  /** A compact target that is negative, zero or beyond 256 bits. */
  | 'BAD_TARGET'
  /** What cannot be written: out of the field's range. */
  | 'OUT_OF_RANGE'
  | 'BAD_HEX'
  /** A form that exists and is not read here. */
  | 'UNSUPPORTED'
  /** A list that may not be empty. */
  | 'EMPTY';

/** @public */
export interface FormatDetail {
  /** Such as `input 2, at byte 41`. */
  readonly where: string;
  readonly expected: string;
  readonly hint: string;
}

/** The one error of this room. @public */
export class FormatError extends Error {
  override readonly name = 'FormatError';
  readonly code: FormatCode;
  readonly where: string;
  readonly expected: string;
  readonly hint: string;

  constructor(code: FormatCode, message: string, { where, expected, hint }: FormatDetail) {
    super(`${message} (${where}; expected ${expected})`);
    this.code = code;
    this.where = where;
    this.expected = expected;
    this.hint = hint;
  }
}

/** @internal */
export const outOfRange = (what: string, value: number | bigint, expected: string): FormatError =>
  new FormatError('OUT_OF_RANGE', `${what} is ${value}`, {
    where: what,
    expected,
    hint: 'write a value that fits the field',
  });
