/** A client that nobody here wrote downloads through the served tracker: aria2, from Debian's package of that name. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { readMetainfo } from '../../models/metainfo/index.js';
import { suite } from '../../properties/tracker.js';
import { trackerService } from '../../services/tracker/index.js';
import { torrentOf } from '../support/torrent.js';
import { judge } from './judge.js';
import { type Running, start } from './stage.js';

const isThere = spawnSync('aria2c', ['--version']).status === 0;
const children: ChildProcess[] = [];
let running: Running | undefined;
let folder: string | undefined;

afterEach(async () => {
  // By what we hold in hand, never by name.
  for (const child of children.splice(0))
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  await running?.stop();
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

function aria2(port: number, dir: string, torrent: string, ...options: string[]): ChildProcess {
  const alone = [
    '--no-conf',
    '--interface=127.0.0.1',
    `--listen-port=${port}`,
    '--enable-dht=false',
    '--enable-dht6=false',
  ];
  const quiet = ['--bt-enable-lpd=false', '--enable-peer-exchange=false', '--quiet=true', '--file-allocation=none'];
  const child = spawn('aria2c', [...alone, ...quiet, `--dir=${dir}`, ...options, torrent], {
    stdio: 'ignore',
    env: { PATH: process.env.PATH },
  });
  children.push(child);
  return child;
}

const title = 'aria2 seeds, aria2 downloads, each stops, and the model has an explanation of all that the tracker did';

test(isThere ? title : `${title} (skipped: aria2c is not installed: apt-get install aria2)`, {
  skip: !isThere,
  timeout: 60_000,
}, async () => {
  folder = mkdtempSync(join(tmpdir(), 'churnproof-aria2-'));
  const [tracker, seeding, leeching] = [await freePort(), await freePort(), await freePort()];
  const { file, infoHash, data } = torrentOf('data.bin', 1_049_810, `http://127.0.0.1:${tracker}/announce`);
  const [torrent, log] = [join(folder, 't.torrent'), join(folder, 'log.jsonl')];
  writeFileSync(torrent, file);
  expect(readMetainfo(file).infoHash).toBe(infoHash);
  for (const dir of ['seed', 'out']) mkdirSync(join(folder, dir));
  writeFileSync(join(folder, 'seed/data.bin'), data);

  running = start(trackerService, { port: tracker, torrent: [infoHash], log });
  await running.until('listening');
  const seed = aria2(seeding, join(folder, 'seed'), torrent, '--check-integrity=true', '--seed-ratio=0.0');
  await running.until('announce', ({ event, left }) => event === 'started' && left === 0);
  const leech = aria2(leeching, join(folder, 'out'), torrent, '--seed-ratio=0.0', '--bt-tracker-interval=1');
  const at = `127.0.0.1:${leeching}`;
  const completed = await running.until('announce', ({ from, event }) => from === at && event === 'completed');
  expect(completed).toMatchObject({ infoHash, left: 0, answer: { complete: 2, incomplete: 0, downloaded: 1 } });
  const left = once(leech, 'exit');
  leech.kill('SIGINT');
  await left;
  expect(readFileSync(join(folder, 'out/data.bin')).equals(data)).toBe(true);
  const gone = await running.until('announce', ({ from, event }) => from === at && event === 'stopped');
  expect(gone.answer).toMatchObject({ complete: 1, incomplete: 0, downloaded: 1 });
  // Somebody who comes now is told of the seed alone.
  const query = `info_hash=${infoHash.replaceAll(/../g, '%$&')}&peer_id=-XX0000-000000000000&port=1&left=1&compact=0&event=`;
  const answer = Buffer.from(await (await fetch(`http://127.0.0.1:${tracker}/announce?${query}started`)).arrayBuffer());
  expect(answer.toString('latin1')).toContain(`4:porti${seeding}e`);
  expect(answer.toString('latin1')).not.toContain(`4:porti${leeching}e`);
  await fetch(`http://127.0.0.1:${tracker}/announce?${query}stopped`);

  const ended = once(seed, 'exit');
  seed.kill('SIGINT');
  await ended;
  await running.until('announce', ({ from, event }) => from === `127.0.0.1:${seeding}` && event === 'stopped');
  expect(await running.stop()).toBe(true);
  const { command } = await running.until('log');
  expect(judge(suite, String(command), readFileSync(log, 'utf8'))).toMatchObject({ verdict: 'accepted' });
});
