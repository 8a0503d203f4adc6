/** The packets of a UDP tracker, and whether a connection id proves what it is there to prove. */
import { randomBytes } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { missing } from '../../conform/installed.js';
import {
  announceRequest,
  connectRequest,
  Malformed,
  protocolId,
  readAnswer,
  scrapeRequest,
} from '../../conform/tracker/bep15.js';
import { servedOverUdp } from '../../conform/tracker/bittorrent-tracker.js';
import { started } from '../../conform/tracker/opentracker.js';
import { type UdpClient, udpClient } from '../../conform/tracker/udp.js';

const infoHash = Buffer.from('ab'.repeat(20), 'hex');
const announced = {
  infoHash,
  peerId: Buffer.from('cd'.repeat(20), 'hex'),
  event: 'started',
  left: 1,
  numwant: -1,
  port: 0x1b59,
} as const;

test('questions have the bytes that BEP 15 gives them', () => {
  expect(connectRequest(7).toString('hex')).toBe('00000417271019800000000000000007');
  expect(announceRequest(0x0102n, 0xfffffffe, announced).toString('hex')).toBe(
    `000000000000010200000001fffffffe${'ab'.repeat(20)}${'cd'.repeat(20)}` +
      `0000000000000000${'0000000000000001'}0000000000000000${'00000002'}0000000000000000ffffffff1b59`,
  );
  const codes = (['none', 'completed', 'started', 'stopped'] as const).map((event) =>
    announceRequest(1n, 1, { ...announced, event }).readUInt32BE(80),
  );
  expect(codes).toEqual([0, 1, 2, 3]);
  expect(scrapeRequest(1n, 2, infoHash).toString('hex')).toBe(`00000000000000010000000200000002${'ab'.repeat(20)}`);
});

test('answers are read, and what is longer than it has to be', () => {
  const read = (hex: string) => readAnswer(Buffer.from(hex, 'hex'));
  expect(read('0000000000000007000000000000000900')).toEqual({ action: 'connect', transaction: 7, connection: 9n });
  expect(read('00000001000000070000025800000002000000017f0000011b59')).toEqual({
    ...{ action: 'announce', transaction: 7, interval: 600, incomplete: 2, complete: 1 },
    peers: Buffer.from('7f0000011b59', 'hex'),
  });
  expect(read('0000000200000007000000010000000300000002')).toEqual({
    ...{ action: 'scrape', transaction: 7, complete: 1, downloaded: 3, incomplete: 2 },
  });
  expect(read('00000003000000076e6f00')).toEqual({ action: 'error', transaction: 7, message: 'no' });
});

test.each([
  ['nothing', ''],
  ['a connection id cut short', '00000000000000070000000000'],
  ['counts cut short', '000000010000000700000258000000020000'],
  ['an address cut short', '00000001000000070000025800000002000000017f000001'],
  ['an action that there is not', '0000000900000007'],
])('%s is refused', (_, hex) => {
  expect(() => readAnswer(Buffer.from(hex, 'hex'))).toThrow(Malformed);
});

describe('an announce counts only with an id that was given to its address', () => {
  const driven = (needs: string, title: string, run: () => Promise<void>) => {
    const why = missing(needs);
    test(why === undefined ? title : `${title} (skipped: ${why})`, { skip: why !== undefined }, run);
  };
  const clientAt = async (port: number, host: string): Promise<UdpClient> => {
    const client = await udpClient(port, host);
    onTestFinished(() => client.close());
    return client;
  };
  const announce = (client: UdpClient, connection: bigint, hash: Buffer) =>
    client.ask((transaction) =>
      announceRequest(connection, transaction, { ...announced, infoHash: hash, peerId: randomBytes(20) }),
    );

  driven('opentracker', 'opentracker refuses the id of another address, and one that was made up', async () => {
    const { port, infoHash: hash, close } = await started();
    onTestFinished(close);
    const [own, other] = [await clientAt(port, '127.0.0.1'), await clientAt(port, '127.0.0.2')];
    const id = await own.connect();
    expect(await other.connect()).not.toBe(id);
    expect(await announce(other, id, hash)).toMatchObject({ action: 'error' });
    expect(await announce(other, protocolId, hash)).toMatchObject({ action: 'error' });
    expect(await announce(own, id, hash)).toMatchObject({ action: 'announce', incomplete: 1 });
  });

  driven('bittorrent-tracker', 'bittorrent-tracker gives everybody the same id, which stands in BEP 15', async () => {
    const { port, close } = await servedOverUdp();
    onTestFinished(close);
    const [own, other] = [await clientAt(port, '127.0.0.1'), await clientAt(port, '127.0.0.2')];
    expect(await own.connect()).toBe(protocolId);
    // Nobody at this address has ever asked for one.
    expect(await announce(other, protocolId, infoHash)).toMatchObject({ action: 'announce', incomplete: 1 });
  });
});
