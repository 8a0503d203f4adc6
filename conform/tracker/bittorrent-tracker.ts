/** bittorrent-tracker's server, in this process, behind its real HTTP on loopback. Its clock is `Date.now`, which is moved on. */
import { randomBytes } from 'node:crypto';
import type { EventEmitter } from 'node:events';
import { once } from 'node:events';
import type { Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AskedPeers } from '../../models/tracker/index.js';
import { type Adapter, adapter, type Seen, type Session, type World } from '../../src/index.js';
import { versionOf } from '../installed.js';
import { scrapedKeys, session } from './asking.js';
import { peers, reply, scrape } from './aspects.js';

/** As much of it as is used here. */
interface TrackerServer extends EventEmitter {
  readonly http: HttpServer;
  listen(port: number, hosts: { readonly http: string }): void;
  close(done: () => void): void;
}
type ServerClass = new (options: {
  readonly http: true;
  readonly udp: false;
  readonly ws: false;
  readonly stats: false;
  readonly peersCacheTtl: number;
}) => TrackerServer;

/** Milliseconds that somebody silent stays: two lapses are more, and one is less. */
const ttl = 1_000_000;

const named = {
  name: 'bittorrent-tracker',
  version: versionOf('bittorrent-tracker') ?? 'not installed',
} as const;

const choices = [
  'who asks may be told of itself',
  'seeds are told of seeds',
  'an info hash that is ASCII: of any other a scrape tells under a wrong key, see FINDINGS.md',
  'downloads are not counted: a scrape tells the seeds instead (a note in its source says so)',
];

const wanted = ({ peers: { ann } }: World<AskedPeers, true>): number => ann?.numwant ?? 50;

/** Time stands still. */
export const bittorrentTracker: Adapter<AskedPeers, number> = adapter<AskedPeers, number>({
  ...named,
  declares: choices,
  drives: ['announce'],
  hidden: ['answer'],
  aspects: { reply, peers, scrape },
  setup: wanted,
  open: async (numwant) => {
    const own = await open(numwant);
    return { ...own, observe: async () => ({ ...only(await own.observe(), 'reply', 'peers', 'scrape') }) };
  },
});

/** Time passes, and who is handed out is looked at; whoever fell silent is counted for a while, see FINDINGS.md. */
export const bittorrentTrackerInTime: Adapter<AskedPeers, number> = adapter<AskedPeers, number>({
  ...named,
  declares: [...choices, 'counts take in who fell silent, until somebody looks for peers'],
  drives: ['announce', 'timeout'],
  hidden: ['answer'],
  aspects: { peers },
  setup: wanted,
  open: async (numwant) => {
    const own = await open(numwant);
    return {
      ...own,
      perform: async (move) => only((await own.perform(move)) ?? {}, 'peers'),
      observe: () => ({ peers: undefined }),
    };
  },
});

const only = (seen: Seen, ...aspects: readonly string[]): Seen =>
  Object.fromEntries(Object.entries(seen).filter(([aspect]) => aspects.includes(aspect)));

async function started(): Promise<TrackerServer> {
  const specifier = 'bittorrent-tracker/server';
  const { default: Server } = (await import(specifier)) as { readonly default: ServerClass };
  const server = new Server({ http: true, udp: false, ws: false, stats: false, peersCacheTtl: ttl });
  // What it warns of is an announce that it refused, which is seen.
  server.on('warning', () => {});
  server.listen(0, { http: '127.0.0.1' });
  await once(server, 'listening');
  return server;
}

const urlOf = ({ http }: TrackerServer): string => `http://127.0.0.1:${(http.address() as AddressInfo).port}`;

const ended = (server: TrackerServer): Promise<void> => new Promise((resolve) => server.close(() => resolve()));

async function open(numwant: number): Promise<Session> {
  const server = await started();
  const { now } = Date;
  let lapsed = 0;
  Date.now = () => now() + lapsed;
  return session(
    { url: urlOf(server), infoHash: Buffer.from(randomBytes(10).toString('hex')), numwant },
    () => {
      Date.now = now;
      return ended(server);
    },
    () => {
      lapsed += ttl * 0.6;
    },
  );
}

/** The key, in hex, under which a scrape tells of a torrent in which somebody is. */
export async function scrapedKey(infoHash: Buffer): Promise<string> {
  const server = await started();
  try {
    const asking = { url: urlOf(server), infoHash, numwant: 50 };
    await session(asking, () => {}).perform({
      ...{ kind: 'operation', peer: 'ann', operation: 'announce' },
      ...{ args: { event: 'started', left: 1 }, event: { type: 'announce' } },
    });
    return (await scrapedKeys(asking)).join();
  } finally {
    await ended(server);
  }
}
