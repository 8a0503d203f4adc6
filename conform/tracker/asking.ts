/** How a real tracker is asked over HTTP, as a client does it, and its answers read. */
import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { type Dictionary, decode } from '../../models/metainfo/index.js';
import type { Move, Seen, Session } from '../../src/index.js';

/** A client of the model listens at its number; a real one at this and its number. */
const firstPort = 7000;

const names = ['ann', 'ben', 'cid'];

/** One torrent at a tracker, and its clients. */
export interface Asking {
  /** Of the tracker, such as `http://127.0.0.1:6969`. */
  readonly url: string;
  readonly infoHash: Buffer;
  readonly numwant: number;
}

/** Whether a tracker serves the torrent yet. Somebody comes and goes: a stop alone is taken for any torrent. */
export async function serves({ url, infoHash }: Asking): Promise<boolean> {
  const query = `info_hash=${escaped(infoHash)}&peer_id=${'0'.repeat(20)}&port=1&left=1&event=`;
  const isServed = !(await get(`${url}/announce?${query}started`)).entries.has('failure reason');
  if (isServed) await get(`${url}/announce?${query}stopped`);
  return isServed;
}

/** A session whose instance is one tracker; time passes by `lapse`, where it can be made to. */
export function session(asking: Asking, close: () => void | Promise<void>, lapse?: () => void): Session {
  // The same for a client as long as the instance lives.
  const ids = names.map(() => randomBytes(10).toString('hex'));
  return {
    async perform(move: Move): Promise<Seen | undefined> {
      if (move.kind === 'timeout' && lapse !== undefined) {
        lapse();
        return undefined;
      }
      if (move.kind !== 'operation') throw new Error(`cannot do ${move.kind}`);
      const at = names.indexOf(move.peer);
      const { event, left } = move.args;
      const query =
        `info_hash=${escaped(asking.infoHash)}&peer_id=${ids[at]}&port=${firstPort + at + 1}&uploaded=0&downloaded=0` +
        `&left=${left}&compact=1&numwant=${asking.numwant}${event === 'none' ? '' : `&event=${event}`}`;
      const answer = await get(`${asking.url}/announce?${query}`);
      const failure = answer.entries.get('failure reason');
      if (failure !== undefined) throw new Error(`refused: ${bytesOf(failure).toString('latin1')}`);
      return {
        reply: { complete: numberOf(answer, 'complete'), incomplete: numberOf(answer, 'incomplete') },
        // Whom to tell somebody of who stops is nowhere said.
        peers: event === 'stopped' ? undefined : peersOf(bytesOf(answer.entries.get('peers'))),
      };
    },
    async observe(): Promise<Seen> {
      const answer = await get(`${asking.url}/scrape?info_hash=${escaped(asking.infoHash)}`);
      const files = answer.entries.get('files');
      const file = files?.kind === 'dictionary' ? files.entries.get(asking.infoHash.toString('latin1')) : undefined;
      const of = (name: string) => (file?.kind === 'dictionary' ? numberOf(file, name) : 0);
      return {
        scrape: { complete: of('complete'), incomplete: of('incomplete') },
        downloaded: of('downloaded'),
        reply: undefined,
        peers: undefined,
      };
    },
    close,
  };
}

/** The keys of a scrape, in hex. */
export async function scrapedKeys({ url, infoHash }: Asking): Promise<readonly string[]> {
  const files = (await get(`${url}/scrape?info_hash=${escaped(infoHash)}`)).entries.get('files');
  const keys = files?.kind === 'dictionary' ? [...files.entries.keys()] : [];
  return keys.map((key) => Buffer.from(key, 'latin1').toString('hex'));
}

const escaped = (bytes: Buffer): string => bytes.toString('hex').replaceAll(/../g, '%$&');

function get(url: string): Promise<Dictionary> {
  return new Promise((resolve, reject) => {
    // No connection is kept: each announce is one of its own.
    const asking = request(url, { agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        try {
          // Trackers write keys in their own order; nothing else is overlooked.
          const answer = decode(new Uint8Array(Buffer.concat(parts)), () => {});
          if (answer.kind !== 'dictionary') throw new Error('the answer is no dictionary');
          resolve(answer);
        } catch (error) {
          reject(error);
        }
      });
    });
    asking.on('error', reject);
    asking.end();
  });
}

type Node = ReturnType<Dictionary['entries']['get']>;

const bytesOf = (node: Node): Buffer => Buffer.from(node?.kind === 'bytes' ? node.value : []);

function numberOf({ entries }: Dictionary, name: string): number {
  const value = entries.get(name);
  return value?.kind === 'integer' ? Number(value.value) : Number.NaN;
}

/** As the model names them, in order. */
function peersOf(bytes: Buffer): readonly string[] {
  return Array.from({ length: bytes.length / 6 }, (_, at) => {
    const client = bytes.readUInt16BE(at * 6 + 4) - firstPort;
    return `${names[client - 1] ?? 'somebody'}:${client}`;
  }).sort();
}
