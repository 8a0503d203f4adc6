/** Typed access to the fields of a dictionary: each is of its kind, or is refused with the path that leads to it. */
import type { Dictionary, Node } from './bencode.js';
import { fatal, type Refuse } from './fault.js';

/** @internal */
export interface Fields {
  readonly of: Dictionary;
  /** Such as `info.files[2]`. */
  readonly path: string;
  readonly refuse: Refuse;
}

const within = ({ path }: Fields, key: string): string => (path === '' ? key : `${path}.${key}`);

const inWords = { integer: 'an integer', bytes: 'a string', list: 'a list', dictionary: 'a dictionary' } as const;

/** @internal */
export function take<K extends Node['kind']>(node: Node, kind: K, field: string): Extract<Node, { kind: K }> {
  if (node.kind === kind) return node as Extract<Node, { kind: K }>;
  throw fatal('wrong-type', `${field} is ${inWords[node.kind]}`, { field }, inWords[kind]);
}

/** A field that may be missing. @internal */
export function optional<K extends Node['kind']>(fields: Fields, key: string, kind: K) {
  const node = fields.of.entries.get(key);
  return node === undefined ? undefined : take(node, kind, within(fields, key));
}

/** @internal */
export function required<K extends Node['kind']>(fields: Fields, key: string, kind: K) {
  const node = optional(fields, key, kind);
  const field = within(fields, key);
  if (node === undefined) throw fatal('wrong-type', `${field} is missing`, { field }, inWords[kind]);
  return node;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Bytes that must be text. @internal */
export function asText(bytes: Uint8Array, field: string): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw fatal('not-text', `${field} is not text`, { field }, 'valid UTF-8');
  }
}

/** @internal */
export function textIn(fields: Fields, key: string): string | undefined {
  const node = optional(fields, key, 'bytes');
  return node === undefined ? undefined : asText(node.value, within(fields, key));
}

/** A whole number of bytes that this program can count with. @internal */
export function lengthIn(fields: Fields, key: string): number {
  const { value } = required(fields, key, 'integer');
  if (value >= 0n && value <= BigInt(Number.MAX_SAFE_INTEGER)) return Number(value);
  const field = within(fields, key);
  throw fatal('file-length', `${field} is ${value}`, { field }, 'a length from 0 to 2^53-1');
}
