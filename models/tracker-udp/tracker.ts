/** A UDP tracker: it lists who proves by a connection id that it can be reached at the address which it gives. */
import { assign, enqueueActions, setup } from 'xstate';
import type { From, Send } from '../../src/kernel/index.js';
import type { Address, Announce, Answer, ConnectionId, Hash, Question } from './messages.js';

/** @public */
export interface UdpEntry {
  readonly at: Address;
  readonly id: string;
  readonly seed: boolean;
}

/** @public */
export interface UdpTrackerContext {
  /** Minutes since the beginning, as far as they matter. */
  readonly minute: number;
  /** Of torrent x, sorted by address; nobody is in y. */
  readonly entries: readonly UdpEntry[];
  readonly downloaded: number;
  /** Who listens where: not the tracker's knowledge but the network's, which carries an answer to the address. */
  readonly routes: { readonly [address: Address]: string };
}

/** @public */
export interface UdpTrackerRules {
  /** Whether this id was made for this address, this minute or the last. */
  accepts(cid: ConnectionId, source: Address, minute: number): boolean;
  listedAt(announce: Announce): Address;
  counted(hashes: readonly Hash[], members: { readonly [hash in Hash]: number }): readonly number[];
}

/** Stands for a keyed hash of both. @public */
export const connectionId = (address: Address, minute: number): ConnectionId => `${address}@${minute}`;

/** @public */
export const soundUdpRules: UdpTrackerRules = {
  accepts: (cid, source, minute) => [minute, minute - 1].some((made) => cid === connectionId(source, made)),
  listedAt: ({ source, ip }) => ip ?? source,
  counted: (hashes, members) => hashes.map((hash) => members[hash]),
};

/** @public */
export function udpTrackerOf(rules: UdpTrackerRules = soundUdpRules) {
  return setup({
    types: {
      context: {} as UdpTrackerContext,
      input: {} as Pick<UdpTrackerContext, 'routes'>,
      events: {} as From<Question> | { readonly type: 'minute' },
      emitted: {} as Send<Answer>,
    },
    actions: {
      tick: assign({ minute: ({ context }) => context.minute + 1 }),
      handle: enqueueActions(({ context, event, enqueue }) => {
        if (event.type === 'minute') return;
        const { source, tid } = event;
        const to = context.routes[source];
        const answer = (message: Answer) => {
          if (to !== undefined) enqueue.emit({ type: 'send', to, message });
        };
        if (event.type === 'connect')
          return answer({ type: 'connected', tid, cid: connectionId(source, context.minute) });
        if (!rules.accepts(event.cid, source, context.minute)) return answer({ type: 'error', tid });
        if (event.type === 'scrape') {
          const counts = rules.counted(event.hashes, { x: context.entries.length, y: 0 });
          return answer({ type: 'scraped', tid, counts });
        }
        const entries = listed(context.entries, { at: rules.listedAt(event), id: event.id, seed: event.left === 0 });
        const wasSeed = context.entries.some(({ at, seed }) => at === rules.listedAt(event) && seed);
        const isNew = event.event === 'completed' && event.left === 0 && !wasSeed;
        enqueue.assign({ entries, downloaded: context.downloaded + (isNew ? 1 : 0) });
        const seeders = entries.filter(({ seed }) => seed).length;
        answer({ type: 'announced', tid, seeders, leechers: entries.length - seeders });
      }),
    },
  }).createMachine({
    id: 'UDP tracker',
    context: ({ input: { routes } }) => ({ minute: 0, entries: [], downloaded: 0, routes }),
    on: {
      connect: { actions: 'handle' },
      announce: { actions: 'handle' },
      scrape: { actions: 'handle' },
      minute: { actions: 'tick' },
    },
  });
}

const listed = (entries: readonly UdpEntry[], entry: UdpEntry): readonly UdpEntry[] =>
  [...entries.filter(({ at }) => at !== entry.at), entry].sort((a, b) => (a.at < b.at ? -1 : 1));
