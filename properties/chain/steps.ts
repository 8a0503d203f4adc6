/** What one step may do: the shape of a reorganisation, what a failed attempt leaves behind, and what must change nothing. */
import {
  type BlockId,
  type ChainView,
  descendantsOf,
  inPlay,
  isAncestor,
  isHeld,
  isKnown,
  type Measure,
  measureOf,
  parentOf,
} from '../../models/chain/index.js';
import { canonical } from '../../src/kernel/index.js';
import { type ChainProperty, lawOfSteps } from './claimed.js';

/** Folded over a whole activation: down to the last common block, then up, and each block once. @public */
export const straightWay = (rule: Measure): ChainProperty =>
  lawOfSteps(
    'P10',
    'the tip goes down one block from what is not best, and up one block towards what is',
    (before, after) => {
      const { blocks, tip } = before;
      if (after.tip === tip) return true;
      const best = bestOnes(rule, before);
      if (after.tip === parentOf(blocks, tip))
        return best.some((id) => !isAncestor(blocks, tip, id)) || best.length === 0;
      return parentOf(blocks, after.tip) === tip && best.some((id) => isAncestor(blocks, after.tip, id));
    },
  );

/** All that tie for the first place. */
function bestOnes(rule: Measure, view: ChainView): readonly BlockId[] {
  const measure = (id: BlockId) => measureOf(rule, view.blocks, id);
  const all = inPlay(view);
  const most = Math.max(0, ...all.map(measure));
  return all.filter((id) => measure(id) === most);
}

/** As if the block had been known to be invalid from the start. @public */
export const atomicAttempt: ChainProperty = lawOfSteps(
  'P11',
  'an attempt that fails marks the block after the tip and what is built on it, and changes nothing else',
  (before, after) => {
    if (before.phase !== 'activating' && before.phase !== 'recovering') return true;
    const { blocks } = before;
    const bad = before.ids.filter((id) => after.status[id] === 'failed' && before.status[id] !== 'failed');
    // What waited may be looked at within the same step.
    const waited = before.todo.flatMap((id) => [id, ...descendantsOf(blocks, id)]);
    const failed = bad.filter((id) => !waited.includes(id));
    const [culprit] = failed;
    if (culprit === undefined) return true;
    const isFree = (id: BlockId) => isAncestor(blocks, culprit, id) || waited.includes(id);
    return (
      failed.length === 1 &&
      parentOf(blocks, culprit) === before.tip &&
      after.tip === before.tip &&
      before.ids.every((id) => isFree(id) || after.status[id] === before.status[id])
    );
  },
);

/** @public */
export const nothingTwice: ChainProperty = lawOfSteps(
  'P13',
  'a block that is held already, and a body that is not the one of the block, change nothing',
  (before, after) => {
    const { hand, phase } = before;
    if (phase !== 'judging' || hand === null || (hand.body === 'genuine' && !isHeld(before, hand.block))) return true;
    return canonical({ ...before, hand: null, phase: 'idle' }) === canonical(after);
  },
);

/** @public */
export const oneOutOneIn: ChainProperty = lawOfSteps(
  'P16b',
  'an orphan that comes to a full pool drives out one and no more',
  (before, after) => {
    const { hand, phase, blocks } = before;
    if (phase !== 'judging' || hand === null || isKnown(before, parentOf(blocks, hand.block))) return true;
    return after.orphans.length >= before.orphans.length;
  },
);
