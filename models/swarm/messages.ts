/** What is said on the wire: the messages of BEP 3, with a block known by its piece, its begin and its length in bytes. */

/** @public */
export interface BlockRef {
  readonly piece: number;
  readonly begin: number;
  readonly length: number;
}

/** @public */
export type Wire =
  | { readonly type: 'handshake' }
  | { readonly type: 'bitfield'; readonly has: number }
  | { readonly type: 'have'; readonly piece: number }
  | { readonly type: 'interested' | 'notInterested' | 'choke' | 'unchoke' }
  | ({ readonly type: 'request' | 'cancel' } & BlockRef)
  | ({ readonly type: 'piece'; readonly good: boolean } & BlockRef)
  /** The end of the connection, seen after all that was said before it. */
  | { readonly type: 'close' };

/** @public */
export type WireType = Wire['type'];
