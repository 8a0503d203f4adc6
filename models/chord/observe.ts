/**
 * What an operation learns of other peers at the moment it runs, and the offers a system makes of that. A query to a dead
 * peer is never answered and the asker knows it at once: perfect failure detection, as Zave and Verdi assume it.
 */
import type { Args, Message, Offer, Peer, World } from '../../src/kernel/index.js';
import { type Id, nameOf } from './identifiers.js';

/** @public */
export type ChordPeers<C> = { readonly [name: string]: Peer<C> };

/** @public */
export type ChordWorld<C> = World<ChordPeers<C>, true>;

/** The event a member hears when it runs an operation; null when it cannot. @public */
export type Observation<C> = (world: ChordWorld<C>, self: string, context: C) => Message | null;

/** What somebody who would join learns from a member; null when that is nothing to begin with. @public */
export type JoinObservation<C> = (world: ChordWorld<C>, via: Id, member: C) => Message | null;

/** Another look at what was observed; null takes the operation away. A way to get a protocol wrong. @public */
export type Distortion<C> = (world: ChordWorld<C>, event: Message, self: string) => Message | null;

/** What the peer knows, if it is live. @internal */
export const contextOf = <C>(world: ChordWorld<C>, id: Id): C | undefined => world.peers[nameOf(id)];

/** @internal */
export const isLive = <C>(world: ChordWorld<C>, id: Id): boolean => world.isUp(nameOf(id));

/** An operation of the members' own upkeep. @internal */
export interface Upkeep<C> {
  readonly name: string;
  readonly by: 'protocol';
  offer(world: ChordWorld<C>, self: string): readonly Offer[];
}

/** How observations become offers, distorted or not. @internal */
export const observing = <C>(distort: Distortion<C> = (_, event) => event) => ({
  /** `argsOf` says what it is about, where fairness is owed to each of several. */
  upkeep: (name: string, observe: Observation<C>, argsOf?: (context: C) => Args): Upkeep<C> => ({
    name,
    by: 'protocol',
    offer(world, self) {
      const context = world.peers[self];
      const observed = context === undefined ? null : observe(world, self, context);
      const event = observed && distort(world, observed, self);
      if (event === null || context === undefined) return [];
      return [argsOf === undefined ? { event } : { args: argsOf(context), event }];
    },
  }),
  /** Joining through any one of the members. */
  joining:
    (observe: JoinObservation<C>) =>
    (world: ChordWorld<C>, self: string): readonly Offer[] =>
      world.names.flatMap((name, via) => {
        const member = world.peers[name];
        const observed = member === undefined ? null : observe(world, via, member);
        const event = observed && distort(world, observed, self);
        return event === null ? [] : [{ args: { via: name }, event }];
      }),
});

/** One operation that may be run in two ways. @internal */
export const either = <C>(one: Upkeep<C>, other: Upkeep<C>): Upkeep<C> => ({
  ...one,
  offer: (world, self) => [...one.offer(world, self), ...other.offer(world, self)],
});
