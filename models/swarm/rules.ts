/** Every decision of a peer that a mutant replaces, as it should be. */
import { has } from './content.js';
import type { Half } from './half.js';
import type { Setting } from './state.js';

/** @public */
export interface Rules {
  /** Whether interest is looked at again when the neighbour has a piece more. */
  readonly interestOnHave: boolean;
  /** Whether a neighbour is told that he is not interesting any more. */
  readonly saysNotInterested: boolean;
  /** Whether requests take the ends of pieces into account. */
  readonly knowsEnds: boolean;
  /** Whether a block that was asked of one neighbour is free for others outside endgame. */
  readonly handsOutTwice: boolean;
  /** What becomes of a piece whose hash is wrong: its blocks are fetched again, or it stays as it is. */
  readonly afterFailure: 'again' | 'locked';
  /** Which pieces the test for endgame counts. */
  readonly endgameCounts: 'wanted' | 'all';
  /** How a seed goes round its neighbours. */
  readonly rotation: 'next' | 'skips';
  /** Whether there is an end to upload slots. */
  readonly countsSlots: boolean;
  /** Whether the last block is on the disk when the piece is read back to be hashed. */
  readonly flushesFirst: boolean;
  /** Whether requests wait to be unchoked. */
  readonly asksWhileChoked: boolean;
  /** What an empty bitfield does. */
  readonly emptyBitfield: 'fine' | 'crash';
  /** When a piece is announced. */
  readonly announces: 'verified' | 'full';
  /** On a choke: whether the one who chokes forgets requests, and whether the choked one has its blocks free again. */
  readonly clearsQueue: boolean;
  readonly returnsBlocks: boolean;
  /** Whether one who gave nothing since the last round can have no slot but the optimistic one. */
  readonly ranksGiversOnly: boolean;
  /** Whether one who gives nothing may be unchoked. */
  readonly optimistic: boolean;
  /** Which of equally rare pieces is fetched. */
  readonly tie: 'any' | 'lowest';
  /** Whether pieces of one who is gone are no longer counted. */
  readonly forgetsGone: boolean;
  /** What a block means that was not asked for, or not any more. */
  readonly unasked: 'dropped' | 'ban';
  /** Who is blamed for a bad piece of several senders: nobody yet, or all. */
  readonly blame: 'parole' | 'all' | 'nobody';
  /** Whether a piece is hashed at all. */
  readonly verifies: boolean;
  /** What a peer with nothing to rank by does in a choke round. */
  readonly ranksNothing: 'fine' | 'crash';
  /** Whether a neighbour can be interesting. */
  readonly isInteresting: (half: Half, have: number, setting: Setting) => boolean;
}

/** @public */
export const soundRules: Rules = {
  interestOnHave: true,
  saysNotInterested: true,
  knowsEnds: true,
  handsOutTwice: false,
  afterFailure: 'again',
  endgameCounts: 'wanted',
  rotation: 'next',
  countsSlots: true,
  flushesFirst: true,
  asksWhileChoked: false,
  emptyBitfield: 'fine',
  announces: 'verified',
  clearsQueue: true,
  returnsBlocks: true,
  ranksGiversOnly: true,
  optimistic: true,
  tie: 'any',
  forgetsGone: true,
  unasked: 'dropped',
  blame: 'parole',
  verifies: true,
  ranksNothing: 'fine',
  isInteresting: ({ has: offered }, have, { wants }) => (offered & wants & ~have) !== 0,
};

/** @internal */
export const bits = (set: number, upTo: number): readonly number[] => {
  const list: number[] = [];
  for (let bit = 0; bit < upTo; bit++) if (has(set, bit)) list.push(bit);
  return list;
};
