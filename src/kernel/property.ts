/** What may be claimed of a system. Names are sentences that are true when the system is right. */
import type { Peers } from './system.js';
import type { World } from './world.js';

/** @public */
export type Property<P extends Peers = Peers, Down extends boolean = boolean> =
  | {
      /** `always`: true in every reachable state. `sometimes`: true in at least one. `whenQuiet`: in every quiet one. */
      readonly kind: 'always' | 'sometimes' | 'whenQuiet';
      readonly name: string;
      readonly holds: (world: World<P, Down>) => boolean;
    }
  | {
      /** True of every step: the world before the move, and after it. */
      readonly kind: 'alwaysStep';
      readonly name: string;
      readonly holds: (before: World<P, Down>, after: World<P, Down>) => boolean;
    };

/** @public */
export type PropertyKind = Property['kind'];

type Look<P extends Peers, Down extends boolean> = (world: World<P, Down>) => boolean;

/** True in every reachable state. @public */
export const always = <P extends Peers, D extends boolean>(name: string, holds: Look<P, D>): Property<P, D> => ({
  kind: 'always',
  name,
  holds,
});

/** True in no reachable state; `name` is still the sentence that is true when the system is right. @public */
export const never = <P extends Peers, D extends boolean>(name: string, happens: Look<P, D>): Property<P, D> => ({
  kind: 'always',
  name,
  holds: (world) => negate(happens(world)),
});

/** Only a boolean is turned round, so that a forgotten `return` is found and not taken for a pass. */
const negate = (answer: unknown): boolean => (typeof answer === 'boolean' ? !answer : (answer as boolean));

/** Reachable: the guard against a property that holds because nothing happens. @public */
export const sometimes = <P extends Peers, D extends boolean>(name: string, holds: Look<P, D>): Property<P, D> => ({
  kind: 'sometimes',
  name,
  holds,
});

/**
 * True in every quiet state: one where no delivery, timer or upkeep by the protocol would change anything, so that only
 * clients, faults and churn can. A deadlock is a quiet state that should not be one. @public
 */
export const whenQuiet = <P extends Peers, D extends boolean>(name: string, holds: Look<P, D>): Property<P, D> => ({
  kind: 'whenQuiet',
  name,
  holds,
});

/** True of every step, also of those that change nothing. @public */
export const alwaysStep = <P extends Peers, D extends boolean>(
  name: string,
  holds: (before: World<P, D>, after: World<P, D>) => boolean,
): Property<P, D> => ({ kind: 'alwaysStep', name, holds });
