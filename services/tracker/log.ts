/**
 * What a served tracker did, written as the model `tracker` would tell it, so that `validate` can judge it: the clients that came
 * get the names of the model's, the seeds first, and each announce and answer is a message that is delivered. When clients came
 * to announce, and that the tracker swept, is left to the checker to find.
 */
import { type AnnounceEvent, clientNames, type KeyPolicy, type TrackerContext } from '../../models/tracker/index.js';
import type { AnnounceRequest } from './request.js';
import type { Answered } from './torrents.js';

/** @public */
export interface TrackerLog {
  took(request: AnnounceRequest, address: string, answer: Answered, after: TrackerContext): void;
  /** Somebody who was silent was forgotten. */
  swept(gone: number): void;
  /** The lines, and the command that judges them; or why the model cannot tell it. */
  written(): { readonly lines: readonly string[]; readonly command: string } | { readonly problem: string };
}

/** Announces that are kept: more would take longer to judge than anybody waits. */
const maxAnnounces = 500;

interface Session {
  readonly id: string;
  readonly endpoint: string;
  readonly isSeed: boolean;
  hasStopped: boolean;
  hasCompleted: boolean;
}

interface Taken {
  readonly session: Session;
  readonly event: AnnounceEvent;
  readonly left: 0 | 1;
  readonly complete: number;
  readonly incomplete: number;
  /** Not told where the client wanted fewer than there were: the model's want any number. */
  readonly peers: readonly Session[] | undefined;
  readonly entries: readonly { readonly session: Session; readonly seed: boolean }[];
  readonly downloaded: number;
}

/** @public */
export function trackerLog(keyPolicy: KeyPolicy, cap: number): TrackerLog {
  const sessions: Session[] = [];
  const announces: Taken[] = [];
  let problem: string | undefined;
  let silent = 0;

  const at = (endpoint: string): Session => {
    const session = sessions.findLast((one) => one.endpoint === endpoint);
    if (session === undefined) throw new Error(`nobody was heard at ${endpoint}`);
    return session;
  };

  const sessionOf = ({ id, left, event, port }: AnnounceRequest, address: string): Session => {
    const endpoint = `${address}:${port}`;
    const known = sessions.find((one) => one.id === id && !(one.hasStopped && event !== 'stopped'));
    if (known?.endpoint === endpoint) return known;
    if (known !== undefined) problem ??= `the client ${id} changed its endpoint, which is not told here`;
    const session = { id, endpoint, isSeed: left === 0, hasStopped: false, hasCompleted: false };
    sessions.push(session);
    return session;
  };

  return {
    took: (request, address, { complete, incomplete, peers, candidates }, { entries, downloaded }) => {
      if (announces.length >= maxAnnounces) problem ??= `there were more than ${maxAnnounces} announces`;
      if (problem !== undefined) return;
      const { event, left, numwant } = request;
      const session = sessionOf(request, address);
      if (event === 'stopped') session.hasStopped = true;
      // Some say it only by what is left, aria2 when it is to end at once.
      if (left === 0 && !session.isSeed) session.hasCompleted = true;
      // Who wanted none is told of none, whoever there is; the model's clients want none when they stop.
      const isWhole = event === 'stopped' ? numwant === 0 : numwant >= Math.min(candidates, cap);
      announces.push({
        ...{ session, event, left, complete, incomplete, downloaded },
        peers: isWhole ? peers.map(at) : undefined,
        entries: entries.map((entry) => ({ session: at(entry.at), seed: entry.seed })),
      });
    },
    swept: (gone) => {
      silent += gone;
    },
    written: () => {
      const clients = [...sessions.filter(({ isSeed }) => isSeed), ...sessions.filter(({ isSeed }) => !isSeed)];
      if (clients.length > clientNames.length)
        problem ??= `${clients.length} clients came, and the model has ${clientNames.length} at most`;
      if (clients.length === 0) problem ??= 'nobody announced';
      if (problem !== undefined) return { problem };
      const count = (is: (session: Session) => boolean) => clients.filter(is).length;
      const set = {
        ...{
          clients: clients.length,
          seeds: count(({ isSeed }) => isSeed),
          shared: 0,
          cap: Math.min(cap, 4),
          keyPolicy,
        },
        ...{ finishes: count(({ hasCompleted }) => hasCompleted), stops: count(({ hasStopped }) => hasStopped) },
        ...{ crashes: Math.min(silent, 4), losses: 0, duplicates: 0, retries: 'any', intervals: 'any' },
      };
      const options = Object.entries(set).map(([name, value]) => `--set ${name}=${value}`);
      return {
        lines: announces.flatMap((taken) => linesOf(taken, clients)).map((line) => JSON.stringify(line)),
        command: `churnproof validate tracker/stops LOG ${options.join(' ')}`,
      };
    },
  };
}

/** The announce, and then its answer, each as a delivery. */
function linesOf(
  { session, event, left, complete, incomplete, peers, entries, downloaded }: Taken,
  clients: readonly Session[],
) {
  const nameOf = (one: Session) => clientNames[clients.indexOf(one)] as string;
  // Clients of the model are seen at the first letter of their name, and listen at their number.
  const endpointOf = (one: Session) => `${nameOf(one).slice(0, 1)}:${clients.indexOf(one) + 1}`;
  const name = nameOf(session);
  const table = entries.map((entry) => ({ at: endpointOf(entry.session), seed: entry.seed }));
  table.sort((a, b) => (a.at < b.at ? -1 : 1));
  return [
    {
      ...{ kind: 'deliver', from: name, to: 'tracker', message: { type: 'announce', event, left } },
      after: { tracker: { context: { downloaded, entries: table } } },
      note: `${session.id} at ${session.endpoint}`,
    },
    {
      ...{ kind: 'deliver', from: 'tracker', to: name },
      message: {
        ...{ type: 'reply', event, complete, incomplete },
        ...(peers === undefined ? {} : { peers: peers.map(endpointOf).sort() }),
      },
    },
  ];
}
