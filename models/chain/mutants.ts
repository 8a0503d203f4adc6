/**
 * Mistakes that nodes have made, each a rule of {@link Rules} replaced; with the configuration in which it shows, and the claims
 * that it breaks there, at the length of the shortest counterexample. V.. are numbered as in the
 * README, O.. are seeded, W.. are the same in other configurations.
 */
import type { Values } from '../../src/kernel/index.js';
import { leftBehind } from './activation.js';
import { chainTo, forkOf, genesis, heightOf, isAncestor, parentOf, pathTo } from './blocks.js';
import { bounded, branchesOf, measureOf, type Rules } from './rules.js';

/** @public */
export interface ChainMutant {
  readonly doc: string;
  /** What differs from the defaults of the suite. */
  readonly values: Values;
  readonly variation: Partial<Rules>;
  readonly kills: { readonly [claim: string]: number | 'never' };
  readonly source: string;
}

/** @public */
export const mutants: { readonly [name: string]: ChainMutant } = {
  V02: {
    doc: 'a body that does not belong to its header gets the id marked',
    values: { n: 1, mutated: true },
    variation: { mutated: 'mark' },
    kills: { P5v: 2, P1: 2, P12: 2, P12t: 2, P13: 2 },
    source: 'CVE-2012-2459',
  },
  V05: {
    doc: 'a limit of the node’s own is taken for a rule',
    values: { n: 1, flawed: 'one', flaw: 'large' },
    variation: { beyondLimit: 'mark' },
    kills: { P5v: 3, P1: 3, P12: 3, P12t: 3, 'a node that has stopped at a limit of its own': 'never' },
    source: 'BIP 50, the fork of March 2013',
  },
  V08: {
    doc: 'the longest chain, not the heaviest',
    values: { n: 2, maxWork: 2 },
    variation: {
      outranks: (blocks, _, newcomer, other) =>
        measureOf('length', blocks, newcomer) > measureOf('length', blocks, other),
    },
    kills: { P1: 5, P12: 5, 'at stake in P2': 'never', 'at stake in P10i': 'never' },
    source: 'Bitcoin until July 2010',
  },
  V09: {
    doc: 'orphans without a bound',
    values: { n: 3, orphanLimit: 1 },
    variation: { keepOrphan: (_, orphans, newcomer) => [...orphans, newcomer] },
    kills: { P16: 4 },
    source: 'as CVE-2012-3789 for transactions; btcd keeps 100',
  },
  V09b: {
    doc: 'a full pool of orphans is emptied',
    values: { n: 4, orphanLimit: 2, deliveries: 'once' },
    variation: {
      keepOrphan: (blocks, orphans, newcomer) => bounded(blocks, [...(orphans.length < 2 ? orphans : []), newcomer], 2),
    },
    kills: { P12o: 6, P16b: 6 },
    source: 'seeded',
  },
  V11: {
    doc: 'ties are broken by the greater hash whenever a block comes',
    values: { n: 2 },
    variation: {
      outranks: (blocks, _, newcomer, other) => {
        const ahead = measureOf('work', blocks, newcomer) - measureOf('work', blocks, other);
        return ahead > 0 || (ahead === 0 && newcomer > other);
      },
    },
    kills: { P1s: 5, P2t: 6 },
    source: 'Zebra until 2026, ZcashFoundation/zebra issue 11240',
  },
  V11c: {
    doc: 'of equals the one whose branch began first, whatever the tip is now',
    values: { n: 4 },
    variation: {
      outranks: (blocks, ranked, newcomer, other) => {
        const ahead = measureOf('work', blocks, newcomer) - measureOf('work', blocks, other);
        const branches = ahead === 0 ? branchesOf(blocks, newcomer, other) : undefined;
        if (branches === undefined) return ahead > 0;
        const [mine, its] = branches.map((id) => ranked.indexOf(id)) as [number, number];
        return mine >= 0 && mine < its;
      },
    },
    kills: { P1s: 12, P2t: 13, 'a tie, then one is ahead, then the other is level again': 'never' },
    source: 'dfinity/bitcoin-canister pull request 521',
  },
  V11d: {
    doc: 'a block has its place in the order from the moment its header came',
    values: { n: 2, headers: true },
    variation: { ranksHeaders: true },
    kills: { P1s: 1, P2t: 7 },
    source: 'bitcoin/bitcoin pull request 29284',
  },
  V14: {
    doc: 'the chain goes back to the parent of a block that was declared invalid, and no other fork is a candidate',
    values: { n: 2, invalidations: 1 },
    variation: { collectedAfterInvalidation: (_blocks, _chain, base) => [base] },
    kills: { P1: 7, P4: 7 },
    source:
      'bitcoin/bitcoin pull requests 5879, 5890, 16849; as V14b gcash/bchd issue 512, btcsuite/btcd pull request 2196',
  },
  V14c: {
    doc: 'ancestors of a reconsidered block lose their marks and do not become candidates again',
    values: { n: 2, flawed: 'one', invalidations: 1, reconsiderations: 1 },
    variation: { readmits: (blocks, id, other) => isAncestor(blocks, id, other) },
    kills: { P4: 10 },
    source: 'bitcoin/bitcoin pull request 30479',
  },
  V14d: {
    doc: 'a block is reconsidered, its ancestors stay marked',
    values: { n: 2, invalidations: 1, reconsiderations: 1 },
    variation: { reconsidered: 'descendants' },
    kills: { P5: 8 },
    source: 'seeded',
  },
  V14e: {
    doc: 'a block is reconsidered with its ancestors, and other branches from these stay marked',
    values: { n: 3, invalidations: 1, reconsiderations: 1 },
    variation: { reconsidered: 'line' },
    kills: { P5: 10, P1t: 12 },
    source: 'bitcoin/bitcoin pull request 21086',
  },
  V15: {
    doc: 'the index by height keeps what a shorter chain no longer reaches',
    values: { n: 3, maxWork: 3 },
    variation: {
      unindexed: (_, active) => active,
      indexed: (blocks, active, block) => {
        const at = heightOf(blocks, block);
        return [...active.slice(0, at), block, ...active.slice(at + 1)];
      },
    },
    kills: { P10i: 6 },
    source: 'ethereum/go-ethereum pull request 19514',
  },
  V15b: {
    doc: 'the index by height is written for the new tip only, not for what lies between it and the fork',
    values: { n: 3 },
    variation: {
      unindexed: (_, active) => active,
      indexed: (blocks, active, block, target) => {
        const at = heightOf(blocks, block);
        if (block !== target) return active;
        const below = Array.from({ length: at }, (_, height) => active[height] ?? genesis);
        return [...below, block];
      },
    },
    kills: { P10i: 8 },
    source: 'lambdaclass/ethrex pull request 6898',
  },
  V16: {
    doc: 'when a block cannot be connected the first of its branch is blamed',
    values: { n: 3, flawed: 'one' },
    variation: {
      culprit: (blocks, chain, failing) => {
        const fork = forkOf(blocks, leftBehind(blocks, chain, failing), failing);
        return pathTo(blocks, fork, failing)[0] ?? failing;
      },
    },
    kills: { P5v: 10, P11: 10 },
    source: 'bitcoin/bitcoin pull request 13185',
  },
  V17: {
    doc: 'after a failed attempt the best chain is not looked for again',
    values: { n: 3, flawed: 'one' },
    variation: { triesAgain: false },
    kills: { P4: 3, P1: 9, P12: 9, P1t: 10 },
    source: 'bitcoin/bitcoin pull request 13023',
  },
  V18: {
    doc: 'one bad orphan spoils all that wait with it',
    values: { n: 3, flawed: 'one', flaw: 'bodyInvalid' },
    variation: { condemned: (waiting) => waiting },
    kills: { P1: 7, P5v: 7, P12: 7 },
    source: 'tari-project/tari pull request 1636',
  },
  V20: {
    doc: 'the tip is found by going from parent to the child with the greatest hash, whatever the work',
    values: { n: 3 },
    variation: {
      best: (blocks, chain) => {
        let at = genesis;
        for (;;) {
          const children = chain.ranked.filter(
            (id) => parentOf(blocks, id) === at && !chain.status[id]?.includes('failed'),
          );
          if (children.length === 0) return at;
          at = Math.max(...children);
        }
      },
    },
    kills: { P2t: 6, P1: 7, P1t: 7, P4: 7, P12: 7, P2: 9, P10: 9 },
    source: 'ChainSafe/lodestar issues 1727, 2840',
  },
  V24: {
    doc: 'a block ahead of the clock is marked for ever',
    values: { n: 1, flawed: 'one', flaw: 'future' },
    variation: { notYet: 'mark' },
    kills: { P5v: 2, P1: 2, P12: 2, P12t: 2 },
    source: 'seeded',
  },
  O1: {
    doc: 'what waited for a block is forgotten when the block is refused',
    values: { n: 2, flawed: 'one', flaw: 'bodyInvalid' },
    variation: { releasesRefused: false },
    kills: { P3: 4 },
    source: 'seeded',
  },
  O2: {
    doc: 'a block that comes again is counted as new',
    values: { n: 2, deliveries: 'any' },
    variation: { ranksAgain: true },
    kills: { P13: 7, P1t: 7, P1s: 7, P4: 7 },
    source: 'seeded',
  },
  O3: {
    doc: 'the old branch is dropped at once, not undone block by block',
    values: { n: 3, maxWork: 3 },
    variation: {
      undone: (_blocks, _tip, fork) => fork,
      unindexed: (_, active) => active,
      indexed: (blocks, _active, block) => chainTo(blocks, block),
    },
    kills: { P10i: 6, P10: 9 },
    source: 'seeded',
  },
  O4: {
    doc: 'a restarted node begins at genesis and takes no other block for a candidate',
    values: { n: 1, crashes: 1, flush: 'lazy' },
    variation: { resumed: () => genesis, collectedAfterRestart: (_blocks, _chain, base) => [base] },
    kills: { P1: 4, P4: 4, P12: 4, P12t: 4, P18: 6 },
    source: 'seeded',
  },
  O5: {
    doc: 'a block that could not be connected is not marked, and so is the best again',
    values: { n: 1, flawed: 'one' },
    variation: { culprit: () => null },
    kills: { P1: 2, P1e: 2, 'at stake in P5v': 'never' },
    source: 'seeded',
  },
  O6: {
    doc: 'room for one orphan less than is said',
    values: { n: 3, deliveries: 'once', orphanLimit: 2 },
    variation: { keepOrphan: (blocks, orphans, newcomer) => bounded(blocks, [...orphans, newcomer], 1) },
    kills: { P12o: 4, P12s: 7, 'at stake in P12o': 'never' },
    source: 'seeded',
  },
  W8: {
    doc: 'V08 from rest to rest: the tip loses work',
    values: { n: 3, maxWork: 3, steps: 'whole' },
    variation: {
      outranks: (blocks, _, newcomer, other) =>
        measureOf('length', blocks, newcomer) > measureOf('length', blocks, other),
    },
    kills: { P1: 2, P1s: 3, P2: 3, P2t: 3, P12: 3 },
    source: 'Bitcoin until July 2010',
  },
  W17: {
    doc: 'V17 from rest to rest: the tip stays where the failed attempt had come to',
    values: { n: 3, flawed: 'one', steps: 'whole' },
    variation: { triesAgain: false },
    kills: { P4: 1, P1: 3, P1t: 3, P2: 3, P2t: 3, P12: 3 },
    source: 'bitcoin/bitcoin pull request 13023',
  },
  W11: {
    doc: 'of equals the one with the highest hash, where the lowest is to be preferred',
    values: { n: 2, tie: 'lowestHash' },
    variation: {
      outranks: (blocks, _, newcomer, other) => {
        const ahead = measureOf('work', blocks, newcomer) - measureOf('work', blocks, other);
        return ahead > 0 || (ahead === 0 && newcomer > other);
      },
    },
    kills: { P1t: 5, P12t: 5 },
    source: 'seeded',
  },
};
