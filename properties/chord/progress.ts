/**
 * Progress: upkeep has something left to do exactly while the network is not ideal.
 *
 * The original protocol falls quiet, so a quiet state can be asked for. The corrected one never does, its members keep
 * notifying each other; there Zave's own predicates say whether a member's next round would change a list or a predecessor.
 * That an ideal network stays so is said of steps, which needs no such predicate.
 */
import {
  between,
  type ChordPeers,
  type ChordWorld,
  has,
  type Id,
  inOrder,
  type OriginalContext,
  type Ring,
  type ZaveContext,
} from '../../models/chord/index.js';
import {
  type AnyWorld,
  always,
  alwaysStep,
  type Peers,
  type Property,
  recoverable,
  sometimes,
  stable,
  type World,
  whenQuiet,
} from '../../src/kernel/index.js';
import { atStake, type Guarded, titled } from '../common/law.js';
import { isCoreValid } from './ideal.js';
import type { Pointers } from './predecessors.js';
import { sufficientPrincipals } from './principals.js';
import { oneLiveSuccessor } from './successors.js';

type Look<T> = (world: AnyWorld) => T;

const stuck = 'NonIdealImpliesChangeEnabled';
const restless = 'IdealImpliesNoChangeEnabled';

/** What somebody who chose the members' own moves well could always do. @public */
export const recovers = (ideal: Look<boolean>, upkeep: readonly string[]): Guarded<Peers, boolean> => ({
  name: 'Recoverable',
  property: recoverable(
    titled('Recoverable', 'upkeep alone can always make the network ideal again'),
    (world: World) => ideal(world),
    upkeep,
  ),
  witness: sometimes(atStake('Recoverable', 'a network that is not ideal'), (world: World) => !ideal(world)),
});

/** What happens by itself once churn has stopped, if no part of upkeep that stays possible is put off for ever. @public */
export const stabilizes = (ideal: Look<boolean>, upkeep: readonly string[]): Property =>
  stable(titled('Stabilizes', 'once churn stops, the network becomes ideal and stays so'), (world) => ideal(world), {
    weak: upkeep,
    ceases: churn,
  });

/** The same if no part of upkeep that is possible now and again is put off for ever. @public */
export const stabilizesInTime = (ideal: Look<boolean>, upkeep: readonly string[]): Property =>
  stable(
    titled(
      'StabilizesInTime',
      'once churn stops and nobody is interrupted for ever, the network becomes ideal and stays so',
    ),
    (world) => ideal(world),
    { strong: upkeep, ceases: churn },
  );

const churn = ['join', 'crash'];

/** Nothing remains to be done, and every identifier takes part. @public */
export const idealOfAll = (ring: Look<Ring>, ideal: Look<boolean>): Property =>
  sometimes(
    'an ideal network of all',
    (world) => inOrder(ring(world).members).length === world.names.length && ideal(world),
  );

/** Where upkeep falls quiet it has reached its aim. @public */
export const quietIsIdeal = (ideal: Look<boolean>): Property =>
  whenQuiet(titled(stuck, 'a network in which upkeep changes nothing is ideal'), (world) => ideal(world));

/** The same of a network with one ordered ring that every appendage leads to. @public */
export const quietRingIsIdeal = (ring: Look<Ring>, ideal: Look<boolean>): Property =>
  whenQuiet(
    titled('ValidRingIsImprovable', 'a network of one ordered ring in which upkeep changes nothing is ideal'),
    (world) => ideal(world) || !isCoreValid(ring(world)),
  );

/**
 * An ideal network needs nothing, unless something is still under way from before, such as an old notification: that is
 * what `isSettled` denies. @public
 */
export const idealStays = <C>(
  ring: Look<Ring>,
  ideal: Look<boolean>,
  isSettled: (world: ChordWorld<C>) => boolean,
): Property => {
  const settled = (world: AnyWorld) => ideal(world) && isSettled(world as ChordWorld<C>);
  return alwaysStep(
    titled(restless, 'a network that is ideal stays so until somebody joins or fails'),
    (before, after) => !settled(before) || ring(before).members !== ring(after).members || settled(after),
  );
};

/** Every notification on its way, if any, tells its hearer the predecessor that it has. @public */
export const originalSettled = (world: ChordWorld<OriginalContext>): boolean =>
  world.inFlight().every(({ to, message }) => world.peers[to]?.prdc === message.id);

/** Nobody is stabilizing, and who is to look at a notification has it from the predecessor that it has. @public */
export const zaveSettled = (world: ChordWorld<ZaveContext>): boolean =>
  world.names.every((name) => {
    const { saved = null, prdc = null, notifier = null } = world.peers[name] ?? {};
    if (notifier !== null && notifier !== prdc) return false;
    return saved === null || (saved === prdc && world.state(name) === 'rectifying');
  });

/** Zave's own form, of states that satisfy her invariant and in which nobody is within an operation. @public */
export const zaveProgress = (
  r: number,
  ring: Look<Ring>,
  pointers: Look<Pointers>,
  ideal: Look<boolean>,
): Guarded<ChordPeers<ZaveContext>, true> => {
  const invariant = [oneLiveSuccessor, sufficientPrincipals(r)];
  const isUnfinished = (world: ChordWorld<ZaveContext>) =>
    world.names.every((name) => (world.peers[name]?.saved ?? null) === null) &&
    invariant.every((law) => law.holds(ring(world))) &&
    !ideal(world);
  return {
    name: stuck,
    property: always(
      titled(stuck, 'in a network that is not ideal somebody has something to change'),
      (world) => !isUnfinished(world) || inOrder(ring(world).members).some((m) => isEffective(pointers(world), m, r)),
    ),
    witness: sometimes(atStake(stuck, 'a network at rest that is not ideal'), isUnfinished),
  };
};

/**
 * Whether a round of stabilizing by `m`, with the rectifying that it causes, would change a list or a predecessor: the four
 * predicates `Effective...IsEnabled` of correctChord.als. @public
 */
export function isEffective({ ring: { members, lists }, prdc }: Pointers, m: Id, r: number): boolean {
  const list = lists[m] ?? [];
  const [succ] = list;
  if (succ === undefined || !has(members, succ)) return true;
  const offered = [succ, ...(lists[succ] ?? [])].slice(0, r);
  if (list.length !== offered.length || list.some((entry, at) => entry !== offered[at])) return true;
  const q = prdc[succ];
  // One who is closer is taken as successor; if it is dead, succ is notified by me and has nobody better.
  return q == null || !has(members, q) || between(m, q, succ) || between(q, m, succ);
}
