/** Mistakes of UDP trackers and their clients, each with what it breaks and how soon. */
import { emit } from 'xstate';
import { type Seeded, withStates } from '../mutant.js';
import { udpAnnounce, udpClient } from './client.js';
import type { UdpOptions, UdpVariation } from './system.js';

/** @public */
export interface UdpMutant extends Seeded<Omit<UdpOptions, 'variation'> & Seeded['values']> {
  readonly variation: UdpVariation;
}

const still = { minutes: 0, finishes: 0, scrapes: 0, forgeries: 0, losses: 0, duplicates: 0, says: false } as const;

const { connecting, announcing } = udpClient.config.states ?? {};

/** @public */
export const udpMutants = {
  S9: {
    doc: 'a client takes any answer for that to its last question',
    values: { ...still, finishes: 1, duplicates: 1 },
    variation: { client: udpClient.provide({ guards: { answersMe: () => true } }) },
    kills: { Answers: 7 },
  },
  B09: {
    doc: 'a client writes the bytes of its address in the wrong order',
    values: { ...still, says: true },
    variation: {
      client: udpClient.provide({
        actions: {
          announce: emit(({ context }) => {
            const ip = context.ip?.split('.').reverse().join('.') ?? null;
            return { type: 'send', to: context.tracker, message: { ...udpAnnounce(context), ip } };
          }),
        },
      }),
    },
    kills: { NotForged: 3 },
    source: 'Transmission 4.0.5, pull request 6132',
  },
  B10: {
    doc: 'the counts of a scrape come in the tracker’s order of torrents',
    values: { ...still, scrapes: 1 },
    variation: { rules: { counted: (hashes, members) => [...hashes].sort().map((hash) => members[hash]) } },
    kills: { Counts: 7 },
    source: 'bittorrent-tracker issue 97',
  },
  B11: {
    doc: 'a client whose first packet was lost never sends another',
    values: { ...still, losses: 1 },
    variation: { client: withStates(udpClient, { connecting: { ...connecting, after: {} } }) },
    kills: { Answered: 1 },
    source: 'libtorrent 0.16.13',
  },
  'any-id': {
    doc: 'the tracker does not look at connection ids',
    values: { ...still, forgeries: 1 },
    variation: { rules: { accepts: () => true } },
    kills: { Proven: 2, NotForged: 2, Answers: 6 },
  },
  'id-of-anybody': {
    doc: 'a connection id counts for every address',
    values: { ...still, forgeries: 1 },
    variation: {
      rules: { accepts: (cid, _, minute) => [minute, minute - 1].some((made) => cid.endsWith(`@${made}`)) },
    },
    kills: { Proven: 5, NotForged: 5, Answers: 9 },
  },
  'id-for-ever': {
    doc: 'a connection id counts for ever',
    values: { ...still, minutes: 2 },
    variation: { rules: { accepts: (cid, source) => cid.startsWith(`${source}@`) } },
    kills: { Proven: 5 },
  },
  'id-kept': {
    doc: 'a client that is refused goes on with the connection id that it has',
    values: { ...still, minutes: 2 },
    variation: {
      client: withStates(udpClient, {
        announcing: {
          ...announcing,
          after: { patience: { target: 'announcing', reenter: true } },
          on: { ...announcing?.on, error: {} },
        },
      }),
    },
    kills: { Answered: 7 },
  },
} as const satisfies { readonly [name: string]: UdpMutant };
