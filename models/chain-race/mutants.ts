/** Mistakes of merchants and miners, each with the smallest race in which it shows, and what it breaks how soon. */
import type { Seeded } from '../mutant.js';
import { depthOf, spendIn } from './blocks.js';
import { type NodeContext, soundRules } from './rules.js';
import type { RaceOptions, RaceVariation } from './system.js';

/** @public */
export interface RaceMutant extends Seeded<Omit<RaceOptions, 'variation'> & Seeded['values']> {
  readonly variation: RaceVariation;
}

const race = (depth: number, budget: number) =>
  ({ depth, budget, lead: 0, tie: 'firstSeen', links: 'prompt', miners: 1, late: 0, further: 1 }) as const;

const { confirmations } = soundRules('firstSeen');

/** @public */
export const mutants: { readonly [name: string]: RaceMutant } = {
  D01: {
    doc: 'the merchant counts one confirmation too many: the blocks on top of the payment, and two for its own',
    values: race(2, 2),
    variation: { rules: { confirmations: (node) => confirmations(node) + (depthOf(node.chain) > 0 ? 1 : 0) } },
    kills: { Kept: 6, Depth: 3 },
    source: 'seeded',
  },
  D02: {
    doc: 'the merchant takes a payment that is in no block for confirmed',
    values: race(1, 0),
    variation: { rules: { confirmations: (node) => (node.first === 'payment' ? 99 : confirmations(node)) } },
    kills: { Kept: 3, Depth: 2 },
    source: 'every shop that hands over at zero confirmations; Karame, Androulaki and Capkun 2012',
  },
  D03: {
    doc: 'the merchant does not look again before the goods are given',
    values: race(1, 2),
    variation: { rules: { looksAgain: false } },
    kills: { Depth: 6 },
    source: 'seeded',
  },
  D04: {
    doc: 'the merchant counts the blocks of its chain, wherever the payment is in it',
    values: race(2, 2),
    variation: {
      rules: {
        confirmations: (node: NodeContext) =>
          spendIn(node.chain) === 'payment' ? node.chain.length : confirmations(node),
      },
    },
    kills: { Kept: 7, Depth: 4 },
    source: 'seeded',
  },
  D05: {
    doc: 'the merchant asks for one confirmation more than it says',
    values: race(1, 1),
    variation: { rules: { confirmations: (node) => confirmations(node) - 1 } },
    kills: { Served: 2, 'the goods are given, and one block more would take the payment back': 'never' },
    source: 'seeded',
  },
  D06: {
    doc: 'the merchant tells nobody of what it hears',
    values: race(1, 1),
    variation: { rules: { relays: ({ name }) => name !== 'merchant' } },
    kills: { Kept: 6, Agree: 3 },
    source: 'vector76 2011, the attack on whoever is told first',
  },
  D07: {
    doc: 'of two chains that are equally long the later is taken',
    values: race(2, 2),
    variation: { rules: { leaves: (own, other) => other.length >= own.length } },
    kills: { Kept: 7, Longest: 4 },
    source: 'seeded',
  },
  D08: {
    doc: 'the chain that came last is taken',
    values: race(2, 1),
    variation: { rules: { leaves: () => true } },
    kills: { Kept: 6, Longest: 4 },
    source: 'seeded',
  },
  D09: {
    doc: 'a chain is left only for one that is longer by two',
    values: race(1, 1),
    variation: { rules: { leaves: (own, other) => other.length > own.length + 1 } },
    kills: { Agree: 1, 'at stake in Agree': 'never' },
    source: 'seeded',
  },
  D10: {
    doc: 'a miner carries what it heard of first, whatever its chain carries',
    values: race(1, 1),
    variation: { rules: { carries: ({ first }) => first } },
    kills: { Once: 3 },
    source: 'seeded',
  },
  D11: {
    doc: 'the adversary has a block more than is said',
    values: race(1, 1),
    variation: { means: { budget: 2 } },
    kills: { Kept: 6, Means: 3 },
    source: 'seeded',
  },
};
