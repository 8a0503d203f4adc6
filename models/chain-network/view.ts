/** Nodes and what is between them, as the claims see it. */
import { derivePeer, type Envelope } from '../../src/kernel/index.js';
import { type BlockId, genesis, hasData, isMarked, parentOf } from '../chain/index.js';
import { isInTree, type NodeContext } from './state.js';
import type { NetworkWorld } from './system.js';
import { totalOf } from './table.js';

/** What one node has come to. @public */
export interface NodeView extends NodeContext {
  readonly total: number;
  /** Every block that it has to do with, genesis not counted. */
  readonly known: readonly BlockId[];
}

/** Many claims look at one node, one after the other. */
let latest: { readonly context: NodeContext; readonly view: NodeView } | undefined;

/** Nothing of a peer that is no honest node. @public */
export function viewOf(context: NodeContext): NodeView | null {
  if (!('at' in context)) return null;
  if (latest?.context === context) return latest.view;
  const view = { ...context, total: totalOf(context.blocks, context.tip), known: knownTo(context) };
  latest = { context, view };
  return view;
}

interface Known {
  readonly blocks: NodeContext['blocks'];
  readonly ids: readonly BlockId[];
}

/** By the states of the blocks, which change together with what is known. */
const knownBy = new WeakMap<NodeContext['status'], Known>();

function knownTo(node: NodeContext): readonly BlockId[] {
  const { blocks, status } = node;
  const known = knownBy.get(status);
  if (known?.blocks === blocks) return known.ids;
  const ids: BlockId[] = [];
  for (let id = 1; id < blocks.length; id++) if (isInTree(node, id)) ids.push(id);
  knownBy.set(status, { blocks, ids });
  return ids;
}

/** Nothing of one that is down, either. @public */
export const nodeView = derivePeer(viewOf);

/** The nodes that are up. @public */
export const nodesOf = (world: NetworkWorld): readonly NodeView[] =>
  world.names.flatMap((name) => nodeView(world, name) ?? []);

/** Whether two names are on the same side, if the network is cut. @public */
export function isTogether(world: NetworkWorld, a: string, b: string): boolean {
  const side = world.partition();
  return side?.includes(a) === side?.includes(b);
}

type Looked = Pick<NodeContext, 'blocks' | 'status'>;

/** Whether a node holds a block and all below it. @public */
export function holds(node: Looked, id: BlockId): boolean {
  let at = id;
  while (at !== genesis && isInTree(node, at) && hasData(node, at)) at = parentOf(node.blocks, at);
  return at === genesis;
}

/** Whether every block of a chain keeps the rules, as far as the node has seen bodies. @public */
export function isValid({ blocks }: Pick<NodeContext, 'blocks'>, id: BlockId): boolean {
  for (let at = id; at !== genesis; at = parentOf(blocks, at)) {
    const { kind } = blocks[at] as NodeContext['blocks'][number];
    if (kind === 'ctxInvalid' || kind === 'bodyInvalid') return false;
  }
  return true;
}

/** Whether a block is held with all below it, and known to be in order. @public */
export const isSound = (node: Looked, id: BlockId): boolean =>
  !isMarked(node, id) && holds(node, id) && isValid(node, id);

/** The messages that were on their way before a step and are not any more. @public */
export function heardIn(before: NetworkWorld, after: NetworkWorld): readonly Envelope[] {
  return before.names.flatMap((name) => {
    const [then, now] = [before.inFlight(name), after.inFlight(name)];
    if (then.length <= now.length) return [];
    const left = [...now];
    return then.filter((envelope) => {
      const at = left.findIndex((other) => isSame(other, envelope));
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
  });
}

const isSame = (a: Envelope, b: Envelope): boolean =>
  a.from === b.from && a.message.type === b.message.type && JSON.stringify(a.message) === JSON.stringify(b.message);
