/** What must come up, or the claims say nothing: keys that move, copies that serve, requests that go astray. */

import { nameOf } from '../../models/chord/index.js';
import {
  acknowledged,
  arcOf,
  contextOf,
  failed,
  holdersOf,
  isIn,
  isWhole,
  type KeysWorld,
  ringOf,
  serversOf,
} from '../../models/chord-keys/index.js';
import { sometimes } from '../../src/kernel/index.js';
import type { Claimed, Size } from './safety.js';

/** @public */
export const keysMove: Claimed = sometimes('keys are on their way to a joiner', (world) =>
  world.inFlight().some(({ message }) => message.type === 'keys' && Object.keys(Object(message.items)).length > 0),
);

/** @public */
export const wholeAfterJoin = (size: Size, founders: number): Claimed =>
  sometimes(
    'the network is whole with more members than it began with',
    (world) => ringOf(world).members.length > founders && isWhole(world, size),
  );

/** @public */
export const twoServe: Claimed = sometimes(
  'two members serve the same key, one of them handing it over to the other',
  (world) => Object.keys(acknowledged(world)).some((key) => serversOf(world, key).length > 1),
);

/** @public */
export const putMeanwhile: Claimed = sometimes('a put waits for the joiner that will own its key', (world) =>
  ringOf(world).members.some((id) => {
    const { heir = null, pending = [] } = contextOf(world, id) ?? {};
    return heir !== null && pending.some(({ awaiting }) => awaiting.includes(heir));
  }),
);

/** @public */
export const goesAstray: Claimed = sometimes(
  'a request is passed on to the member that has become the owner',
  (world) =>
    world.inFlight().some(({ from, message: { type } }) => from !== 'client' && (type === 'put' || type === 'get')),
);

/** @public */
export const copyServes = ({ bits }: Size): Claimed =>
  sometimes('a copy answers a get, its owner having failed', (world) =>
    world.inFlight('client').some(({ from, message: { type, key, version } }) => {
      const owned = serversOf(world, String(key)).includes(Number(from));
      return (
        type === 'found' &&
        Number(version) > 0 &&
        !owned &&
        world.isUp(from) &&
        hasFailedOwner(world, String(key), bits)
      );
    }),
  );

/** @public */
export const livesOn = ({ bits }: Size): Claimed =>
  sometimes('an acknowledged put outlives the owner of its key', (world) =>
    Object.entries(acknowledged(world)).some(
      ([key, version]) => isPutMeanwhile(world, key, version) && hasFailedOwner(world, key, bits),
    ),
  );

/** @public */
export const wholeAfterFailure = (size: Size): Claimed =>
  sometimes(
    'after a failure the network is whole again, with as many copies as before',
    (world) => failed(world) > 0 && ringOf(world).members.length >= size.r && isWhole(world, size),
  );

/** @public */
export const wholeAfterLeave = (size: Size): Claimed =>
  sometimes(
    'after a member has left the network is whole',
    (world) => ringOf(world).ids.some((id) => world.status(nameOf(id)) === 'left') && isWhole(world, size),
  );

/** @public */
export const failsAgain: Claimed = sometimes(
  'members fail again after the network was whole in between',
  (world) => (world.peers.client?.healed ?? 0) > 0 && failed(world) > (world.peers.client?.healed ?? 0),
);

/** @public */
export const givenHome: Claimed = sometimes(
  'a member gives the owner of a key what it has of it, which is not its own',
  (world) =>
    world.inFlight().some(({ from, message: { type, items } }) => {
      const giver = contextOf(world, Number(from));
      if (type !== 'replicate' || giver === undefined || world.state(from) === 'departing') return false;
      return Object.keys(Object(items)).some((key) => !isIn(key, arcOf(giver), giver.bits));
    }),
);

/** @public */
export const handedAgain: Claimed = sometimes(
  'keys are handed over to a member that has come between with those of one who failed',
  (world) => {
    const { ids, phases } = ringOf(world);
    return ids.some((id) => {
      const { heir = null } = contextOf(world, id) ?? {};
      return heir !== null && phases[ids.indexOf(heir)] === 'serving';
    });
  },
);

/** @public */
export const getsFound: Claimed = sometimes('a get finds a version that was put meanwhile', (world) =>
  world
    .inFlight('client')
    .some(
      ({ message: { type, key, version } }) => type === 'found' && isPutMeanwhile(world, String(key), Number(version)),
    ),
);

/** @public */
export const putAcknowledged: Claimed = sometimes('a put is acknowledged', (world) =>
  Object.entries(world.peers.client?.acked ?? {}).some(([key, version]) => isPutMeanwhile(world, key, version)),
);

/** And was not there at the beginning. */
const isPutMeanwhile = (world: KeysWorld, key: string, version: number): boolean =>
  (world.peers.client?.issued[key]?.indexOf(version) ?? 0) > 0;

/** Whether a member that failed would be the owner, were it up. */
function hasFailedOwner(world: KeysWorld, key: string, bits: number): boolean {
  const ring = ringOf(world);
  const ever = ring.ids.filter((id) => ring.members.includes(id) || world.status(nameOf(id)) === 'crashed');
  const [owner] = holdersOf(key, { ...ring, members: ever }, bits, 1);
  return owner !== undefined && !ring.members.includes(owner);
}
