/** How claims about one node are written: over a view of it, silent while it is down, each with its guard against vacuity. */
import { type ChainPeers, type ChainView, type ChainWorld, chainView } from '../../models/chain/index.js';
import { always, alwaysStep, type Property, sometimes, whenQuiet } from '../../src/kernel/index.js';
import { atStake, titled } from '../common/law.js';

/** @public */
export type ChainProperty = Property<ChainPeers, true>;

type Look = (view: ChainView) => boolean;

/** True in every state. @public */
export const law = (name: string, says: string, holds: Look): ChainProperty =>
  always(titled(name, says), (world: ChainWorld) => {
    const view = chainView(world);
    return view === null || holds(view);
  });

/** True whenever nothing is left to be done. A node that has stopped for want of room promises nothing. @public */
export const lawAtRest = (name: string, says: string, holds: Look): ChainProperty =>
  whenQuiet(titled(name, says), (world: ChainWorld) => {
    const view = chainView(world);
    return view?.phase !== 'idle' || holds(view);
  });

/** The same, and where nothing is left to be done the node knows it. @public */
export const restingLaw = (name: string, says: string, holds: Look): ChainProperty =>
  whenQuiet(titled(name, says), (world: ChainWorld) => {
    const view = chainView(world);
    return view === null || view.phase === 'halted' || (view.phase === 'idle' && holds(view));
  });

/** True of every step of a node that is up before and after. @public */
export const lawOfSteps = (
  name: string,
  says: string,
  holds: (before: ChainView, after: ChainView) => boolean,
): ChainProperty =>
  alwaysStep(titled(name, says), (before: ChainWorld, after: ChainWorld) => {
    const [from, to] = [chainView(before), chainView(after)];
    return from === null || to === null || holds(from, to);
  });

/** @public */
export const comesUp = (name: string, holds: Look): ChainProperty =>
  sometimes(name, (world: ChainWorld) => {
    const view = chainView(world);
    return view !== null && holds(view);
  });

/** @public */
export const witness = (name: string, when: string, holds: Look): ChainProperty => comesUp(atStake(name, when), holds);
