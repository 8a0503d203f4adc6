/** Which block is the tip: the best chain, ties, and what may never get worse. */
import {
  type BlockId,
  type BlockTable,
  type ChainView,
  type ChainWorld,
  chainView,
  cumulativeWork,
  genesis,
  heightOf,
  inPlay,
  isComplete,
  isHeld,
  isValidChain,
  type Measure,
  measureOf,
  parentOf,
  sentIn,
  type Tie,
} from '../../models/chain/index.js';
import { always, leadsTo, whenQuiet } from '../../src/kernel/index.js';
import { titled } from '../common/law.js';
import { type ChainProperty, lawAtRest, lawOfSteps, restingLaw } from './claimed.js';

const work = ({ blocks }: ChainView, id: BlockId): number => cumulativeWork(blocks, id);

/** Blocks that are held, all below them too, and valid; what the operator has declared invalid counts as he says. */
const rivals = (view: ChainView, hasOperator: boolean): readonly BlockId[] =>
  view.ids.filter(
    (id) => isComplete(view.blocks, view, id) && isValidChain(view.blocks, id) && !(hasOperator && isBanned(view, id)),
  );

/** Goes by the marks of the blocks that failed themselves: marks on their descendants are derived, and may be wrong. */
function isBanned({ blocks, status }: ChainView, id: BlockId): boolean {
  for (let at = id; at !== genesis; at = parentOf(blocks, at)) if (status[at] === 'failed') return true;
  return false;
}

/** @public */
export const bestTip = (hasOperator: boolean): ChainProperty =>
  restingLaw(
    'P1',
    'at rest the tip is a valid chain that is held, and none that is held has more work',
    (view) =>
      isComplete(view.blocks, view, view.tip) &&
      isValidChain(view.blocks, view.tip) &&
      rivals(view, hasOperator).every((id) => work(view, id) <= work(view, view.tip)),
  );

/** At work it hears nobody, so that nothing can keep it there but itself. @public */
export const comesToRest: ChainProperty = leadsTo(
  titled('P1e', 'a node at work comes to rest'),
  (world: ChainWorld) => ['judging', 'activating', 'recovering'].includes(chainView(world)?.phase ?? 'down'),
  (world: ChainWorld) => ['idle', 'halted', 'down'].includes(chainView(world)?.phase ?? 'down'),
  { weak: ['timeout'] },
);

const tieRules: { readonly [tie in Tie]: string } = {
  firstSeen: 'the one that was complete first',
  lowestHash: 'the one with the lowest hash',
  lowerHeight: 'the lowest, and of equally low ones the one that was complete first',
};

/** @public */
export const tieBroken = (rule: Measure, tie: Tie, hasOperator: boolean): ChainProperty =>
  lawAtRest('P1t', `at rest the tip is, among its equals, ${tieRules[tie]}`, (view) =>
    rivals(view, hasOperator).every((id) => id === view.tip || !isLevel(rule, view, id) || isPreferred(tie, view, id)),
  );

const isLevel = (rule: Measure, { blocks, tip }: ChainView, id: BlockId): boolean =>
  measureOf(rule, blocks, id) === measureOf(rule, blocks, tip);

/** Whether the tip is to be preferred to an equal of it. */
function isPreferred(tie: Tie, { blocks, ranked, tip }: ChainView, id: BlockId): boolean {
  if (tie === 'lowestHash') return tip < id;
  const taller = tie === 'lowerHeight' ? heightOf(blocks, id) - heightOf(blocks, tip) : 0;
  return taller === 0 ? ranked.indexOf(tip) < ranked.indexOf(id) : taller > 0;
}

/** Ranks are all that is remembered of the order in which chains became complete, so they must not lie. @public */
export const ranksLast = (rule: Measure): ChainProperty =>
  lawOfSteps('P1s', 'among equals who is complete first ranks first, for good', (before, after) =>
    after.ranked.every(
      (id, at) =>
        isComplete(after.blocks, after, id) &&
        after.ranked
          .slice(at + 1)
          .every((later) => !isEqual(rule, after.blocks, id, later) || !rankedBefore(before, later, id)),
    ),
  );

const isEqual = (rule: Measure, blocks: BlockTable, a: BlockId, b: BlockId): boolean =>
  measureOf(rule, blocks, a) === measureOf(rule, blocks, b);

const rankedBefore = ({ ranked }: ChainView, a: BlockId, b: BlockId): boolean =>
  ranked.includes(a) && (!ranked.includes(b) || ranked.indexOf(a) < ranked.indexOf(b));

/** From rest to rest, where each move is one. @public */
export const monotone: ChainProperty = lawOfSteps(
  'P2',
  'the work of the tip never shrinks',
  (before, after) => !isAtRest(before, after) || work(after, after.tip) >= work(before, before.tip),
);

/** @public */
export const movesForMore: ChainProperty = lawOfSteps(
  'P2t',
  'the tip moves only for more work',
  (before, after) =>
    !isAtRest(before, after) || after.tip === before.tip || work(after, after.tip) > work(before, before.tip),
);

/** A node that stops at a limit of its own may do so in the middle of a reorganisation. */
const isAtRest = (before: ChainView, after: ChainView): boolean => before.phase === 'idle' && after.phase === 'idle';

/** The same, block by block: what is disconnected gives way to something. @public */
export const yieldsToNoLess: ChainProperty = lawOfSteps(
  'P2',
  'a block is disconnected only for a chain of no less work',
  (before, after) => !isUndone(before, after) || mostWork(before) >= work(before, before.tip),
);

/** @public */
export const yieldsToMore: ChainProperty = lawOfSteps(
  'P2t',
  'a block that was the best is disconnected only for a chain of more work',
  (before, after) =>
    !isUndone(before, after) ||
    // What an attempt had connected before it failed was never the best, nor what was connected on the way up after a crash.
    before.phase === 'recovering' ||
    !before.candidates.includes(before.tip) ||
    mostWork(before) > work(before, before.tip),
);

const isUndone = ({ blocks, tip }: ChainView, after: ChainView): boolean =>
  tip !== genesis && after.tip === parentOf(blocks, tip);

const mostWork = (view: ChainView): number =>
  Math.max(
    ...inPlay(view)
      .filter((id) => id !== view.tip)
      .map((id) => work(view, id)),
  );

/** The blocks of all valid chains there are. */
const validOnes = ({ blocks, ids }: ChainView): readonly BlockId[] => ids.filter((id) => isValidChain(blocks, id));

/** Whether every valid chain is held, however it came. @public */
export const hasAllValid = (view: ChainView): boolean =>
  validOnes(view).every((id) => isComplete(view.blocks, view, id));

const isHeaviest = (view: ChainView, id: BlockId): boolean =>
  validOnes(view).every((other) => work(view, other) <= work(view, id));

/** @public */
export const independent: ChainProperty = lawAtRest(
  'P12',
  'once every valid block has come, in whatever order and however often, the tip has the most work of all',
  (view) => !hasAllValid(view) || isHeaviest(view, view.tip),
);

/** @public */
export const sameTip: ChainProperty = lawAtRest(
  'P12t',
  'once every valid block has come, the tip is the same whatever the order: of the heaviest the lowest hash',
  (view) => !hasAllValid(view) || view.tip === (validOnes(view).find((id) => isHeaviest(view, id)) ?? genesis),
);

/** What was sent and is neither kept nor refused for good. */
const lostOf = (view: ChainView, sent: readonly BlockId[]): readonly BlockId[] =>
  sent.filter((id) => !isHeld(view, id) && view.hand?.block !== id && view.blocks[id]?.kind !== 'headerInvalid');

/** Only what is not built on genesis can have been an orphan. @public */
export const losesOnlyOverflow = (limit: number): ChainProperty =>
  always(
    titled('P12o', `of blocks that are sent once no more are lost than orphans came beyond the ${limit} that are kept`),
    (world: ChainWorld) => {
      const view = chainView(world);
      if (view === null) return true;
      const sent = sentIn(world);
      const waited = sent.filter((id) => parentOf(view.blocks, id) !== genesis).length;
      return lostOf(view, sent).length <= Math.max(0, waited - limit);
    },
  );

/** Without anybody who sends again. @public */
export const independentOnce: ChainProperty = whenQuiet(
  titled('P12s', 'once every block has been sent, none of them twice, the tip has the most work of all'),
  (world: ChainWorld) => {
    const view = chainView(world);
    return view === null || view.ids.length > sentIn(world).length || isHeaviest(view, view.tip);
  },
);

/** @public */
export const losesNothingStored: ChainProperty = lawAtRest(
  'P18',
  'a node that has come up again and is at rest has no less work than the tip on its disk',
  (view) => work(view, view.tip) >= work(view, view.flushed),
);
