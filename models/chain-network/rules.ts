/** The rules of a node that speaks to others: those of its chain, and each decision of which somebody made the wrong one. */
import { type BlockId, type BlockTable, type Rules, soundRules, type Tie } from '../chain/index.js';
import { headersAfter, locatorOf, meetingOf } from './locator.js';
import { type Forgets, missingTo, type NodeContext } from './state.js';
import { type Header, isHeardOf, levelOf, totalOf } from './table.js';

/** How a new tip is told: by its number, by its header (BIP 130), or as a whole. @public */
export type Relay = 'inv' | 'headers' | 'push';

/** @public */
export interface NetworkRules {
  readonly chain: Rules;
  readonly relay: Relay;
  /** Headers in one message at most. */
  readonly batch: number;
  /** Bodies asked of one neighbour at the same time. */
  readonly window: number;
  /** Work that a chain of headers must show, whatever the own tip. */
  readonly minimumWork: number;
  locator(active: readonly BlockId[]): readonly BlockId[];
  /** What it is asked with for more, when as many headers have come as one message holds. */
  continued(last: BlockId, locator: readonly BlockId[]): readonly BlockId[];
  /** The headers that a locator is answered with. */
  served(node: NodeContext, locator: readonly BlockId[]): readonly Header[];
  /** Whether headers are kept that lead to a chain of so much work. */
  keepsHeaders(node: NodeContext, total: number): boolean;
  readonly forgets: Forgets;
  /** Whether what a neighbour announces now replaces what it announced before. */
  replaces(node: NodeContext, head: BlockId, id: BlockId): boolean;
  /** Whether it is listened to who announces a block that is held: something below it may be missing. */
  readonly listensAgain: boolean;
  /** Whose request for a block is taken back when a body came that is not the block's. */
  takenBack(from: string, asked: string): boolean;
  /** What is done about a request that is not answered. */
  readonly slow: 'askAnother' | 'wait';
  /** The block that is mined on. */
  minesOn(node: NodeContext): BlockId;
}

/** @public */
export interface NetworkChoice extends Pick<NetworkRules, 'relay' | 'batch' | 'window' | 'minimumWork'> {
  readonly tie: Tie;
  readonly orphanLimit: number;
}

/** Which of two chains goes first; as in `chain`, with what the table has summed up. */
const outranking =
  (tie: Tie): Rules['outranks'] =>
  (blocks: BlockTable, _, newcomer, other) => {
    const ahead = totalOf(blocks, newcomer) - totalOf(blocks, other);
    if (ahead !== 0) return ahead > 0;
    if (tie === 'lowestHash') return newcomer < other;
    return tie === 'lowerHeight' && levelOf(blocks, newcomer) < levelOf(blocks, other);
  };

/** As it should be. @public */
export function soundNetworkRules({ tie, orphanLimit, ...choice }: NetworkChoice): NetworkRules {
  return {
    ...choice,
    chain: { ...soundRules({ rule: 'work', tie, orphanLimit }), outranks: outranking(tie) },
    locator: locatorOf,
    continued: (last, locator) => [last, ...locator],
    served: ({ active, blocks, ...node }, locator) =>
      headersAfter(
        active,
        blocks,
        meetingOf(active, blocks, (id) => isHeardOf({ blocks }, id) && !node.orphans.includes(id), locator),
        choice.batch,
      ),
    keepsHeaders: ({ blocks, tip }, total) => total >= Math.max(choice.minimumWork, totalOf(blocks, tip)),
    forgets: 'useless',
    // What comes late is no reason to forget what came early.
    replaces: (node, head, id) => {
      const more = totalOf(node.blocks, id) - totalOf(node.blocks, head);
      return more > 0 || (more === 0 && missingTo(node, id).length > 0);
    },
    listensAgain: true,
    takenBack: (from, asked) => from === asked,
    slow: 'askAnother',
    minesOn: ({ tip }) => tip,
  };
}
