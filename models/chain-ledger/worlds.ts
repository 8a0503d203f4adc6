/**
 * The worlds: small stories, each for something that can go wrong with transactions; and every way to put three of them into
 * every tree of three blocks.
 */
import { treesOf } from '../chain/index.js';
import { nothingKnown } from './forge.js';
import { type Ledger, ledgerFrom } from './ledger.js';
import type { BlockSpec, WorldSpec } from './spec.js';

type Story = Omit<WorldSpec, 'name' | 'genesis' | 'issue' | 'maturity' | 'bip34'> & Partial<WorldSpec>;

const usual = {
  genesis: [
    ['ann', 100n],
    ['ben', 100n],
    ['cid', 100n],
  ],
  issue: { initial: 50n, interval: 2 },
  maturity: 2,
  bip34: true,
} as const;

/** 92,233,720,368.54277039 bitcoins twice, as in block 74638: more than 2^63 units together. */
const overflowing = 9_223_372_036_854_277_039n;

const stories: { readonly [name: string]: Story } = {
  branches: {
    doc: 'T is in both branches, U in one only, V and V2 spend the same in different ones, W needs V',
    txs: {
      T: { spends: ['genesis:0'], pays: [['ben', 100n]] },
      U: { spends: ['genesis:1'], pays: [['cid', 100n]] },
      V: { spends: ['genesis:2'], pays: [['ann', 90n]] },
      V2: { spends: ['genesis:2'], pays: [['ben', 90n]] },
      W: { spends: ['V:0'], pays: [['cid', 90n]] },
    },
    blocks: [{ parent: 0, txs: ['T', 'U', 'V'] }, { parent: 0, txs: ['T', 'V2'] }, { parent: 2 }],
    shows: [
      'connected',
      'turn',
      'both',
      'one',
      'conflicting',
      'waiting',
      'package',
      'conflict',
      'descendant',
      'left',
      'between',
      'back',
      'orphaned',
    ],
  },
  failing: {
    doc: 'a branch whose second block spends what its first one has spent, and one whose transaction waits meanwhile',
    txs: {
      T: { spends: ['genesis:0'], pays: [['ben', 100n]] },
      T2: { spends: ['genesis:0'], pays: [['cid', 100n]] },
      T3: { spends: ['genesis:0'], pays: [['ann', 100n]] },
    },
    blocks: [{ parent: 0 }, { parent: 1 }, { parent: 0, txs: ['T2'] }, { parent: 3, txs: ['T3'] }, { parent: 4 }],
    shows: ['connected', 'turn', 'one', 'waiting', 'conflict', 'left', 'between', 'back', 'attempt', 'held', 'missing'],
  },
  overspent: {
    doc: 'more is paid than was there; the miner takes so much less',
    txs: { T: { spends: ['genesis:0'], pays: [['ben', 101n]] } },
    blocks: [{ parent: 0, txs: ['T'], takes: 49n }],
    shows: ['value'],
  },
  forged: {
    doc: 'somebody else signs',
    txs: { T: { spends: ['genesis:0'], pays: [['eve', 100n]], signer: 'eve' } },
    blocks: [{ parent: 0, txs: ['T'] }],
    shows: ['signature'],
  },
  unripe: {
    doc: 'new money is spent in the next block, and in the one after it',
    txs: { T: { spends: ['coinbase 1:0'], pays: [['ben', 50n]] } },
    blocks: [{ parent: 0 }, { parent: 1, txs: ['T'] }, { parent: 1 }, { parent: 3, txs: ['T'] }],
    shows: ['connected', 'waiting', 'immature'],
  },
  early: {
    doc: 'locks, absolute and relative: too early in two blocks, in time in a third',
    txs: {
      T: { spends: ['genesis:0'], pays: [['ben', 100n]], lock: 1 },
      R: { spends: ['genesis:1'], pays: [['cid', 100n]], wait: 2 },
    },
    blocks: [{ parent: 0, txs: ['T'] }, { parent: 0, txs: ['R'] }, { parent: 0 }, { parent: 3, txs: ['T', 'R'] }],
    shows: ['connected', 'waiting', 'not-final'],
  },
  overflow: {
    doc: 'two outputs whose sum is less than nothing',
    txs: {
      T: {
        spends: ['genesis:0'],
        pays: [
          ['eve', overflowing],
          ['eve', overflowing],
        ],
      },
    },
    genesis: [['eve', 50_000_000n]],
    blocks: [{ parent: 0, txs: ['T'] }],
    shows: ['range'],
  },
  repeated: {
    doc: 'one output is spent twice by one transaction',
    txs: { T: { spends: ['genesis:0', 'genesis:0'], pays: [['ann', 200n]] } },
    blocks: [{ parent: 0, txs: ['T'] }],
    shows: ['repeated'],
  },
  twins: {
    doc: 'the coinbase of block 2 is that of block 1 once more, as before BIP 34; block 3 would undo it',
    bip34: false,
    txs: {},
    blocks: [
      { parent: 0, plain: true, takes: 25n },
      { parent: 1, plain: true, takes: 25n },
      { parent: 1, work: 2 },
    ],
    shows: ['connected', 'twin'],
  },
  untold: {
    doc: 'a coinbase that does not say its height',
    txs: {},
    blocks: [{ parent: 0, plain: true }],
    shows: ['height'],
  },
  fees: {
    doc: 'a miner takes the fees, another one unit more, a third what was due before the halving',
    txs: { T: { spends: ['genesis:0'], pays: [['ben', 95n]] } },
    blocks: [
      { parent: 0, txs: ['T'], takes: 55n },
      { parent: 0, txs: ['T'], takes: 56n },
      { parent: 1, takes: 50n },
    ],
    shows: ['connected', 'waiting', 'fees', 'coinbase'],
  },
  across: {
    doc: 'C spends in one branch what T creates in the other',
    txs: {
      T: { spends: ['genesis:0'], pays: [['ben', 100n]] },
      C: { spends: ['T:0'], pays: [['cid', 100n]] },
    },
    blocks: [{ parent: 0, txs: ['T'] }, { parent: 0 }, { parent: 2, txs: ['C'] }],
    shows: ['connected', 'turn', 'one', 'waiting', 'package', 'left', 'between', 'attempt', 'held', 'missing'],
  },
  packed: {
    doc: 'C spends what T creates in the same block; in the other block it stands before it',
    txs: {
      T: { spends: ['genesis:0'], pays: [['ben', 100n]] },
      C: { spends: ['T:0'], pays: [['cid', 100n]] },
    },
    blocks: [{ parent: 0, txs: ['T', 'C'] }, { parent: 0, txs: ['C', 'T'] }, { parent: 0 }, { parent: 3 }],
    shows: ['connected', 'turn', 'one', 'waiting', 'package', 'left', 'between', 'back', 'missing'],
  },
  shorter: {
    doc: 'a chain that is shorter and heavier: what was final is not any more',
    txs: { T: { spends: ['genesis:0'], pays: [['ben', 100n]], lock: 2 } },
    blocks: [{ parent: 0 }, { parent: 1 }, { parent: 2, txs: ['T'] }, { parent: 0, work: 4 }],
    shows: ['connected', 'turn', 'one', 'waiting', 'left', 'not final'],
  },
  lower: {
    doc: 'a chain that is shorter and heavier: what was mature is not any more',
    maturity: 3,
    txs: { T: { spends: ['coinbase 1:0'], pays: [['ben', 50n]] } },
    blocks: [{ parent: 0 }, { parent: 1 }, { parent: 2 }, { parent: 1, work: 3 }],
    shows: ['connected', 'turn', 'waiting', 'not mature'],
  },
  later: {
    doc: 'T is in both branches, in one of them later: R must wait longer',
    txs: {
      T: { spends: ['genesis:0'], pays: [['ben', 100n]] },
      R: { spends: ['T:0'], pays: [['cid', 100n]], wait: 2 },
    },
    blocks: [{ parent: 0, txs: ['T'] }, { parent: 1 }, { parent: 0 }, { parent: 3, txs: ['T'], work: 2 }],
    shows: ['connected', 'turn', 'both', 'waiting', 'left', 'between', 'not final'],
  },
};

/** Names of the stories. @public */
export const storyNames: readonly string[] = Object.keys(stories);

const cargo: { readonly [letter: string]: readonly string[] } = {
  '-': [],
  T: ['T'],
  S: ['T2'],
  C: ['C'],
  B: ['T', 'C'],
};

/**
 * Every tree of n blocks in which each holds nothing, T, T2 that spends the same, C that spends what T creates, or T and C. A
 * name says it all: `placed 0- 0T 2C` has blocks on genesis, on genesis, and on the second. @public
 */
export function placementNames(n: number): readonly string[] {
  return treesOf({ n, maxWork: 1, flawed: 'none', flaw: 'ctxInvalid' }).flatMap((tree) => {
    let names: readonly string[] = ['placed'];
    for (const { parent } of tree.slice(1))
      names = names.flatMap((name) => Object.keys(cargo).map((letter) => `${name} ${parent}${letter}`));
    return names;
  });
}

const placed = (name: string): Story => ({
  doc: 'three transactions somewhere in a tree',
  txs: {
    T: { spends: ['genesis:0'], pays: [['ben', 100n]] },
    T2: { spends: ['genesis:0'], pays: [['ann', 100n]] },
    C: { spends: ['T:0'], pays: [['cid', 100n]] },
  },
  blocks: name
    .split(' ')
    .slice(1)
    .map((word): BlockSpec => ({ parent: Number(word[0]), txs: cargo[word[1] as string] as readonly string[] })),
  shows: [],
});

const ledgers = new Map<string, Ledger>();
const known = nothingKnown();

/** The world of this name, made when it is asked for the first time. @public */
export function ledgerOf(name: string): Ledger {
  const before = ledgers.get(name);
  if (before !== undefined) return before;
  const story = name.startsWith('placed ') ? placed(name) : stories[name];
  if (story === undefined) throw new Error(`there is no world ${name}`);
  const ledger = ledgerFrom({ ...usual, ...story, name }, known);
  ledgers.set(name, ledger);
  return ledger;
}
