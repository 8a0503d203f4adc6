/** opentracker as Debian builds it, a process for each instance, behind its real HTTP on loopback. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AskedPeers } from '../../models/tracker/index.js';
import { type Adapter, adapter, Died } from '../../src/index.js';
import { programVersionOf } from '../installed.js';
import { serves, session } from './asking.js';
import { downloaded, peers, reply, scrape } from './aspects.js';

export const opentracker: Adapter<AskedPeers, number> = adapter<AskedPeers, number>({
  name: 'opentracker',
  version: programVersionOf('opentracker') ?? 'not installed',
  declares: ['who asks may be told of itself', 'seeds are told of seeds', 'time: 45 minutes, which nobody waits for'],
  drives: ['announce'],
  hidden: ['answer'],
  aspects: { reply, peers, scrape, downloaded },
  setup: ({ peers: { ann } }) => ann?.numwant ?? 50,
  async open(numwant) {
    const folder = mkdtempSync(join(tmpdir(), 'churnproof-opentracker-'));
    // It reads the list, and lives, as nobody.
    chmodSync(folder, 0o755);
    const infoHash = randomBytes(20);
    writeFileSync(join(folder, 'list'), `${infoHash.toString('hex').toUpperCase()}\n`);
    const port = await freePort();
    const args = ['-i', '127.0.0.1', '-p', String(port), '-d', folder, '-u', 'nobody', '-w', 'list'];
    const child = spawn('opentracker', args, { cwd: folder, stdio: 'ignore' });
    const close = async () => {
      if (child.exitCode === null && child.signalCode === null) {
        const ended = once(child, 'exit');
        child.kill('SIGKILL');
        await ended;
      }
      rmSync(folder, { recursive: true, force: true });
    };
    const asking = { url: `http://127.0.0.1:${port}`, infoHash, numwant };
    // It listens before it has read its list.
    for (let tries = 0; !(await serves(asking).catch(() => false)); tries++) {
      if (tries === 200 || child.exitCode !== null) {
        await close();
        throw new Died('it does not serve');
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return session(asking, close);
  },
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { readonly port: number };
  server.close();
  await once(server, 'close');
  return port;
}
