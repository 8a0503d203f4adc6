/** Somebody who sends each block once and never again, whether or not it was kept. */
import { assign, emit, setup } from 'xstate';
import type { Send } from '../../src/kernel/index.js';
import type { BlockId } from './blocks.js';
import type { Hand } from './machine.js';

/** @public */
export type SenderContext = {
  /** By number, for it makes no difference what was sent first: that shows in the node. */
  readonly sent: readonly BlockId[];
};

/** @public */
export const sender = setup({
  types: {
    context: {} as SenderContext,
    events: {} as { readonly type: 'tell'; readonly block: BlockId },
    emitted: {} as Send<{ readonly type: 'block' } & Hand>,
  },
}).createMachine({
  id: 'sender of blocks',
  context: { sent: [] },
  on: {
    tell: {
      actions: [
        assign({ sent: ({ context, event }) => [...context.sent, event.block].sort((a, b) => a - b) }),
        emit(({ event }) => ({
          type: 'send' as const,
          to: 'node',
          message: { type: 'block' as const, block: event.block, body: 'genuine' as const },
        })),
      ],
    },
  },
});
