/**
 * One node as an xstate machine around the pure chain logic. It takes one thing in hand at a time, and then moves its tip block
 * by block; while it does so it hears nobody. A node that comes up is `recovering` until its tip is where it belongs.
 */
import { assign, setup } from 'xstate';
import { advanced, isBeyondLimit, isSettled, settled } from './activation.js';
import type { BlockId, BlockTable } from './blocks.js';
import { invalidated, reconsidered } from './operator.js';
import { type Body, receiveBlock, receiveHeader } from './receive.js';
import { recovered } from './recovery.js';
import type { Rules } from './rules.js';
import { type ChainState, emptyChain, type Stored } from './state.js';

/** A block that has come and was not looked at yet. @public */
export interface Hand {
  readonly block: BlockId;
  readonly body: Body;
}

/** @public */
export type NodeContext = ChainState & {
  readonly blocks: BlockTable;
  readonly hand: Hand | null;
};

/** @public */
export interface NodeInput {
  readonly blocks: BlockTable;
  readonly restored?: Stored & { readonly blocks: BlockTable };
}

/** @public */
export type NodeEvent =
  | ({ readonly type: 'block' } & Hand)
  | { readonly type: 'header' | 'invalidate' | 'reconsider'; readonly block: BlockId }
  | { readonly type: 'flush' | 'mend' };

/** Fields that a crash does not destroy. @public */
export const stored = ['blocks', 'status', 'flushed', 'mended'] as const satisfies readonly (keyof NodeContext)[];

/** @public */
export interface Pace {
  /** `single`: every move of the tip is a step. `whole`: all that follows from a block is done in the move that brings it. */
  readonly steps: 'single' | 'whole';
  /** `each`: a tip is on disk as soon as it is the tip. `lazy`: when somebody says `flush`. */
  readonly flush: 'each' | 'lazy';
}

const about = <E>({ event }: { readonly event: E }): E => event;

/** A node that goes by these rules. @public */
export function chainNode(rules: Rules, { steps, flush }: Pace) {
  const written = (chain: ChainState): ChainState => (flush === 'each' ? { ...chain, flushed: chain.tip } : chain);
  const isWhole = steps === 'whole';

  /** What is left of the work, if it is to be done at once. */
  const finished = (blocks: BlockTable, chain: ChainState): ChainState =>
    written(isWhole ? settled(rules, blocks, { chain, events: [] }).chain : chain);

  return setup({
    types: { context: {} as NodeContext, input: {} as NodeInput, events: {} as NodeEvent },
    delays: { step: 0 },
    guards: {
      isWhole: () => isWhole,
      isSettled: ({ context }) => isSettled(rules, context.blocks, context),
      isBeyondLimit: ({ context }) => isBeyondLimit(rules, context.blocks, context),
      isBehind: ({ context }) => context.flushed !== context.tip,
    },
    actions: {
      takeInHand: assign((_, { block, body }: Hand) => ({ hand: { block, body } })),
      takeHeader: assign(({ context }, { block }: { readonly block: BlockId }) =>
        finished(context.blocks, receiveHeader(rules, context.blocks, context, block).chain),
      ),
      judge: assign(({ context }) => {
        const { blocks, hand } = context;
        if (hand === null) return {};
        const { chain } = receiveBlock(rules, blocks, { ...context }, hand.block, hand.body);
        return { ...finished(blocks, chain), hand: null };
      }),
      advance: assign(({ context }) => written(advanced(rules, context.blocks, context).chain)),
      invalidate: assign(({ context }, { block }: { readonly block: BlockId }) =>
        finished(context.blocks, invalidated(rules, context.blocks, context, block)),
      ),
      reconsider: assign(({ context }, { block }: { readonly block: BlockId }) =>
        finished(context.blocks, reconsidered(rules, context.blocks, context, block)),
      ),
      flush: assign(({ context }) => ({ flushed: context.tip })),
      mend: assign(({ context }) => finished(context.blocks, { ...context, mended: true })),
    },
  }).createMachine({
    id: 'node with a chain',
    context: ({ input: { blocks, restored } }) => {
      const table = restored?.blocks ?? blocks;
      const chain = restored === undefined ? emptyChain(table) : recovered(rules, table, restored);
      return { ...finished(table, chain), blocks: table, hand: null };
    },
    initial: 'recovering',
    states: {
      recovering: {
        always: { guard: 'isSettled', target: 'idle' },
        on: { flush: { guard: 'isBehind', actions: 'flush' } },
        after: {
          step: [
            { guard: 'isBeyondLimit', target: 'halted' },
            { target: 'recovering', reenter: true, actions: 'advance' },
          ],
        },
      },
      idle: {
        on: {
          block: [
            { guard: 'isWhole', target: 'activating', actions: [{ type: 'takeInHand', params: about }, 'judge'] },
            { target: 'judging', actions: { type: 'takeInHand', params: about } },
          ],
          header: { target: 'activating', actions: { type: 'takeHeader', params: about } },
          invalidate: { target: 'activating', actions: { type: 'invalidate', params: about } },
          reconsider: { target: 'activating', actions: { type: 'reconsider', params: about } },
          flush: { guard: 'isBehind', actions: 'flush' },
          mend: { target: 'activating', actions: 'mend' },
        },
      },
      judging: { after: { step: { target: 'activating', actions: 'judge' } } },
      activating: {
        always: { guard: 'isSettled', target: 'idle' },
        on: { flush: { guard: 'isBehind', actions: 'flush' } },
        after: {
          step: [
            { guard: 'isBeyondLimit', target: 'halted' },
            { target: 'activating', reenter: true, actions: 'advance' },
          ],
        },
      },
      halted: { on: { mend: { target: 'activating', actions: 'mend' } } },
    },
  });
}
