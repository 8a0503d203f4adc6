/** One node and everybody else: blocks of one tree come in any order, the operator interferes, the node crashes. */
import {
  type Offer,
  type Operation,
  type Peer,
  peer,
  type System,
  system,
  type World,
} from '../../src/kernel/index.js';
import { type BlockId, genesis, genesisBlock } from './blocks.js';
import { chainNode, type NodeContext, type Pace, stored } from './machine.js';
import { invalidatable, reconsiderable } from './operator.js';
import type { Body } from './receive.js';
import { type Choice, type Rules, soundRules } from './rules.js';
import { type SenderContext, sender } from './sender.js';
import { isHeld, isKnown } from './state.js';
import { labelOf, type TreeOptions, treesOf } from './trees.js';

/** @public */
export interface ChainOptions extends TreeOptions, Choice, Pace {
  /**
   * `missing`: a block is sent while the node does not hold it. `any`: at any time, again and again. `once`: never again, by
   * somebody who remembers.
   */
  readonly deliveries: 'missing' | 'any' | 'once';
  /** Whether bodies that do not belong to their headers are sent as well. */
  readonly mutated: boolean;
  /** Whether headers are sent alone, too. */
  readonly headers: boolean;
  /** How often the operator may declare a block invalid, and take it back. */
  readonly invalidations: number;
  readonly reconsiderations: number;
  readonly crashes: number;
  /** A way to get it wrong. */
  readonly variation?: Partial<Rules>;
}

/** @public */
export type ChainPeers = { readonly node: Peer<NodeContext> };

/** @public */
export type ChainWorld = World<ChainPeers, true>;

/** The blocks that were sent, where each is sent once. @public */
export const sentIn = ({ peers }: ChainWorld): readonly BlockId[] =>
  (peers as { readonly sender?: SenderContext }).sender?.sent ?? [];

/** Every behaviour of one node, whatever the tree. @public */
export function chain(options: ChainOptions): System<ChainPeers, true> {
  const { n, deliveries, crashes, flush, invalidations, reconsiderations, variation = {} } = options;
  const rules: Rules = { ...soundRules(options), ...variation };
  const machine = chainNode(rules, options);
  const bodies: readonly Body[] = options.mutated ? ['genuine', 'mutated'] : ['genuine'];

  const block = whenIdle('block', (node) =>
    numbersOf(node)
      .filter((id) => deliveries === 'any' || !isHeld(node, id))
      .flatMap((id) =>
        bodies.map((body) => ({
          args: body === 'genuine' ? { id } : { id, body },
          event: { type: 'block', block: id, body },
        })),
      ),
  );
  const send: Operation<ChainPeers> = {
    name: 'send',
    peers: ['sender' as 'node'],
    offer: (world) => {
      const { node } = world.state('node') === 'idle' ? world.peers : {};
      return node === undefined
        ? []
        : numbersOf(node)
            .filter((id) => !sentIn(world).includes(id))
            .map((id) => ({ args: { id }, event: { type: 'tell', block: id } }));
    },
  };
  const senders = deliveries === 'once' ? { sender: peer(sender, {}) as unknown as Peer<NodeContext> } : {};
  const header = about('header', (node) => numbersOf(node).filter((id) => !isKnown(node, id)));
  const invalidate = about('invalidate', (node) => invalidatable(node.blocks, node));
  const reconsider = about('reconsider', (node) => reconsiderable(node.blocks, node));

  return system<ChainPeers>({
    name: `chain n=${n}`,
    network: 'synchronous',
    peers: { node: peer(machine, { blocks: [genesisBlock] }, { stable: stored }), ...senders },
    starts: treesOf(options).map((blocks) => ({
      label: labelOf(blocks),
      up: { node: { input: { blocks } }, ...(deliveries === 'once' ? { sender: {} } : {}) },
    })),
    operations: [
      deliveries === 'once' ? send : block,
      ...(options.headers ? [header] : []),
      ...(invalidations > 0 ? [{ ...invalidate, limit: invalidations }] : []),
      ...(reconsiderations > 0 ? [{ ...reconsider, limit: reconsiderations }] : []),
      ...(crashes > 0 && flush === 'lazy' ? [flushing] : []),
      ...(options.flawed !== 'none' && ['future', 'large'].includes(options.flaw) ? [mending] : []),
    ],
    ...(crashes > 0 ? { churn: { crash: { limit: crashes, peers: ['node'] }, restart: { limit: 'unlimited' } } } : {}),
  });
}

const numbersOf = ({ blocks }: NodeContext): readonly BlockId[] =>
  blocks.flatMap((_, id) => (id === genesis ? [] : [id]));

/** A node that is at work hears nobody; not to ask saves the work of being refused. */
const whenIdle = (name: string, offers: (node: NodeContext) => readonly Offer[]): Operation<ChainPeers> => ({
  name,
  peers: ['node'],
  offer: (world) => {
    const { node } = world.state('node') === 'idle' ? world.peers : {};
    return node === undefined ? [] : offers(node);
  },
});

/** An operation about one block. */
const about = (name: string, blocks: (node: NodeContext) => readonly BlockId[]): Operation<ChainPeers> =>
  whenIdle(name, (node) => blocks(node).map((id) => ({ args: { id }, event: { type: name, block: id } })));

const flushing: Operation<ChainPeers> = {
  name: 'flush',
  peers: ['node'],
  offer: ({ peers: { node } }) =>
    node === undefined || node.flushed === node.tip ? [] : [{ event: { type: 'flush' } }],
};

/** The clock is set, the limits are raised. */
const mending: Operation<ChainPeers> = {
  name: 'mend',
  peers: ['node'],
  offer: ({ peers: { node } }) => (node === undefined || node.mended ? [] : [{ event: { type: 'mend' } }]),
};
