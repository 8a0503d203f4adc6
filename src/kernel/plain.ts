/**
 * Plain data: what a peer may keep in its context and say in a message, and the canonical text by which two pieces of it
 * are the same. Law: `canonical(a) === canonical(b)` exactly when a and b are deeply equal (0 and -0 count as equal, a
 * field that is `undefined` differs from one that is absent).
 */

/** JSON-like data; `undefined`, `bigint` and non-finite numbers are allowed, identity and behaviour are not. @public */
export type Plain =
  | undefined
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly Plain[]
  | { readonly [key: string]: Plain };

/** Thrown by {@link canonical}: which part is not plain data. @internal */
export class NotPlain extends Error {
  constructor(
    readonly path: string,
    readonly found: string,
  ) {
    super(`${path} is ${found}`);
  }
}

/** @internal */
export function canonical(value: unknown, root = 'value'): string {
  return encode(value, { root, above: [], fields: [] });
}

/** The way to the part at hand: what contains it, and under which field or place. */
interface Way {
  readonly root: string;
  readonly above: object[];
  readonly fields: (string | number)[];
}

function encode(value: unknown, way: Way): string {
  switch (typeof value) {
    case 'string':
      return quoted(value);
    case 'number':
      return value === 0 ? '0' : String(value);
    case 'boolean':
    case 'undefined':
      return String(value);
    case 'bigint':
      return `${value}n`;
    case 'object':
      return value === null ? 'null' : encodeObject(value, way);
    default:
      throw notPlain(way, `a ${typeof value}`);
  }
}

function encodeObject(value: object, way: Way): string {
  const { above, fields } = way;
  if (above.includes(value)) throw notPlain(way, 'a cycle (it contains itself)');
  if (Object.getOwnPropertySymbols(value).length > 0) throw notPlain(way, 'an object with a symbol for a field');
  const prototype = Object.getPrototypeOf(value);
  const depth = above.push(value) - 1;
  let text: string;
  if (Array.isArray(value)) {
    if (prototype !== Array.prototype) throw notPlain(way, describeObject(value));
    text = '[';
    for (let i = 0; i < value.length; i++) {
      fields[depth] = i;
      text += (i ? ',' : '') + encode(value[i], way);
    }
    text += ']';
  } else {
    if (prototype !== Object.prototype && prototype !== null) throw notPlain(way, describeObject(value));
    text = '{';
    const record = value as Record<string, unknown>;
    for (const key of Object.keys(record).sort()) {
      fields[depth] = key;
      text += `${text.length > 1 ? ',' : ''}${quoted(key)}:${encode(record[key], way)}`;
    }
    text += '}';
  }
  above.pop();
  fields.length = depth;
  return text;
}

/** Written only once something is wrong, for it takes as long as the text itself. */
function notPlain({ root, fields }: Way, found: string): NotPlain {
  const path = fields.map((field) => (typeof field === 'number' ? `[${field}]` : `.${field}`)).join('');
  return new NotPlain(root + path, found);
}

/** Names of fields and peers come again and again. */
const quotes = new Map<string, string>();
const mostQuotes = 4096;

function quoted(text: string): string {
  const known = quotes.get(text);
  if (known !== undefined) return known;
  const written = JSON.stringify(text);
  if (quotes.size < mostQuotes && text.length <= 40) quotes.set(text, written);
  return written;
}

function describeObject(value: object): string {
  const name = value.constructor?.name;
  return name ? `an instance of ${name}` : 'an object with a prototype of its own';
}

/** Freezes plain data to its leaves, in place; returns it. @internal */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    if (Array.isArray(value)) for (let i = 0; i < value.length; i++) deepFreeze(value[i]);
    else for (const key of Object.keys(value)) deepFreeze((value as Record<string, unknown>)[key]);
  }
  return value;
}

/** The path of the first place where two pieces of plain data differ, with both values; none when they are equal. @internal */
export function firstDifference(a: unknown, b: unknown, path: string): string | undefined {
  const bothObjects = typeof a === 'object' && typeof b === 'object' && a !== null && b !== null;
  if (bothObjects && Array.isArray(a) === Array.isArray(b)) {
    const left = a as Record<string, unknown>;
    const right = b as Record<string, unknown>;
    for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
      const at = Array.isArray(a) ? `${path}[${key}]` : `${path}.${key}`;
      if (!(key in left)) return `${at}: absent and then ${show(right[key])}`;
      if (!(key in right)) return `${at}: ${show(left[key])} and then absent`;
      const found = firstDifference(left[key], right[key], at);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  const same = Object.is(a, b) || a === b;
  return same ? undefined : `${path}: ${show(a)} and then ${show(b)}`;
}

/** Short readable text of plain data, keys in their own order. @public */
export function show(value: unknown): string {
  if (value === undefined) return 'undefined';
  if (typeof value === 'bigint') return `${value}n`;
  return JSON.stringify(value, (_key, part) => (typeof part === 'bigint' ? `${part}n` : part)) ?? String(value);
}
