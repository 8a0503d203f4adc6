/** What the claims look at: one peer at a time, so that a move that changes one of many is looked at there only. */
import {
  count,
  type Half,
  has,
  isCorrupter,
  isFreeRider,
  isLeecher,
  neighboursOf,
  none,
  type PeerContext,
  type SwarmOptions,
  type TraderContext,
} from '../../models/swarm/index.js';
import { derivePeer, type Property, type World } from '../../src/kernel/index.js';

/** @public */
export type Claimed = Property;

/** What the claims must know of a system to read it. @internal */
export type Size = Pick<
  SwarmOptions,
  'pieces' | 'blocks' | 'degree' | 'deselected' | 'slots' | 'choking' | 'leechers' | 'freeRiders'
> & {
  readonly names: readonly string[];
};

/** What peers at both levels keep. */
type Common = Pick<TraderContext, 'have' | 'spoiled' | 'partials' | 'banned' | 'suspects'>;

/** @internal */
export const haveOf = derivePeer(({ have }: Common) => have);
/** @internal */
export const spoiledOf = derivePeer(({ spoiled }: Common) => spoiled);
/** @internal */
export const bannedOf = derivePeer(({ banned }: Common) => banned);
/** @internal */
export const suspectsOf = derivePeer(({ suspects }: Common) => suspects);
/** Blocks that each of the pieces has of which some are there. @internal */
export const storedOf = derivePeer(({ partials }: Common) => partials.map(({ stored }) => count(stored)));
/** Pieces with a block that was corrupted, a bit each. @internal */
export const pollutedOf = derivePeer(({ partials }: Common) =>
  partials.reduce((set, { piece, bad }) => (bad === 0 ? set : set | (1 << piece)), 0),
);
/** @internal */
export const halvesOf = derivePeer(({ halves }: PeerContext): readonly (Half | null)[] => halves);

/** Pieces that this one wants, a bit each. @internal */
export function wantsOf({ pieces, deselected }: Size, name: string): number {
  if (!isLeecher(name)) return 0;
  const all = pieces === 32 ? -1 : (1 << pieces) - 1;
  return name === 'p1' ? all & ~(((1 << deselected) - 1) << (pieces - deselected)) : all;
}

/** Whether a leecher has all that it wants. @internal */
export const isComplete = (world: World, size: Size, name: string): boolean =>
  (wantsOf(size, name) & ~(haveOf(world, name) ?? 0)) === 0;

/** The neighbours of each, in the order of their places. @internal */
export const neighbourTable = ({ names, degree }: Size): ReadonlyMap<string, readonly string[]> =>
  new Map(names.map((name) => [name, neighboursOf(names, name, degree)]));

/** @internal */
export const isHonest = (name: string): boolean => !isCorrupter(name);

/** Whether this leecher has, of what it wants, all that its neighbours have who are there, honest, and give. @internal */
export function hasWhatIsThere(world: World, size: Size, name: string, neighbours: readonly string[]): boolean {
  const lacking = wantsOf(size, name) & ~(haveOf(world, name) ?? -1);
  if (lacking === 0) return true;
  return neighbours.every(
    (other) =>
      !isHonest(other) ||
      isFreeRider(other, size) ||
      !world.isUp(other) ||
      ((haveOf(world, other) ?? 0) & lacking) === 0,
  );
}

export { has, none };
