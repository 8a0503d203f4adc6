/** What nodes say to each other: four messages about headers, two about bodies. Nothing acknowledges anything. */
import type { BlockId, Body, Kind } from '../chain/index.js';
import type { Header } from './table.js';

/** I have this block. @public */
export type Inv = { readonly type: 'inv'; readonly id: BlockId };

/** What comes on your chain after the first of these that is part of it? @public */
export type GetHeaders = { readonly type: 'getheaders'; readonly locator: readonly BlockId[] };

/** Each the parent of the next. @public */
export type Headers = { readonly type: 'headers'; readonly headers: readonly Header[] };

/** @public */
export type GetData = { readonly type: 'getdata'; readonly ids: readonly BlockId[] };

/** A whole block. What is wrong with it, if anything, shows when it is looked at. @public */
export type BlockMessage = {
  readonly type: 'block';
  readonly block: Header & { readonly kind: Kind };
  readonly body: Body;
};

/** @public */
export type NetworkMessage = Inv | GetHeaders | Headers | GetData | BlockMessage;
