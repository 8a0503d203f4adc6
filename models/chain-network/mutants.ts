/**
 * Mistakes that nodes of a network have made, or might make: what is wrong, the smallest configuration in which it shows, and the
 * claims that it breaks there, each at the length of its shortest counterexample. V.. are numbered as in the README, N.. are seeded.
 */
import { assign } from 'xstate';
import type { Values } from '../../src/kernel/index.js';
import { type BlockId, genesis, isAncestor, type Rules } from '../chain/index.js';
import { withStates } from '../mutant.js';
import type { Manner } from './hear.js';
import { headersAfter, meetingOf } from './locator.js';
import { networkNode } from './node.js';
import { rested } from './rest.js';
import { kept, type NodeContext } from './state.js';
import { type NetworkVariation, standingOf } from './system.js';
import { isHeardOf, isOn, levelOf, totalOf } from './table.js';

/** @public */
export interface NetworkMutant {
  readonly doc: string;
  /** What differs from the defaults of the suite. */
  readonly values: Values;
  readonly variation: NetworkVariation;
  readonly kills: { readonly [claim: string]: number | 'never' };
  readonly survivor?: true;
  readonly source?: string;
}

const two = { nodes: 2, blocks: 2, mining: 'anytime' } as const;

/** A node that takes any of the chains with the most work, now this one and now that. */
const fickle = (manner: Manner): ReturnType<typeof networkNode> =>
  withStates(
    networkNode(manner),
    {},
    {
      flip: {
        actions: assign(({ context }: { context: NodeContext }) => {
          const [next, ...others] = context.ranked.filter((id) => id !== context.tip);
          if (next === undefined) return {};
          const turned = { ...context, ranked: [next, context.tip, ...others], candidates: [next] };
          return rested(manner.rules, manner.steps, turned).node;
        }),
      },
    },
  );

/** No more blocks than these are taken off for a better chain. */
const stayingWithin = (depth: number): Partial<Rules> => ({
  best: (blocks, { ranked, candidates, tip, active }) =>
    ranked.find((id) => candidates.includes(id) && depthOf(blocks, active, tip, id) <= depth) ??
    (candidates.includes(genesis) ? genesis : tip),
});

/** The head of the heaviest chain of headers that is not known to be bad. */
const bestHeader = (node: NodeContext): BlockId =>
  node.status.reduce<BlockId>(
    (best, is, id) =>
      is !== 'unknown' && !is.includes('failed') && totalOf(node.blocks, id) > totalOf(node.blocks, best) ? id : best,
    node.tip,
  );

/** @public */
export const mutants: { readonly [name: string]: NetworkMutant } = {
  V13: {
    doc: 'what is asked of one neighbour is never asked of another',
    values: { ...two, blocks: 1, losses: 1 },
    variation: { rules: { slow: 'wait' } },
    kills: { P14: 5, P14t: 5, P15: 5, P15e: 5 },
    source: 'bitcoin/bitcoin issues 5463, 7596, 27705',
  },
  V25: {
    doc: 'a chain is not left if that takes more than one block off',
    values: { nodes: 2, blocks: 4, maxWork: 2, partitions: 1 },
    variation: { chain: stayingWithin(1) },
    kills: { P14: 14, P14t: 14, P15: 14 },
    source: 'rolling checkpoints, as in Bitcoin Cash Node',
  },
  V22: {
    doc: 'one node goes by length and the other by work',
    values: { nodes: 2, blocks: 3, maxWork: 3, partitions: 1 },
    variation: {
      only: 'b',
      chain: {
        outranks: (blocks, _, newcomer, other) => levelOf(blocks, newcomer) > levelOf(blocks, other),
      },
    },
    kills: { P14: 9, P14t: 9, P15: 9, P1: 7 },
    source: 'Quantus-Network pull request 393',
  },
  V11b: {
    doc: 'between chains of the same work a coin is thrown, again and again',
    values: two,
    variation: {
      node: fickle,
      operations: [
        {
          name: 'flip',
          offer: (world, self) =>
            (standingOf(world, self)?.level.length ?? 0) > 1 ? [{ event: { type: 'flip' } }] : [],
        },
      ],
    },
    kills: { P14t: 9 },
    source: 'ethereum/go-ethereum pull request 15470',
  },
  V02: {
    doc: 'a body that does not belong to its header gets the id marked',
    values: { nodes: 2, blocks: 1, losses: 1, lie: 'mutates', lies: 2 },
    variation: { chain: { mutated: 'mark' } },
    kills: { P14: 5, P14t: 5, P15: 5, P5: 3, P15r: 4 },
    source: 'CVE-2012-2459',
  },
  V06: {
    doc: 'it is mined on headers whose bodies nobody has looked at',
    values: { nodes: 2, blocks: 2, losses: 1, lie: 'invalid' },
    variation: { rules: { minesOn: bestHeader } },
    kills: { P6m: 4, P18: 15 },
    source: 'the fork of 4 July 2015 after BIP 66',
  },
  V10: {
    doc: 'every header that proves work is kept',
    values: { nodes: 2, blocks: 2, losses: 1, lie: 'spams' },
    variation: { rules: { keepsHeaders: () => true, forgets: 'nothing' } },
    kills: { P16h: 5 },
    source: 'bitcoin/bitcoin pull requests 17332 and 25717',
  },
  V12: {
    doc: 'a body that is not the block’s takes back what was asked of another',
    values: { nodes: 2, blocks: 1, losses: 1, lie: 'mutates', lies: 2 },
    variation: { rules: { takenBack: () => true } },
    kills: { P15r: 4 },
    source: 'bitcoin/bitcoin pull request 29412, CVE-2024-52921',
  },
  V05: {
    doc: 'a limit of the node’s own is taken for a rule',
    values: { nodes: 2, blocks: 0, odd: 'large' },
    variation: { chain: { beyondLimit: 'mark' } },
    kills: { P14: 7, P14t: 7, P15: 7, P5: 4, 'a node that has stopped at a limit of its own': 'never' },
    source: 'BIP 50, the fork of March 2013',
  },
  V24: {
    doc: 'a block ahead of the clock is marked for ever',
    values: { nodes: 2, blocks: 0, odd: 'future' },
    variation: { chain: { notYet: 'mark' } },
    kills: { P14: 5, P14t: 5, P15: 5, P5: 2 },
    source: 'seeded',
  },
  N01: {
    doc: 'the headers that answer a locator begin one too late',
    values: { ...two, relay: 'inv' },
    variation: {
      rules: {
        served: (node, locator) =>
          headersAfter(
            node.active,
            node.blocks,
            1 + meetingOf(node.active, node.blocks, (id) => isHeardOf(node, id), locator),
            2000,
          ),
      },
    },
    kills: { P14: 4, P14t: 4, P15: 4, P17: 4, 'at stake in P15e': 'never', 'at stake in P1': 'never' },
  },
  N02: {
    doc: 'headers that lead nowhere any more are kept',
    values: { ...two, blocks: 3, losses: 1 },
    variation: { rules: { forgets: 'nothing' } },
    kills: { P16h: 4 },
  },
  N03: {
    doc: 'whatever a neighbour is heard of last counts as all that it has',
    values: { ...two, relay: 'inv', duplicates: 1 },
    variation: { rules: { replaces: () => true } },
    kills: { P13: 10 },
  },
  N04: {
    doc: 'who announces a block that is held is not listened to, though the block below it be missing',
    values: { ...two, relay: 'push', losses: 2 },
    variation: { rules: { listensAgain: false } },
    kills: { P14: 8, P14t: 8, P15: 8, 'at stake in P15e': 'never' },
  },
  N05: {
    doc: 'bodies are asked for without a bound',
    values: { ...two, losses: 1 },
    variation: { rules: { window: 16 } },
    kills: { P16: 4, 'at stake in P16': 'never' },
  },
  N06: {
    doc: 'a crash destroys the blocks, and only the number of those that were mined is left',
    values: { ...two, crashes: 1 },
    variation: { kept: kept.filter((field) => field === 'mined') },
    kills: { P18: 3 },
  },
  N07: {
    doc: 'the chain that came last is the best',
    values: { ...two, blocks: 3, relay: 'push' },
    variation: { chain: { outranks: () => true } },
    kills: { P14: 8, P14t: 4, P15: 8, P1: 4, P2: 4, P18: 4 },
  },
  N08: {
    doc: 'headers are forgotten though a body waits for what is in between',
    values: { ...two, relay: 'push', losses: 2 },
    variation: { rules: { forgets: 'all' } },
    kills: { P3: 8, P16: 10 },
  },
  N10: {
    doc: 'after as many headers as one message holds it is asked on from the own tip',
    values: { nodes: 2, blocks: 3, batch: 1, window: 2, partitions: 1, losses: 1 },
    variation: { rules: { continued: (_, locator) => locator } },
    kills: { P17r: 2 },
  },
  N09: {
    doc: 'the chain that was first is never left for another',
    values: { nodes: 2, blocks: 2, partitions: 1, tie: 'firstSeen', further: true },
    variation: { chain: stayingWithin(0) },
    kills: { P14: 13, P14f: 13, P15: 13, P1: 11 },
  },
};

/** How many blocks come off a chain on the way to another block. */
function depthOf(blocks: NodeContext['blocks'], active: readonly BlockId[], tip: BlockId, id: BlockId): number {
  let at = id;
  while (!isOn(active, blocks, at) || !isAncestor(blocks, at, tip)) at = blocks[at]?.parent ?? genesis;
  return levelOf(blocks, tip) - levelOf(blocks, at);
}
