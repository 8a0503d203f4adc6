/** What nodes ask for and get to learn of each other's chains: where an answer begins, and that each question leaves less to ask. */
import type { BlockId } from '../../models/chain/index.js';
import {
  heardIn,
  isInTree,
  isOn,
  levelOf,
  type NetworkWorld,
  type NodeView,
  nodeView,
} from '../../models/chain-network/index.js';
import { alwaysStep, type Message } from '../../src/kernel/index.js';
import { titled } from '../common/law.js';
import type { NetworkProperty } from './resolution.js';

const headersOf = ({ headers }: Message): readonly { readonly id: BlockId }[] =>
  headers as unknown as readonly { readonly id: BlockId }[];

const firstOf = (message: Message): BlockId | undefined => headersOf(message)?.[0]?.id;

/** @internal */
export const isFull = (message: Message, batch: number): boolean => headersOf(message).length === batch;

const isOnChain = (node: NodeView, id: BlockId): boolean => isInTree(node, id) && isOn(node.active, node.blocks, id);

/** The height at which a locator meets the chain of a node. @internal */
export const meeting = (node: NodeView, locator: readonly BlockId[]): number =>
  Math.max(...locator.map((id) => (isOnChain(node, id) ? levelOf(node.blocks, id) : 0)));

/** @public */
export const answersWhereTheyMeet: NetworkProperty = alwaysStep(
  titled('P17', 'the answer to a locator begins after the highest block of it that is on the chain of who answers'),
  (before: NetworkWorld, after: NetworkWorld) =>
    heardIn(before, after).every(({ from, to, message }) => {
      const node = nodeView(before, to);
      if (message.type !== 'getheaders' || node == null) return true;
      const next = node.active[meeting(node, message.locator as readonly BlockId[]) + 1];
      return heardIn(after, before).every(
        (answer) => answer.from !== to || answer.to !== from || firstOf(answer.message) === next,
      );
    }),
);

/**
 * The bound on rounds, ⌈missing / batch⌉ + 1, one question at a time: a full answer is followed by one question more, to which what
 * it told is not told again, and an answer that is not full by none. So whoever misses m headers of a chain has them after ⌈m / batch⌉
 * answers, and asks once more in vain at most. @public
 */
export const asksOn = (batch: number): NetworkProperty =>
  alwaysStep(
    titled('P17r', `after ${batch} headers, and after no fewer, it is asked for those after the last of them`),
    (before: NetworkWorld, after: NetworkWorld) =>
      heardIn(before, after).every(({ from, to, message }) => {
        const [asker, sender] = [nodeView(before, to), nodeView(before, from)];
        const last = message.type === 'headers' ? headersOf(message).at(-1) : undefined;
        if (last === undefined || asker == null || sender == null) return true;
        const asked = heardIn(after, before).filter(
          (question) => question.message.type === 'getheaders' && question.from === to && question.to === from,
        );
        // What hangs on nothing that it knows makes it begin from its own chain, and a chain that was left leads nowhere.
        if (!isConnected(asker, message) || !isOnChain(sender, last.id)) return true;
        return (
          asked.length <= (isFull(message, batch) ? 1 : 0) &&
          asked.every(
            (question) =>
              meeting(sender, question.message.locator as readonly BlockId[]) >= levelOf(sender.blocks, last.id),
          )
        );
      }),
  );

const isConnected = (node: NodeView, { headers }: Message): boolean => {
  const [first] = headers as unknown as readonly { readonly parent: BlockId }[];
  return first !== undefined && isInTree(node, first.parent);
};
