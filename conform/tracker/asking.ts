/** How a real tracker is asked, as a client does it, whatever carries the question. */
import { randomBytes } from 'node:crypto';
import type { Move, Seen, Session } from '../../src/index.js';
import type { Announced } from './bep15.js';

/** HTTP or UDP, to one tracker about one torrent. A refusal is an error. */
export interface Carrier {
  announce(announced: Omit<Announced, 'infoHash'>): Promise<{
    readonly complete: number;
    readonly incomplete: number;
    /** Six bytes each. */
    readonly peers: Buffer;
  }>;
  scrape(): Promise<{ readonly complete: number; readonly incomplete: number; readonly downloaded: number }>;
  close?(): void;
}

/** A client of the model listens at its number; a real one at this and its number. */
const firstPort = 7000;

const names = ['ann', 'ben', 'cid'];

/** A session whose instance is one tracker; time passes by `lapse`, where it can be made to. */
export function session(
  carrier: Carrier,
  numwant: number,
  close: () => void | Promise<void>,
  lapse?: () => void,
): Session {
  // The same for a client as long as the instance lives.
  const ids = names.map(() => randomBytes(20));
  return {
    async perform(move: Move): Promise<Seen | undefined> {
      if (move.kind === 'timeout' && lapse !== undefined) {
        lapse();
        return undefined;
      }
      if (move.kind !== 'operation') throw new Error(`cannot do ${move.kind}`);
      const at = names.indexOf(move.peer);
      const { event, left } = move.args as { readonly event: Announced['event']; readonly left: number };
      const { complete, incomplete, peers } = await carrier.announce({
        ...{ peerId: ids[at] as Buffer, port: firstPort + at + 1, event, left, numwant },
      });
      return {
        reply: { complete, incomplete },
        // Whom to tell somebody of who stops is nowhere said.
        peers: event === 'stopped' ? undefined : peersOf(peers),
      };
    },
    async observe(): Promise<Seen> {
      const { complete, incomplete, downloaded } = await carrier.scrape();
      return { scrape: { complete, incomplete }, downloaded, reply: undefined, peers: undefined };
    },
    close: () => {
      carrier.close?.();
      return close();
    },
  };
}

/** As the model names them, in order. */
function peersOf(bytes: Buffer): readonly string[] {
  return Array.from({ length: bytes.length / 6 }, (_, at) => {
    const client = bytes.readUInt16BE(at * 6 + 4) - firstPort;
    return `${names[client - 1] ?? 'somebody'}:${client}`;
  }).sort();
}
