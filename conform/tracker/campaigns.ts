/** Which trackers are held against which configuration of the model, and what is known to go apart. */
import { type AskedOptions, type AskedPeers, asked, type TrackerRules } from '../../models/tracker/index.js';
import { suite } from '../../properties/tracker-asked.js';
import type { Campaign, Explanation } from '../../src/index.js';
import type { Entry } from '../entry.js';
import { known } from '../known.js';
import { bittorrentTracker, bittorrentTrackerInTime, bittorrentTrackerOverUdp } from './bittorrent-tracker.js';
import { opentracker, opentrackerOverUdp } from './opentracker.js';

type Options = Omit<AskedOptions, 'variation'>;

/** What both trackers choose, and may. */
const chosen = {
  clients: 2,
  numwant: 50,
  keyPolicy: 'endpoint',
  seedsToSeeds: true,
  listsSelf: true,
} as const satisfies Partial<Options>;

/** Whom they take for a seed beside those of whom nothing is left, by the id of what is known. */
const alsoSeeds: { readonly [id: string]: TrackerRules['isSeed'] } = {
  'once-a-seed-always-a-seed': (_, entry) => entry?.seed === true,
  'completed-is-a-seed': ({ event }, entry) => event === 'completed' && entry !== undefined,
};

/** Every way to differ in some of the decisions, few first. */
function explanationsOf(ids: readonly string[], options: Options): readonly Explanation[] {
  return Array.from({ length: 2 ** ids.length - 1 }, (_, at) => ids.filter((_id, bit) => ((at + 1) >> bit) & 1))
    .toSorted((a, b) => a.length - b.length)
    .map((because) => ({
      because,
      system: asked({
        ...options,
        variation: {
          isSeed: (announce, entry) => announce.left === 0 || because.some((id) => alsoSeeds[id]?.(announce, entry)),
        },
      }),
    }));
}

const on = (
  adapter: typeof opentracker,
  ids: readonly string[],
  options: Options,
): Omit<Campaign<AskedPeers, number>, 'name'> => ({
  adapter,
  ...{ suite, configuration: 'two', set: { ...options } },
  // Where seeds are not looked at they cannot be taken for gone.
  known: known.filter(({ id }) => !(id in alsoSeeds) || ids.includes(id)),
  explanations: explanationsOf(ids, options),
});

const seeds = Object.keys(alsoSeeds);

export const trackerCampaigns: readonly Entry<AskedPeers, number>[] = [
  {
    name: 'bittorrent-tracker',
    doc: 'two clients that announce anything at any time, over HTTP',
    needs: 'bittorrent-tracker',
    campaign: (n) =>
      on(bittorrentTracker, seeds, {
        ...chosen,
        announces: n,
        sweeps: false,
      }),
    quick: { n: 4, schedules: { kind: 'random', runs: 300, seed: 1, moves: 8, repeats: 2 } },
    soak: { n: 8, schedules: { kind: 'random', runs: 10_000, seed: 1, moves: 16, repeats: 3 } },
  },
  {
    name: 'bittorrent-tracker-udp',
    doc: 'the same over UDP, of any info hash',
    needs: 'bittorrent-tracker',
    campaign: (n) => on(bittorrentTrackerOverUdp, seeds, { ...chosen, announces: n, sweeps: false }),
    quick: { n: 4, schedules: { kind: 'random', runs: 200, seed: 1, moves: 8, repeats: 2 } },
    soak: { n: 8, schedules: { kind: 'random', runs: 10_000, seed: 1, moves: 16, repeats: 3 } },
  },
  {
    name: 'bittorrent-tracker-chance',
    doc: 'three clients that want one peer each time, which is drawn by chance',
    needs: 'bittorrent-tracker',
    campaign: (n) => on(bittorrentTracker, seeds, { ...chosen, clients: 3, numwant: 1, announces: n, sweeps: false }),
    quick: { n: 4, schedules: { kind: 'random', runs: 100, seed: 1, moves: 8, repeats: 2 } },
    soak: { n: 8, schedules: { kind: 'random', runs: 3_000, seed: 1, moves: 16, repeats: 3 } },
  },
  {
    name: 'bittorrent-tracker-time',
    doc: 'the same as bittorrent-tracker, and clients fall silent',
    needs: 'bittorrent-tracker',
    campaign: (n) => on(bittorrentTrackerInTime, [], { ...chosen, announces: n, sweeps: true }),
    quick: { n: 4, schedules: { kind: 'random', runs: 100, seed: 1, moves: 8, repeats: 2 } },
    soak: { n: 8, schedules: { kind: 'random', runs: 3_000, seed: 1, moves: 16, repeats: 3 } },
  },
  {
    name: 'opentracker-chance',
    doc: 'three clients that want one peer each time, which is drawn by chance',
    needs: 'opentracker',
    campaign: (n) => on(opentracker, [], { ...chosen, clients: 3, numwant: 1, announces: n, sweeps: false }),
    quick: { n: 4, schedules: { kind: 'random', runs: 50, seed: 1, moves: 8, repeats: 2 } },
    soak: { n: 8, schedules: { kind: 'random', runs: 3_000, seed: 1, moves: 16, repeats: 3 } },
  },
  {
    name: 'opentracker',
    doc: 'two clients that announce anything at any time, over HTTP',
    needs: 'opentracker',
    campaign: (n) => on(opentracker, [], { ...chosen, announces: n, sweeps: false }),
    quick: { n: 4, schedules: { kind: 'random', runs: 100, seed: 1, moves: 8, repeats: 2 } },
    soak: { n: 8, schedules: { kind: 'random', runs: 3_000, seed: 1, moves: 16, repeats: 3 } },
  },
  {
    name: 'opentracker-udp',
    doc: 'the same over UDP',
    needs: 'opentracker',
    campaign: (n) => on(opentrackerOverUdp, [], { ...chosen, announces: n, sweeps: false }),
    quick: { n: 4, schedules: { kind: 'random', runs: 100, seed: 1, moves: 8, repeats: 2 } },
    soak: { n: 8, schedules: { kind: 'random', runs: 3_000, seed: 1, moves: 16, repeats: 3 } },
  },
];
