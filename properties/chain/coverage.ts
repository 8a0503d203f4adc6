/**
 * What must come up, or the claims say nothing; and in which configurations it can. A set of behaviours without a reorganisation
 * that fails in the middle has not tried what goes wrong there.
 */
import {
  type BlockId,
  type ChainOptions,
  type ChainView,
  cumulativeWork,
  eligible,
  forkOf,
  genesis,
  goalOf,
  heightOf,
  isAncestor,
  isComplete,
  isHeld,
  isKnown,
  isMarked,
  isValidChain,
  orphanChainAbove,
  parentOf,
  pathTo,
} from '../../models/chain/index.js';
import type { Claim } from '../../src/kernel/index.js';
import { type ChainProperty, comesUp, witness } from './claimed.js';
import { type Size, sizeOf } from './size.js';
import { hasAllValid } from './tips.js';

interface Goal {
  readonly property: ChainProperty;
  isReached(size: Size, options: ChainOptions): boolean;
}

/** Claims that what can come up does. @public */
export const coverage = (options: ChainOptions): readonly Claim[] =>
  [...goals, ...further]
    .filter((goal) => goal.isReached(sizeOf(options), options))
    .map(({ property }) => ({ property }));

const isMoving = ({ phase }: ChainView): boolean => phase === 'activating' || phase === 'recovering';

/** The block at which a reorganisation turns, while its first block is still to be disconnected. */
function turn(view: ChainView): BlockId | undefined {
  const goal = goalOf(view);
  if (!isMoving(view) || isMarked(view, view.tip) || isAncestor(view.blocks, view.tip, goal)) return undefined;
  return forkOf(view.blocks, view.tip, goal);
}

const work = ({ blocks }: ChainView, id: BlockId): number => cumulativeWork(blocks, id);

/** Blocks in two branches, neither an ancestor of the other. */
const isApart = ({ blocks }: ChainView, a: BlockId, b: BlockId): boolean =>
  !isAncestor(blocks, a, b) && !isAncestor(blocks, b, a);

/** Where the invalid block stands among those that an attempt connects, when it is its turn; another chain was left for it. */
function placeOfFailure(view: ChainView): 'first' | 'middle' | 'last' | undefined {
  const { blocks, ranked, candidates, tip } = view;
  const goal = goalOf(view);
  if (!isMoving(view) || goal === tip || !isAncestor(blocks, tip, goal)) return undefined;
  const left = ranked.find((id) => candidates.includes(id) && isApart(view, id, goal));
  const [next] = pathTo(blocks, tip, goal);
  if (left === undefined || next === undefined || blocks[next]?.kind !== 'ctxInvalid') return undefined;
  const path = pathTo(blocks, forkOf(blocks, left, goal), goal);
  return next === path.at(-1) ? 'last' : next === path[0] ? 'first' : 'middle';
}

/** Of two equals the tip was complete first, and its ancestor after the fork last. */
const hasTurnedTwice = (view: ChainView): boolean => {
  const { blocks, tip, ranked } = view;
  return (
    view.phase === 'idle' &&
    eligible(view).some((id) => {
      if (id === tip || work(view, id) !== work(view, tip) || !isApart(view, id, tip)) return false;
      const fork = forkOf(blocks, id, tip);
      const [mine] = pathTo(blocks, fork, tip);
      const [other] = pathTo(blocks, fork, id);
      if (mine === undefined || other === undefined || mine === tip || other === id) return false;
      return work(view, mine) === work(view, other) && ranked.indexOf(other) < ranked.indexOf(mine);
    })
  );
};

const isJudging = (view: ChainView, holds: (block: BlockId, body: string) => boolean): boolean =>
  view.phase === 'judging' && view.hand !== null && holds(view.hand.block, view.hand.body);

const never = 99;

/** Blocks that it takes, by what the heaviest can weigh: 1, 2, 3. */
const least = ({ weight, tiesMove, linked }: Size, usual: readonly number[], ifTiesMove: readonly number[]): boolean =>
  linked >= Math.min(usual[weight - 1] ?? never, tiesMove ? (ifTiesMove[weight - 1] ?? never) : never);

const reorganises = (size: Size): boolean => least(size, [3, 2, 2], [2, 2, 2]);

const isEqual = (view: ChainView, a: BlockId, b: BlockId): boolean =>
  a !== b && work(view, a) === work(view, b) && heightOf(view.blocks, a) === heightOf(view.blocks, b);

/** Whether a chain is held beside the tip, a block of which was active once. */
const hasLeft = (view: ChainView): boolean =>
  view.ids.some((id) => view.status[id] === 'connected-ok' && !view.active.includes(id));

const hasFlaw = ({ flawed, flaw }: ChainOptions, ...flaws: readonly string[]): boolean =>
  flawed !== 'none' && flaws.includes(flaw);

/** What a law that has none of its own above is about. */
const further: readonly Goal[] = [
  {
    property: witness('P1e', 'a node at work', (view) => view.phase === 'activating'),
    isReached: ({ single, linked }) => single && linked >= 1,
  },
  {
    property: witness('P1s', 'two equals that are complete', (view) =>
      view.ranked.some((id, at) => view.ranked.slice(at + 1).some((other) => isEqual(view, id, other))),
    ),
    isReached: ({ linked }, { tie }) => linked >= 2 && tie === 'firstSeen',
  },
  {
    property: witness('P2t', 'at rest, a chain of the same work that is not the tip', (view) =>
      view.phase === 'idle' ? eligible(view).some((id) => isEqual(view, id, view.tip)) : false,
    ),
    isReached: ({ linked }) => linked >= 2,
  },
  {
    property: witness('P4', 'at rest, a chain that is held and is no candidate', (view) =>
      view.phase === 'idle' ? eligible(view).some((id) => isApart(view, id, view.tip)) : false,
    ),
    isReached: ({ linked }) => linked >= 2,
  },
  {
    property: witness('P5v', 'a block that is marked for what is wrong with it', ({ status }) =>
      status.includes('failed'),
    ),
    isReached: ({ failing }, options) => failing || hasFlaw(options, 'bodyInvalid'),
  },
  {
    property: witness('P10', 'the tip is on its way down', (view) => turn(view) !== undefined && hasLeft(view)),
    isReached: (size) => size.single && least(size, [5, 4, 3], [4, 3, 3]),
  },
  {
    property: witness('P10i', 'a chain that was left', (view) => hasLeft(view)),
    isReached: (size) =>
      reorganises(size.single ? size : { ...size, linked: size.valid }) || (size.failing && size.linked >= 3),
  },
  {
    property: witness('P11', 'a reorganisation that fails', (view) => placeOfFailure(view) !== undefined),
    isReached: (size) => size.single && size.failing && least(size, [3, 2, 2], [2, 2, 2]),
  },
  {
    property: witness('P12t', 'every valid block has come, and two of them are equals', (view) =>
      hasAllValid(view) ? view.ranked.some((id) => view.ranked.some((other) => isEqual(view, id, other))) : false,
    ),
    isReached: (_, { n, flawed }) => n - (flawed === 'one' ? 1 : 0) >= 2,
  },
  {
    property: witness(
      'P12o',
      'all that was sent and was to wait does',
      ({ orphans, ids }) => orphans.length === ids.length - 1,
    ),
    isReached: ({ arriving }, { deliveries, orphanLimit, n }) =>
      deliveries === 'once' && arriving === n && orphanLimit >= n - 1 && n >= 2,
  },
  {
    property: witness('P18', 'a node on its way up whose disk has more than genesis', ({ phase, flushed }) =>
      phase === 'recovering' ? flushed !== genesis : false,
    ),
    isReached: (size, { crashes }) => size.single && crashes > 0 && reorganises(size),
  },
];

const goals: readonly Goal[] = [
  {
    property: witness('P1', 'a chain that is held and is not the active one', (view) =>
      eligible(view).some((id) => isApart(view, id, view.tip)),
    ),
    isReached: ({ linked }) => linked >= 2,
  },
  {
    property: witness('P1t', 'two chains of equal work', (view) =>
      eligible(view).some((id) => id !== view.tip && work(view, id) === work(view, view.tip)),
    ),
    isReached: ({ linked }) => linked >= 2,
  },
  {
    property: witness('P2', 'a reorganisation', (view) => turn(view) !== undefined),
    isReached: (size) => size.single && reorganises(size),
  },
  {
    property: witness('P3', 'an orphan', ({ orphans }) => orphans.length > 0),
    isReached: ({ arriving }, { orphanLimit }) => arriving >= 2 && orphanLimit >= 1,
  },
  {
    property: witness('P5', 'a stored block with an ancestor that failed', (view) =>
      view.status.includes('failed-ancestor'),
    ),
    isReached: ({ failing }, { n, flaw, flawed, invalidations }) =>
      n >= 2 && (failing || (flawed !== 'none' && flaw === 'bodyInvalid') || invalidations > 0),
  },
  {
    property: witness('P12', 'every valid block has come, and there is a fork', (view) => {
      const valid = view.ids.filter((id) => isValidChain(view.blocks, id));
      return hasAllValid(view) && valid.some((id) => isApart(view, id, view.tip));
    }),
    isReached: (_, { n, flawed }) => n - (flawed === 'one' ? 1 : 0) >= 2,
  },
  {
    property: witness('P13', 'a block that is held already is sent again', (view) =>
      isJudging(view, (id) => isHeld(view, id)),
    ),
    isReached: ({ single, arriving }, { deliveries }) => single && deliveries === 'any' && arriving >= 1,
  },
  {
    property: witness('P16b', 'an orphan more than the pool holds', (view) =>
      isJudging(
        view,
        (id, body) =>
          body === 'genuine' &&
          !isHeld(view, id) &&
          !isKnown(view, parentOf(view.blocks, id)) &&
          view.orphans.length > 0 &&
          view.ids.length > view.orphans.length,
      ),
    ),
    isReached: ({ single, arriving }, { orphanLimit }) => single && arriving >= 3 && orphanLimit >= 1,
  },
  {
    property: comesUp('a reorganisation two blocks deep', (view) => {
      const at = turn(view);
      return at !== undefined && heightOf(view.blocks, view.tip) - heightOf(view.blocks, at) >= 2;
    }),
    isReached: (size) => size.single && least(size, [5, 4, 3], [4, 3, 3]),
  },
  {
    property: comesUp('a reorganisation to a chain that is shorter and heavier', (view) => {
      const goal = goalOf(view);
      return (
        turn(view) !== undefined &&
        heightOf(view.blocks, goal) < heightOf(view.blocks, view.tip) &&
        work(view, goal) > work(view, view.tip)
      );
    }),
    isReached: ({ single, linked }, { rule, maxWork }) =>
      single && rule === 'work' && linked >= ([never, 5, 3][maxWork - 1] ?? 3),
  },
  ...(['first', 'middle', 'last'] as const).map((place): Goal => {
    const needs = { first: [3, 3, 3], middle: [5, 4, 4], last: [3, 2, 2] }[place];
    const ifTiesMove = { first: [3, 3, 3], middle: [5, 4, 4], last: [2, 2, 2] }[place];
    return {
      property: comesUp(`a reorganisation that fails at its ${place} block`, (view) => placeOfFailure(view) === place),
      isReached: (size) => size.single && size.failing && least(size, needs, ifTiesMove),
    };
  }),
  {
    property: comesUp('three branches from one block', (view) =>
      [genesis, ...view.ids].some(
        (fork) => eligible(view).filter((id) => parentOf(view.blocks, id) === fork).length >= 3,
      ),
    ),
    isReached: ({ linked }) => linked >= 3,
  },
  {
    property: comesUp('a tie, then one is ahead, then the other is level again', hasTurnedTwice),
    isReached: ({ linked }, { tie }) => linked >= 4 && tie === 'firstSeen',
  },
  {
    property: comesUp('a line of three orphans whose parent has come', (view) =>
      isJudging(view, (id) => !isHeld(view, id) && orphanChainAbove(view.blocks, view.orphans, id) >= 3),
    ),
    isReached: ({ single, arriving }, { orphanLimit }) => single && arriving >= 4 && orphanLimit >= 3,
  },
  {
    property: comesUp(
      'a restart with a fork on disk',
      (view) =>
        view.phase === 'recovering' &&
        eligible(view).some((id) => isApart(view, id, view.tip) && isComplete(view.blocks, view, id)),
    ),
    isReached: (size, { crashes, flush }) =>
      size.single && crashes > 0 && (flush === 'lazy' ? size.linked >= 3 : reorganises(size)),
  },
  {
    property: comesUp(
      'a restart between what was disconnected and what was to be connected',
      (view) =>
        view.phase === 'recovering' &&
        view.ids.some((id) => parentOf(view.blocks, id) === view.tip && view.status[id] === 'connected-ok') &&
        !isAncestor(view.blocks, view.tip, genesis) === (view.tip !== genesis),
    ),
    isReached: (size, { crashes }) => size.single && crashes > 0 && reorganises(size),
  },
  {
    property: comesUp('an invalid block is sent again', (view) =>
      isJudging(view, (id) => view.status[id] === 'failed'),
    ),
    isReached: ({ single, failing }, { deliveries, flawed, flaw }) =>
      single && deliveries === 'any' && flawed !== 'none' && (failing || flaw === 'bodyInvalid'),
  },
  {
    property: comesUp('a child of a block that is known to be invalid', (view) =>
      isJudging(view, (id) => !isKnown(view, id) && isMarked(view, parentOf(view.blocks, id))),
    ),
    isReached: ({ single, failing }, { n, flawed, flaw }) =>
      single && n >= 2 && flawed !== 'none' && (failing || flaw === 'bodyInvalid'),
  },
  {
    property: comesUp('a body that is not the block’s before the genuine one', (view) =>
      isJudging(view, (id, body) => body === 'mutated' && !isHeld(view, id)),
    ),
    isReached: ({ single }, { mutated }) => single && mutated,
  },
  {
    property: comesUp('a body that is not the block’s after the genuine one', (view) =>
      isJudging(view, (id, body) => body === 'mutated' && isHeld(view, id)),
    ),
    isReached: ({ single, arriving }, { mutated, deliveries }) =>
      single && mutated && deliveries === 'any' && arriving >= 1,
  },
  {
    property: comesUp('a block that is too early', (view) =>
      isJudging(
        view,
        (id) => !view.mended && view.blocks[id]?.kind === 'future' && isKnown(view, parentOf(view.blocks, id)),
      ),
    ),
    isReached: ({ single }, { flawed, flaw }) => single && flawed !== 'none' && flaw === 'future',
  },
  {
    property: comesUp('a node that has stopped at a limit of its own', ({ phase }) => phase === 'halted'),
    isReached: (_, { flawed, flaw }) => flawed !== 'none' && flaw === 'large',
  },
];
