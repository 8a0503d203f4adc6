/** What can be seen of a node with a chain, and what the model says of it: the same for every implementation of one. */
import {
  type BlockId,
  type ChainPeers,
  chainView,
  cumulativeWork,
  eligible,
  genesis,
  heightOf,
  isHeld,
  isKnown,
  isMarked,
  kindOf,
  type NodeContext,
  parentOf,
  statusOf,
} from '../../models/chain/index.js';
import type { Aspect, ModelStep, Plain } from '../../src/index.js';

type Step = ModelStep<ChainPeers>;

/** What is said of a node that is up; of one that is down nothing is. */
const whileUp = (
  allows: (node: NodeContext, step: Step) => readonly Plain[] | undefined,
  because: (node: NodeContext, step: Step) => string,
): Aspect<ChainPeers> => ({
  allows: (step) => (step.after.peers.node === undefined ? undefined : allows(step.after.peers.node, step)),
  because: (step) => (step.after.peers.node === undefined ? 'the node is down' : because(step.after.peers.node, step)),
});

const name = (id: BlockId): string => (id === genesis ? 'genesis' : `block ${id}`);

/** What is not held whole, or known to be invalid, does not count, however heavy. */
function whyBest({ blocks, tip: best }: NodeContext, { after }: Step): string {
  const view = chainView(after);
  const most = cumulativeWork(blocks, best);
  const equals = view === null ? [] : eligible(view).filter((id) => id !== best && cumulativeWork(blocks, id) === most);
  const why = `${name(best)} has the most work, ${most}, of the chains held whole and not known to be invalid`;
  return equals.length === 0 ? why : `${why}, and was the tip or complete before ${equals.map(name).join(', ')}`;
}

/** P1 and P2: the work of the chain that the node takes for the best. */
export const work = whileUp(({ blocks, tip: best }) => [cumulativeWork(blocks, best)], whyBest);

/** The same where every block weighs the same and the implementation tells nothing but how high it is. */
export const height = whileUp(({ blocks, tip: best }) => [heightOf(blocks, best)], whyBest);

/** P1t: which block it is. */
export const tip = whileUp(({ tip: best }) => [best], whyBest);

/** How the block that was sent was answered. */
export type Answer = 'accepted' | 'orphan' | 'rejected' | 'duplicate';

/**
 * The class of the answer, not its text.
 * @param again how a block that is held already is answered
 */
export const answers = (again: Answer): Aspect<ChainPeers> =>
  whileUp(
    (is, step) => {
      const sent = sentIn(step);
      return sent === undefined ? undefined : answersTo(sent, is, again);
    },
    (is, step) => {
      const sent = sentIn(step);
      if (sent === undefined) return 'nothing was sent';
      const { id, was } = sent;
      const parent = parentOf(was.blocks, id);
      if (was.orphans.includes(id)) return `${name(id)} waits for its parent already`;
      if (isHeld(was, id)) return `${name(id)} is held already, ${statusOf(was, id)}`;
      if (!isKnown(was, parent)) return `${name(parent)}, its parent, is not known`;
      return `${name(id)} is ${statusOf(is, id)} then`;
    },
  );

interface Sent {
  readonly id: BlockId;
  readonly was: NodeContext;
}

function sentIn({ move, before }: Step): Sent | undefined {
  if (move?.kind !== 'operation' || move.operation !== 'block') return undefined;
  return { id: Number(move.args.id), was: before.peers.node as NodeContext };
}

function answersTo({ id, was }: Sent, is: NodeContext, again: Answer): readonly Answer[] {
  if (isHeld(was, id)) {
    const before = statusOf(was, id);
    if (before === 'failed') return ['rejected'];
    return before === 'failed-ancestor' ? ['rejected', again] : [again];
  }
  if (!isKnown(was, parentOf(was.blocks, id))) {
    return kindOf(was.blocks, id) === 'headerInvalid' ? ['rejected', 'orphan'] : ['orphan'];
  }
  const status = statusOf(is, id);
  if (!isMarked(is, id)) return [status === 'unknown' ? 'rejected' : 'accepted'];
  // One that had to wait beside the best chain was accepted first; what stood on it then made its branch the best, and it was found
  // that the branch is invalid.
  const hadToWait = cumulativeWork(was.blocks, id) <= cumulativeWork(was.blocks, was.tip);
  return hadToWait && !isMarked(was, parentOf(was.blocks, id)) ? ['accepted', 'rejected'] : ['rejected'];
}
