/**
 * A law: a statement about a view of the state that has something to say only when a case of it arises. So it makes two
 * properties: that it always holds, and that it is sometimes at stake, which is the guard against a law that holds because
 * nothing ever happens.
 */
import { always, type Peers, type Property, sometimes, type World } from '../../src/kernel/index.js';

/** @public */
export interface Law<V> {
  /** One word, as its author wrote it. */
  readonly name: string;
  /** The sentence that is true when the system is right. */
  readonly says: string;
  /** What must have come up for it to say anything. */
  readonly when: string;
  holds(view: V): boolean;
  isAtStake(view: V): boolean;
}

/** A law about each of several cases, which is at stake as soon as there is one. @public */
export interface CaseLaw<V, C> extends Pick<Law<V>, 'name' | 'says' | 'when'> {
  cases(view: V): readonly C[];
  holdsFor(one: C, view: V): boolean;
}

/** @public */
export const law = <V, C>({ name, says, when, cases, holdsFor }: CaseLaw<V, C>): Law<V> => ({
  name,
  says,
  when,
  holds: (view) => cases(view).every((one) => holdsFor(one, view)),
  isAtStake: (view) => cases(view).length > 0,
});

/** A property with its guard against vacuity. @public */
export interface Guarded<P extends Peers, D extends boolean> {
  /** The one word by which papers know it. */
  readonly name: string;
  readonly property: Property<P, D>;
  readonly witness: Property<P, D>;
}

/** What a law claims of a system, given how to look at it. @public */
export const state = <V, P extends Peers, D extends boolean>(
  { name, says, when, holds, isAtStake }: Law<V>,
  view: (world: World<P, D>) => V,
): Guarded<P, D> => ({
  name,
  property: always(titled(name, says), (world) => holds(view(world))),
  witness: sometimes(atStake(name, when), (world) => isAtStake(view(world))),
});

/** @public */
export const titled = (name: string, says: string): string => `${name}: ${says}`;

/** @public */
export const atStake = (name: string, when: string): string => `at stake in ${name}: ${when}`;
