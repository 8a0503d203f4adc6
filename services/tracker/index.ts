/** `serve tracker`: the machine that is checked as `tracker`, behind real HTTP. */
import { randomInt } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import type { KeyPolicy } from '../../models/tracker/index.js';
import { ChurnproofError, messageOf } from '../../src/kernel/index.js';
import { type Service, type ServiceWishes, type Stage, untilStopped } from '../../src/serve/index.js';
import { type TrackerLog, trackerLog } from './log.js';
import { type Handled, serveTracker } from './server.js';
import { torrentsOf } from './torrents.js';

export { addressBytes, announceAnswer, failureAnswer, scrapeAnswer } from './answer.js';
export { type TrackerLog, trackerLog } from './log.js';
export { type AnnounceRequest, maxQuery, Refusal, type RefusalCode, readAnnounce, readScrape } from './request.js';
export { type Handled, type ServerOptions, serveTracker, type TrackerServer } from './server.js';
export { type Answered, type Count, draw, type TorrentOptions, type Torrents, torrentsOf } from './torrents.js';

/** @public */
export const trackerService: Service = {
  name: 'tracker',
  summary: 'A BitTorrent tracker: the machine that is checked, behind real HTTP.',
  help: `
Prints the URL that goes into a torrent file, and a line for each announce. SIGINT or SIGTERM ends it. Whoever is not heard for
an interval and the grace, twice over at most, is forgotten: give the grace for a lost announce that is made again.

With --log and one --torrent it writes, when it ends, what it did in the terms of the model, and the command that judges it.

Examples:
  churnproof serve tracker --port 6969
  churnproof serve tracker --interval 30 --grace 10 --torrent 0123456789abcdef0123456789abcdef01234567 --log swarm.jsonl`,
  options: [
    { name: 'host', type: 'text', of: 'address', doc: 'address to listen at', default: '127.0.0.1' },
    { name: 'port', type: 'whole', doc: 'port to listen at; 0: any that is free', min: 0, max: 65_535, default: 0 },
    {
      ...{ name: 'interval', type: 'whole', min: 1, max: 86_400, default: 1800 },
      doc: 'seconds from one announce of a client to its next',
    },
    {
      ...{ name: 'grace', type: 'whole', min: 1, max: 86_400, default: 300 },
      doc: 'seconds that an announce may be late: its way, and a retry',
    },
    { name: 'cap', type: 'whole', doc: 'peers in one answer, at most', min: 0, max: 200, default: 50 },
    {
      ...{ name: 'key', type: 'choice', options: ['endpoint', 'peerId', 'key'] },
      doc: 'what a client is known by (default: endpoint)',
    },
    {
      ...{ name: 'torrent', type: 'text', of: 'info hash', many: true },
      doc: 'serve only this one, forty hexadecimal digits; may be repeated',
    },
    { name: 'log', type: 'text', of: 'file', doc: 'write what happened for churnproof validate; needs one --torrent' },
  ],
  run,
};

async function run(wishes: ServiceWishes, stage: Stage): Promise<boolean> {
  const { host, port, interval, grace, cap } = wishes as { readonly host: string } & Record<string, number>;
  const keyPolicy = (wishes.key ?? 'endpoint') as KeyPolicy;
  const only = hashesOf((wishes.torrent ?? []) as readonly string[]);
  const file = wishes.log as string | undefined;
  if (file !== undefined && only.length !== 1)
    throw new ChurnproofError('USAGE', '--log tells of one torrent', { hint: 'name it with --torrent' });
  const log = file === undefined ? undefined : trackerLog(keyPolicy, cap as number);
  const torrents = torrentsOf({
    ...{ keyPolicy, cap: cap as number, only, chance: (below) => randomInt(below) },
    ...{ sweep: ((interval as number) + (grace as number)) * 1000, maxTorrents: 1_000, maxPeers: 2_000 },
    onSweep: (infoHash, gone) => {
      log?.swept(gone);
      stage.tell(`${infoHash.slice(0, 8)} ${gone} silent, forgotten`, { type: 'sweep', infoHash, gone });
    },
  });
  const times = { interval: interval as number, minInterval: Math.min(interval as number, 60) };
  const onHandled = (handled: Handled) => {
    if (handled.kind === 'announce') {
      const after = torrents.contextOf(handled.request.infoHash);
      if (after !== undefined) log?.took(handled.request, handled.from, handled.answer, after);
    }
    tell(handled, stage);
  };
  const server = await serveTracker(torrents, { host, port: port as number, times, onHandled }).catch((error) => {
    throw new ChurnproofError('SERVE_FAILED', `cannot listen at ${host}, port ${port}: ${messageOf(error)}`, {
      hint: 'another --port, or 0 for any that is free',
      cause: error,
    });
  });
  stage.tell(`announce URL: ${server.url}`, { type: 'listening', url: server.url });
  await untilStopped(stage.stopped);
  await server.close();
  torrents.stop();
  if (log !== undefined && file !== undefined) await write(log, file, stage);
  stage.tell('stopped', { type: 'stopped' });
  return true;
}

function tell(handled: Handled, stage: Stage): void {
  const { from } = handled;
  switch (handled.kind) {
    case 'announce': {
      const { infoHash, id, port, event, left, numwant } = handled.request;
      const { complete, incomplete, downloaded, peers } = handled.answer;
      stage.tell(
        `${infoHash.slice(0, 8)} ${from}:${port} ${event === 'none' ? 'announces' : event}, ${left === 0 ? 'nothing' : 'something'} left: ` +
          `${complete} complete, ${incomplete} incomplete, told of ${peers.length}`,
        {
          ...{ type: 'announce', infoHash, from: `${from}:${port}`, id, event, left, numwant },
          answer: { complete, incomplete, downloaded, peers },
        },
      );
      return;
    }
    case 'scrape':
      stage.tell(`${from} scrapes ${handled.torrents}`, { type: 'scrape', from, torrents: handled.torrents });
      return;
    case 'refused':
      stage.tell(`${from} refused: ${handled.code}: ${handled.reason}`, {
        ...{ type: 'refused', from, code: handled.code, reason: handled.reason },
      });
  }
}

async function write(log: TrackerLog, file: string, stage: Stage): Promise<void> {
  const written = log.written();
  if ('problem' in written) {
    stage.tell(`no log: ${written.problem}`, { type: 'no log', problem: written.problem });
    return;
  }
  try {
    await writeFile(file, `${written.lines.join('\n')}\n`);
  } catch (error) {
    throw new ChurnproofError('SERVE_FAILED', `cannot write the log: ${messageOf(error)}`, {
      where: file,
      cause: error,
    });
  }
  const command = written.command.replace('LOG', file);
  stage.tell(`the log is ${file}: ${command}`, { type: 'log', file, command });
}

function hashesOf(texts: readonly string[]): readonly string[] {
  const wrong = texts.find((text) => !/^[0-9a-fA-F]{40}$/.test(text));
  if (wrong === undefined) return texts.map((text) => text.toLowerCase());
  throw new ChurnproofError('USAGE', `'${wrong}' is no info hash`, { expected: 'forty hexadecimal digits' });
}
