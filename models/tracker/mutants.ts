/** Mistakes of trackers and clients, each with what it breaks and how soon. B.. and S.. are numbered as in the README. */
import { assign, emit } from 'xstate';
import { type Seeded, withStates } from '../mutant.js';
import { announceOf, announcer } from './announcer.js';
import type { Endpoint } from './messages.js';
import type { TrackerOptions, TrackerVariation } from './system.js';

/** @public */
export interface TrackerMutant extends Seeded<Omit<TrackerOptions, 'variation'> & Seeded['values']> {
  readonly variation: TrackerVariation;
}

/** Two clients, and nothing goes wrong; what is to happen is added. */
const two = {
  clients: 2,
  seeds: 1,
  shared: 2,
  cap: 2,
  keyPolicy: 'endpoint',
  seedsToSeeds: false,
  remembers: false,
  finishes: 0,
  stops: 0,
  crashes: 0,
  moves: 0,
  trackerCrashes: 0,
  losses: 0,
  duplicates: 0,
  retries: 'certain',
  intervals: 'even',
} as const satisfies Omit<TrackerOptions, 'variation'>;

const one = { ...two, clients: 1, seeds: 0, shared: 0 } as const;

const { starting, resting, updating } = announcer.config.states ?? {};

/** @public */
export const trackerMutants = {
  B01: {
    doc: 'the tracker keeps those who fell silent for ever',
    values: { ...one, keyPolicy: 'peerId', crashes: 1 },
    variation: { rules: { swept: (entries) => entries.map((entry) => ({ ...entry, age: 1 })) } },
    kills: { Converges: 11, CanConverge: 2 },
    source: 'thehighseas issue 1; meanTorrent issue 20',
  },
  B02: {
    doc: 'every announce of a completion is counted',
    values: { ...one, finishes: 1, losses: 1 },
    variation: { rules: { counts: ({ event }) => event === 'completed' } },
    kills: { CountedOnce: 7, Idempotent: 7 },
    source: 'torrust-tracker pull request 740',
  },
  B03: {
    doc: 'a client that had everything from the beginning announces a completion',
    values: { ...two, finishes: 1 },
    variation: {
      client: announcer.provide({
        guards: {
          answersAndOwes: ({ event, context }, { why }) =>
            event.type === 'reply' && event.event === why && (context.owes || context.left === 0),
        },
      }),
    },
    kills: { CountedOnce: 3 },
    source: 'bittorrent-tracker issue 190; qBittorrent issue 11629; libtorrent 1.2.3',
  },
  B04: {
    doc: 'a client takes a new id when it has been answered, and does not stop the old one',
    values: { ...two, keyPolicy: 'peerId' },
    variation: {
      client: withStates(
        announcer.provide({
          guards: { answersAndOwes: ({ event, context }) => event.type === 'reply' && context.session === 0 },
          actions: {
            learn: assign(({ context, event }) =>
              event.type === 'reply'
                ? { session: 1, known: [...new Set([...context.known, ...event.peers])].sort() }
                : {},
            ),
          },
        }),
        {
          starting: {
            ...starting,
            on: {
              ...starting?.on,
              reply: [
                {
                  guard: { type: 'answersAndOwes', params: { why: 'started' } },
                  target: 'starting',
                  reenter: true,
                  actions: 'learn',
                },
                { guard: { type: 'answers', params: { why: 'started' } }, target: 'resting', actions: 'learn' },
              ],
            },
          },
        },
      ),
    },
    kills: { NotItself: 4 },
    source: 'Transmission issue 1646',
  },
  B05: {
    doc: 'a client announces its start again when it has been answered',
    values: one,
    variation: {
      client: withStates(announcer, {
        starting: { ...starting, exit: { type: 'say', params: { why: 'started' } } },
      }),
    },
    kills: { SaidWhileUnanswered: 2 },
    source: 'libtorrent issue 6551; Transmission pull request 7086',
  },
  B06: {
    doc: 'a client goes without a word',
    values: { ...one, stops: 1 },
    variation: {
      client: withStates(announcer, {
        starting: { ...starting, on: { ...starting?.on, stop: 'gone' } },
        resting: { ...resting, on: { ...resting?.on, stop: 'gone' } },
        updating: { ...updating, on: { ...updating?.on, stop: 'gone' } },
      }),
    },
    kills: { SaysItStops: 1, 'at stake in StopRemoves': 'never' },
    source: 'libtorrent 0.15.8',
  },
  B07: {
    doc: 'every announce after the first carries port 0',
    values: one,
    variation: {
      client: announcer.provide({
        actions: {
          say: emit(({ context }, { why }) => announceOf(why === 'started' ? context : { ...context, port: 0 }, why)),
        },
      }),
    },
    kills: { 'Answered ann': 7 },
    source: 'libtorrent 1.1.11',
  },
  'B07-admitted': {
    doc: 'the same, at a tracker that does not look at the port',
    values: two,
    variation: {
      rules: { admits: () => true },
      client: announcer.provide({
        actions: {
          say: emit(({ context }, { why }) => announceOf(why === 'started' ? context : { ...context, port: 0 }, why)),
        },
      }),
    },
    kills: { NotItself: 6, Ports: 5, Converges: 11, CanConverge: 5 },
    source: 'libtorrent 1.1.11',
  },
  B11: {
    doc: 'a client whose first announce was lost never makes another',
    values: { ...two, losses: 1 },
    variation: { client: withStates(announcer, { starting: { ...starting, after: {} } }) },
    kills: { Converges: 7, CanConverge: 1, 'Answered ann': 5, 'Answered ben': 5, Discovers: 5 },
    source: 'libtorrent 0.16.13',
  },
  S7: {
    doc: 'the tracker forgets a client before it has had the time to announce again what was lost',
    values: { ...one, losses: 1 },
    variation: { hasty: true },
    kills: { StaysListed: 4 },
    source: 'opentracker: peers live 45 minutes, intervals up to 33',
  },
  'one-sweep': {
    doc: 'whoever was not heard for one sweep is forgotten, so that a sweep may come between two announces',
    values: one,
    variation: { rules: { swept: (entries) => entries.filter(({ age }) => age < 0) } },
    kills: { StaysListed: 2, Converges: 7, 'at stake in StaysListed': 'never' },
  },
  S8: {
    doc: 'the tracker refuses the update of a client that it does not know',
    values: { ...one, trackerCrashes: 1 },
    variation: { rules: { admits: ({ event }, entry) => event !== 'none' || entry !== undefined } },
    kills: { Converges: 8, CanConverge: 3, 'Answered ann': 8 },
  },
  S9: {
    doc: 'a client takes any reply for that to its last announce',
    values: { ...one, finishes: 1 },
    variation: { client: announcer.provide({ guards: { answers: ({ event }) => event.type === 'reply' } }) },
    kills: { CompletionArrives: 7 },
  },
  S12: {
    doc: 'the clock by which the tracker forgets is set forward',
    values: one,
    variation: { wildClock: true },
    kills: { StaysListed: 3, Converges: 9 },
  },
  'first-ones': {
    doc: 'the list is always the first so many of the table',
    values: { ...two, clients: 3, cap: 1 },
    variation: { rules: { samples: (candidates, size) => [candidates.slice(0, size)] } },
    kills: { Discovers: 20 },
  },
  'itself-too': {
    doc: 'who asks is handed out to itself',
    values: two,
    variation: { rules: { candidates: (entries) => entries.map(({ at }) => at).sort() } },
    kills: { NotItself: 2 },
  },
  twice: {
    doc: 'two entries with one endpoint are handed out both',
    values: { ...two, seeds: 0, keyPolicy: 'peerId', crashes: 1 },
    variation: {
      rules: {
        candidates: (entries, asker) => entries.flatMap(({ key, at }) => (key === asker.key ? [] : [at])).sort(),
      },
    },
    kills: { ShortLists: 5 },
  },
  'no-cap': {
    doc: 'everybody is handed out, however many there are',
    values: { ...two, clients: 3, cap: 1 },
    variation: { rules: { samples: (candidates) => [candidates] } },
    kills: { ShortLists: 3 },
  },
  'stop-ignored': {
    doc: 'a stop is taken for an announce that needs nothing done',
    values: { ...one, stops: 1 },
    variation: { rules: { without: (entries) => entries } },
    kills: { StopRemoves: 3 },
  },
  'one-a-house': {
    doc: 'entries are known by the address alone',
    values: two,
    variation: { rules: { keyOf: (_, at) => at.split(':')[0] as Endpoint } },
    kills: {
      OnlyItsOwn: 2,
      Converges: 11,
      CanConverge: 0,
      Discovers: 11,
      'at stake in Counts': 'never',
      'at stake in Listed': 'never',
      'at stake in ShortLists': 'never',
      'at stake in NotItself': 'never',
      'at stake in Ports': 'never',
      'the table is the whole swarm, and everybody rests': 'never',
    },
  },
  'seeds-counted': {
    doc: 'whoever has everything is counted as a completion',
    values: { ...two, finishes: 1 },
    variation: { rules: { counts: ({ left }, entry) => left === 0 && !entry?.counted } },
    kills: { CountedOnce: 1 },
  },
  'forgets-peers': {
    doc: 'a client that gets no reply forgets the peers that it knows',
    values: { ...two, losses: 1, trackerCrashes: 1 },
    variation: { client: announcer.provide({ actions: { wait: assign({ known: [] }) } }) },
    kills: { GoesOn: 7 },
  },
  'counts-others': {
    doc: 'a reply counts those in the table but the one who asks',
    values: two,
    variation: {
      rules: {
        counted: (entries, asker) => {
          const others = entries.filter(({ key }) => key !== asker.key);
          const complete = others.filter(({ seed }) => seed).length;
          return { complete, incomplete: others.length - complete };
        },
      },
    },
    kills: { Counts: 1, 'at stake in Counts': 'never' },
  },
  'byte-order': {
    doc: 'ports are handed out with their bytes exchanged',
    values: two,
    variation: {
      rules: {
        candidates: (entries, asker) =>
          entries.flatMap(({ key, at }) => {
            const [address = '', port] = at.split(':');
            return key === asker.key
              ? []
              : [`${address}:${(Number(port) % 256) * 256 + Math.floor(Number(port) / 256)}`];
          }),
      },
    },
    kills: { Listed: 2, Discovers: 15 },
    source: 'Transmission 4.0.5, pull request 6132, where it was the address',
  },
  'empty-forgotten': {
    doc: 'a torrent whose last peer has stopped is forgotten with its count',
    values: { ...one, finishes: 1, stops: 1 },
    variation: {
      rules: { kept: (table) => (table.entries.length === 0 ? { entries: [], downloaded: 0, remembered: [] } : table) },
    },
    kills: { CountKept: 6 },
  },
} as const satisfies { readonly [name: string]: TrackerMutant };
