/**
 * Mistakes made with transactions, each a rule of {@link LedgerRules} replaced, in the smallest world in which it shows. V.. are
 * numbered as in the README, L.. are seeded.
 */
import { forkOf, genesis, heightOf } from '../chain/index.js';
import type { Seeded } from '../mutant.js';
import type { Flushing } from './machine.js';
import { exact, type Flaw, type LedgerRules, soundLedger } from './rules.js';

/** @public */
export interface LedgerMutant extends Seeded {
  readonly values: { readonly world: string; readonly n: number; readonly crashes: number; readonly flush: Flushing };
  readonly variation: Partial<LedgerRules>;
}

const at = (world: string, crashes = 0, flush: Flushing = 'each') => ({ world, n: 3, crashes, flush });

const foundByConnecting: readonly Flaw[] = [
  'missing',
  'immature',
  'not-final',
  'value',
  'signature',
  'coinbase',
  'twin',
];

const { chain } = soundLedger;

/** @public */
export const mutants: { readonly [name: string]: LedgerMutant } = {
  V01: {
    doc: 'amounts are not bounded, and sums wrap at 2^63',
    values: at('overflow'),
    variation: { overlooks: ['range'], sum: (values) => BigInt.asIntN(64, exact(values)) },
    kills: { P1: 2, P7s: 2, P9: 1, 'a block refused': 'never' },
    source: 'CVE-2010-5139, block 74638',
  },
  V03: {
    doc: 'nobody looks whether a transaction spends an output twice',
    values: at('repeated'),
    variation: { overlooks: ['repeated'] },
    kills: { P1: 2, P7: 2, P7s: 2, P9: 1, 'a block refused': 'never' },
    source: 'CVE-2018-17144, Bitcoin Core 0.15 to 0.16.2',
  },
  V04: {
    doc: 'a transaction that is there already takes the place of the first, and takes it away when it is undone',
    values: at('twins'),
    variation: { overlooks: ['twin'] },
    kills: { P1: 4, P6: 6, P6d: 6, P6u: 4, 'a block refused': 'never' },
    source: 'CVE-2012-1909, BIP 30',
  },
  V06: {
    doc: 'blocks are built upon unseen: what only connecting would show is not looked for',
    values: at('failing'),
    variation: { overlooks: foundByConnecting },
    kills: { P1: 4, P7: 4, P7s: 4, P9: 3, 'a block refused': 'never' },
    source: 'the miners of 4 July 2015, BIP 66',
  },
  V19a: {
    doc: 'what depends on a transaction that is gone with its block stays in the pool',
    values: at('branches'),
    variation: { overlooksInPool: ['missing'] },
    kills: { P9: 8 },
    source: 'bitcoin/bitcoin pull request 5945',
  },
  V19b: {
    doc: 'what spends new money that is not mature any more stays in the pool',
    values: at('lower'),
    variation: { overlooksInPool: ['immature'] },
    kills: { P9: 11 },
    source: 'bitcoin/bitcoin pull request 5267',
  },
  V19c: {
    doc: 'what is not final any more stays in the pool',
    values: at('shorter'),
    variation: { overlooksInPool: ['not-final'] },
    kills: { P9: 9 },
    source: 'bitcoin/bitcoin pull request 6915',
  },
  V19d: {
    doc: 'relative locks are not worked out again when what they count from is in another block',
    values: at('later'),
    variation: { locksAgain: false },
    kills: { P9: 11 },
    source: 'bitcoin/bitcoin pull request 23683',
  },
  V19e: {
    doc: 'what comes back is judged by the height of the tip that was left',
    values: at('shorter'),
    variation: { readmission: 'old tip' },
    kills: { P9: 11 },
    source: 'PIVX pull request 2268',
  },
  V21: {
    doc: 'an output that is on disk survives the block that created it',
    values: at('shorter', 0, 'lazy'),
    variation: {
      taken: (_ledger, { disk }, utxo, created) =>
        utxo.map((height, coin) => (created.includes(coin) && disk[coin] === null ? null : height)),
    },
    kills: { P6: 5, P6d: 6, P7s: 5 },
    source: 'btcsuite/btcd issue 2121, pull request 2123',
  },
  V21b: {
    doc: 'a flush amid a reorganisation writes the outputs of now for the tip that is being left',
    values: at('shorter', 1, 'lazy'),
    variation: { flushed: ({ rest, utxo }) => ({ flushed: rest, disk: utxo }) },
    kills: { P1: 7, P5v: 7, P6: 6, P6d: 4, P7s: 6 },
    source: 'seeded, after V21',
  },
  V21c: {
    doc: 'after a crash blocks are replayed from the fork on, and those on disk are not undone first',
    values: at('shorter', 1, 'lazy'),
    variation: {
      resumesAt: ({ tree }, { status, flushed }) => {
        const known = status.flatMap((is, id) => (is === 'connected-ok' ? [id] : []));
        const work = (id: number): number => (id === genesis ? 0 : (tree[id]?.work ?? 0) + work(tree[id]?.parent ?? 0));
        const best = known.reduce((so, id) => (work(id) > work(so) ? id : so), flushed);
        return forkOf(tree, flushed, best);
      },
    },
    kills: { P6: 8, P6d: 9, P7s: 8 },
    source: 'review of decred/dcrd pull request 2591',
  },
  V23: {
    doc: 'outputs are looked for in any block that is held',
    values: at('across'),
    variation: { lookup: 'any block' },
    kills: { P1: 5, P7: 5, P7s: 5, P9: 7 },
    source: 'btcd, blockchain/fullblocktests, b17 to b19',
  },
  L1: {
    doc: 'signatures are not looked at',
    values: at('forged'),
    variation: { overlooks: ['signature'] },
    kills: { P1: 2, P8: 2, P9: 1, 'a block refused': 'never' },
    source: 'seeded',
  },
  L2: {
    doc: 'more may be paid than is spent',
    values: at('overspent'),
    variation: { overlooks: ['value'] },
    kills: { P1: 2, P9: 1, 'a block refused': 'never' },
    source: 'seeded',
  },
  L3: {
    doc: 'new money may be spent at once',
    values: at('unripe'),
    variation: { overlooks: ['immature'] },
    kills: { P1: 4, P9: 3, 'a block refused': 'never' },
    source: 'seeded',
  },
  L4: {
    doc: 'a miner may take what he likes',
    values: at('fees'),
    variation: { overlooks: ['coinbase'] },
    kills: { P1: 2, P7s: 2, 'a block refused': 'never' },
    source: 'seeded',
  },
  L5: {
    doc: 'fees are nobody’s',
    values: at('fees'),
    variation: { fee: () => 0n },
    kills: { P1: 2, P5v: 2, 'at stake in P1': 'never', 'a miner has taken fees': 'never' },
    source: 'seeded',
  },
  L6: {
    doc: 'nothing is kept to undo a block with',
    values: at('packed'),
    variation: { kept: () => [] },
    kills: { P6: 5, P6d: 5, P6u: 2, P9r: 7, 'a payment that waits again': 'never' },
    source: 'seeded',
  },
  L7: {
    doc: 'what is given back has no height',
    values: at('unripe'),
    variation: { kept: (spent) => spent.map(([coin]) => [coin, 0]) },
    kills: { P6u: 6 },
    source: 'seeded',
  },
  L8: {
    doc: 'the transactions of a block that is left are forgotten',
    values: at('packed'),
    variation: { remembered: () => [] },
    kills: { P9r: 7, 'at stake in P9r': 'never' },
    source: 'seeded',
  },
  L9: {
    doc: 'what comes back goes before what was in the pool',
    values: at('failing'),
    variation: { poolFirst: false },
    kills: { P11: 10 },
    source: 'seeded',
  },
  L10: {
    doc: 'what depends on a transaction that a block has made impossible stays in the pool',
    values: at('branches'),
    variation: { dropsDescendants: false },
    kills: { P9: 4 },
    source: 'seeded',
  },
  L11: {
    doc: 'what a block has made impossible stays in the pool',
    values: at('branches'),
    variation: { dropsConflicts: false },
    kills: { P9: 3 },
    source: 'seeded',
  },
  L12: {
    doc: 'the index of what the pool spends is not cleared',
    values: at('packed'),
    variation: { clearsIndex: false },
    kills: { P9i: 3, P9r: 8 },
    source: 'seeded',
  },
  L13: {
    doc: 'a coinbase need not say its height',
    values: at('untold'),
    variation: { overlooks: ['height'] },
    kills: { P1: 2, 'a block refused': 'never' },
    source: 'seeded, against BIP 34',
  },
  L14: {
    doc: 'locks are for the pool only',
    values: at('early'),
    variation: { overlooks: ['not-final'] },
    kills: { P1: 2, P9: 1, 'a block refused': 'never' },
    source: 'seeded',
  },
  L15: {
    doc: 'a node that comes up begins with genesis and does not look at the blocks it has',
    values: at('shorter', 1),
    variation: { chain: { ...chain, collectedAfterRestart: () => [genesis] }, resumesAt: () => genesis },
    kills: {
      P1: 3,
      P5v: 6,
      P6: 4,
      P6d: 6,
      P7s: 4,
      P18: 4,
      'at stake in P18': 'never',
      'a restart between what was disconnected and what was to be connected': 'never',
    },
    source: 'seeded',
  },
  L16: {
    doc: 'of two equally heavy chains the later one is taken',
    values: at('packed'),
    variation: {
      chain: {
        ...chain,
        outranks: (blocks, ranked, newcomer, other) =>
          chain.outranks(blocks, ranked, newcomer, other) || heightOf(blocks, newcomer) === heightOf(blocks, other),
      },
    },
    kills: { P2: 5 },
    source: 'seeded',
  },
  L17: {
    doc: 'a block that cannot be connected is not marked, and tried again',
    values: at('overspent'),
    variation: { chain: { ...chain, culprit: () => null } },
    kills: { P1e: 1, 'a block refused': 'never' },
    source: 'seeded',
  },
};
