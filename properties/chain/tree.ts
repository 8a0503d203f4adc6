/** What a node keeps: the tree, the marks, the candidates, the index of the active chain, and orphans within their bound. */
import {
  type BlockId,
  type ChainView,
  chainTo,
  eligible,
  genesis,
  isMarked,
  isValidChain,
  parentOf,
} from '../../models/chain/index.js';
import { type ChainProperty, law, lawAtRest } from './claimed.js';

const isKnown = ({ status }: ChainView, id: BlockId): boolean => status[id] !== 'unknown';

/** Heights and total work are computed from the table and cannot be wrong. @public */
export const rootedTree: ChainProperty = law(
  'P3',
  'the parent of a known block is known, that of an orphan is not',
  (view) =>
    view.ids.every((id) => !isKnown(view, id) || isKnown(view, parentOf(view.blocks, id))) &&
    view.orphans.every((id) => !isKnown(view, id) && !isKnown(view, parentOf(view.blocks, id))),
);

/** @public */
export const candidatesComplete: ChainProperty = lawAtRest(
  'P4',
  'at rest the candidates are the tip and whatever would be better',
  (view) => {
    const place = (id: BlockId) => (view.ranked.includes(id) ? view.ranked.indexOf(id) : view.ranked.length);
    const wanted = [genesis, ...eligible(view)].filter((id) => place(id) <= place(view.tip));
    return wanted.join() === view.candidates.join();
  },
);

/** @public */
export const marksAgree: ChainProperty = law(
  'P5',
  'a block is marked with all that is built on it, and nothing is marked for an ancestor that is not',
  (view) =>
    view.ids.every((id) => {
      const below = chainTo(view.blocks, id).slice(0, -1);
      const hasFailed = below.some((at) => view.status[at] === 'failed');
      if (hasFailed) return !isKnown(view, id) || isMarked(view, id);
      return !isMarked(view, id) || view.status[id] === 'failed';
    }) && view.candidates.every((id) => !isMarked(view, id)),
);

/** @public */
export const noFalseMark: ChainProperty = law('P5v', 'only what is invalid is marked', (view) =>
  view.ids.every((id) => !isMarked(view, id) || !isValidChain(view.blocks, id)),
);

/** @public */
export const indexed: ChainProperty = law(
  'P10i',
  'the index by height lists the chain of the tip and nothing above it',
  ({ blocks, tip, active }) => chainTo(blocks, tip).join() === active.join(),
);

/** @public */
export const boundedOrphans = (limit: number): ChainProperty =>
  law('P16', `no more than ${limit} orphans are kept`, ({ orphans }) => orphans.length <= limit);
