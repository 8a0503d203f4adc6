/** A tracker asked over real HTTP, as BEP 3, 23 and 48 have it; each question is a connection of its own. */
import { request } from 'node:http';
import { type Dictionary, decode } from '../../models/metainfo/index.js';
import type { Carrier } from './asking.js';

/** @param url of the tracker, such as `http://127.0.0.1:6969` */
export const overHttp = (url: string, infoHash: Buffer): Carrier => ({
  async announce({ peerId, port, left, numwant, event }) {
    const answer = await get(
      `${url}/announce?info_hash=${escaped(infoHash)}&peer_id=${escaped(peerId)}&port=${port}&uploaded=0&downloaded=0` +
        `&left=${left}&compact=1&numwant=${numwant}${event === 'none' ? '' : `&event=${event}`}`,
    );
    const failure = answer.entries.get('failure reason');
    if (failure !== undefined) throw new Error(`refused: ${bytesOf(failure).toString('latin1')}`);
    return {
      complete: numberOf(answer, 'complete'),
      incomplete: numberOf(answer, 'incomplete'),
      peers: bytesOf(answer.entries.get('peers')),
    };
  },
  async scrape() {
    const file = (await scraped(url, infoHash)).get(infoHash.toString('latin1'));
    const of = (name: string) => (file?.kind === 'dictionary' ? numberOf(file, name) : 0);
    return { complete: of('complete'), incomplete: of('incomplete'), downloaded: of('downloaded') };
  },
});

/** Whether a tracker serves the torrent yet. Somebody comes and goes: a stop alone is taken for any torrent. */
export async function serves(url: string, infoHash: Buffer): Promise<boolean> {
  const query = `info_hash=${escaped(infoHash)}&peer_id=${'0'.repeat(20)}&port=1&left=1&event=`;
  const isServed = !(await get(`${url}/announce?${query}started`)).entries.has('failure reason');
  if (isServed) await get(`${url}/announce?${query}stopped`);
  return isServed;
}

/** The keys of a scrape, in hex. */
export const scrapedKeys = async (url: string, infoHash: Buffer): Promise<readonly string[]> =>
  [...(await scraped(url, infoHash)).keys()].map((key) => Buffer.from(key, 'latin1').toString('hex'));

async function scraped(url: string, infoHash: Buffer): Promise<Dictionary['entries']> {
  const files = (await get(`${url}/scrape?info_hash=${escaped(infoHash)}`)).entries.get('files');
  return files?.kind === 'dictionary' ? files.entries : new Map();
}

const escaped = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').replaceAll(/../g, '%$&');

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
