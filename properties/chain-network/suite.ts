/** The suite of a blockchain network: its parameters, its configurations, and which claims are made of which. */
import {
  chainNetwork,
  type Lie,
  lies,
  mutants,
  type NetworkMutant,
  type NetworkOptions,
  networkChart,
  networkForest,
} from '../../models/chain-network/index.js';
import { seeded } from '../../models/mutant.js';
import type { Claim, Parameter, Suite, Values } from '../../src/kernel/index.js';
import { coverage, largeCoverage } from './coverage.js';
import * as headers from './headers.js';
import * as lying from './lying.js';
import * as node from './nodes.js';
import * as resolution from './resolution.js';
import { stakes, stakesOf } from './stakes.js';

type Options = Omit<NetworkOptions, 'variation'>;

function claims(options: Options): readonly Claim[] {
  const { tie, blocks, further, orphanLimit, window, steps } = options;
  const { differ, split, behind, waiting } = resolution.stakes;
  const isForked = canFork(options);
  // What looks at every message and every node after every move is for small networks.
  const isLarge = options.nodes > 4;
  const isDecided = tie === 'lowestHash' || !isForked;
  return [
    { property: resolution.sameWork },
    { property: resolution.sameTip, ...(isDecided ? {} : { expect: 'violated' as const }) },
    ...(further
      ? [{ property: resolution.sameTipAfterOneMore(blocks) }, { property: resolution.oneMore(blocks) }]
      : []),
    { property: resolution.catchesUp },
    { property: resolution.obtainsOrGivesUp },
    { property: node.bestOfHeld },
    ...(steps === 'whole' ? [{ property: node.neverLess }] : []),
    { property: node.rootedTree },
    ...(options.odd === 'ok' ? [] : [{ property: node.noFalseMark }]),
    ...(isLarge || options.lie === 'none'
      ? []
      : [{ property: node.noFalseMark }, { property: lying.builtOnValid }, { property: lying.takesBackItsOwn }]),
    ...(isLarge
      ? []
      : [
          { property: node.nothingTwice },
          { property: headers.answersWhereTheyMeet },
          { property: headers.asksOn(options.batch) },
        ]),
    { property: node.bounded(orphanLimit, window) },
    { property: node.nothingCheap },
    { property: node.keepsItsOwn },
    ...(blocks > 0 && options.nodes > 1 ? [differ, behind, waiting].map((property) => ({ property })) : []),
    ...(isForked ? [{ property: split }] : []),
    ...(isLarge
      ? isForked
        ? [{ property: stakes.P1 }]
        : []
      : stakesOf(options, isForked).map((property) => ({ property }))),
    ...(isLarge ? largeCoverage(options) : coverage(options)).map((property) => ({ property })),
  ];
}

/** Whether two blocks can be mined on one. */
const canFork = ({ nodes, links, blocks, mining, partitions, losses }: Options): boolean =>
  blocks >= 2 && nodes >= 2 && (mining === 'anytime' || partitions + losses > 0 || (links === 'line' && nodes >= 3));

const integer = (doc: string, value: number, min: number, max: number) =>
  ({ type: 'integer', doc, default: value, min, max }) as const;
const choice = (doc: string, ...options: readonly [string, ...string[]]) =>
  ({ type: 'choice', doc, default: options[0], options }) as const;
const toggle = (doc: string) => ({ type: 'boolean', doc, default: false }) as const;

const parameters = {
  nodes: integer('honest nodes', 3, 1, 10),
  links: choice(
    'who can reach whom: each the next, everybody everybody, or in a circle two on either side',
    'line',
    'clique',
    'circle',
  ),
  blocks: integer('blocks that honest nodes mine in all', 3, 0, 250),
  maxWork: integer('the most work that one block can prove, at least 1', 1, 1, 3),
  further: toggle('whether one more is mined when everybody has all the others'),
  mining: choice(
    'when a node may mine: while nothing is on its way to it or from it, or at any time',
    'silent',
    'anytime',
  ),
  announcing: choice(
    'when a tip is announced again: while nothing is between the two, or at any time',
    'silent',
    'anytime',
  ),
  partitions: integer('how often the network may be cut', 0, 0, 99),
  losses: integer('how many messages may be lost', 0, 0, 99),
  duplicates: integer('how many messages may be doubled', 0, 0, 99),
  crashes: integer('how many times a node may crash', 0, 0, 99),
  capacity: integer('messages on their way from one node to another at most; others are lost', 2, 1, 99),
  patience: choice('when a node gives up waiting: when no answer is on its way, or at any time', 'lost', 'any'),
  steps: choice('whether every move of the tip is a state of its own', 'whole', 'single'),
  tie: choice('which of two equals is preferred', 'lowestHash', 'firstSeen', 'lowerHeight'),
  relay: choice('how a new tip is told', 'headers', 'inv', 'push'),
  batch: integer('headers in one message at most', 2000, 1, 2000),
  window: integer('bodies asked of one neighbour at a time', 1, 1, 16),
  minimumWork: integer('work that a chain of headers must show', 0, 0, 99),
  orphanLimit: integer('orphans that are kept', 4, 1, 100),
  lie: choice('how one more peer lies', 'none', 'any', ...lies),
  lies: integer('how often it does', 1, 0, 999),
  odd: choice(
    'what a block of the first node is besides in order, for which the second must be mended: larger than its limits, ahead of its clock',
    'ok',
    'large',
    'future',
  ),
} as const satisfies { readonly [name in keyof Options]: Parameter };

/** @public */
export const defaults: Values = Object.fromEntries(
  Object.entries(parameters).map(([name, parameter]) => [name, parameter.default]),
);

/** Parameters are named as the options are, and typed as they are. @internal */
export const optionsOf = (values: Values): Options => ({ ...defaults, ...values }) as unknown as Options;

const configured = (doc: string, set: Values, quick = false) => ({ doc, quick, set: { ...defaults, ...set } });

const faults = { partitions: 1, losses: 1, duplicates: 1 } as const;

/** What it takes for each lie to matter. */
const liars: { readonly [lie in Lie]: Values } = {
  withholds: { nodes: 2, blocks: 1, losses: 1 },
  invalid: { nodes: 2, blocks: 2, losses: 1 },
  mutates: { nodes: 2, blocks: 1, losses: 1, lies: 2 },
  spams: { nodes: 2, blocks: 2, losses: 1 },
  orphans: { nodes: 2, blocks: 2, relay: 'push', losses: 1, lies: 2, orphanLimit: 1 },
  stalls: { nodes: 2, blocks: 1, losses: 1 },
  stale: { nodes: 2, blocks: 2, losses: 1, lies: 2 },
  equivocates: { nodes: 2, blocks: 1, losses: 1 },
};

/** @public */
export const suite: Suite = {
  model: 'chain-network',
  summary: 'nodes of a blockchain that mine and lose touch: headers-first, forks resolved, peers that lie',
  parameters,
  configurations: {
    forks: configured('three nodes, four blocks sent whole, one cut, one loss, one duplicate', {
      ...faults,
      blocks: 4,
      relay: 'push',
    }),
    headers: configured('three nodes, three blocks, headers first, one cut, one loss, one duplicate', faults),
    small: configured(
      'three nodes, two blocks, headers first, one cut, one loss, one duplicate',
      { ...faults, blocks: 2 },
      true,
    ),
    split: configured(
      'first seen wins ties, and nobody mines any more',
      { tie: 'firstSeen', blocks: 2, partitions: 1, losses: 1 },
      true,
    ),
    further: configured(
      'first seen wins ties, and one more is mined',
      { tie: 'firstSeen', blocks: 2, further: true, partitions: 1 },
      true,
    ),
    inv: configured(
      'two nodes, blocks announced by number, mined at any time, one loss, one duplicate',
      { nodes: 2, blocks: 2, losses: 1, duplicates: 1, relay: 'inv', mining: 'anytime' },
      true,
    ),
    crashes: configured(
      'two nodes, a crash at any moment of a reorganisation',
      {
        nodes: 2,
        blocks: 3,
        crashes: 1,
        losses: 1,
        mining: 'anytime',
        steps: 'single',
      },
      true,
    ),
    absence: configured(
      'two nodes, one of which is absent while the other leaves a chain',
      { nodes: 2, blocks: 3, crashes: 1, partitions: 1 },
      true,
    ),
    batch: configured(
      'two nodes, headers told one at a time, two bodies asked for at a time',
      { nodes: 2, blocks: 3, batch: 1, window: 2, partitions: 1, losses: 1 },
      true,
    ),
    hasty: configured(
      'two nodes that give up waiting at any time, mined at any time',
      { nodes: 2, blocks: 2, losses: 1, patience: 'any', mining: 'anytime' },
      true,
    ),
    lower: configured(
      'two nodes, of two chains with the same work the shorter one is taken',
      { nodes: 2, blocks: 3, maxWork: 2, partitions: 1, tie: 'lowerHeight' },
      true,
    ),
    limit: configured(
      'two nodes, a block that one of them cannot take until its limits are raised',
      { nodes: 2, blocks: 1, odd: 'large', partitions: 1 },
      true,
    ),
    clock: configured(
      'two nodes, a block that is too early for one of them until its clock is set',
      { nodes: 2, blocks: 1, odd: 'future', partitions: 1 },
      true,
    ),
    clique: configured('three nodes that all reach each other, two blocks, a loss, mined at any time', {
      links: 'clique',
      blocks: 2,
      losses: 1,
      mining: 'anytime',
    }),
    large: {
      ...configured('ten nodes, 200 blocks, cuts, crashes and a peer that lies in every way; for fuzzing', {
        nodes: 10,
        links: 'circle',
        blocks: 200,
        mining: 'anytime',
        patience: 'any',
        steps: 'single',
        partitions: 20,
        losses: 99,
        duplicates: 99,
        crashes: 99,
        capacity: 16,
        batch: 8,
        window: 8,
        orphanLimit: 100,
        lie: 'any',
        lies: 40,
      }),
      fuzz: {
        simulate: true,
        runs: 8,
        moves: 30_000,
        // Blocks are rare and messages quick, or nobody would ever catch up; and so are mishaps.
        weights: {
          deliver: 400,
          timeout: 4,
          announce: 20,
          mine: 1,
          heal: 1,
          restart: 4,
          lie: 1,
          partition: 1,
          crash: 1,
        },
      },
    },
    ...Object.fromEntries(
      lies.map((lie) => [lie, configured(`a peer that lies: ${lie}`, { ...liars[lie], lie }, true)]),
    ),
  },
  family: 'chain',
  system: (values) => chainNetwork(optionsOf(values)),
  claims: (values) => claims(optionsOf(values)),
  mutants: seeded<NetworkMutant>(
    Object.fromEntries(
      Object.entries(mutants).map(([name, mutant]) => [name, { ...mutant, values: { ...defaults, ...mutant.values } }]),
    ),
    ({ values, variation }) => chainNetwork({ ...optionsOf(values), variation }),
  ),
  chart: networkChart,
  view: networkForest,
};
