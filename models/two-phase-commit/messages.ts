/** What the peers of two-phase commit say to each other. */

/** From a resource manager: it can commit, and leaves the decision to the transaction manager. @public */
export interface Prepared {
  readonly type: 'prepared';
}

/** From the transaction manager: what was decided. @public */
export interface Decision {
  readonly type: 'commit' | 'abort';
}
