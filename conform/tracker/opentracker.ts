/** opentracker as Debian builds it, a process for each instance, behind its real HTTP or UDP on loopback. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AskedPeers } from '../../models/tracker/index.js';
import { type Adapter, adapter, Died } from '../../src/index.js';
import { programVersionOf } from '../installed.js';
import { session } from './asking.js';
import { downloaded, peers, reply, scrape } from './aspects.js';
import { overHttp, serves } from './http.js';
import { overUdp } from './udp.js';

const asked = (way: 'http' | 'udp'): Adapter<AskedPeers, number> =>
  adapter<AskedPeers, number>({
    name: 'opentracker',
    version: programVersionOf('opentracker') ?? 'not installed',
    declares: ['who asks may be told of itself', 'seeds are told of seeds', 'time: 45 minutes, which nobody waits for'],
    drives: ['announce'],
    hidden: ['answer'],
    aspects: { reply, peers, scrape, downloaded },
    setup: ({ peers: { ann } }) => ann?.numwant ?? 50,
    async open(numwant) {
      const { port, infoHash, close } = await started();
      const carrier = way === 'udp' ? await overUdp(port, infoHash) : overHttp(`http://127.0.0.1:${port}`, infoHash);
      return session(carrier, numwant, close);
    },
  });

export const opentracker = asked('http');

export const opentrackerOverUdp = asked('udp');

/** A process that serves one torrent, over HTTP and UDP at the same port. */
export async function started() {
  const folder = mkdtempSync(join(tmpdir(), 'churnproof-opentracker-'));
  // It reads the list, and lives, as nobody.
  chmodSync(folder, 0o755);
  const infoHash = randomBytes(20);
  writeFileSync(join(folder, 'list'), `${infoHash.toString('hex').toUpperCase()}\n`);
  const port = await freePort();
  const listens = ['-i', '127.0.0.1', '-p', String(port), '-P', String(port)];
  const child = spawn('opentracker', [...listens, '-d', folder, '-u', 'nobody', '-w', 'list'], {
    cwd: folder,
    stdio: 'ignore',
  });
  const close = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  // It listens before it has read its list.
  for (let tries = 0; !(await serves(`http://127.0.0.1:${port}`, infoHash).catch(() => false)); tries++) {
    if (tries === 200 || child.exitCode !== null) {
      await close();
      throw new Died('it does not serve');
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return { port, infoHash, close };
}

/** Free for both kinds of socket. */
async function freePort(): Promise<number> {
  for (;;) {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { readonly port: number };
    const socket = createSocket('udp4');
    const isFree = await new Promise<boolean>((resolve) => {
      socket.once('error', () => resolve(false));
      socket.bind(port, '127.0.0.1', () => resolve(true));
    });
    server.close();
    await once(server, 'close');
    if (isFree) await new Promise<void>((resolve) => socket.close(() => resolve()));
    if (isFree) return port;
  }
}
