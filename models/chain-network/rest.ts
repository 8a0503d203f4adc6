/**
 * What follows when a node has taken something in: its tip moves, it tells of a new one, it asks for the bodies that are missing.
 * All of it is computed from what it remembers, so that it does not matter what brought it about.
 */
import type { Send } from '../../src/kernel/index.js';
import {
  advanced,
  type BlockId,
  genesis,
  isBeyondLimit,
  isSettled,
  kindOf,
  parentOf,
  settled,
} from '../chain/index.js';
import { headersAfter } from './locator.js';
import type { BlockMessage, NetworkMessage } from './messages.js';
import type { NetworkRules } from './rules.js';
import { missingTo, type NodeContext, type Request, tidied } from './state.js';
import { headerOf, isOn, levelOf } from './table.js';

/** What a node is afterwards, and what it says. @public */
export interface Outcome {
  readonly node: NodeContext;
  readonly says: readonly Send<NetworkMessage>[];
}

/** `single`: every move of the tip is a step. `whole`: all that follows from a message is done when it is heard. @public */
export type Steps = 'single' | 'whole';

/** @internal */
export const send = (to: string | readonly string[], message: NetworkMessage): Send<NetworkMessage> => ({
  type: 'send',
  to,
  message,
});

/** @internal */
export const unchanged = (node: NodeContext): Outcome => ({ node, says: [] });

/** @internal */
export const isAtRest = (rules: NetworkRules, node: NodeContext): boolean => isSettled(rules.chain, node.blocks, node);

/** Whether a node cannot go on though it is no fault of the block that comes next. @internal */
export const isStuck = (rules: NetworkRules, node: NodeContext): boolean =>
  node.at.isOld === true && isBeyondLimit(rules.chain, node.blocks, node);

/** One block more or less on the active chain. @internal */
export function moved(rules: NetworkRules, node: NodeContext): Outcome {
  const { chain } = advanced(rules.chain, node.blocks, node);
  return rested(rules, 'single', written({ ...node, ...chain }));
}

/** Does what is left to be done; the neighbour from whom it came is told nothing. @internal */
export function rested(
  rules: NetworkRules,
  steps: Steps,
  before: NodeContext,
  from?: string,
  said: readonly Send<NetworkMessage>[] = [],
): Outcome {
  let node = before;
  if (!isAtRest(rules, node)) {
    if (steps === 'single') return { node, says: said };
    node = written({ ...node, ...settled(rules.chain, node.blocks, { chain: node, events: [] }).chain });
    if (isStuck(rules, node)) return { node, says: said };
  }
  const { announced } = node;
  if (announced === null) return { node: tidied(node, rules.forgets), says: said };
  if (node.tip === announced) {
    const { node: after, says } = asking(rules, tidied(node, rules.forgets));
    return { node: after, says: said.length === 0 ? says : [...said, ...says] };
  }
  const told = announcement(rules, node, announced);
  const to = node.at.tells.filter((name) => name !== from);
  const { node: after, says } = asking(rules, tidied({ ...node, announced: node.tip }, rules.forgets));
  return { node: after, says: [...said, ...told.map((message) => send(to, message)), ...says] };
}

/** A tip is on disk as soon as it is the tip. */
const written = (node: NodeContext): NodeContext => (node.flushed === node.tip ? node : { ...node, flushed: node.tip });

/** How a tip is told to somebody who is taken to have a chain already. @internal */
export function announcement(rules: NetworkRules, node: NodeContext, known: BlockId): readonly NetworkMessage[] {
  const { blocks, active, tip } = node;
  switch (rules.relay) {
    case 'inv':
      return [{ type: 'inv', id: tip }];
    case 'headers': {
      const height = levelOf(blocks, forkBelow(node, known));
      const headers = headersAfter(active, blocks, Math.max(height, active.length - 1 - rules.batch), rules.batch);
      return [{ type: 'headers', headers }];
    }
    case 'push':
      return [whole(node, tip)];
  }
}

/** The last block of another chain that is on the active one. */
function forkBelow({ blocks, active }: NodeContext, id: BlockId): BlockId {
  let at = id;
  while (!isOn(active, blocks, at)) at = parentOf(blocks, at);
  return at;
}

/** A block with all that is in it. @internal */
export const whole = ({ blocks }: NodeContext, id: BlockId): BlockMessage => ({
  type: 'block',
  block: { ...headerOf(blocks, id), kind: kindOf(blocks, id) },
  body: 'genuine',
});

/** Asks for what is missing of the chains that were announced, of each neighbour no more than the window allows. @internal */
export function asking(rules: NetworkRules, node: NodeContext): Outcome {
  if (node.heads.every((head) => head === genesis)) return unchanged(node);
  let { asked } = node;
  const says: Send<NetworkMessage>[] = [];
  node.heads.forEach((head, i) => {
    if (head === genesis) return;
    const from = node.at.neighbours[i] as string;
    const room = rules.window - asked.filter((request) => request.from === from).length;
    const ids = missingTo(node, head)
      .filter((id) => !asked.some((request) => request.id === id))
      .slice(0, Math.max(0, room));
    if (ids.length === 0) return;
    asked = [...asked, ...ids.map((id): Request => ({ id, from }))].sort((a, b) => a.id - b.id);
    says.push(send(from, { type: 'getdata', ids }));
  });
  return says.length === 0 ? unchanged(node) : { node: { ...node, asked }, says };
}
