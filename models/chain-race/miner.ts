/** An honest miner as an xstate machine: it mines on the chain it has, and has the longest it has heard of. */
import { enqueueActions, setup } from 'xstate';
import type { From, Send } from '../../src/kernel/index.js';
import { blockOf } from './blocks.js';
import type { ChainMessage, Mine, RaceMessage, TxMessage } from './messages.js';
import { type NodeContext, type Place, type RaceRules, withChain } from './rules.js';

/** @public */
export interface NodeInput {
  readonly at: Place;
}

/** @public */
export const newNode = ({ input: { at } }: { readonly input: NodeInput }): NodeContext => ({
  at,
  chain: [],
  first: null,
});

/** What a node that hears of a chain has then, and whom it tells. @internal */
export function heardChain(
  rules: RaceRules,
  node: NodeContext,
  { chain, from }: From<ChainMessage>,
): { readonly node: NodeContext; readonly says: readonly Send<RaceMessage>[] } {
  if (!rules.leaves(node.chain, chain)) return { node, says: [] };
  const isTold = node.at.tells.includes(from) || !rules.relays(node.at);
  return {
    node: withChain(node, chain),
    says: isTold ? [] : [{ type: 'send', to: node.at.tells, message: { type: 'chain', chain } }],
  };
}

/** @internal */
export const heardTx = (node: NodeContext, { spend }: TxMessage): NodeContext =>
  node.first === null ? { ...node, first: spend } : node;

/** @public */
export const miner = (rules: RaceRules) =>
  setup({
    types: {
      context: {} as NodeContext,
      input: {} as NodeInput,
      events: {} as From<RaceMessage> | Mine,
      emitted: {} as Send<RaceMessage>,
    },
    actions: {
      follow: enqueueActions(({ context, enqueue }, message: From<ChainMessage>) => {
        const { node, says } = heardChain(rules, context, message);
        enqueue.assign(node);
        for (const said of says) enqueue.emit(said);
      }),
      note: enqueueActions(({ context, enqueue }, message: TxMessage) => enqueue.assign(heardTx(context, message))),
      extend: enqueueActions(({ context, enqueue }) => {
        const { at, chain } = context;
        const longer = [...chain, blockOf(at.name, rules.carries(context))];
        enqueue.assign(withChain(context, longer));
        enqueue.emit({ type: 'send', to: at.tells, message: { type: 'chain', chain: longer } });
      }),
    },
  }).createMachine({
    id: 'honest miner',
    context: newNode,
    on: {
      mine: { actions: 'extend' },
      chain: { actions: { type: 'follow', params: ({ event }) => event } },
      tx: { actions: { type: 'note', params: ({ event }) => event } },
    },
  });
