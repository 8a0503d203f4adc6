/** All that a peer knows, and small questions about it. */
import { count, has, type Shape } from './content.js';
import { type Half, none } from './half.js';
import type { Wire } from './messages.js';

/** A piece of which some blocks have come. @public */
export type Partial = {
  readonly piece: number;
  /** Blocks that are there, and those of them that were corrupted, a bit each. Only the hash of the whole piece knows of the latter. */
  readonly stored: number;
  readonly bad: number;
  /** By block, the place of the neighbour that sent it, or {@link none}. */
  readonly from: readonly number[];
};

/** @public */
export type PeerContext = {
  /** Verified pieces, a bit each. */
  readonly have: number;
  /** Those of them that are not what they should be; the hash is there to keep this empty. */
  readonly spoiled: number;
  /** By piece. */
  readonly partials: readonly Partial[];
  /** By the place of the neighbour; `null` where there is no connection. */
  readonly halves: readonly (Half | null)[];
  /** By piece, how many neighbours have it. */
  readonly availability: readonly number[];
  /** Places of neighbours that sent a bad piece all alone, and of those that had part in one, a bit each. */
  readonly banned: number;
  readonly suspects: number;
  /** Of a seed: the place of the neighbour whose turn it was last. */
  readonly turn: number;
  /** Whether what it sends is corrupted, which honest peers never do. */
  readonly bad: boolean;
};

/** What never changes about a peer. @public */
export interface Setting extends Shape {
  readonly self: string;
  readonly neighbours: readonly string[];
  /** Pieces that it wants, a bit each. */
  readonly wants: number;
  /** Whether it ever unchokes anybody; a free-rider does not. */
  readonly gives: boolean;
  /** Upload slots, beside the optimistic one. */
  readonly slots: number;
  /** `open`: who is interested is unchoked. `rounds`: choke rounds decide. `any`: anybody is choked and unchoked at any time. */
  readonly choking: 'open' | 'rounds' | 'any';
  /** `queued`: a request waits until it is served. `atOnce`: it is answered within the move. */
  readonly serving: 'queued' | 'atOnce';
}

/** Something to be said, to the neighbour at a place. @public */
export type Saying = readonly [place: number, message: Wire];

/** A step of the logic: what the peer knows then, and what it says. @public */
export interface Stepped {
  readonly peer: PeerContext;
  readonly says: readonly Saying[];
}

/** @public */
export const silent = (peer: PeerContext): Stepped => ({ peer, says: [] });

/** One entry of a list changed. @public */
export function put<T>(list: readonly T[], at: number, value: T): readonly T[] {
  const copy = list.slice();
  copy[at] = value;
  return copy;
}

/** @public */
export const withHalf = (peer: PeerContext, at: number, half: Half | null): PeerContext => ({
  ...peer,
  halves: put(peer.halves, at, half),
});

/** @public */
export const partialOf = ({ partials }: PeerContext, piece: number): Partial | undefined =>
  partials.find((one) => one.piece === piece);

/** Whether a block was asked of somebody and has neither come nor been given up. @public */
export const isOut = ({ halves }: PeerContext, block: number): boolean => halves.some((half) => half?.out === block);

/** Pieces that are wanted and not there. @public */
export const missing = ({ have }: PeerContext, { wants }: Pick<Setting, 'wants'>): number => wants & ~have;

/** Whether every block that is wanted has come or was asked of somebody. @public */
export function isEndgame(peer: PeerContext, setting: Setting): boolean {
  const lacking = missing(peer, setting);
  const outs = new Set<number>();
  for (const half of peer.halves)
    if (half !== null && half.out !== none && has(lacking, pieceOf(half.out, setting))) outs.add(half.out);
  let there = 0;
  for (const { piece, stored } of peer.partials) if (has(lacking, piece)) there += count(stored);
  return outs.size + there >= count(lacking) * setting.blocks;
}

/** @public */
export const pieceOf = (block: number, { blocks }: Pick<Shape, 'blocks'>): number => Math.floor(block / blocks);
