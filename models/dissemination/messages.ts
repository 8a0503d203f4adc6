/** What is said in a round. */

/** @public */
export interface PieceMessage {
  readonly type: 'piece';
  readonly piece: number;
}

/** Somebody has used its uplink in this round. @public */
export interface SentMessage {
  readonly type: 'sent';
  readonly by: number;
}

/** The round is over. @public */
export interface RoundMessage {
  readonly type: 'round';
}
