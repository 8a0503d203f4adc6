/** One side of a connection: what I know and have said of one neighbour. */

/** @public */
export type Half = {
  /** Whether its handshake is still awaited: nothing else is heard before. */
  readonly calling: boolean;
  /** I choke it, I am interested in it; it chokes me, it is interested in me. */
  readonly choking: boolean;
  readonly interested: boolean;
  readonly choked: boolean;
  readonly wanted: boolean;
  /** Pieces that it has, a bit each. */
  readonly has: number;
  /** The block that I have asked it for, or {@link none}. */
  readonly out: number;
  /** Blocks that it has asked me for, in their order. */
  readonly in: readonly number[];
  /** Blocks that came from it since my last choke round, up to 3. */
  readonly credit: number;
};

/** @public */
export const none = -1;

/** @public */
export const newHalf: Half = {
  calling: false,
  choking: true,
  interested: false,
  choked: true,
  wanted: false,
  has: 0,
  out: none,
  in: [],
  credit: 0,
};
