/**
 * The merchant as an xstate machine: it follows the longest chain and mines nothing, waits until the payment has the confirmations
 * it asks for, packs the goods, looks once more, and lets them go. What is given is gone.
 */
import { enqueueActions, setup } from 'xstate';
import type { From, Send } from '../../src/kernel/index.js';
import type { ChainMessage, RaceMessage, TxMessage } from './messages.js';
import { heardChain, heardTx, type NodeInput, newNode } from './miner.js';
import type { NodeContext, RaceRules } from './rules.js';

/** @param asked confirmations @public */
export const merchant = (rules: RaceRules, asked: number) =>
  setup({
    types: {
      context: {} as NodeContext,
      input: {} as NodeInput,
      events: {} as From<RaceMessage>,
      emitted: {} as Send<RaceMessage>,
    },
    delays: { packed: 60_000 },
    guards: {
      isConfirmed: ({ context }) => rules.confirmations(context) >= asked,
      isGone: ({ context }) => rules.looksAgain && rules.confirmations(context) < asked,
    },
    actions: {
      follow: enqueueActions(({ context, enqueue }, message: From<ChainMessage>) => {
        const { node, says } = heardChain(rules, context, message);
        enqueue.assign(node);
        for (const said of says) enqueue.emit(said);
      }),
      note: enqueueActions(({ context, enqueue }, message: TxMessage) => enqueue.assign(heardTx(context, message))),
    },
  }).createMachine({
    id: 'merchant',
    context: newNode,
    initial: 'waiting',
    on: {
      chain: { actions: { type: 'follow', params: ({ event }) => event } },
      tx: { actions: { type: 'note', params: ({ event }) => event } },
    },
    states: {
      waiting: { always: { guard: 'isConfirmed', target: 'packing' } },
      packing: {
        always: { guard: 'isGone', target: 'waiting' },
        after: { packed: 'given' },
      },
      given: {},
    },
  });
