/**
 * Bencode in its canonical form and no other: what is read is written again byte by byte. Keys and strings are bytes, so keys
 * are held as text of one character a byte, in a Map that has no prototype to spoil. Nothing is allocated by what a length says.
 */
import { fatal, type Refuse, refusing } from './fault.js';

/** A value without its place. @public */
export type Bencode =
  | { readonly kind: 'integer'; readonly value: bigint }
  | { readonly kind: 'bytes'; readonly value: Uint8Array }
  | { readonly kind: 'list'; readonly items: readonly Bencode[] }
  | { readonly kind: 'dictionary'; readonly entries: ReadonlyMap<string, Bencode> };

/** A value as it stands in a file, from byte `start` up to byte `end`. @public */
export type Node = Span &
  (
    | { readonly kind: 'integer'; readonly value: bigint }
    | { readonly kind: 'bytes'; readonly value: Uint8Array }
    | { readonly kind: 'list'; readonly items: readonly Node[] }
    | Dictionary
  );

/** @public */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** @public */
export interface Dictionary {
  readonly kind: 'dictionary';
  /** By key, a character a byte; in the order of the file. */
  readonly entries: ReadonlyMap<string, Node>;
}

/** Lists and dictionaries within each other, at most. @public */
export const maxDepth = 100;

/** Digits of an integer, at most: no field of a torrent comes near, and the text of a number is costly to read. @public */
export const maxDigits = 100;

const [I, L, D, E, COLON, MINUS, ZERO, NINE] = [0x69, 0x6c, 0x64, 0x65, 0x3a, 0x2d, 0x30, 0x39];

/** @throws MetainfoError @public */
export function decode(bytes: Uint8Array, refuse: Refuse = refusing()): Node {
  const [node, end] = value(bytes, 0, 0, refuse);
  if (end < bytes.length)
    refuse('trailing-bytes', `${bytes.length - end} bytes follow the value`, { byte: end }, 'the end of the file');
  return node;
}

type Read = readonly [node: Node, end: number];

function value(bytes: Uint8Array, start: number, depth: number, refuse: Refuse): Read {
  const type = bytes[start];
  if (type === I) return integer(bytes, start, refuse);
  if (type === L || type === D) {
    if (depth === maxDepth)
      refuse('too-deep', 'lists and dictionaries are nested too deeply', { byte: start }, `${maxDepth} levels at most`);
    return type === L ? list(bytes, start, depth + 1, refuse) : dictionary(bytes, start, depth + 1, refuse);
  }
  if (isDigit(type)) return text(bytes, start, refuse);
  throw unexpected(bytes, start, 'a value: a digit, i, l or d');
}

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= ZERO && byte <= NINE;

const unexpected = (bytes: Uint8Array, at: number, expected: string) =>
  at >= bytes.length
    ? fatal('truncated', 'the file ends within a value', { byte: at }, expected)
    : fatal(
        'unknown-type',
        `byte 0x${bytes[at]?.toString(16).padStart(2, '0')} begins nothing`,
        { byte: at },
        expected,
      );

function integer(bytes: Uint8Array, start: number, refuse: Refuse): Read {
  const isNegative = bytes[start + 1] === MINUS;
  const first = start + (isNegative ? 2 : 1);
  let at = first;
  while (isDigit(bytes[at])) at++;
  if (at >= bytes.length) throw fatal('truncated', 'the file ends within an integer', { byte: at }, 'i, digits, e');
  const digits = at - first;
  const place = { byte: start };
  const hasLeadingZero = bytes[first] === ZERO && (digits > 1 || isNegative);
  if (bytes[at] !== E)
    throw fatal('bad-integer', 'an integer has a byte that is no digit', { byte: at }, 'i, digits, e');
  if (digits === 0 || hasLeadingZero)
    refuse('bad-integer', 'an integer is not in its shortest form', place, 'i0e, or digits that begin with 1 to 9');
  if (digits > maxDigits)
    throw fatal('integer-too-long', `an integer has ${digits} digits`, place, `${maxDigits} digits at most`);
  const magnitude = BigInt(latin(bytes.subarray(first, at)) || '0');
  return [{ kind: 'integer', value: isNegative ? -magnitude : magnitude, start, end: at + 1 }, at + 1];
}

/** The length is compared with what is left before a byte is copied. */
function text(bytes: Uint8Array, start: number, refuse: Refuse): Read {
  let at = start;
  let length = 0;
  while (isDigit(bytes[at])) length = Math.min(length * 10 + ((bytes[at++] as number) - ZERO), Number.MAX_SAFE_INTEGER);
  const place = { byte: start };
  if (at >= bytes.length) throw fatal('truncated', 'the file ends within a length', { byte: at }, 'digits, a colon');
  if (bytes[at] !== COLON)
    throw fatal('bad-string-length', 'a length has a byte that is no digit', { byte: at }, 'digits, a colon');
  if (bytes[start] === ZERO && at - start > 1)
    refuse('bad-string-length', 'a length begins with 0', place, 'a length in its shortest form');
  const from = at + 1;
  if (length > bytes.length - from)
    throw fatal(
      'string-beyond-end',
      `a string of ${length} bytes goes beyond the end`,
      place,
      `${bytes.length - from} bytes at most`,
    );
  const end = from + length;
  return [{ kind: 'bytes', value: bytes.subarray(from, end), start, end }, end];
}

function list(bytes: Uint8Array, start: number, depth: number, refuse: Refuse): Read {
  const items: Node[] = [];
  let at = start + 1;
  while (bytes[at] !== E) {
    const [item, end] = value(bytes, at, depth, refuse);
    items.push(item);
    at = end;
  }
  return [{ kind: 'list', items, start, end: at + 1 }, at + 1];
}

function dictionary(bytes: Uint8Array, start: number, depth: number, refuse: Refuse): Read {
  const entries = new Map<string, Node>();
  let at = start + 1;
  let before: string | undefined;
  while (bytes[at] !== E) {
    if (at < bytes.length && !isDigit(bytes[at]))
      throw fatal('key-not-a-string', 'a key is not a string', { byte: at }, 'keys that are strings');
    if (at >= bytes.length) throw unexpected(bytes, at, 'a key, or the end of the dictionary');
    const [named, afterKey] = text(bytes, at, refuse);
    const key = named.kind === 'bytes' ? latin(named.value) : '';
    const place = { byte: at };
    if (entries.has(key)) refuse('key-twice', `the key ${shown(key)} comes twice`, place, 'each key once');
    else if (before !== undefined && key < before)
      refuse(
        'keys-unsorted',
        `the key ${shown(key)} comes after ${shown(before)}`,
        place,
        'keys in order of their bytes',
      );
    const [item, end] = value(bytes, afterKey, depth, refuse);
    entries.set(key, item);
    before = key;
    at = end;
  }
  return [{ kind: 'dictionary', entries, start, end: at + 1 }, at + 1];
}

/** A character for each byte: order of characters is order of bytes. @public */
export function latin(bytes: Uint8Array): string {
  let text = '';
  // In pieces, for a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 4096) text += String.fromCharCode(...bytes.subarray(at, at + 4096));
  return text;
}

/** @public */
export const fromLatin = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

const shown = (key: string): string => JSON.stringify(key.length > 40 ? `${key.slice(0, 40)}...` : key);

/** Writes a value; a dictionary with its keys in order. @public */
export function encode(of: Bencode): Uint8Array {
  const parts: Uint8Array[] = [];
  write(of, parts);
  return concatenated(parts);
}

function write(of: Bencode, parts: Uint8Array[]): void {
  switch (of.kind) {
    case 'integer':
      parts.push(fromLatin(`i${of.value}e`));
      return;
    case 'bytes':
      parts.push(fromLatin(`${of.value.length}:`), of.value);
      return;
    case 'list':
      parts.push(fromLatin('l'));
      for (const item of of.items) write(item, parts);
      parts.push(fromLatin('e'));
      return;
    case 'dictionary':
      parts.push(fromLatin('d'));
      for (const key of [...of.entries.keys()].sort(byCharacter)) {
        parts.push(fromLatin(`${key.length}:${key}`));
        write(of.entries.get(key) as Bencode, parts);
      }
      parts.push(fromLatin('e'));
  }
}

const byCharacter = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** @public */
export function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Values for {@link encode}. @public */
export const bencoded = {
  integer: (value: number | bigint): Bencode => ({ kind: 'integer', value: BigInt(value) }),
  bytes: (value: Uint8Array | string): Bencode => ({
    kind: 'bytes',
    value: typeof value === 'string' ? new TextEncoder().encode(value) : value,
  }),
  list: (...items: readonly Bencode[]): Bencode => ({ kind: 'list', items }),
  /** Keys as text of one character a byte. */
  dictionary: (entries: Iterable<readonly [string, Bencode]>): Bencode => ({
    kind: 'dictionary',
    entries: new Map(entries),
  }),
} as const;
