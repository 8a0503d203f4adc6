/** Where it all comes to, once churn and loss stop: a network that is whole again, and a client that is answered. */
import { acknowledged, isWhole, type KeysWorld } from '../../models/chord-keys/index.js';
import { type Fairness, leadsTo, type Message, recoverable, stable } from '../../src/kernel/index.js';
import { titled } from '../common/law.js';
import type { Claimed, Size } from './safety.js';

/** Everything that the members and the client do of their own accord. */
const upkeep = ['deliver', 'timeout', 'stabilize', 'handIn', 'lookUp', 'leave'];

/** What is done continues to be done, and what disturbs it comes to an end. @public */
export const calming: Fairness = { weak: upkeep, ceases: ['join', 'crash', 'depart', 'lose', 'put', 'get'] };

/** @public */
export const becomesWhole = (size: Size): Claimed =>
  stable(
    titled(
      'Heals',
      'once churn and loss stop, each acknowledged version comes to be with its owner and the r-1 after it',
    ),
    (world) => isWhole(world, size),
    calming,
  );

/** @public */
export const canBecomeWhole = (size: Size): Claimed =>
  recoverable(
    titled('CanHeal', 'from every state upkeep alone can bring each key to where it belongs'),
    (world) => isWhole(world, size),
    upkeep,
  );

/** @public */
export const answered: Claimed = leadsTo(
  titled('Answered', 'whatever the client asks is answered, once churn and loss stop'),
  (world) => isWaiting(world),
  (world) => !isWaiting(world),
  calming,
);

/** @public */
export const findsWhatWasPut = (size: Size): Claimed =>
  leadsTo(
    titled(
      'Finds',
      'a get that is on its way to an owner in a network that stays whole finds the newest acknowledged version',
    ),
    (world) => isWhole(world, size) && isAsked(world, ({ copy }) => copy === false),
    (world) => isFound(world) || !isWhole(world, size),
    calming,
  );

/** Not where members come or leave: who has just become the owner may not have every key yet. @public */
export const findsAnyway = (size: Size): Claimed =>
  leadsTo(
    titled(
      'FindsAnyway',
      'a get that sets out in a network that is whole finds that version, though fewer than r members fail',
    ),
    (world) => isWhole(world, size) && isAsked(world),
    isFound,
    calming,
  );

const isAsked = (world: KeysWorld, which: (get: Message) => boolean = () => true): boolean =>
  world.inFlight().some(({ message }) => message.type === 'get' && which(message));

const isFound = (world: KeysWorld): boolean =>
  world
    .inFlight('client')
    .some(
      ({ message: { type, key, version } }) =>
        type === 'found' && Number(version) >= (acknowledged(world)[String(key)] ?? 0),
    );

const isWaiting = (world: KeysWorld): boolean => world.peers.client?.request != null;
