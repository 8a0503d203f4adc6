/** Which implementations of a chain are held against which configuration of the model, and what is known to go apart. */
import {
  type BlockTable,
  type ChainOptions,
  type ChainPeers,
  chain,
  parentOf,
  type Rules,
} from '../../models/chain/index.js';
import { suite } from '../../properties/chain.js';
import type { Campaign, Explanation } from '../../src/index.js';
import type { Entry } from '../entry.js';
import { known } from '../known.js';
import { bcoin } from './bcoin.js';
import { ethereumjs } from './ethereumjs.js';
import { spv } from './spv.js';

type Scope = Omit<ChainOptions, 'variation'>;

/** What the suite's configurations leave as it is. */
const plain = {
  maxWork: 1,
  flawed: 'upToOne',
  flaw: 'ctxInvalid',
  rule: 'work',
  tie: 'firstSeen',
  orphanLimit: 6,
  deliveries: 'missing',
  mutated: false,
  headers: false,
  invalidations: 0,
  reconsiderations: 0,
  crashes: 0,
  flush: 'each',
  steps: 'whole',
} as const satisfies Omit<Scope, 'n'>;

/** In which decisions bcoin differs from the model, by the id of what is known. */
const bcoinVariations: { readonly [id: string]: Partial<Rules> } = {
  'one-orphan-per-parent': {
    keepOrphan: (blocks, orphans, newcomer) =>
      [...orphans.filter((other) => parentOf(blocks, other) !== parentOf(blocks, newcomer)), newcomer].sort(
        (a, b) => parentOf(blocks, a) - parentOf(blocks, b),
      ),
  },
  'failed-reorganisation-not-undone': { triesAgain: false },
  'orphans-of-invalid-blocks-kept': { releasesRefused: false },
};

/** Every way to differ in some of the decisions, few first, each with the model that differs so. */
function explanationsOf(variations: typeof bcoinVariations, options: Scope): readonly Explanation[] {
  const ids = Object.keys(variations);
  const subsets = Array.from({ length: 2 ** ids.length }, (_, bits) => ids.filter((_id, at) => (bits >> at) & 1));
  return subsets
    .filter((because) => because.length > 0)
    .toSorted((a, b) => a.length - b.length)
    .map((because) => ({
      because,
      system: chain({ ...options, variation: Object.assign({}, ...because.map((id) => variations[id])) }),
    }));
}

const withOptions = (options: Scope) => ({ suite, configuration: 'runs', set: { ...options }, known });

const bcoinOn = (options: Scope): Omit<Campaign<ChainPeers, BlockTable>, 'name'> => ({
  adapter: bcoin,
  ...withOptions(options),
  explanations: explanationsOf(bcoinVariations, options),
});

/** What it is made of cannot be held back until it is complete, and no block is found out later. */
const atOnce = { flaw: 'headerInvalid', orphanLimit: 0 } as const;

/** @public */
export const chainCampaigns: readonly Entry<ChainPeers, BlockTable>[] = [
  {
    name: 'bcoin',
    doc: 'every order of every tree, at most one block invalid once it is connected',
    needs: 'bcoin',
    campaign: (n) => bcoinOn({ ...plain, n }),
    quick: { n: 4, schedules: { kind: 'exhaustive' } },
    soak: { n: 5, schedules: { kind: 'exhaustive' } },
  },
  {
    name: 'bcoin-again',
    doc: 'blocks sent again and again, and not all of them',
    needs: 'bcoin',
    campaign: (n) => bcoinOn({ ...plain, n, deliveries: 'any' }),
    quick: { n: 4, schedules: { kind: 'random', runs: 300, seed: 1, moves: 12, repeats: 3 } },
    soak: { n: 6, schedules: { kind: 'random', runs: 20_000, seed: 1, moves: 18, repeats: 3 } },
  },
  {
    name: 'ethereumjs',
    doc: 'every order of every tree, at most one block with an invalid header',
    needs: '@ethereumjs/blockchain',
    campaign: (n) => ({ adapter: ethereumjs, ...withOptions({ ...plain, ...atOnce, n }) }),
    quick: { n: 4, schedules: { kind: 'exhaustive' } },
    soak: { n: 5, schedules: { kind: 'exhaustive' } },
  },
  {
    name: 'ethereumjs-work',
    doc: 'blocks of work 1 to 3, so that the heaviest chain need not be the longest',
    needs: '@ethereumjs/blockchain',
    campaign: (n) => ({
      adapter: ethereumjs,
      ...withOptions({ ...plain, ...atOnce, n, maxWork: 3, flawed: 'none' }),
    }),
    quick: { n: 3, schedules: { kind: 'exhaustive' } },
    soak: { n: 4, schedules: { kind: 'exhaustive' } },
  },
  {
    name: 'ethereumjs-restarts',
    doc: 'blocks lost, sent again, and a restart on the same database at any moment',
    needs: '@ethereumjs/blockchain',
    campaign: (n) => ({
      adapter: ethereumjs,
      ...withOptions({ ...plain, ...atOnce, n, maxWork: 2, flawed: 'none', crashes: 1 }),
    }),
    quick: { n: 2, schedules: { kind: 'exhaustive', repeats: 3, moves: 7 } },
    soak: { n: 4, schedules: { kind: 'random', runs: 20_000, seed: 1, moves: 14, repeats: 3 } },
  },
  {
    name: 'blockchain-spv',
    doc: 'every order of every tree, at most one block with an invalid header',
    needs: 'blockchain-spv',
    campaign: (n) => ({ adapter: spv, ...withOptions({ ...plain, ...atOnce, n }) }),
    quick: { n: 4, schedules: { kind: 'exhaustive' } },
    soak: { n: 5, schedules: { kind: 'exhaustive' } },
  },
];
