/**
 * The world: what a property, an offer or a guard may see of one global state. Every look is noted, so that the answer
 * can be remembered under exactly what was read. A function of the world must therefore be pure.
 */
import type { Envelope } from './move.js';
import type { ContextOf, Peers } from './system.js';

/** xstate's own: a state's name, or nested names. @public */
export type StateValue = string | { readonly [region: string]: StateValue | undefined };

/** Where a peer stands: never joined, taking part, failed, or gone of its own will. @public */
export type Status = 'absent' | 'up' | 'crashed' | 'left';

/** Contexts by name; `undefined` for a peer that is not up, where a system lets peers be down. @public */
export type Contexts<P extends Peers, Down extends boolean> = {
  readonly [K in keyof P]: ContextOf<P[K]> | (Down extends true ? undefined : never);
};

/** A state of a system as properties see it. @public */
export interface World<P extends Peers = Peers, Down extends boolean = boolean> {
  readonly peers: Contexts<P, Down>;
  /** Every peer of the system, up or not, in the system's order. */
  readonly names: readonly (keyof P & string)[];
  /** Whether the peer is up, has left, crashed, or has not come yet. */
  status(name: string): Status;
  /** Whether the peer is up. */
  isUp(name: string): boolean;
  /** The machine's state, `undefined` while the peer is not up. */
  state(name: string): StateValue | undefined;
  /** Names of the armed timers, sorted. */
  timers(name: string): readonly string[];
  /** What is on its way, to one peer or to all; a queue's head first. */
  inFlight(to?: string): readonly Envelope[];
  /** The side that is cut off, `undefined` while the network is whole. */
  partition(): readonly string[] | undefined;
  /** The value of a {@link derive}d function, computed once for all that read it. */
  recall<T>(compute: (world: World<Peers, true>) => T): T;
  /** The value of a {@link derivePeer}d function, `undefined` while the peer is not up. */
  recallPeer<C, T>(name: string, compute: (context: C, name: string) => T): T | undefined;
}

/**
 * Names something computed from a world so that many properties share it: `const ring = derive((w) => ...)`, then
 * `ring(w)` in each. It is computed once for each distinct set of values it read. @public
 */
export function derive<T>(compute: (world: World<Peers, true>) => T): (world: AnyWorld) => T {
  return (world) => world.recall(compute);
}

/**
 * Names something computed from the context of one peer alone: `const complete = derivePeer((context, name) => ...)`, then
 * `complete(world, name)`, which is `undefined` while that peer is not up. Where a move changes one peer of many, the values of
 * the others need not be computed again. @public
 */
export function derivePeer<C, T>(
  compute: (context: C, name: string) => T,
): (world: AnyWorld, name: string) => T | undefined {
  return (world, name) => world.recallPeer(name, compute);
}

/** A world of any system: what shared properties are written over. @public */
export type AnyWorld = Pick<World, 'recall' | 'recallPeer'>;
