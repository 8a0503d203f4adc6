/** What announcers and a tracker say to each other: an announce, its reply, or a refusal. */

/** Why a client announces; `none` is the periodic announce, and every other one that is due to no event. @public */
export type AnnounceEvent = 'started' | 'completed' | 'stopped' | 'none';

/** `address:port`, where somebody listens. @public */
export type Endpoint = string;

/** @public */
export interface Announce {
  readonly type: 'announce';
  readonly event: AnnounceEvent;
  /** Made anew for each session. */
  readonly id: string;
  /** The same for a whole session, whatever the id and the address. */
  readonly key: string;
  readonly port: number;
  /** Whether anything is left to download: pieces are not counted here. */
  readonly left: 0 | 1;
  /** How many peers it would like to hear of. */
  readonly numwant: number;
}

/** @public */
export interface Reply {
  readonly type: 'reply';
  /** Of the announce that is answered: a reply comes on the connection of its request. */
  readonly event: AnnounceEvent;
  readonly complete: number;
  readonly incomplete: number;
  /** Sorted: their order says nothing. */
  readonly peers: readonly Endpoint[];
}

/** The announce was not accepted. @public */
export interface Failure {
  readonly type: 'failure';
  readonly event: AnnounceEvent;
  readonly reason: 'bad port' | 'unknown peer';
}
