/** Which tables are held against the rules of Kademlia, and what is known to go apart. */
import type { Campaign, Explanation } from '../../src/index.js';
import type { Entry } from '../entry.js';
import { known } from '../known.js';
import { kBucket } from './kbucket.js';
import { tableSuite } from './suite.js';
import { type TableOptions, type TablePeers, tableSystem } from './system.js';
import type { Id, Rules } from './table.js';

/** In which decisions k-bucket differs, by the id of what is known. */
const variations: { readonly [id: string]: Partial<Rules> } = {
  'takes-itself': { leavesItselfOut: false },
  'asks-again': { asksOnce: false },
};

type Scope = Omit<TableOptions, 'variation'>;

/** Those that can show in this scope. */
const idsOf = ({ asksAgain, hearsItself }: Scope): readonly string[] => [
  ...(hearsItself ? ['takes-itself'] : []),
  ...(asksAgain ? [] : ['asks-again']),
];

function explanationsOf(options: Scope): readonly Explanation[] {
  const ids = idsOf(options);
  const subsets = ids.length > 1 ? [...ids.map((id) => [id]), ids] : ids.map((id) => [id]);
  return subsets.map((because) => ({
    because,
    system: tableSystem({ ...options, variation: Object.assign({}, ...because.map((id) => variations[id])) }),
  }));
}

const tableOf = (options: Scope): Omit<Campaign<TablePeers, Id>, 'name'> => ({
  adapter: kBucket(options),
  suite: tableSuite,
  configuration: 'table',
  set: { ...options },
  known: known.filter(({ id }) => !(id in variations) || idsOf(options).includes(id)),
  explanations: explanationsOf(options),
});

/** @public */
export const dhtCampaigns: readonly Entry<TablePeers, Id>[] = [
  {
    name: 'k-bucket',
    doc: 'every order in which contacts are heard of and fail, buckets of one',
    needs: 'k-bucket',
    campaign: (n) => tableOf({ bits: n, k: 1, selves: 2, asksAgain: false, hearsItself: false }),
    quick: { n: 3, schedules: { kind: 'exhaustive', moves: 4, repeats: 4 } },
    soak: { n: 3, schedules: { kind: 'exhaustive', moves: 5, repeats: 5 } },
  },
  {
    name: 'k-bucket-itself',
    doc: 'the same, with messages that come from the own id',
    needs: 'k-bucket',
    campaign: (n) => tableOf({ bits: n, k: 1, selves: 4, asksAgain: false, hearsItself: true }),
    quick: { n: 2, schedules: { kind: 'exhaustive', moves: 4, repeats: 4 } },
    soak: { n: 2, schedules: { kind: 'exhaustive', moves: 6, repeats: 6 } },
  },
  {
    name: 'k-bucket-large',
    doc: 'ids of 5 bits, buckets of 2, contacts heard of and failing at random, asked again for each newcomer',
    needs: 'k-bucket',
    campaign: (n) => tableOf({ bits: n, k: 2, selves: 16, asksAgain: true, hearsItself: false }),
    quick: { n: 5, schedules: { kind: 'random', runs: 100, seed: 1, moves: 40, repeats: 40 } },
    soak: { n: 5, schedules: { kind: 'random', runs: 2_000, seed: 1, moves: 80, repeats: 80 } },
  },
];
