/**
 * aria2 (of Debian's package) downloads on loopback from peers that are machines of the model over TCP, one of which corrupts every
 * block; and the codec between the two.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { decode, decodeHandshake, encode, encodeHandshake, Malformed, type Said } from '../../conform/pieces/codec.js';
import { servePeer } from '../../conform/pieces/peer.js';
import { torrentOf } from '../support/torrent.js';

const grid = { pieces: 13, pieceLength: 32_768, blockLength: 16_384 };
const peerId = (name: string) => Buffer.from(`-CP0000-${name.padEnd(12, '0')}`, 'latin1');

test('every message survives the wire, however its bytes are cut up', () => {
  const block = { piece: 12, begin: 16_384, length: 16_384 };
  const said: Exclude<Said, { readonly type: 'other' }>[] = [
    { type: 'choke' },
    { type: 'unchoke' },
    { type: 'interested' },
    { type: 'notInterested' },
    { type: 'keepAlive' },
    { type: 'have', piece: 12 },
    { type: 'bitfield', has: 0b1_0000_0000_0101 },
    { type: 'request', ...block },
    { type: 'cancel', ...block },
    { type: 'piece', piece: 3, begin: 0, data: new Uint8Array(16_384).fill(7) },
  ];
  const bytes = Buffer.concat(said.map((one) => encode(one, grid)));
  expect(decode(bytes, grid)).toEqual({ said, used: bytes.length });
  const heard: Said[] = [];
  let pending = Buffer.alloc(0);
  for (let at = 0; at < bytes.length; at += 1_009) {
    pending = Buffer.concat([pending, bytes.subarray(at, at + 1_009)]);
    const { said: some, used } = decode(pending, grid);
    heard.push(...some);
    pending = pending.subarray(used);
  }
  expect(heard).toEqual(said);
  const hands = { infoHash: 'ab'.repeat(20), peerId: Uint8Array.from(peerId('me')) };
  expect(encodeHandshake(hands)).toHaveLength(68);
  expect(decodeHandshake(encodeHandshake(hands))).toEqual(hands);
  expect(decode(encode({ type: 'bitfield', has: 1 }, grid), grid).used).toBe(7);
  expect(encode({ type: 'bitfield', has: 1 }, grid).toString('hex')).toBe('00000003058000');
});

test.each([
  ['a message longer than any', '7fffffff05'],
  ['a choke with a payload', '000000020000'],
  ['a piece that there is not', '00000005040000000d'],
  ['a bitfield that is too short', '0000000205ff'],
  ['a spare bit', '00000003050001'],
  ['a block off the grid', '0000000d06000000000000000100004000'],
  ['a block longer than it may be', '0000000d06000000000000000000008000'],
  ['a block past the end of its piece', '0000000d06000000000000800000004000'],
  ['a piece without a place', '000000050700000000'],
])('%s is refused', (_, hex) => {
  expect(() => decode(Buffer.from(hex, 'hex'), grid)).toThrow(Malformed);
});

const isThere = spawnSync('aria2c', ['--version']).status === 0;
const title = 'aria2 fetches from a machine again what another one corrupted, and has every byte right';

test(isThere ? title : `${title} (skipped: aria2c is not installed: apt-get install aria2)`, {
  skip: !isThere,
  timeout: 60_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'churnproof-pieces-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const faults: string[] = [];
  const sent = { good: new Set<number>(), bad: new Set<number>() };
  const announced: string[] = [];

  // A tracker that says the same to everybody.
  let peers = Buffer.alloc(0);
  const tracker = createServer((request, response) => {
    announced.push(new URL(request.url ?? '', 'http://tracker').searchParams.get('event') ?? '');
    response.end(Buffer.concat([Buffer.from(`d8:intervali5e5:peers${peers.length}:`), peers, Buffer.from('e')]));
  });
  tracker.listen(0, '127.0.0.1');
  await once(tracker, 'listening');
  onTestFinished(() => {
    tracker.closeAllConnections();
    tracker.close();
  });
  const at = (tracker.address() as AddressInfo).port;
  const { file, infoHash, data } = torrentOf(
    'data.bin',
    grid.pieces * grid.pieceLength,
    `http://127.0.0.1:${at}/announce`,
  );

  // The honest one waits until bad data is on its way, or there might never be any.
  let begin = () => {};
  const begins = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const common = { infoHash, data, grid, onFault: (what: string) => faults.push(what) };
  const corrupting = await servePeer({
    ...common,
    host: '127.0.0.2',
    peerId: peerId('bad'),
    bad: true,
    onBlock: (piece) => {
      sent.bad.add(piece);
      begin();
    },
  });
  onTestFinished(() => corrupting.close());
  const honest = await servePeer({
    ...common,
    host: '127.0.0.3',
    peerId: peerId('good'),
    bad: false,
    begins,
    onBlock: (piece, from) => sent.good.add(piece * grid.pieceLength + from),
  });
  onTestFinished(() => honest.close());
  const entry = (last: number, port: number) => Buffer.of(127, 0, 0, last, port >> 8, port & 0xff);
  peers = Buffer.concat([entry(2, corrupting.port), entry(3, honest.port)]);

  const torrent = join(folder, 't.torrent');
  writeFileSync(torrent, file);
  const alone = ['--no-conf', '--interface=127.0.0.1', '--enable-dht=false', '--enable-dht6=false', '--quiet=true'];
  const quiet = ['--bt-enable-lpd=false', '--enable-peer-exchange=false', '--file-allocation=none', '--seed-time=0'];
  const child = spawn('aria2c', [...alone, ...quiet, '--listen-port=6881-6999', `--dir=${folder}`, torrent], {
    stdio: 'ignore',
    env: { PATH: process.env.PATH },
  });
  onTestFinished(() => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  });
  const [code] = await once(child, 'exit');

  expect(code).toBe(0);
  expect(readFileSync(join(folder, 'data.bin')).equals(data)).toBe(true);
  // At stake: pieces came corrupted; and every block that is there now came from the honest one.
  expect(sent.bad.size).toBeGreaterThan(0);
  expect(sent.good.size).toBe((grid.pieces * grid.pieceLength) / grid.blockLength);
  expect(faults).toEqual([]);
  expect(announced[0]).toBe('started');
});
