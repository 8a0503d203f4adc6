/** What must come up, or the claims say little: what each fault and each lie is there for. */

import { type BlockId, hasData } from '../../models/chain/index.js';
import {
  type Header,
  holds,
  isInTree,
  isOn,
  isTogether,
  type Lie,
  levelOf,
  mallory,
  type NetworkOptions,
  type NetworkWorld,
  type NodeView,
  nodesOf,
  nodeView,
} from '../../models/chain-network/index.js';
import { type Message, sometimes } from '../../src/kernel/index.js';
import { liarIn } from './lying.js';
import type { NetworkProperty } from './resolution.js';
import { stakes } from './stakes.js';

/** @public */
export const coverage = (options: Omit<NetworkOptions, 'variation'>): readonly NetworkProperty[] => [
  ...(options.partitions > 0 && options.blocks >= 2 ? [bothSidesMine] : []),
  ...(options.crashes > 0 && options.partitions > 0 && options.blocks >= 2 ? [absent] : []),
  ...(options.crashes > 0 && options.steps === 'single' && options.blocks >= 3 ? [interrupted] : []),
  ...(options.odd === 'large' ? [halted] : []),
  ...(options.odd === 'future' ? [early] : []),
  ...(options.lie === 'none' || options.lie === 'any' ? [] : goals[options.lie]),
];

/** Of a network that is too large to look at every message after every move, what shows that something happens in it. @public */
export const largeCoverage = (options: Omit<NetworkOptions, 'variation'>): readonly NetworkProperty[] => [
  ...(options.blocks >= 5 ? [common] : []),
  ...(options.blocks >= 2 && options.steps === 'single' ? [reorganised] : []),
  ...(options.partitions > 0 && options.blocks >= 2 ? [bothSidesMine] : []),
  ...(options.crashes > 0 ? [stakes.P18] : []),
  ...(options.crashes > 0 && options.partitions > 0 && options.blocks >= 2 ? [absent] : []),
  ...(options.lie === 'any'
    ? [...goals.withholds, stakes.P5, ...goals.mutates.filter((goal) => goal !== stakes.P15r), ...goals.equivocates]
    : []),
];

type Look = (world: NetworkWorld) => boolean;
const comesUp = (name: string, holdsIn: Look): NetworkProperty => sometimes(name, holdsIn);

const someNode = (world: NetworkWorld, holdsFor: (node: NodeView) => boolean): boolean => nodesOf(world).some(holdsFor);

/** A block on its way to a node. */
const someBlock = (
  world: NetworkWorld,
  holdsFor: (node: NodeView, id: BlockId, message: Message) => boolean,
): boolean =>
  world.inFlight().some(({ to, message }) => {
    if (message.type !== 'block') return false;
    const node = nodeView(world, to);
    return node != null && holdsFor(node, (message.block as unknown as { id: BlockId }).id, message);
  });

const bothSidesMine = comesUp(
  'both sides of a cut have mined',
  (world) =>
    world.partition() !== undefined &&
    someNode(world, (a) =>
      someNode(world, (b) => !isTogether(world, a.at.name, b.at.name) && !isInTree(a, b.tip) && !isInTree(b, a.tip)),
    ),
);

const common = comesUp('all nodes have one chain of five blocks or more', (world) => {
  if (world.partition() !== undefined) return false;
  const nodes = world.names.filter((name) => name !== mallory).map((name) => world.peers[name]);
  return nodes.every((node) => node !== undefined && node.active.length > 5 && node.tip === nodes[0]?.tip);
});

const reorganised = comesUp('a node has left blocks of its chain and is on its way to another', (world) =>
  world.names.some((name) => {
    if (world.state(name) !== 'moving') return false;
    const { announced = null, active = [], blocks = [] } = world.peers[name] ?? {};
    return announced !== null && !isOn(active, blocks, announced);
  }),
);

const absent = comesUp('a node that comes back asks, with a tip that the others have left', (world) =>
  world.inFlight().some(({ to, message }) => {
    if (message.type !== 'getheaders') return false;
    const node = nodeView(world, to);
    const [tip] = message.locator as readonly BlockId[];
    return (
      node != null &&
      tip !== undefined &&
      holds(node, tip) &&
      !node.active.includes(tip) &&
      levelOf(node.blocks, tip) < node.active.length
    );
  }),
);

const interrupted = comesUp('a node that has come back is on its way between two chains', (world) =>
  world.names.some((name) => {
    const node = nodeView(world, name);
    return (
      node != null &&
      world.state(name) === 'moving' &&
      world.inFlight().some(({ from, message }) => from === name && message.type === 'getheaders') &&
      node.known.some((id) => holds(node, id) && !node.active.includes(id))
    );
  }),
);

const halted = comesUp('a node that has stopped at a limit of its own', (world) =>
  world.names.some((name) => world.state(name) === 'halted'),
);

const early = comesUp('a block that is too early, on its way to a node with a slow clock', (world) =>
  world
    .inFlight()
    .some(
      ({ to, message }) =>
        message.type === 'headers' &&
        (message.headers as unknown as readonly Header[]).some(({ isEarly }) => isEarly) &&
        nodeView(world, to)?.mended === false,
    ),
);

const goals: { readonly [lie in Lie]: readonly NetworkProperty[] } = {
  withholds: [
    comesUp('a body that is withheld is asked for in vain', (world) => (liarIn(world)?.ignored.length ?? 0) > 0),
  ],
  invalid: [stakes.P5, stakes.P6m],
  mutates: [
    stakes.P15r,
    comesUp('a body that is not the block’s before the genuine one', (world) =>
      someBlock(world, (node, id, { body }) => body === 'mutated' && !(isInTree(node, id) && hasData(node, id))),
    ),
    comesUp('a body that is not the block’s after the genuine one', (world) =>
      someBlock(world, (node, id, { body }) => body === 'mutated' && isInTree(node, id) && hasData(node, id)),
    ),
  ],
  spams: [stakes.P16h],
  orphans: [
    comesUp('an orphan more than the pool holds', (world) =>
      someBlock(world, (node, id) => node.orphans.length > 0 && !node.orphans.includes(id) && !isInTree(node, id)),
    ),
  ],
  stalls: [
    comesUp('a request that one peer let lie was served by another', (world) =>
      (liarIn(world)?.ignored ?? []).some((id) => nodesOf(world).every((node) => holds(node, id))),
    ),
  ],
  stale: [
    comesUp('the beginning of the chain is told to who is further', (world) =>
      world.inFlight().some(({ from, to }) => from === 'mallory' && (nodeView(world, to)?.active.length ?? 0) > 2),
    ),
  ],
  equivocates: [
    comesUp('two nodes have two blocks of who lies for their tips', (world) =>
      someNode(world, (a) => isLiars(a) && someNode(world, (b) => isLiars(b) && a.tip !== b.tip)),
    ),
  ],
};

const isLiars = ({ tip, at }: NodeView): boolean => tip > 0 && (tip - 1) % at.miners === at.miners - 1;
