/**
 * How plain data is written as JSON and read back without loss. Law: `unpack(JSON.parse(JSON.stringify(pack(x))))` equals x.
 * What JSON has no word for (`undefined`, bigint, NaN, the infinities) becomes `{"$plain":"12n"}`; a real field of that name
 * gets one more dollar sign.
 */
import type { Plain } from '../kernel/index.js';

const tag = /^\$+plain$/;

/** Deeper than any message, and shallow enough that no file can exhaust the stack. */
const deepest = 64;

/** Longest bigint read: parsing a very long one takes more than linear time. */
const longest = 4096;

/** What {@link unpack} found wrong, and where. @internal */
export class Unreadable extends Error {
  constructor(
    readonly path: string,
    readonly found: string,
    readonly expected: string,
  ) {
    super(`${path} is ${found}`);
  }
}

/** @internal */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** @internal */
export function pack(value: Plain): Json {
  switch (typeof value) {
    case 'undefined':
      return { $plain: 'undefined' };
    case 'bigint':
      return { $plain: `${value}n` };
    case 'number':
      return Number.isFinite(value) ? value : { $plain: String(value) };
    case 'object':
      if (value === null) return null;
      if (Array.isArray(value)) return value.map(pack);
      return Object.fromEntries(
        Object.entries(value).map(([key, part]) => [tag.test(key) ? `$${key}` : key, pack(part)]),
      );
    default:
      return value;
  }
}

/** Turns the result of `JSON.parse` into plain data; refuses what could reach a prototype or the end of the stack. @internal */
export function unpack(value: unknown, path = '', depth = 0): Plain {
  if (typeof value !== 'object' || value === null) return value as Plain;
  if (depth === deepest) throw new Unreadable(path, 'nested too deeply', `at most ${deepest} levels`);
  if (Array.isArray(value)) return value.map((part, at) => unpack(part, `${path}[${at}]`, depth + 1));
  if (Object.hasOwn(value, '$plain')) return special(value, path);
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => {
      const at = path === '' ? key : `${path}.${key}`;
      if (key === '__proto__') throw new Unreadable(at, 'a field of that name', 'any other name');
      return [tag.test(key) ? key.slice(1) : key, unpack(part, at, depth + 1)];
    }),
  );
}

function special(value: object, path: string): Plain {
  const { $plain: word, ...others } = value as { readonly $plain: unknown };
  if (typeof word === 'string' && Object.keys(others).length === 0) {
    if (word === 'undefined') return undefined;
    if (word === 'NaN' || word === 'Infinity' || word === '-Infinity') return Number(word);
    if (word.length <= longest && /^-?\d+n$/.test(word)) return BigInt(word.slice(0, -1));
  }
  throw new Unreadable(
    path === '' ? '$plain' : `${path}.$plain`,
    'no known value',
    '"undefined", "NaN", "Infinity", "-Infinity" or a bigint such as "12n", and nothing beside it',
  );
}
