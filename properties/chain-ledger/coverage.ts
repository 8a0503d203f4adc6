/** What must come up, or the claims say nothing; each world tells which of it can. */
import { forkOf, isAncestor, pathTo } from '../../models/chain/index.js';
import {
  blockIds,
  connecting,
  type Flushing,
  goalOfLedger,
  type LedgerView,
  paymentsIn,
  type TxId,
} from '../../models/chain-ledger/index.js';
import { atStake } from '../common/law.js';
import { isOnChain } from './chain.js';
import { comesUp, type LedgerProperty } from './claimed.js';
import { flawAfter, historyOf } from './reference.js';

const isMoving = ({ phase }: LedgerView): boolean => phase !== 'idle';
const spendsOf = ({ ledger }: LedgerView, tx: TxId): readonly number[] => ledger.txs[tx]?.spends ?? [];
const pooled = ({ pool }: LedgerView): readonly TxId[] => pool.map(({ tx }) => tx);

/** The two sides of a reorganisation that is about to begin. */
function sides(view: LedgerView): readonly [left: readonly TxId[], right: readonly TxId[]] | undefined {
  const { ledger, tip, rest } = view;
  const goal = goalOfLedger(view);
  if (!isMoving(view) || tip !== rest || isAncestor(ledger.tree, tip, goal)) return undefined;
  const fork = forkOf(ledger.tree, tip, goal);
  return [paymentsIn(view, pathTo(ledger.tree, fork, tip)), paymentsIn(view, pathTo(ledger.tree, fork, goal))];
}

const hasSides = (view: LedgerView, holds: (left: readonly TxId[], right: readonly TxId[]) => boolean): boolean => {
  const found = sides(view);
  return found !== undefined && holds(...found);
};

const isConflict = (view: LedgerView, a: TxId, b: TxId): boolean =>
  a !== b && spendsOf(view, a).some((coin) => spendsOf(view, b).includes(coin));

/** Members of the pool that conflict with the block that is to be connected next, which is in order. */
function losers(view: LedgerView): readonly TxId[] {
  const next = connecting(view);
  if (!isMoving(view) || next === undefined || historyOf(view.ledger, next).flaw !== undefined) return [];
  return pooled(view).filter((tx) => paymentsIn(view, [next]).some((other) => isConflict(view, tx, other)));
}

const dependsOn = (view: LedgerView, tx: TxId, others: readonly TxId[]): boolean =>
  spendsOf(view, tx).some((coin) => others.includes(view.ledger.coins[coin]?.tx ?? -1));

/** Whether an attempt that has disconnected something comes to a block that it cannot connect. */
function isFailing(view: LedgerView): boolean {
  const next = connecting(view);
  return (
    isMoving(view) &&
    next !== undefined &&
    !isAncestor(view.ledger.tree, view.rest, view.tip) &&
    historyOf(view.ledger, next).flaw !== undefined
  );
}

/** Whether something that waits, or waits to come back, has this flaw where the tip is going. */
function isSpoilt(view: LedgerView, flaw: string): boolean {
  const goal = goalOfLedger(view);
  const all = [...new Set([...pooled(view), ...view.limbo])].sort((a, b) => a - b);
  return isMoving(view) && all.some((tx, at) => flawAfter(view.ledger, goal, all.slice(0, at), tx) === flaw);
}

const goals: { readonly [key: string]: LedgerProperty } = {
  connected: comesUp(atStake('P1', 'a chain of one block'), ({ tip }) => tip !== 0),
  turn: comesUp(
    atStake('P2', 'a reorganisation, in the midst of it'),
    (view) => isMoving(view) && !isAncestor(view.ledger.tree, view.rest, view.tip),
  ),
  both: comesUp('a transaction in both branches of a reorganisation', (view) =>
    hasSides(view, (left, right) => left.some((tx) => right.includes(tx))),
  ),
  one: comesUp('a transaction in one branch only', (view) =>
    hasSides(view, (left, right) => left.some((tx) => !right.includes(tx))),
  ),
  conflicting: comesUp('a transaction in conflicting versions in two branches', (view) =>
    hasSides(view, (left, right) => left.some((tx) => right.some((other) => isConflict(view, tx, other)))),
  ),
  waiting: comesUp(atStake('P9', 'a transaction that waits'), ({ pool, phase }) => phase === 'idle' && pool.length > 0),
  package: comesUp(
    'one that waits for another one that waits',
    (view) => view.phase === 'idle' && pooled(view).some((tx) => dependsOn(view, tx, pooled(view))),
  ),
  conflict: comesUp(
    atStake('P9i', 'a block that spends what something in the pool spends'),
    (view) => losers(view).length > 0,
  ),
  descendant: comesUp('a block that spends what something spends on which another one depends', (view) =>
    pooled(view).some((tx) => dependsOn(view, tx, losers(view))),
  ),
  left: comesUp(atStake('P9r', 'a payment in a block that was disconnected'), ({ limbo }) => limbo.length > 0),
  between: comesUp(
    'a payment in a block that was disconnected, and a block that was connected for it and is not the last',
    (view) => isMoving(view) && view.limbo.length > 0 && !isAncestor(view.ledger.tree, view.tip, view.rest),
  ),
  back: comesUp(
    'a payment that waits again',
    (view) =>
      view.phase === 'idle' &&
      blockIds(view).some(
        (id) =>
          view.undo[id] !== null &&
          !isOnChain(view, id) &&
          paymentsIn(view, [id]).some((tx) => pooled(view).includes(tx)),
      ),
  ),
  orphaned: comesUp('one that waits, and the one on which it depends is gone with its block', (view) => {
    const goal = historyOf(view.ledger, goalOfLedger(view));
    const all = [...pooled(view), ...view.limbo, ...goal.txs];
    return (
      isMoving(view) &&
      goal.flaw === undefined &&
      pooled(view).some((tx) => spendsOf(view, tx).some((coin) => !all.includes(view.ledger.coins[coin]?.tx ?? -1)))
    );
  }),
  'not final': comesUp('one that was final is not any more', (view) => isSpoilt(view, 'not-final')),
  'not mature': comesUp('one that spends new money that was mature and is not any more', (view) =>
    isSpoilt(view, 'immature'),
  ),
  attempt: comesUp('a reorganisation that fails', isFailing),
  held: comesUp(
    atStake('P11', 'a reorganisation that fails while something waits'),
    (view) => isFailing(view) && view.pool.length > 0,
  ),
  fees: comesUp('a miner has taken fees', ({ ledger, active }) =>
    active.slice(1).some((id, at) => {
      const taken = ledger.txs[ledger.blocks[id]?.txs[0] ?? -1]?.creates.map((coin) => ledger.coins[coin]?.value ?? 0n);
      return (taken?.[0] ?? 0n) > ledger.issue.initial >> BigInt(Math.floor((at + 1) / ledger.issue.interval));
    }),
  ),
};

/** A flaw is at stake where a block that has it is refused. */
const flaws: { readonly [key: string]: string } = {
  range: 'an output beyond all money there is',
  repeated: 'one output spent twice in one transaction',
  missing: 'an output that is not there, or not any more',
  immature: 'new money that is spent too early',
  'not-final': 'a lock that is still on',
  value: 'more paid than spent',
  signature: 'a signature of somebody else',
  height: 'a coinbase that does not say its height',
  coinbase: 'a coinbase that takes too much',
  twin: 'a transaction that is there already',
};

/** What is at stake in laws that none of the above is called after, by what a world must show. */
const stakes: readonly (readonly [key: string, property: LedgerProperty])[] = [
  ['connected', comesUp(atStake('P1e', 'a node at work'), isMoving)],
  [
    'turn',
    comesUp(
      atStake('P6', 'outputs between two chains'),
      (view) => isMoving(view) && !isAncestor(view.ledger.tree, view.rest, view.tip),
    ),
  ],
  [
    'left',
    comesUp(atStake('P6u', 'a block that spent something, undone'), (view) =>
      blockIds(view).some((id) => (view.undo[id]?.length ?? 0) > 0 && !isOnChain(view, id)),
    ),
  ],
  [
    'one',
    comesUp(
      atStake('P7', 'a payment on the chain'),
      (view) =>
        paymentsIn(
          view,
          view.active.filter((id) => id !== 0),
        ).length > 0,
    ),
  ],
  ['connected', comesUp(atStake('P7s', 'money that was made'), ({ active }) => active.length > 1)],
  [
    'signature',
    comesUp(atStake('P8', 'somebody pays with what is not his'), (view) =>
      blockIds(view).some((id) => view.status[id] === 'failed' && historyOf(view.ledger, id).flaw === 'signature'),
    ),
  ],
];

const marked = comesUp(atStake('P5v', 'a block that is marked'), ({ status }) => status.includes('failed'));

const crashGoals: readonly LedgerProperty[] = [
  comesUp(
    atStake('P18', 'a restart from a chain that is not the best any more'),
    (view) => view.phase === 'recovering' && !isAncestor(view.ledger.tree, view.tip, goalOfLedger(view)),
  ),
  comesUp(
    'a restart between what was disconnected and what was to be connected',
    (view) =>
      view.phase === 'recovering' &&
      view.tip === view.rest &&
      connecting(view) !== undefined &&
      blockIds(view).some((id) => view.undo[id] !== null && !isOnChain(view, id)),
  ),
];

const flushGoals: readonly LedgerProperty[] = [
  // Nothing else has come, so that it cannot have been written while the tip was on its way.
  comesUp(atStake('P6d', 'the first tip of all, written to disk at rest'), (view) => {
    const { phase, tip, flushed, status, orphans } = view;
    const others = blockIds(view).filter((id) => id !== tip && status[id] !== 'unknown');
    return phase === 'idle' && tip !== 0 && flushed === tip && others.length + orphans.length === 0;
  }),
];

const flushTurnGoals: readonly LedgerProperty[] = [
  comesUp(
    'amid a reorganisation, a tip on disk that is neither on the chain that is left nor the one to come',
    (view) =>
      view.phase === 'activating' &&
      view.flushed === view.tip &&
      view.limbo.length > 0 &&
      !isAncestor(view.ledger.tree, view.tip, view.rest),
  ),
];

const flushCrashGoals: readonly LedgerProperty[] = [
  comesUp(
    'a flush amid what has to be done after a restart',
    ({ phase, tip, rest, flushed }) => phase === 'recovering' && tip !== rest && flushed === tip,
  ),
];

/** @param shows what some world of the configuration shows @public */
export const coverage = (shows: ReadonlySet<string>, crashes: number, flush: Flushing): readonly LedgerProperty[] => [
  ...Object.entries(goals).flatMap(([key, goal]) => (shows.has(key) ? [goal] : [])),
  ...Object.entries(flaws).flatMap(([key, says]) =>
    shows.has(key)
      ? [
          comesUp(`a block refused: ${says}`, (view) =>
            blockIds(view).some((id) => view.status[id] === 'failed' && historyOf(view.ledger, id).flaw === key),
          ),
        ]
      : [],
  ),
  ...stakes.flatMap(([key, property]) => (shows.has(key) ? [property] : [])),
  ...(Object.keys(flaws).some((key) => shows.has(key)) ? [marked] : []),
  ...(crashes > 0 && shows.has('turn') ? crashGoals : []),
  ...(flush === 'lazy' && shows.has('connected') ? flushGoals : []),
  ...(flush === 'lazy' && shows.has('between') ? flushTurnGoals : []),
  ...(flush === 'lazy' && crashes > 0 && shows.has('turn') ? flushCrashGoals : []),
];

/** Every key, for whoever wants to see that each is used. @internal */
export const coverageKeys: readonly string[] = [...Object.keys(goals), ...Object.keys(flaws)];
