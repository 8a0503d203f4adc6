/**
 * The packets of a UDP tracker in bytes (BEP 15), as a client says and hears them. What came back is checked here; what is no
 * answer is a `Malformed`.
 */
import type { AnnounceEvent } from '../../models/tracker/index.js';

/** What was received is not of the protocol. */
export class Malformed extends Error {}

/** Stands where the connection id is not known yet. */
export const protocolId = 0x41727101980n;

/** What a client announces, whatever carries it. */
export interface Announced {
  readonly infoHash: Uint8Array;
  readonly peerId: Uint8Array;
  readonly event: AnnounceEvent;
  readonly left: number;
  readonly numwant: number;
  readonly port: number;
}

const actions = { connect: 0, announce: 1, scrape: 2, error: 3 } as const;

/** Not in the order in which a client comes to say them. */
const events: readonly AnnounceEvent[] = ['none', 'completed', 'started', 'stopped'];

const head = (connection: bigint, action: keyof typeof actions, transaction: number): Buffer => {
  const bytes = Buffer.alloc(16);
  bytes.writeBigUInt64BE(connection);
  bytes.writeUInt32BE(actions[action], 8);
  bytes.writeUInt32BE(transaction, 12);
  return bytes;
};

export const connectRequest = (transaction: number): Buffer => head(protocolId, 'connect', transaction);

export function announceRequest(connection: bigint, transaction: number, announced: Announced): Buffer {
  const { infoHash, peerId, event, left, numwant, port } = announced;
  // Downloaded, left, uploaded; the event; an address, which is left to the tracker to see; a key; how many; the port.
  const rest = Buffer.alloc(42);
  rest.writeBigUInt64BE(BigInt(left), 8);
  rest.writeUInt32BE(events.indexOf(event), 24);
  rest.writeInt32BE(numwant, 36);
  rest.writeUInt16BE(port, 40);
  return Buffer.concat([head(connection, 'announce', transaction), infoHash, peerId, rest]);
}

export const scrapeRequest = (connection: bigint, transaction: number, infoHash: Uint8Array): Buffer =>
  Buffer.concat([head(connection, 'scrape', transaction), infoHash]);

/** What a tracker answers; of a scrape of one torrent. */
export type Answer =
  | { readonly action: 'connect'; readonly transaction: number; readonly connection: bigint }
  | {
      readonly action: 'announce';
      readonly transaction: number;
      readonly interval: number;
      readonly incomplete: number;
      readonly complete: number;
      /** Six bytes each. */
      readonly peers: Buffer;
    }
  | {
      readonly action: 'scrape';
      readonly transaction: number;
      readonly complete: number;
      readonly downloaded: number;
      readonly incomplete: number;
    }
  | { readonly action: 'error'; readonly transaction: number; readonly message: string };

/** Longer ones than need be are fine, but for addresses: those are whole. */
export function readAnswer(bytes: Buffer): Answer {
  const atLeast = (length: number) => {
    if (bytes.length < length) throw new Malformed(`an answer of ${bytes.length} bytes`);
  };
  const three = () => [bytes.readUInt32BE(8), bytes.readUInt32BE(12), bytes.readUInt32BE(16)] as const;
  atLeast(8);
  const transaction = bytes.readUInt32BE(4);
  switch (bytes.readUInt32BE(0)) {
    case actions.connect:
      atLeast(16);
      return { action: 'connect', transaction, connection: bytes.readBigUInt64BE(8) };
    case actions.announce: {
      atLeast(20);
      const peers = bytes.subarray(20);
      if (peers.length % 6 !== 0) throw new Malformed(`addresses of ${peers.length} bytes`);
      const [interval, incomplete, complete] = three();
      return { action: 'announce', transaction, interval, incomplete, complete, peers };
    }
    case actions.scrape: {
      atLeast(20);
      // Seeds come first here, and last in an announce.
      const [complete, downloaded, incomplete] = three();
      return { action: 'scrape', transaction, complete, downloaded, incomplete };
    }
    case actions.error:
      return { action: 'error', transaction, message: bytes.toString('utf8', 8).replace(/\0+$/, '') };
    default:
      throw new Malformed(`action ${bytes.readUInt32BE(0)}`);
  }
}
