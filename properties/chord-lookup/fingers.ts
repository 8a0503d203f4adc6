/** Fingers: they come right once nobody joins or fails any more, whatever they were before. */
import { has, type Id } from '../../models/chord/index.js';
import { asPublished, type LookupWorld, lookupRing, successorOf } from '../../models/chord-lookup/index.js';
import { type AnyWorld, derive, type Status, sometimes, stable } from '../../src/kernel/index.js';
import { atStake, titled } from '../common/law.js';
import { type Claimed, told } from './answers.js';

interface Finger {
  /** Whom it should point to. */
  readonly right: Id;
  readonly now: Id | null;
}

const fingers = derive((world): readonly Finger[] => {
  const { members, n } = lookupRing(world);
  return world.names.flatMap((name, id) =>
    ((world as LookupWorld).peers[name]?.fingers ?? []).map((now, i) => ({
      right: successorOf(asPublished.fingerStart(id, i, n), members, n),
      now,
    })),
  );
});

const areRight = (world: AnyWorld): boolean => fingers(world).every(({ now, right }) => now === right);

/** @public */
export const fingersComeRight: Claimed = stable(
  titled('FingersComeRight', 'once churn stops, every finger is right in the end, and stays so'),
  areRight,
  {
    weak: ['deliver', 'timeout', 'stabilize'],
    // Only so many may look up something at once, and others may always be first.
    strong: ['fixFinger'],
    ceases: ['join', 'crash'],
  },
);

const some = (name: string, isSo: (finger: Finger, world: AnyWorld) => boolean): Claimed =>
  sometimes(name, (world) => fingers(world).some((finger) => isSo(finger, world)));

/** @public */
export const deadFinger = some(
  'a finger points to somebody dead',
  ({ now }, world) => now !== null && !has(lookupRing(world).members, now),
);

/** @public */
export const staleFinger = some(
  'a finger points to a member that it should not point to',
  ({ now, right }, world) => now !== null && now !== right && has(lookupRing(world).members, now),
);

/** @public */
export const wrongFingersServe = told(
  'a client is answered though not every finger is right',
  (_answer, _asker, world) => !areRight(world),
);

/** @public */
export const allRight = (peers: number, crashes: number): Claimed =>
  sometimes(atStake('FingersComeRight', 'every finger is right after all the churn'), (world) => {
    const standing = (status: Status) => world.names.filter((name) => world.status(name) === status).length;
    return standing('crashed') === crashes && standing('up') === peers - crashes && areRight(world);
  });
