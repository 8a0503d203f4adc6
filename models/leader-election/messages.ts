/** What the peers of the ring say to each other. */

/** An identifier on its way round the ring, as a candidacy. @public */
export interface Candidacy {
  readonly type: 'candidacy';
  readonly id: number;
}
