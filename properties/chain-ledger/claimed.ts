/** How claims about a node with a ledger are written: over a view of it, silent while it is down. */
import { type LedgerPeers, type LedgerView, type LedgerWorld, ledgerView } from '../../models/chain-ledger/index.js';
import { always, alwaysStep, type Property, sometimes } from '../../src/kernel/index.js';
import { titled } from '../common/law.js';

/** @public */
export type LedgerProperty = Property<LedgerPeers, true>;

type Look = (view: LedgerView) => boolean;

/** True in every state. @public */
export const law = (name: string, says: string, holds: Look): LedgerProperty =>
  always(titled(name, says), (world: LedgerWorld) => {
    const view = ledgerView(world);
    return view === null || holds(view);
  });

/** True whenever nothing is left to be done. @public */
export const lawAtRest = (name: string, says: string, holds: Look): LedgerProperty =>
  law(name, says, (view) => view.phase !== 'idle' || holds(view));

/** True of every step by which a node that was at work comes to rest. @public */
export const lawOfArrival = (
  name: string,
  says: string,
  holds: (before: LedgerView, after: LedgerView) => boolean,
): LedgerProperty =>
  alwaysStep(titled(name, says), (before: LedgerWorld, after: LedgerWorld) => {
    const [from, to] = [ledgerView(before), ledgerView(after)];
    return from === null || to === null || from.phase === 'idle' || to.phase !== 'idle' || holds(from, to);
  });

/** @public */
export const comesUp = (name: string, holds: Look): LedgerProperty =>
  sometimes(name, (world: LedgerWorld) => {
    const view = ledgerView(world);
    return view !== null && holds(view);
  });
