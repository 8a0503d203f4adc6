/**
 * The border of a served tracker: the query of an announce or a scrape, understood or refused with a code. Values are bytes, held
 * as text of one character a byte, for an info hash is no text (BEP 3).
 */
import type { AnnounceEvent } from '../../models/tracker/index.js';

/** @public */
export type RefusalCode =
  | 'QUERY_TOO_LONG'
  | 'FIELD_MISSING'
  | 'FIELD_TWICE'
  | 'FIELD_INVALID'
  | 'NOT_SERVED'
  | 'TOO_MANY'
  | 'REFUSED'
  | 'NO_SUCH_PATH'
  | 'METHOD_INVALID';

/** Why a request was not taken; the text goes to the client as `failure reason`. @public */
export class Refusal extends Error {
  constructor(
    readonly code: RefusalCode,
    message: string,
  ) {
    super(message);
  }
}

/** An announce as it came. @public */
export interface AnnounceRequest {
  /** Forty digits. */
  readonly infoHash: string;
  /** The peer id, forty digits. */
  readonly id: string;
  readonly key: string;
  readonly port: number;
  readonly left: 0 | 1;
  readonly event: AnnounceEvent;
  readonly numwant: number;
  readonly compact: boolean;
  readonly hidesIds: boolean;
}

/** Bytes that a query may have; a scrape of 40 torrents needs about as many. @public */
export const maxQuery = 4096;

const maxFields = 100;

/** Peers that a client gets that does not say how many it wants. */
const usualNumwant = 50;

/** @throws Refusal */
export function readAnnounce(query: string): AnnounceRequest {
  const fields = readFields(query);
  const one = (name: string): string | undefined => {
    const values = fields.filter(([key]) => key === name);
    if (values.length > 1) throw new Refusal('FIELD_TWICE', `${name} comes twice`);
    return values[0]?.[1];
  };
  const needed = (name: string): string => {
    const value = one(name);
    if (value === undefined) throw new Refusal('FIELD_MISSING', `${name} is missing`);
    return value;
  };
  const infoHash = twentyBytes('info_hash', needed('info_hash'));
  const id = twentyBytes('peer_id', needed('peer_id'));
  const port = Number(digits('port', needed('port')));
  const isComplete = /^0+$/.test(digits('left', needed('left')));
  for (const total of ['uploaded', 'downloaded']) digits(total, one(total) ?? '0');
  const key = one('key') ?? '';
  if (key.length > 64) throw new Refusal('FIELD_INVALID', 'key is longer than 64 bytes');
  return {
    infoHash,
    id,
    key: key === '' ? id : hexOf(key),
    port,
    left: isComplete ? 0 : 1,
    event: eventOf(one('event') ?? ''),
    numwant: numwantOf(one('numwant')),
    compact: flag('compact', one('compact'), true),
    hidesIds: flag('no_peer_id', one('no_peer_id'), false),
  };
}

/** The torrents that a scrape is about. @throws Refusal */
export function readScrape(query: string): readonly string[] {
  const hashes = readFields(query).flatMap(([key, value]) =>
    key === 'info_hash' ? [twentyBytes('info_hash', value)] : [],
  );
  // Of everything would be more than anybody needs.
  if (hashes.length === 0) throw new Refusal('FIELD_MISSING', 'info_hash is missing');
  return [...new Set(hashes)];
}

type Field = readonly [key: string, value: string];

function readFields(query: string): readonly Field[] {
  if (query.length > maxQuery) throw new Refusal('QUERY_TOO_LONG', `a query has ${maxQuery} bytes at most`);
  const fields = query.split('&').filter((field) => field !== '');
  if (fields.length > maxFields) throw new Refusal('QUERY_TOO_LONG', `a query has ${maxFields} fields at most`);
  return fields.map((field): Field => {
    const at = field.indexOf('=');
    return at < 0 ? [unescaped(field), ''] : [unescaped(field.slice(0, at)), unescaped(field.slice(at + 1))];
  });
}

/** Bytes, not UTF-8: `decodeURIComponent` would throw at most info hashes. A plus is a plus. */
function unescaped(text: string): string {
  if (/%(?![0-9a-fA-F]{2})/.test(text)) throw new Refusal('FIELD_INVALID', 'a percent sign begins no escape');
  return text.replaceAll(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function twentyBytes(name: string, value: string): string {
  if (value.length === 20 && [...value].every((character) => character.charCodeAt(0) < 256)) return hexOf(value);
  throw new Refusal('FIELD_INVALID', `${name} has ${value.length} bytes, not 20`);
}

const hexOf = (bytes: string): string =>
  [...bytes].map((character) => character.charCodeAt(0).toString(16).padStart(2, '0')).join('');

function digits(name: string, value: string): string {
  if (/^\d{1,20}$/.test(value)) return value;
  throw new Refusal('FIELD_INVALID', `${name} is no number`);
}

function numwantOf(value: string | undefined): number {
  if (value === undefined || /^-\d{1,10}$/.test(value)) return usualNumwant;
  return Number(digits('numwant', value));
}

function flag(name: string, value: string | undefined, usual: boolean): boolean {
  if (value === undefined) return usual;
  if (value === '0' || value === '1') return value === '1';
  throw new Refusal('FIELD_INVALID', `${name} is neither 0 nor 1`);
}

function eventOf(value: string): AnnounceEvent {
  switch (value) {
    case 'started':
    case 'completed':
    case 'stopped':
      return value;
    // A partial seed (BEP 21) is still there and wants no more: to the table that is a periodic announce.
    case '':
    case 'empty':
    case 'paused':
      return 'none';
    default:
      throw new Refusal('FIELD_INVALID', 'event is none of started, completed, stopped, empty, paused');
  }
}
