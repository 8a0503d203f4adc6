/** bittorrent-tracker's server, in this process, behind its real HTTP or UDP on loopback. Its clock is `Date.now`, which is moved on. */
import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:dgram';
import type { EventEmitter } from 'node:events';
import { once } from 'node:events';
import type { Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AskedPeers } from '../../models/tracker/index.js';
import { type Adapter, adapter, type Seen, type Session, type World } from '../../src/index.js';
import { versionOf } from '../installed.js';
import { session } from './asking.js';
import { peers, reply, scrape } from './aspects.js';
import { overHttp, scrapedKeys } from './http.js';
import { overUdp } from './udp.js';

/** As much of it as is used here. */
interface TrackerServer extends EventEmitter {
  readonly http: HttpServer | null;
  readonly udp4: Socket | null;
  listen(port: number, hosts: { readonly http: string; readonly udp: string; readonly udp6: string }): void;
  close(done: () => void): void;
}
type ServerClass = new (options: {
  readonly http: boolean;
  /** Its second socket is one of the older kind, too: there may be no loopback of the newer. */
  readonly udp: false | { readonly type: 'udp4' };
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
  'downloads are not counted: a scrape tells the seeds instead (a note in its source says so)',
];

const hashOfText = 'an info hash that is ASCII: of any other a scrape tells under a wrong key, see FINDINGS.md';

/** What carries the questions. */
type Way = 'http' | 'udp';

const wanted = ({ peers: { ann } }: World<AskedPeers, true>): number => ann?.numwant ?? 50;

/** Time stands still. */
const still = (way: Way, declares: readonly string[]): Adapter<AskedPeers, number> =>
  adapter<AskedPeers, number>({
    ...named,
    declares,
    drives: ['announce'],
    hidden: ['answer'],
    aspects: { reply, peers, scrape },
    setup: wanted,
    open: async (numwant) => {
      const own = await open(numwant, way);
      return { ...own, observe: async () => ({ ...only(await own.observe(), 'reply', 'peers', 'scrape') }) };
    },
  });

export const bittorrentTracker: Adapter<AskedPeers, number> = still('http', [...choices, hashOfText]);

/** A scrape has no keys here, so the info hash is any. */
export const bittorrentTrackerOverUdp: Adapter<AskedPeers, number> = still('udp', choices);

/** Time passes, and who is handed out is looked at; whoever fell silent is counted for a while, see FINDINGS.md. */
export const bittorrentTrackerInTime: Adapter<AskedPeers, number> = adapter<AskedPeers, number>({
  ...named,
  declares: [...choices, hashOfText, 'counts take in who fell silent, until somebody looks for peers'],
  drives: ['announce', 'timeout'],
  hidden: ['answer'],
  aspects: { peers },
  setup: wanted,
  open: async (numwant) => {
    const own = await open(numwant, 'http');
    return {
      ...own,
      perform: async (move) => only((await own.perform(move)) ?? {}, 'peers'),
      observe: () => ({ peers: undefined }),
    };
  },
});

const only = (seen: Seen, ...aspects: readonly string[]): Seen =>
  Object.fromEntries(Object.entries(seen).filter(([aspect]) => aspects.includes(aspect)));

async function started(way: Way): Promise<TrackerServer> {
  const specifier = 'bittorrent-tracker/server';
  const { default: Server } = (await import(specifier)) as { readonly default: ServerClass };
  const server = new Server({
    http: way === 'http',
    udp: way === 'udp' && { type: 'udp4' },
    ...{ ws: false, stats: false, peersCacheTtl: ttl },
  });
  // What it warns of is an announce that it refused, which is seen.
  server.on('warning', () => {});
  server.listen(0, { http: '127.0.0.1', udp: '127.0.0.1', udp6: '127.0.0.1' });
  await once(server, 'listening');
  return server;
}

const portOf = ({ http, udp4 }: TrackerServer): number => {
  const socket = (http ?? udp4) as HttpServer | Socket;
  return (socket.address() as AddressInfo).port;
};

const urlOf = (server: TrackerServer): string => `http://127.0.0.1:${portOf(server)}`;

const ended = (server: TrackerServer): Promise<void> => new Promise((resolve) => server.close(() => resolve()));

async function open(numwant: number, way: Way): Promise<Session> {
  const server = await started(way);
  const { now } = Date;
  let lapsed = 0;
  Date.now = () => now() + lapsed;
  const carrier =
    way === 'udp'
      ? await overUdp(portOf(server), randomBytes(20))
      : overHttp(urlOf(server), Buffer.from(randomBytes(10).toString('hex')));
  return session(
    carrier,
    numwant,
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
  const server = await started('http');
  try {
    const peerId = randomBytes(20);
    await overHttp(urlOf(server), infoHash).announce({ peerId, event: 'started', left: 1, numwant: 50, port: 7001 });
    return (await scrapedKeys(urlOf(server), infoHash)).join();
  } finally {
    await ended(server);
  }
}

/** One that answers over UDP, at this port. */
export async function servedOverUdp(): Promise<{ readonly port: number; close(): Promise<void> }> {
  const server = await started('udp');
  return { port: portOf(server), close: () => ended(server) };
}
