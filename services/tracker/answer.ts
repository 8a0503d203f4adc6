/** What a served tracker answers, as bencoded bytes: peers in the short form (BEP 23, BEP 7) or each with its id (BEP 3). */
import { type Bencode, bencoded, encode } from '../../models/metainfo/index.js';
import type { Endpoint } from '../../models/tracker/index.js';
import type { Answered, Count } from './torrents.js';

/** @public */
export interface Times {
  /** Seconds from one announce to the next. */
  readonly interval: number;
  /** Seconds before a client may ask for more peers. */
  readonly minInterval: number;
}

/** @public */
export interface Form {
  readonly compact: boolean;
  readonly hidesIds: boolean;
}

const { integer, bytes, list, dictionary } = bencoded;

/** @public */
export function announceAnswer(
  { complete, incomplete, downloaded, peers, idOf }: Answered,
  times: Times,
  form: Form,
): Uint8Array {
  const hosts = peers.map(hostOf);
  const four = concat(hosts.filter(({ ip }) => ip.length === 4));
  const six = concat(hosts.filter(({ ip }) => ip.length === 16));
  const whole = list(
    ...peers.map((at) =>
      dictionary([
        ['ip', bytes(at.slice(0, at.lastIndexOf(':')))],
        ...(form.hidesIds ? [] : [['peer id', bytes(fromHex(idOf(at)))] as const]),
        ['port', integer(Number(at.slice(at.lastIndexOf(':') + 1)))],
      ]),
    ),
  );
  const entries: [string, Bencode][] = [
    ['complete', integer(complete)],
    ['downloaded', integer(downloaded)],
    ['incomplete', integer(incomplete)],
    ['interval', integer(times.interval)],
    ['min interval', integer(times.minInterval)],
    ['peers', form.compact ? bytes(four) : whole],
    ...(form.compact && six.length > 0 ? [['peers6', bytes(six)] as [string, Bencode]] : []),
  ];
  return encode(dictionary(entries));
}

/** @public */
export const failureAnswer = (reason: string): Uint8Array =>
  encode(dictionary([['failure reason', bytes(reason.slice(0, 200))]]));

/** @public */
export const scrapeAnswer = (counts: ReadonlyMap<string, Count>): Uint8Array =>
  encode(
    dictionary([
      [
        'files',
        dictionary(
          [...counts].map(([infoHash, { complete, downloaded, incomplete }]) => [
            latinOf(infoHash),
            dictionary([
              ['complete', integer(complete)],
              ['downloaded', integer(downloaded)],
              ['incomplete', integer(incomplete)],
            ]),
          ]),
        ),
      ],
    ]),
  );

interface Host {
  readonly ip: Uint8Array;
  readonly port: number;
}

function hostOf(at: Endpoint): Host {
  const colon = at.lastIndexOf(':');
  return { ip: addressBytes(at.slice(0, colon)), port: Number(at.slice(colon + 1)) };
}

const concat = (hosts: readonly Host[]): Uint8Array =>
  Uint8Array.from(hosts.flatMap(({ ip, port }) => [...ip, port >> 8, port & 255]));

/** Of an address as a socket tells it. A zone (`%eth0`) means nothing to others. @public */
export function addressBytes(address: string): Uint8Array {
  if (!address.includes(':')) return Uint8Array.from(address.split('.').map(Number));
  const [plain = ''] = address.split('%');
  const [head = '', tail] = plain.split('::');
  const words = (text: string) =>
    text.split(':').flatMap((word) => {
      if (word === '') return [];
      if (!word.includes('.')) return [Number.parseInt(word, 16)];
      const [a = 0, b = 0, c = 0, d = 0] = word.split('.').map(Number);
      return [(a << 8) | b, (c << 8) | d];
    });
  const [first, last] = [words(head), tail === undefined ? [] : words(tail)];
  const all = [...first, ...Array.from({ length: 8 - first.length - last.length }, () => 0), ...last];
  return Uint8Array.from(all.flatMap((word) => [word >> 8, word & 255]));
}

const fromHex = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));

const latinOf = (hex: string): string => Buffer.from(hex, 'hex').toString('latin1');
