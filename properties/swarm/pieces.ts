/** What is claimed of pieces, at either level: nothing unverified counts, nobody is wronged, nothing that is there is out of reach. */
import { isLeecher, isSeedName } from '../../models/swarm/index.js';
import { type Fairness, never, sometimes, stable, type World, whenQuiet } from '../../src/kernel/index.js';
import { atStake, titled } from '../common/law.js';
import {
  bannedOf,
  type Claimed,
  has,
  hasWhatIsThere,
  haveOf,
  isComplete,
  isHonest,
  neighbourTable,
  pollutedOf,
  type Size,
  spoiledOf,
  storedOf,
  suspectsOf,
} from './view.js';

/** @public */
export const nothingSpoiled: Claimed = never(
  titled('W2', 'no piece is accepted that is not as it was'),
  (world: World) => world.names.some((name) => (spoiledOf(world, name) ?? 0) !== 0),
);

/** @public */
export const badDataArrives: Claimed = sometimes(
  atStake('W2', 'corrupted data is among what a leecher has of a piece'),
  (world: World) => world.names.some((name) => (pollutedOf(world, name) ?? 0) !== 0),
);

/** @public */
export const blocksConserved = ({ blocks }: Size): Claimed =>
  never(titled('W7', 'a piece all of whose blocks have come is verified or fetched again'), (world: World) =>
    world.names.some((name) => storedOf(world, name)?.some((stored) => stored >= blocks) ?? false),
  );

/** @public */
export function honestNotBanned(size: Size): Claimed {
  const table = neighbourTable(size);
  return never(titled('W8', 'no honest peer is banned'), (world: World) =>
    world.names.some((name) => {
      const banned = bannedOf(world, name) ?? 0;
      return banned !== 0 && (table.get(name) ?? []).some((other, at) => has(banned, at) && isHonest(other));
    }),
  );
}

/** @public */
export const somebodyBanned: Claimed = sometimes('a corrupting peer is banned', (world: World) =>
  world.names.some((name) => (bannedOf(world, name) ?? 0) !== 0),
);

/** @public */
export const suspected: Claimed = sometimes(
  atStake('W8', 'an honest peer is a suspect, since another spoiled the piece in which it had part'),
  (world: World) => world.names.some((name) => (suspectsOf(world, name) ?? 0) !== 0),
);

/** Where everybody knows everybody. @public */
export function nothingOutOfReach(size: Size): Claimed {
  const table = neighbourTable(size);
  return whenQuiet(
    titled('L2', 'when nothing is left to do, every leecher has what an honest neighbour has'),
    (world: World) =>
      world.names.every(
        (name) => !isLeecher(name) || !world.isUp(name) || hasWhatIsThere(world, size, name, table.get(name) ?? []),
      ),
  );
}

/** @public */
export const lostForGood = (size: Size): Claimed =>
  sometimes(
    atStake('L2', 'the seed has gone, and what nobody else had is gone with it'),
    (world: World) =>
      world.names.every((name) => !isSeedName(name) || !world.isUp(name)) &&
      world.names.some((name) => isLeecher(name) && world.isUp(name) && !isComplete(world, size, name)),
  );

/** @public */
export const allComplete = (size: Size): Claimed =>
  sometimes('every leecher has every piece that it wants', (world: World) =>
    world.names.every((name) => !isLeecher(name) || (world.isUp(name) && isComplete(world, size, name))),
  );

/** @public */
export const completeWithoutSeed = (size: Size): Claimed =>
  sometimes('the seed has gone, and the leechers have every piece from one another', (world: World) =>
    world.names.every((name) => {
      if (isSeedName(name)) return !world.isUp(name);
      return !isLeecher(name) || (world.isUp(name) && isComplete(world, size, name));
    }),
  );

/** The seed gives different ones; a fixed order would have everybody begin with the same. @public */
export const firstPiecesDiffer: Claimed = sometimes(
  'two leechers hold one piece each, and not the same',
  (world: World) => {
    const [p1, p2] = world.names.filter(isLeecher).map((name) => haveOf(world, name) ?? 0);
    return p1 !== undefined && p2 !== undefined && p1 !== p2 && isPower(p1) && isPower(p2);
  },
);

const isPower = (set: number): boolean => set !== 0 && (set & (set - 1)) === 0;

/** Progress under stated fairness: whatever an honest neighbour that stays has is had at last. @public */
export function completes(size: Size, fairness: Fairness): Claimed {
  const table = neighbourTable(size);
  return stable(
    titled(
      'L1',
      'once churn and corruption stop, every leecher comes to have all that an honest neighbour has who gives',
    ),
    (world: World) =>
      world.names.every(
        (name) => !isLeecher(name) || !world.isUp(name) || hasWhatIsThere(world, size, name, table.get(name) ?? []),
      ),
    fairness,
  );
}
