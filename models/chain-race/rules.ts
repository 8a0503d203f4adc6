/** The rules of those who are honest, and each decision of which a merchant or a miner might make the wrong one. */
import { type Chain, depthOf, finderOf, type Spend, spendIn } from './blocks.js';

/** Of two chains of the same length: the one that came first, or whichever the adversary has found. @public */
export type Tie = 'firstSeen' | 'adversary';

/** What an honest node has: its chain, and which of the two transactions came to it first. @public */
export interface NodeContext {
  readonly at: Place;
  readonly chain: Chain;
  readonly first: Spend | null;
}

/** Never changes. @public */
export interface Place {
  readonly name: string;
  /** The honest ones it can reach: all others. What comes from one of them, the others hear of it as well. */
  readonly tells: readonly string[];
}

/** @public */
export interface RaceRules {
  /** Whether a chain is left for another one. */
  leaves(own: Chain, other: Chain): boolean;
  /** Which transaction the next block carries. */
  carries(node: NodeContext): Spend | null;
  /** How many confirmations the merchant counts; none is 0, and -1 if it has nothing to count. */
  confirmations(node: NodeContext): number;
  /** Whether the merchant looks again, while the parcel is packed. */
  readonly looksAgain: boolean;
  /** Whether a chain that the adversary has told one node of is told to the others. */
  relays(at: Place): boolean;
}

/** As it should be. @public */
export const soundRules = (tie: Tie): RaceRules => ({
  leaves: (own, other) => other.length > own.length || (tie === 'adversary' && isFavoured(own, other)),
  carries: ({ chain, first }) => (spendIn(chain) === null ? first : null),
  confirmations: ({ chain, first }) =>
    spendIn(chain) === 'payment' ? depthOf(chain) : spendIn(chain) === null && first === 'payment' ? 0 : -1,
  looksAgain: true,
  relays: () => true,
});

/** The adversary's block wins, once. */
const isFavoured = (own: Chain, other: Chain): boolean =>
  own.length === other.length && isAdversarys(other.at(-1)) && !isAdversarys(own.at(-1));

const isAdversarys = (block: string | undefined): boolean => block !== undefined && finderOf(block) === 'm';

/** What comes back from a chain that is left is not forgotten, nor is that which it conflicts with taken in its stead. @internal */
export const withChain = (node: NodeContext, chain: Chain): NodeContext => ({
  ...node,
  chain,
  first: spendIn(chain) ?? node.first,
});
