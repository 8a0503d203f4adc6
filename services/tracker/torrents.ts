/**
 * The checked machine of the tracker, one for each torrent, on real timers. A host does for it what it cannot do itself: it tells
 * what came, and draws the list of peers where there is a choice. An announce is answered before the next is heard.
 */

import { createActor } from 'xstate';
import {
  type Endpoint,
  type KeyPolicy,
  type Pending,
  type Reply,
  soundRules,
  type TrackerContext,
  type TrackerRules,
  trackerOf,
} from '../../models/tracker/index.js';
import { type AnnounceRequest, Refusal } from './request.js';

/** @public */
export interface TorrentOptions {
  readonly keyPolicy: KeyPolicy;
  /** Peers in one answer, at most. */
  readonly cap: number;
  /** Milliseconds between two sweeps: who is not heard in between is out. */
  readonly sweep: number;
  /** Torrents and peers of one torrent, at most. */
  readonly maxTorrents: number;
  readonly maxPeers: number;
  /** If not empty, only these are served. */
  readonly only: readonly string[];
  /** A number below so much, by chance. */
  readonly chance: (below: number) => number;
  /** Told when somebody was forgotten because he was silent. */
  readonly onSweep?: (infoHash: string, gone: number) => void;
}

/** @public */
export interface Count {
  readonly complete: number;
  readonly incomplete: number;
  readonly downloaded: number;
}

/** @public */
export interface Answered extends Count {
  readonly peers: readonly Endpoint[];
  /** Whoever was heard at this endpoint. */
  readonly idOf: (at: Endpoint) => string;
  /** How many peers there were to choose from. */
  readonly candidates: number;
}

/** @public */
export type Torrents = ReturnType<typeof torrentsOf>;

/** @public */
export function torrentsOf(options: TorrentOptions) {
  const { cap, sweep, maxTorrents, maxPeers, only, chance, onSweep } = options;
  const policy = { keyPolicy: options.keyPolicy, seedsToSeeds: false, remembers: false };
  const rules = soundRules(policy);
  const machine = trackerOf(policy);
  const start = () => createActor(machine, { input: { cap, sweep } });
  const torrents = new Map<string, ReturnType<typeof start>>();

  function torrentOf(infoHash: string) {
    const known = torrents.get(infoHash);
    if (known !== undefined) return known;
    if (only.length > 0 && !only.includes(infoHash)) throw new Refusal('NOT_SERVED', 'this torrent is not served here');
    if (torrents.size >= maxTorrents && !forgetEmpty()) throw new Refusal('TOO_MANY', 'there are too many torrents');
    const actor = start();
    let entries = 0;
    actor.subscribe(({ context }) => {
      // Nothing but a sweep takes two away at once, or one while nobody stops: what an announce did is told by its answer.
      const gone = entries - context.entries.length;
      entries = context.entries.length;
      if (gone > 0 && !isAnnouncing) onSweep?.(infoHash, gone);
    });
    torrents.set(infoHash, actor.start());
    return actor;
  }

  let isAnnouncing = false;

  /** One that nobody is in, and that nobody has completed, is worth nothing. */
  function forgetEmpty(): boolean {
    for (const [infoHash, actor] of torrents) {
      const { entries, downloaded } = actor.getSnapshot().context;
      if (entries.length > 0 || downloaded > 0) continue;
      actor.stop();
      torrents.delete(infoHash);
      return true;
    }
    return false;
  }

  /** Of somebody who is seen at this address. @throws Refusal */
  function announce(request: AnnounceRequest, address: string): Answered {
    const { infoHash, event, id, key, port, left, numwant } = request;
    const actor = torrentOf(infoHash);
    const before: TrackerContext = actor.getSnapshot().context;
    const said = { type: 'announce', event, id, key, port, left, numwant } as const;
    const own = rules.keyOf(said, `${address}:${port}`);
    const isNew = event !== 'stopped' && !before.entries.some((entry) => entry.key === own);
    if (isNew && before.entries.length >= maxPeers) throw new Refusal('TOO_MANY', 'there are too many peers');
    const replies: Reply[] = [];
    let refusal: string | undefined;
    const listening = actor.on('send', ({ message }) => {
      if (message.type === 'reply') replies.push(message);
      else refusal = message.reason;
    });
    isAnnouncing = true;
    try {
      actor.send({ ...said, from: address });
      for (const one of actor.getSnapshot().context.pending) {
        const peers = draw(rules, actor.getSnapshot().context, one, chance);
        actor.send({ type: 'answer', to: one.to, event: one.event, peers });
      }
    } finally {
      isAnnouncing = false;
      listening.unsubscribe();
    }
    if (refusal !== undefined) throw new Refusal('REFUSED', refusal);
    const [reply] = replies;
    if (reply === undefined) throw new Error('the tracker did not answer an announce');
    const { entries, downloaded } = actor.getSnapshot().context;
    const asker = { key: own, at: `${address}:${port}`, seed: left === 0 };
    return {
      complete: reply.complete,
      incomplete: reply.incomplete,
      downloaded,
      peers: reply.peers,
      idOf: (at) => entries.find((entry) => entry.at === at)?.id ?? '',
      candidates: rules.candidates(entries, asker).length,
    };
  }

  /** What a scrape says of these; of one that nobody has announced, nothing. Changes nothing. */
  const counts = (infoHashes: readonly string[]): ReadonlyMap<string, Count> =>
    new Map(
      infoHashes.flatMap((infoHash) => {
        const actor = torrents.get(infoHash);
        if (actor === undefined) return [];
        const { entries, downloaded } = actor.getSnapshot().context;
        const complete = entries.filter(({ seed }) => seed).length;
        return [[infoHash, { complete, incomplete: entries.length - complete, downloaded }] as const];
      }),
    );

  return {
    announce,
    counts,
    contextOf: (infoHash: string): TrackerContext | undefined => torrents.get(infoHash)?.getSnapshot().context,
    stop: () => {
      for (const actor of torrents.values()) actor.stop();
      torrents.clear();
    },
  };
}

/** One of the lists that the machine would take, each as likely: so many of the candidates, in their order. @internal */
export function draw(
  rules: Pick<TrackerRules, 'candidates'>,
  { entries }: Pick<TrackerContext, 'entries'>,
  { asker, size }: Pick<Pending, 'asker' | 'size'>,
  chance: (below: number) => number,
): readonly Endpoint[] {
  const candidates = rules.candidates(entries, asker);
  let wanted = size;
  // Selection sampling (Knuth, volume 2, algorithm S): each is taken with the chance that it is still needed.
  return candidates.filter((_, at) => {
    const isTaken = chance(candidates.length - at) < wanted;
    if (isTaken) wanted--;
    return isTaken;
  });
}
