/** What holds of each node whatever the others do: its tip, its tree, its pools, and what it keeps through a crash. */

import { type BlockId, genesis, hasData, isMarked, parentOf } from '../../models/chain/index.js';
import {
  heardIn,
  holds,
  isInTree,
  isValid,
  minerOf,
  type NetworkWorld,
  type NodeContext,
  type NodeView,
  nodeView,
  standingOf,
  totalOf,
  viewOf,
} from '../../models/chain-network/index.js';
import { always, alwaysStep, derivePeer } from '../../src/kernel/index.js';
import { titled } from '../common/law.js';
import type { NetworkProperty } from './resolution.js';

/** What every law may look at, and what it looks at besides. */
type Seen<F extends keyof NodeContext> = Pick<NodeView, F | 'blocks' | 'status' | 'tip' | 'known' | 'total'>;

/** Something about every node that is up, remembered by node. */
const law = <F extends keyof NodeContext>(
  name: string,
  says: string,
  of: readonly F[],
  holdsFor: (node: Seen<F>) => boolean,
): NetworkProperty => {
  const answer = answers(of, holdsFor);
  return always(titled(name, says), (world: NetworkWorld) => world.names.every((one) => answer(world, one) ?? true));
};

/** The same of those whose tip is not on its way, and has not stopped on it. */
const lawAtRest = <F extends keyof NodeContext>(
  name: string,
  says: string,
  of: readonly F[],
  holdsFor: (node: Seen<F>) => boolean,
): NetworkProperty => {
  const answer = answers(of, holdsFor);
  return always(titled(name, says), (world: NetworkWorld) =>
    world.names.every((one) => (answer(world, one) ?? true) || isBetween(world, one)),
  );
};

const isBetween = (world: NetworkWorld, name: string): boolean =>
  world.state(name) === 'moving' || world.state(name) === 'halted';

/** Of a node that has changed in nothing that is looked at, the answer is the same: most messages touch no block. */
function answers<F extends keyof NodeContext>(of: readonly F[], holdsFor: (node: Seen<F>) => boolean) {
  const parts: readonly (keyof NodeContext)[] = [...new Set<keyof NodeContext>(['blocks', 'status', 'tip', ...of])];
  const latest = new Map<string, { readonly node: NodeContext; readonly answer: boolean }>();
  return derivePeer((node: NodeContext, name) => {
    const known = latest.get(name);
    if (known !== undefined && parts.every((part) => known.node[part] === node[part])) return known.answer;
    const view = viewOf(node);
    const answer = view === null || holdsFor(view);
    latest.set(name, { node, answer });
    return answer;
  });
}

/** @public */
export const bestOfHeld = lawAtRest(
  'P1',
  'a node at rest has a valid chain, and holds none that has more work',
  [],
  (node) =>
    isValid(node, node.tip) &&
    holds(node, node.tip) &&
    node.known.every(
      (id) => totalOf(node.blocks, id) <= node.total || isMarked(node, id) || !holds(node, id) || !isValid(node, id),
    ),
);

/** @public */
export const rootedTree = law(
  'P3',
  'the parent of a block in the tree is in the tree, that of an orphan is not',
  ['orphans'],
  (node) =>
    node.known.every((id) => isInTree(node, parentOf(node.blocks, id))) &&
    node.orphans.every((id) => !isInTree(node, id) && !isInTree(node, parentOf(node.blocks, id))),
);

/** @public */
export const noFalseMark = law('P5', 'only what is invalid is marked', [], (node) =>
  node.known.every((id) => !isMarked(node, id) || !isValid(node, id)),
);

/** @public */
export const bounded = (orphans: number, window: number) =>
  law(
    'P16',
    `no more than ${orphans} orphans are kept, no more than ${window} bodies are asked of one neighbour, each for a header that is known`,
    ['orphans', 'asked', 'at'],
    (node) =>
      node.orphans.length <= orphans &&
      node.at.neighbours.every((name) => node.asked.filter(({ from }) => from === name).length <= window) &&
      node.asked.every(({ id }) => isInTree(node, id) && !hasData(node, id)),
  );

/** @public */
export const nothingCheap = lawAtRest(
  'P16h',
  'at rest no header is kept of a chain with less work than the own one, but under a body that waits for others',
  [],
  (node) => {
    const cheap = node.known.filter((id) => !hasData(node, id) && !isMarked(node, id));
    if (cheap.length === 0) return true;
    const worthIt = belowWhatCounts(node);
    return cheap.every((id) => worthIt.has(id));
  },
);

/** The blocks on the way to one whose body is held, or that shows enough work. */
function belowWhatCounts(node: Seen<never>): ReadonlySet<BlockId> {
  const below = new Set<BlockId>();
  for (const top of node.known) {
    if (!hasData(node, top) && totalOf(node.blocks, top) < node.total) continue;
    for (let at = top; at !== genesis && !below.has(at); at = parentOf(node.blocks, at)) below.add(at);
  }
  return below;
}

/** @public */
export const keepsItsOwn = lawAtRest(
  'P18',
  'a node has the blocks that it has mined, and at rest no less work than they show',
  ['mined', 'at'],
  (node) => {
    const own = node.known.filter((id) => minerOf(id, node.at.miners) === node.at.miner);
    return own.length >= node.mined && own.every((id) => totalOf(node.blocks, id) <= node.total || !holds(node, id));
  },
);

/** @public */
export const neverLess: NetworkProperty = alwaysStep(
  titled('P2', 'the work of a tip never shrinks'),
  (before: NetworkWorld, after: NetworkWorld) =>
    before.names.every((name) => {
      const [from, to] = [standingOf(before, name), standingOf(after, name)];
      return from == null || to == null || to.total >= from.total || isBetween(after, name);
    }),
);

/** @public */
export const nothingTwice: NetworkProperty = alwaysStep(
  titled('P13', 'a block that is held with all below it changes nothing when it comes again'),
  (before: NetworkWorld, after: NetworkWorld) =>
    heardIn(before, after).every(({ to, message }) => {
      const [from, now] = [nodeView(before, to), nodeView(after, to)];
      if (message.type !== 'block' || from == null || now == null) return true;
      const { id } = message.block as unknown as { readonly id: BlockId };
      if (!holds(from, id)) return true;
      return from.tip === now.tip && from.known.join() === now.known.join() && from.ranked.join() === now.ranked.join();
    }),
);
