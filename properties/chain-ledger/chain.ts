/** The tip of a node with a ledger: the best chain that is in order to the last signature, and no block is refused that is. */
import { isAncestor, isComplete } from '../../models/chain/index.js';
import { blockIds, type LedgerView, type LedgerWorld, ledgerView } from '../../models/chain-ledger/index.js';
import { leadsTo } from '../../src/kernel/index.js';
import { titled } from '../common/law.js';
import { type LedgerProperty, law, lawAtRest, lawOfArrival } from './claimed.js';
import { historyOf } from './reference.js';

const work = ({ ledger }: LedgerView, id: number): number => historyOf(ledger, id).work;
const isValid = ({ ledger }: LedgerView, id: number): boolean => historyOf(ledger, id).flaw === undefined;

/** @public */
export const bestTip: LedgerProperty = lawAtRest(
  'P1',
  'at rest the tip is a valid chain that is held, and no valid one that is held has more work',
  (view) =>
    isComplete(view.ledger.tree, view, view.tip) &&
    isValid(view, view.tip) &&
    blockIds(view).every(
      (id) => !isComplete(view.ledger.tree, view, id) || !isValid(view, id) || work(view, id) <= work(view, view.tip),
    ),
);

/** @public */
export const comesToRest: LedgerProperty = leadsTo(
  titled('P1e', 'a node at work comes to rest'),
  (world: LedgerWorld) => ['activating', 'recovering'].includes(ledgerView(world)?.phase ?? 'down'),
  (world: LedgerWorld) => ['idle', 'down'].includes(ledgerView(world)?.phase ?? 'down'),
  { weak: ['timeout'] },
);

/** @public */
export const onlyForMore: LedgerProperty = lawOfArrival(
  'P2',
  'the tip moves only for more work, as compared when the node is at rest',
  (before, after) => after.tip === before.rest || work(after, after.tip) > work(after, before.rest),
);

/** @public */
export const noFalseMark: LedgerProperty = law('P5v', 'only what is invalid is marked', (view) =>
  blockIds(view).every((id) => !view.status[id]?.includes('failed') || !isValid(view, id)),
);

/** As if the block that failed had been known to be invalid; for the outputs see P6. @public */
export const nothingLost: LedgerProperty = lawOfArrival(
  'P11',
  'an attempt that fails in the end takes nothing from the pool',
  (before, after) =>
    before.phase === 'recovering' ||
    after.tip !== before.rest ||
    before.pool.every(({ tx }) => after.pool.some((other) => other.tx === tx)),
);

/** @public */
export const keepsWhatIsWritten: LedgerProperty = lawAtRest(
  'P18',
  'a node that has come up again and is at rest has no less work than its tip on disk',
  (view) => work(view, view.tip) >= work(view, view.flushed),
);

/** @internal */
export const isOnChain = (view: LedgerView, id: number): boolean => isAncestor(view.ledger.tree, id, view.tip);
