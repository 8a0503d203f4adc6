/** The packets of the UDP tracker protocol (BEP 15), without their bytes: what they carry, and whence they seem to come. */

/** An IPv4 address. @public */
export type Address = string;

/** What proves that somebody can be reached at an address: made by the tracker for it at a minute, not to be guessed. @public */
export type ConnectionId = string;

/** A packet has the address that its sender gives it: that it is the sender's own is what connection ids are for. */
interface Packet {
  readonly source: Address;
  /** Matches answers with questions. */
  readonly tid: number;
}

/** @public */
export type Connect = Packet & { readonly type: 'connect' };

/** @public */
export type Announce = Packet & {
  readonly type: 'announce';
  readonly cid: ConnectionId;
  readonly id: string;
  readonly event: 'started' | 'completed';
  readonly left: 0 | 1;
  /** The field of the packet that asks to be listed elsewhere than at the source. */
  readonly ip: Address | null;
};

/** @public */
export type Hash = 'x' | 'y';

/** @public */
export type Scrape = Packet & { readonly type: 'scrape'; readonly cid: ConnectionId; readonly hashes: readonly Hash[] };

/** @public */
export type Question = Connect | Announce | Scrape;

/** Answers name their question by its number alone. @public */
export type Answer =
  | { readonly type: 'connected'; readonly tid: number; readonly cid: ConnectionId }
  | { readonly type: 'announced'; readonly tid: number; readonly leechers: number; readonly seeders: number }
  /** In the order in which it was asked. */
  | { readonly type: 'scraped'; readonly tid: number; readonly counts: readonly number[] }
  | { readonly type: 'error'; readonly tid: number };
