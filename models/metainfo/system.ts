/** A web server that publishes one torrent file after another, and a client that fetches what is there. */
import { type Peer, peer, type System, system, type World } from '../../src/kernel/index.js';
import { catalogue, type FileName } from './catalogue.js';
import {
  type ReaderContext,
  type ReaderRules,
  readerOf,
  soundReader,
  type WebServerContext,
  webServer,
} from './download.js';

/** @public */
export interface MetainfoOptions {
  /** How often another file is published. */
  readonly publishes: number;
  readonly fetches: number;
  readonly losses: number;
  readonly duplicates: number;
  readonly variation?: Partial<ReaderRules>;
}

/** @public */
export type MetainfoPeers = { readonly web: Peer<WebServerContext>; readonly ann: Peer<ReaderContext> };

/** @public */
export type MetainfoWorld = World<MetainfoPeers, true>;

/** @public */
export const fileNames = Object.keys(catalogue) as readonly FileName[];

/** It begins with any file being published. @public */
export function publishing(options: MetainfoOptions): System<MetainfoPeers, true> {
  const { publishes, fetches, losses, duplicates, variation = {} } = options;
  return system<MetainfoPeers>({
    name: `metainfo publishes=${publishes} fetches=${fetches} losses=${losses} duplicates=${duplicates}`,
    network: 'unordered',
    capacity: 3,
    faults: { lose: losses, duplicate: duplicates },
    peers: {
      web: peer(webServer, { version: 'song' }),
      ann: peer(readerOf({ ...soundReader, ...variation }), { server: 'web' }),
    },
    starts: fileNames.map((version) => ({
      label: `${version} is published`,
      up: { web: { input: { version } }, ann: {} },
    })),
    operations: [
      {
        name: 'publish',
        peers: ['web'],
        limit: publishes,
        offer: () => fileNames.map((version) => ({ args: { version }, event: { type: 'publish', version } })),
      },
      { name: 'fetch', peers: ['ann'], limit: fetches },
    ],
    timers: {
      // Long enough for what was asked to have come, if it comes at all.
      patience: { when: (world) => world.inFlight().length === 0 },
    },
  });
}
