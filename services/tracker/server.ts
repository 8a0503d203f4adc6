/** The transport of a served tracker: HTTP requests to announces and scrapes, and back. Whatever comes is answered or cut off. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { messageOf } from '../../src/kernel/index.js';
import { announceAnswer, failureAnswer, scrapeAnswer, type Times } from './answer.js';
import { type AnnounceRequest, Refusal, readAnnounce, readScrape } from './request.js';
import type { Answered, Torrents } from './torrents.js';

/** What came of one request. @public */
export type Handled =
  | { readonly kind: 'announce'; readonly from: string; readonly request: AnnounceRequest; readonly answer: Answered }
  | { readonly kind: 'scrape'; readonly from: string; readonly torrents: number }
  | { readonly kind: 'refused'; readonly from: string; readonly code: string; readonly reason: string };

/** @public */
export interface ServerOptions {
  readonly port: number;
  readonly host: string;
  readonly times: Times;
  readonly onHandled: (handled: Handled) => void;
}

/** @public */
export interface TrackerServer {
  /** Where clients announce. */
  readonly url: string;
  close(): Promise<void>;
}

/** Refusals of a tracker come with 200 (BEP 3 has them in the answer); these are no matter of the tracker's. */
const statusOf: { readonly [code: string]: number } = { NO_SUCH_PATH: 404, METHOD_INVALID: 405, UNEXPECTED: 500 };

/** Milliseconds that a client may take to say what it wants. */
const patience = 10_000;

/** Listens, and comes back when it does. @public */
export async function serveTracker(torrents: Torrents, options: ServerOptions): Promise<TrackerServer> {
  const server = createServer({ maxHeaderSize: 16_384, requestTimeout: patience }, (request, response) =>
    respond(torrents, options, request, response),
  );
  server.maxConnections = 1_000;
  server.headersTimeout = patience;
  // What is no HTTP is nobody who would read an answer.
  server.on('clientError', (_, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
    else socket.destroy();
  });
  server.listen(options.port, options.host);
  await once(server, 'listening');
  const { address, port, family } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}/announce`,
    close: () => closed(server),
  };
}

async function closed(server: Server): Promise<void> {
  const ended = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await ended;
}

function respond(
  torrents: Torrents,
  { times, onHandled }: ServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const from = addressOf(request);
  // An announce has no body; one that comes all the same is thrown away.
  request.resume();
  let status = 200;
  let body: Uint8Array;
  let handled: Handled;
  try {
    [body, handled] = answer(torrents, times, request, from);
  } catch (error) {
    // Whatever else goes wrong goes wrong with this request, not with the tracker.
    const { code, message: reason } =
      error instanceof Refusal ? error : { code: 'UNEXPECTED' as const, message: messageOf(error) };
    status = statusOf[code] ?? 200;
    body = failureAnswer(`${code}: ${reason}`);
    handled = { kind: 'refused', from, code, reason };
  }
  response.writeHead(status, { 'content-type': 'text/plain', 'content-length': body.length, connection: 'close' });
  response.end(body);
  onHandled(handled);
}

function answer(
  torrents: Torrents,
  times: Times,
  { method, url = '' }: IncomingMessage,
  from: string,
): readonly [Uint8Array, Handled] {
  if (method !== 'GET') throw new Refusal('METHOD_INVALID', 'a tracker is asked by GET');
  const at = url.indexOf('?');
  const [path, query] = at < 0 ? [url, ''] : [url.slice(0, at), url.slice(at + 1)];
  if (path === '/scrape') {
    const counts = torrents.counts(readScrape(query));
    return [scrapeAnswer(counts), { kind: 'scrape', from, torrents: counts.size }];
  }
  if (path !== '/announce') throw new Refusal('NO_SUCH_PATH', 'there are /announce and /scrape');
  const request = readAnnounce(query);
  const answered = torrents.announce(request, from);
  return [announceAnswer(answered, times, request), { kind: 'announce', from, request, answer: answered }];
}

/** As others can reach it: an IPv4 address that was mapped into IPv6 is told as what it is. */
const addressOf = ({ socket: { remoteAddress = '' } }: IncomingMessage): string =>
  remoteAddress.replace(/^::ffff:(?=\d+\.)/, '');
