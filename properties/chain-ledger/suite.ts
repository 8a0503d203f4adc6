/** The suite of a node with a ledger: its parameters, its configurations, and what is claimed of each. */
import {
  chainLedger,
  type Flushing,
  type LedgerMutant,
  type LedgerOptions,
  ledgerChart,
  ledgerForest,
  ledgerOf,
  mutants,
  storyNames,
  worldsOf,
} from '../../models/chain-ledger/index.js';
import { seeded } from '../../models/mutant.js';
import type { Claim, Parameter, Suite, Values } from '../../src/kernel/index.js';
import { bestTip, comesToRest, keepsWhatIsWritten, noFalseMark, nothingLost, onlyForMore } from './chain.js';
import { coverage } from './coverage.js';
import { authentic, outputsOfTheChain, outputsOnDisk, spentOnce, supplied, undoable } from './money.js';
import { comesBack, connectable, indexed } from './pool.js';

type Options = Omit<LedgerOptions, 'variation'>;

/** What can be seen in placements of so many blocks. */
const placedShows = (n: number): readonly string[] => [
  ...['connected', 'waiting', 'package', 'conflict', 'descendant', 'missing'],
  ...(n >= 3 ? ['turn', 'both', 'one', 'conflicting', 'left', 'between', 'back', 'attempt', 'held', 'orphaned'] : []),
];

const claims = (options: Options): readonly Claim[] => {
  const { world, n, crashes, flush } = options;
  const shows = world === 'placements' ? placedShows(n) : worldsOf(options).flatMap((name) => ledgerOf(name).shows);
  return [
    bestTip,
    comesToRest,
    onlyForMore,
    noFalseMark,
    outputsOfTheChain,
    outputsOnDisk,
    undoable,
    spentOnce,
    supplied,
    authentic,
    connectable,
    indexed,
    comesBack,
    nothingLost,
    ...(crashes > 0 ? [keepsWhatIsWritten] : []),
    ...coverage(new Set(shows), crashes, flush),
  ].map((property) => ({ property }));
};

const parameters = {
  world: {
    type: 'choice',
    doc: 'the stories, every placement of three transactions, or one story',
    default: 'stories',
    options: ['stories', 'placements', ...storyNames],
  },
  n: { type: 'integer', doc: 'blocks of each placement', default: 3, min: 1, max: 4 },
  crashes: { type: 'integer', doc: 'how often the node may crash', default: 0, min: 0, max: 4 },
  flush: {
    type: 'choice',
    doc: 'when tip and outputs are written to disk: at every step, or some time',
    default: 'each',
    options: ['each', 'lazy'],
  },
} as const satisfies { readonly [name: string]: Parameter };

/** @public */
export const defaults: Values = Object.fromEntries(
  Object.entries(parameters).map(([name, parameter]) => [name, parameter.default]),
);

const optionsOf = ({ world, n, crashes, flush }: Values): Options => ({
  world: String(world),
  n: Number(n),
  crashes: Number(crashes),
  flush: String(flush) as Flushing,
});

const configured = (doc: string, set: Values, quick = true) => ({ doc, quick, set: { ...defaults, ...set } });

/** @public */
export const suite: Suite = {
  model: 'chain-ledger',
  family: 'chain',
  summary: 'one node with signed transactions: outputs that follow the tip, undo, the pool, crashes',
  parameters,
  configurations: {
    stories: configured('every story, blocks and transactions in any order', {}),
    crashes: configured('the same with two crashes, written to disk some time', { crashes: 2, flush: 'lazy' }),
    written: configured('the same with two crashes, written to disk at every step', { crashes: 2 }),
    placements: configured(
      'three transactions in every way in every tree of three blocks',
      { world: 'placements' },
      false,
    ),
  },
  system: (values) => chainLedger(optionsOf(values)),
  claims: (values) => claims(optionsOf(values)),
  chart: ledgerChart,
  view: ledgerForest,
  mutants: seeded<LedgerMutant>(mutants, ({ values, variation }) => chainLedger({ ...values, variation })),
};
