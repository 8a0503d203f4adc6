/** The served tracker without a client of its own kind: its border, its lists, its answers, and the log that the model judges. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { decode } from '../../models/metainfo/index.js';
import { listsFor, soundRules, trackerOf } from '../../models/tracker/index.js';
import { suite } from '../../properties/tracker.js';
import {
  addressBytes,
  draw,
  Refusal,
  readAnnounce,
  readScrape,
  torrentsOf,
  trackerService,
} from '../../services/tracker/index.js';
import { judge } from './judge.js';
import { type Running, start } from './stage.js';

const hash = '%61'.repeat(20);
const infoHash = '61'.repeat(20);
const id = (n: number) => `-XX0001-${String(n).padStart(12, '0')}`;
const query = (n: number, rest: string) => `info_hash=${hash}&peer_id=${id(n)}&port=${7000 + n}&${rest}`;

describe('the border', () => {
  test('bytes are bytes, and what is left out has its usual value', () => {
    const raw = Array.from({ length: 20 }, (_, at) => `%${(at * 13).toString(16).padStart(2, '0')}`).join('');
    expect(readAnnounce(`info_hash=${raw}&peer_id=${id(1)}&port=6881&left=0`)).toMatchObject({
      infoHash: Array.from({ length: 20 }, (_, at) => (at * 13).toString(16).padStart(2, '0')).join(''),
      ...{ left: 0, event: 'none', numwant: 50, compact: true, port: 6881 },
    });
  });

  test.each([
    ['nothing', '', 'FIELD_MISSING'],
    ['no peer id', `info_hash=${hash}&port=1&left=0`, 'FIELD_MISSING'],
    ['no port', `info_hash=${hash}&peer_id=${id(1)}&left=0`, 'FIELD_MISSING'],
    ['no left', `info_hash=${hash}&peer_id=${id(1)}&port=1`, 'FIELD_MISSING'],
    ['a short hash', `info_hash=abc&peer_id=${id(1)}&port=1&left=0`, 'FIELD_INVALID'],
    ['a long hash', `info_hash=${hash}a&peer_id=${id(1)}&port=1&left=0`, 'FIELD_INVALID'],
    ['two hashes', query(1, `left=0&info_hash=${hash}`), 'FIELD_TWICE'],
    [
      'characters that are no bytes',
      `info_hash=${'\u{1F600}'.repeat(10)}&peer_id=${id(1)}&port=1&left=0`,
      'FIELD_INVALID',
    ],
    ['half an escape', query(1, 'left=0&key=%4'), 'FIELD_INVALID'],
    ['a port in words', `info_hash=${hash}&peer_id=${id(1)}&port=http&left=0`, 'FIELD_INVALID'],
    ['a negative left', query(1, 'left=-1'), 'FIELD_INVALID'],
    ['a left of a thousand digits', query(1, `left=${'9'.repeat(1000)}`), 'FIELD_INVALID'],
    ['an event that there is not', query(1, 'left=1&event=begun'), 'FIELD_INVALID'],
    ['a numwant in words', query(1, 'left=1&numwant=all'), 'FIELD_INVALID'],
    ['a compact of 2', query(1, 'left=1&compact=2'), 'FIELD_INVALID'],
    ['a total in words', query(1, 'left=1&downloaded=much'), 'FIELD_INVALID'],
    ['a key without end', query(1, `left=1&key=${'k'.repeat(65)}`), 'FIELD_INVALID'],
    ['a query without end', query(1, `left=1&x=${'x'.repeat(5000)}`), 'QUERY_TOO_LONG'],
    ['fields without end', query(1, `left=1${'&a=b'.repeat(200)}`), 'QUERY_TOO_LONG'],
  ])('%s is refused', (_, text, code) => {
    expect(() => readAnnounce(text)).toThrow(expect.objectContaining({ code }));
  });

  test('a scrape names torrents', () => {
    expect(readScrape(`info_hash=${hash}&info_hash=${hash}`)).toEqual([infoHash]);
    expect(() => readScrape('')).toThrow(Refusal);
  });

  test.each([
    ['127.0.0.1', [127, 0, 0, 1]],
    ['::1', [...Array.from({ length: 15 }, () => 0), 1]],
    ['fe80::1%eth0', [0xfe, 0x80, ...Array.from({ length: 13 }, () => 0), 1]],
    ['2001:db8::a:b', [0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xa, 0, 0xb]],
    ['64:ff9b::1.2.3.4', [0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4]],
  ])('the bytes of %s', (address, bytes) => expect([...addressBytes(address)]).toEqual(bytes));
});

const plain = { keyPolicy: 'endpoint', cap: 50, sweep: 60_000, maxTorrents: 2, maxPeers: 200, only: [] } as const;

describe('the machine and its host', () => {
  test('what is drawn are the lists that the machine takes, each as often', () => {
    const rules = soundRules({ keyPolicy: 'endpoint', seedsToSeeds: false, remembers: false });
    const entries = ['a', 'b', 'c', 'd', 'e'].map((key) => ({
      key,
      id: key,
      at: key,
      seed: false,
      counted: false,
      age: 0,
    }));
    const asker = { key: 'e', at: 'e', seed: false };
    const lists = [...listsFor(rules, { entries }, 2, asker)].map(String);
    const drawn = new Map<string, number>();
    let state = 7;
    const chance = (below: number) => {
      state = (Math.imul(state, 48_271) >>> 0) % 2_147_483_647;
      return state % below;
    };
    for (let at = 0; at < 6000; at++) {
      const list = String(draw(rules, { entries }, { asker, size: 2 }, chance));
      drawn.set(list, (drawn.get(list) ?? 0) + 1);
    }
    expect([...drawn.keys()].sort()).toEqual(lists.toSorted());
    for (const times of drawn.values()) expect(Math.abs(times - 1000)).toBeLessThan(150);
  });

  test('a swarm of 200, of whom 50 are told: nobody makes all the lists', () => {
    const torrents = torrentsOf({ ...plain, chance: () => 0 });
    for (let at = 0; at < 200; at++) {
      const request = readAnnounce(query(at, 'left=1&event=started'));
      const { peers } = torrents.announce(request, '127.0.0.1');
      expect(new Set(peers).size).toBe(Math.min(at, 50));
      expect(peers).not.toContain(`127.0.0.1:${7000 + at}`);
    }
    const late = readAnnounce(query(999, 'left=1'));
    expect(() => torrents.announce(late, '127.0.0.1')).toThrow(expect.objectContaining({ code: 'TOO_MANY' }));
    // Who is in already may go on.
    expect(torrents.announce(readAnnounce(query(7, 'left=0')), '127.0.0.1')).toMatchObject({
      complete: 1,
      incomplete: 199,
    });
    torrents.stop();
  });

  test('of too many torrents one that is empty is forgotten, and if none is, the new one is refused', () => {
    const torrents = torrentsOf({ ...plain, chance: () => 0 });
    const of = (letter: string, rest: string) =>
      readAnnounce(`info_hash=${letter.repeat(20)}&peer_id=${id(1)}&port=1&left=1&${rest}`);
    torrents.announce(of('a', ''), '127.0.0.1');
    torrents.announce(of('b', ''), '127.0.0.1');
    expect(() => torrents.announce(of('c', ''), '127.0.0.1')).toThrow(expect.objectContaining({ code: 'TOO_MANY' }));
    torrents.announce(of('a', 'event=stopped'), '127.0.0.1');
    expect(torrents.announce(of('c', ''), '127.0.0.1')).toMatchObject({ incomplete: 1 });
    torrents.stop();
  });

  test('the machine is that of the model, and no other', () => {
    const policy = { keyPolicy: 'endpoint', seedsToSeeds: false, remembers: false } as const;
    expect(trackerOf(policy).config).toMatchObject({ id: 'tracker', initial: 'serving' });
  });
});

describe('over HTTP', () => {
  let running: Running | undefined;
  let folder: string | undefined;
  afterEach(async () => {
    await running?.stop();
    running = undefined;
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    folder = undefined;
  });

  async function started(wishes = {}) {
    running = start(trackerService, wishes);
    const url = String((await running.until('listening')).url);
    const ask = async (text: string) => {
      const response = await fetch(`${url}?${text}`);
      const answer = decode(new Uint8Array(await response.arrayBuffer()));
      if (answer.kind !== 'dictionary') throw new Error('the answer is no dictionary');
      const of = (name: string) => {
        const value = answer.entries.get(name);
        if (value?.kind === 'integer') return Number(value.value);
        return value?.kind === 'bytes' ? Buffer.from(value.value).toString('latin1') : value;
      };
      return { status: response.status, of };
    };
    return { url, ask, running };
  }

  test('answers in either form, and failures as bencode, too', async () => {
    const { url, ask } = await started();
    await ask(query(1, 'left=0&event=started'));
    const short = await ask(query(2, 'left=9&event=started&compact=1'));
    expect(short.of('peers')).toBe(`\x7f\0\0\x01${String.fromCharCode(7001 >> 8, 7001 & 255)}`);
    expect([short.of('complete'), short.of('incomplete'), short.of('interval')]).toEqual([1, 1, 1800]);
    const long = await ask(query(2, 'left=9&compact=0'));
    expect(long.of('peers')).toMatchObject({ kind: 'list', items: [{ kind: 'dictionary' }] });
    expect((await ask(query(2, 'left=9&numwant=0'))).of('peers')).toBe('');
    expect((await ask('info_hash=x')).of('failure reason')).toBe('FIELD_INVALID: info_hash has 1 bytes, not 20');
    expect((await ask(query(-7000, 'left=1'))).of('failure reason')).toBe('REFUSED: bad port');
    expect((await fetch(url.replace('announce', 'elsewhere'))).status).toBe(404);
    expect((await fetch(url, { method: 'POST', body: 'x' })).status).toBe(405);
    expect((await fetch(`${url}?${'x'.repeat(100_000)}`)).status).toBe(400);
    // Still there.
    expect((await ask(query(2, 'left=9'))).of('complete')).toBe(1);
  });

  test('what is no HTTP is cut off', async () => {
    const { url, ask } = await started();
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write('\x13BitTorrent protocol\r\n\r\n');
    const told = await new Promise<string>((resolve) => socket.once('data', (bytes) => resolve(String(bytes))));
    expect(told).toContain('400 Bad Request');
    socket.destroy();
    expect((await ask(query(1, 'left=9'))).of('incomplete')).toBe(1);
  });

  test('who is silent is forgotten, and it says so', async () => {
    const { ask, running } = await started({ interval: 1, grace: 1, torrent: [infoHash] });
    await ask(query(1, 'left=9'));
    expect(await running.until('sweep')).toMatchObject({ infoHash, gone: 1 });
    expect((await ask(query(2, 'left=9'))).of('peers')).toBe('');
    const other = await ask(`info_hash=${'b'.repeat(20)}&peer_id=${id(1)}&port=1&left=0`);
    expect(other.of('failure reason')).toBe('NOT_SERVED: this torrent is not served here');
  }, 15_000);

  test('the log is one that the model explains, and with one number changed it is none', async () => {
    folder = mkdtempSync(join(tmpdir(), 'churnproof-tracker-'));
    const file = join(folder, 'log.jsonl');
    const { ask, running } = await started({ torrent: [infoHash], log: file, cap: 1 });
    await ask(query(2, 'left=9&event=started'));
    await ask(query(1, 'left=0&event=started'));
    await ask(query(3, 'left=9&event=started'));
    await ask(query(2, 'left=0&event=completed'));
    await ask(query(2, 'left=0'));
    await ask(query(2, 'left=0&event=stopped&numwant=0'));
    await ask(query(3, 'left=9'));
    await running.stop();
    const { command } = await running.until('log');
    const log = readFileSync(file, 'utf8');
    expect(judge(suite, String(command), log)).toMatchObject({ verdict: 'accepted', lines: 14 });
    const wrong = log.replace('"complete":2', '"complete":1');
    expect(wrong).not.toBe(log);
    expect(judge(suite, String(command), wrong)).toMatchObject({ verdict: 'rejected', line: { line: 8 } });
  });

  test('a port that is taken is a mistake with a code', async () => {
    const { url } = await started();
    const again = start(trackerService, { port: Number(new URL(url).port) });
    await expect(again.stop()).rejects.toMatchObject({ code: 'SERVE_FAILED' });
  });
});
