/** Estimates: what a sample lets one expect of what it has not seen. No verdict rests on them. */

/** What a fuzzing probably has not seen. @public */
export interface Estimate {
  /** Runs that they rest on: each is one sampling unit, as its moves depend on each other. */
  readonly runs: number;
  readonly states: Unseen;
  /** Moves by what they are meant to be; two that are meant alike count as one. */
  readonly moves: Unseen;
  /** States of single peers, and of two peers at once; absent where there were too many states to look at. */
  readonly local?: Unseen;
  readonly pairs?: Unseen;
  /** Absent where it would not be true: runs that learn from those before them, or a campaign that ended by what it saw. */
  readonly moment?: Moment;
}

/** How much of some kind was seen, and how much more there is likely to be. @public */
export interface Unseen {
  readonly seen: number;
  /** Seen in one run only, and in two. */
  readonly once: number;
  readonly twice: number;
  /** Expected of one more run: how many that no run saw (Good and Turing). */
  readonly next: number;
  /** Never seen, but likely to be there, at least (Chao). */
  readonly unseen: number;
}

/** The state in which a run is at a random moment, one drawn of each run, so that these are independent. @public */
export interface Moment {
  /** Drawn in one run only. */
  readonly once: number;
  /** Estimated: that a run at a random moment is in a state which was not drawn of any (Good and Turing). */
  readonly share: number;
  /** It is no more than this, with that confidence, whatever the system. */
  readonly atMost: number;
  readonly confidence: number;
}
