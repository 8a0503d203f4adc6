/** What must have come up for each law about nodes to say anything, and in which configurations it can. */
import { type BlockId, genesis, isMarked } from '../../models/chain/index.js';
import {
  holds,
  isInTree,
  isSound,
  minerOf,
  missingTo,
  type NetworkOptions,
  type NetworkWorld,
  type NodeView,
  nodeView,
  totalOf,
  viewOf,
} from '../../models/chain-network/index.js';
import { derivePeer, type Envelope, sometimes } from '../../src/kernel/index.js';
import { atStake } from '../common/law.js';
import { isFull, meeting } from './headers.js';
import { liarIn } from './lying.js';
import type { NetworkProperty } from './resolution.js';

/** Something about some node, whatever is on its way. */
const ofNode = (name: string, when: string, holdsFor: (node: NodeView) => boolean): NetworkProperty => {
  const answer = derivePeer((context: NodeView) => {
    const node = viewOf(context);
    return node !== null && holdsFor(node);
  });
  return sometimes(atStake(name, when), (world: NetworkWorld) =>
    world.names.some((one) => answer(world, one) ?? false),
  );
};

/** Something about a message of one type on its way, and the node that it goes to. */
const ofMessage = (
  name: string,
  when: string,
  type: string,
  holdsFor: (node: NodeView, envelope: Envelope, world: NetworkWorld) => boolean,
): NetworkProperty =>
  sometimes(atStake(name, when), (world: NetworkWorld) =>
    world.inFlight().some((envelope) => {
      if (envelope.message.type !== type) return false;
      const node = nodeView(world, envelope.to);
      return node != null && holdsFor(node, envelope, world);
    }),
  );

const blockOf = ({ message }: Envelope): BlockId => (message.block as unknown as { readonly id: BlockId }).id;

type Told = readonly { readonly id: BlockId; readonly parent: BlockId; readonly work: number }[];

/** The work of a chain of headers, as far as the node knows what it hangs on. */
function workOf(node: NodeView, headers: Told): number | undefined {
  const [first] = headers;
  if (first === undefined || !isInTree(node, first.parent)) return undefined;
  return headers.reduce((sum, { work }) => sum + work, totalOf(node.blocks, first.parent));
}

/** @public */
export const stakes = {
  P1: ofNode('P1', 'a chain that is held and is not the active one', (node) =>
    node.known.some((id) => totalOf(node.blocks, id) === node.total && !node.active.includes(id) && isSound(node, id)),
  ),
  P2: ofNode('P2', 'a node that has left a block of its own', ({ known, active, at }) =>
    known.some((id) => minerOf(id, at.miners) === at.miner && !active.includes(id)),
  ),
  P3: ofNode('P3', 'an orphan', ({ orphans }) => orphans.length > 0),
  P5: ofNode('P5', 'a block that is marked', (node) => node.known.some((id) => isMarked(node, id))),
  P6m: sometimes(
    atStake('P6m', 'an invalid block that promises more than the own chain, its body not seen yet'),
    (world: NetworkWorld) => {
      const bad = (liarIn(world)?.made ?? []).filter(({ kind }) => kind !== 'ok').map(({ id }) => id);
      return world.names.some((name) => {
        const node = nodeView(world, name);
        return (
          node != null && bad.some((id) => node.status[id] === 'header-ok' && totalOf(node.blocks, id) > node.total)
        );
      });
    },
  ),
  P13: ofMessage('P13', 'a block on its way to a node that holds it', 'block', (node, envelope) =>
    holds(node, blockOf(envelope)),
  ),
  P15r: ofMessage(
    'P15r',
    'a body that is not the block’s, on its way to a node that has asked others for the same one',
    'block',
    (node, envelope) =>
      envelope.message.body === 'mutated' &&
      node.asked.some(({ id, from }) => id === blockOf(envelope) && from !== envelope.from),
  ),
  P16: ofNode('P16', 'a neighbour has more bodies to give than may be asked of it', (node) =>
    node.heads.some((head, i) => {
      if (head === genesis) return false;
      const asked = node.asked.filter(({ from }) => from === node.at.neighbours[i]).length;
      return asked > 0 && missingTo(node, head).length > node.asked.length;
    }),
  ),
  P16h: ofMessage(
    'P16h',
    'headers of a chain with less work than the own one, which it does not have',
    'headers',
    (node, { message }) => {
      const headers = message.headers as unknown as Told;
      return headers.some(({ id }) => !isInTree(node, id)) && (workOf(node, headers) ?? node.total) < node.total;
    },
  ),
  P17: ofMessage(
    'P17',
    'a locator that meets the chain of who is to answer below his tip',
    'getheaders',
    (node, { message }) => meeting(node, message.locator as readonly BlockId[]) < node.active.length - 1,
  ),
  P18: ofMessage(
    'P18',
    'a node that has blocks of its own comes back and asks what it has missed',
    'getheaders',
    (_, { from }, world) => (nodeView(world, from)?.mined ?? 0) > 0,
  ),
};

const moreToCome = (batch: number): NetworkProperty =>
  ofMessage('P17r', 'an answer that is full, from who has more', 'headers', (_, { from, message }, world) => {
    const last = (message.headers as unknown as Told).at(-1);
    const sender = nodeView(world, from);
    return isFull(message, batch) && last !== undefined && sender != null && sender.tip !== last.id;
  });

/** Those that can come up in a small network; what lies are there for is told with the lies. @public */
export const stakesOf = (options: Omit<NetworkOptions, 'variation'>, isForked: boolean): readonly NetworkProperty[] => {
  const { blocks, further, tie, steps, relay, losses, partitions, duplicates, crashes, patience, batch } = options;
  const isLong = blocks >= 3 || further;
  const isLate = losses + partitions > 0;
  return [
    ...(isForked ? [stakes.P1, stakes.P17] : []),
    ...(isForked && steps === 'whole' && (tie === 'lowestHash' || isLong) ? [stakes.P2] : []),
    ...(relay === 'push' && blocks >= 2 && isLate ? [stakes.P3] : []),
    ...(isForked && (duplicates > 0 || patience === 'any') ? [stakes.P13] : []),
    ...(isForked && isLate && relay !== 'push' ? [stakes.P16] : []),
    ...(blocks >= 3 && partitions > 0 && relay === 'headers' ? [stakes.P16h] : []),
    ...(batch + 1 < blocks && partitions > 0 ? [moreToCome(batch)] : []),
    ...(crashes > 0 ? [stakes.P18] : []),
  ];
};
