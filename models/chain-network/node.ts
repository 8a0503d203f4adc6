/**
 * A node of the network as an xstate machine. It hears messages at any time. While its tip is on the way to another chain it is
 * `moving`; while it waits for bodies that it has asked for it is `waiting`, and not for ever. At a limit of its own it is `halted`.
 */
import { enqueueActions, setup } from 'xstate';
import type { From, Send } from '../../src/kernel/index.js';
import { type Kind, recovered } from '../chain/index.js';
import { announcedAgain, asksEverybody, heard, type Manner, mended, minedOne, waitedInVain } from './hear.js';
import type { NetworkMessage } from './messages.js';
import { isAtRest, isStuck, moved, type Outcome, rested } from './rest.js';
import { type Kept, type NodeContext, newNode, type Place } from './state.js';

/** @public */
export interface NodeInput {
  readonly at: Place;
  /** Whether the others were there before it, so that it has to ask what it missed. */
  readonly isLate?: boolean;
  readonly restored?: Kept;
}

/** @public */
export type Mine = { readonly type: 'mine'; readonly work: number; readonly kind?: Kind };

/** @public */
export type Announce = { readonly type: 'announce'; readonly to: string };

/** @public */
export type NodeEvent = From<NetworkMessage> | Mine | Announce | { readonly type: 'mend' };

const about = <E>({ event }: { readonly event: E }): E => event;
const mend = { target: 'idle', actions: 'mend' } as const;
const deaf = {} as const;
const hear = { actions: { type: 'hear', params: about } } as const;

/** A node that goes by these rules. @public */
export function networkNode(manner: Manner) {
  const { rules, steps } = manner;

  return setup({
    types: {
      context: {} as NodeContext,
      input: {} as NodeInput,
      events: {} as NodeEvent,
      emitted: {} as Send<NetworkMessage>,
    },
    delays: { step: 0, patience: 120_000 },
    guards: {
      isStuck: ({ context }) => isStuck(rules, context),
      isMoving: ({ context }) => !isAtRest(rules, context),
      isWaiting: ({ context }) => context.asked.length > 0,
      isServed: ({ context }) => context.asked.length === 0,
    },
    actions: {
      begin: enqueueActions(({ context, enqueue }) => tell(enqueue, context, asksEverybody(manner, context))),
      hear: enqueueActions(({ context, enqueue }, message: From<NetworkMessage>) =>
        tell(enqueue, context, heard(manner, context, message)),
      ),
      mine: enqueueActions(({ context, enqueue }, { work, kind }: Mine) =>
        tell(enqueue, context, minedOne(manner, context, work, kind)),
      ),
      announce: enqueueActions(({ context, enqueue }, { to }: Announce) =>
        tell(enqueue, context, announcedAgain(manner, context, to)),
      ),
      mend: enqueueActions(({ context, enqueue }) => tell(enqueue, context, mended(manner, context))),
      advance: enqueueActions(({ context, enqueue }) => tell(enqueue, context, moved(rules, context))),
      lookElsewhere: enqueueActions(({ context, enqueue }) => tell(enqueue, context, waitedInVain(manner, context))),
    },
  }).createMachine({
    id: 'node of a blockchain network',
    context: ({ input: { at, isLate = false, restored } }) => {
      const node: NodeContext = { ...newNode(at), ...restored };
      if (restored === undefined) return isLate ? { ...node, announced: null } : node;
      const again = { ...node, ...recovered(rules.chain, node.blocks, node), announced: null };
      return rested(rules, steps, again).node;
    },
    entry: 'begin',
    initial: 'idle',
    on: { inv: hear, getheaders: hear, headers: hear, getdata: hear, block: hear },
    states: {
      idle: {
        always: [
          { guard: 'isStuck', target: 'halted' },
          { guard: 'isMoving', target: 'moving' },
          { guard: 'isWaiting', target: 'waiting' },
        ],
        on: {
          mine: { actions: { type: 'mine', params: about } },
          announce: { actions: { type: 'announce', params: about } },
          mend,
        },
      },
      waiting: {
        always: [
          { guard: 'isStuck', target: 'halted' },
          { guard: 'isMoving', target: 'moving' },
          { guard: 'isServed', target: 'idle' },
        ],
        on: {
          mine: { actions: { type: 'mine', params: about } },
          announce: { actions: { type: 'announce', params: about } },
          mend,
        },
        after: { patience: { target: 'waiting', reenter: true, actions: 'lookElsewhere' } },
      },
      moving: {
        after: { step: { target: 'idle', actions: 'advance' } },
      },
      halted: {
        on: { inv: deaf, getheaders: deaf, headers: deaf, getdata: deaf, block: deaf, mend },
      },
    },
  });
}

interface Enqueue {
  assign(node: NodeContext): void;
  emit(said: Send<NetworkMessage>): void;
}

function tell(enqueue: Enqueue, before: NodeContext, { node, says }: Outcome): void {
  if (node !== before) enqueue.assign(node);
  for (const said of says) enqueue.emit(said);
}
