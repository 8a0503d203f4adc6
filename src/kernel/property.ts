/** What may be claimed of a system. Names are sentences that are true when the system is right. */
import type { Peers } from './system.js';
import type { World } from './world.js';

/** What is so, or is not, in a state. @public */
export type Predicate<P extends Peers, Down extends boolean> = (world: World<P, Down>) => boolean;

/** A sentence that is true when the protocol is right, with a function of the world; or of whole behaviours. @public */
export type Property<P extends Peers = Peers, Down extends boolean = boolean> =
  | {
      /** `always`: true in every reachable state. `sometimes`: true in at least one. `whenQuiet`: in every quiet one. */
      readonly kind: 'always' | 'sometimes' | 'whenQuiet';
      readonly name: string;
      /** What is so, or is not, in a state. */
      readonly holds: (world: World<P, Down>) => boolean;
    }
  | {
      /** True of every step: the world before the move, and after it. */
      readonly kind: 'alwaysStep';
      readonly name: string;
      /** Whether a step from one world to the other is as it should be. */
      readonly holds: (before: World<P, Down>, after: World<P, Down>) => boolean;
    }
  | Temporal<P, Down>;

/** What only the whole graph of states can decide: it speaks of how behaviours go on, not of how they came about. @public */
export type Temporal<P extends Peers = Peers, Down extends boolean = boolean> =
  | {
      /** Of every fair behaviour: true at least once, again and again, or from some point on for ever. */
      readonly kind: 'eventually' | 'alwaysEventually' | 'stable';
      readonly name: string;
      /** What is so, or is not, in a state. */
      readonly holds: (world: World<P, Down>) => boolean;
      readonly fairness: Fairness;
    }
  | {
      /** Of every fair behaviour: whenever `given` is true, `holds` is then or later. */
      readonly kind: 'leadsTo';
      readonly name: string;
      /** What it is owed for. */
      readonly given: (world: World<P, Down>) => boolean;
      /** What is so, or is not, in a state. */
      readonly holds: (world: World<P, Down>) => boolean;
      readonly fairness: Fairness;
    }
  | {
      /** From every reachable state, moves of these classes alone can lead to a state in which it is true. */
      readonly kind: 'recoverable';
      readonly name: string;
      /** What is so, or is not, in a state. */
      readonly holds: (world: World<P, Down>) => boolean;
      readonly by: readonly string[];
    };

/**
 * Which behaviours a promise is made for. Classes of move are named as `moveClass` names them, by kind or by operation,
 * and each falls into units that are treated fairly one by one: a delivery for each message to each peer, a timer for each peer,
 * an operation for each peer and choice of its args. A move that changes nothing neither can be owed nor pays a debt, so without
 * fairness nothing need ever happen. @public
 */
export interface Fairness {
  /** Taken again and again, if from some point on it is possible without a break. */
  readonly weak?: readonly string[];
  /** Taken again and again, if it is possible again and again. */
  readonly strong?: readonly string[];
  /** Taken finitely often: `ceases: ['join', 'crash']` says that churn stops. */
  readonly ceases?: readonly string[];
}

/** What sort of promise a property is. @public */
export type PropertyKind = Property['kind'];

/** @internal */
export const isTemporal = <P extends Peers, D extends boolean>(property: Property<P, D>): property is Temporal<P, D> =>
  temporalKinds.includes(property.kind);

const temporalKinds: readonly PropertyKind[] = ['eventually', 'alwaysEventually', 'stable', 'leadsTo', 'recoverable'];

/** True in every reachable state. @public */
export const always = <P extends Peers, D extends boolean>(name: string, holds: Predicate<P, D>): Property<P, D> => ({
  kind: 'always',
  name,
  holds,
});

/** True in no reachable state; `name` is still the sentence that is true when the system is right. @public */
export const never = <P extends Peers, D extends boolean>(name: string, happens: Predicate<P, D>): Property<P, D> => ({
  kind: 'always',
  name,
  holds: (world) => negate(happens(world)),
});

/** Only a boolean is turned round, so that a forgotten `return` is found and not taken for a pass. */
const negate = (answer: unknown): boolean => (typeof answer === 'boolean' ? !answer : (answer as boolean));

/** Reachable: the guard against a property that holds because nothing happens. @public */
export const sometimes = <P extends Peers, D extends boolean>(
  name: string,
  holds: Predicate<P, D>,
): Property<P, D> => ({
  kind: 'sometimes',
  name,
  holds,
});

/**
 * True in every quiet state: one where no delivery, timer or upkeep by the protocol would change anything, so that only
 * clients, faults and churn can. A deadlock is a quiet state that should not be one. @public
 */
export const whenQuiet = <P extends Peers, D extends boolean>(
  name: string,
  holds: Predicate<P, D>,
): Property<P, D> => ({
  kind: 'whenQuiet',
  name,
  holds,
});

/** True of every step, also of those that change nothing. @public */
export const alwaysStep = <P extends Peers, D extends boolean>(
  name: string,
  holds: (before: World<P, D>, after: World<P, D>) => boolean,
): Property<P, D> => ({ kind: 'alwaysStep', name, holds });

/** True at some point of every fair behaviour. @public */
export const eventually = <P extends Peers, D extends boolean>(
  name: string,
  holds: Predicate<P, D>,
  fairness: Fairness,
): Property<P, D> => ({ kind: 'eventually', name, holds, fairness });

/** True again and again in every fair behaviour. @public */
export const alwaysEventually = <P extends Peers, D extends boolean>(
  name: string,
  holds: Predicate<P, D>,
  fairness: Fairness,
): Property<P, D> => ({ kind: 'alwaysEventually', name, holds, fairness });

/** From some point on true for ever, in every fair behaviour: what a self-stabilizing protocol promises. @public */
export const stable = <P extends Peers, D extends boolean>(
  name: string,
  holds: Predicate<P, D>,
  fairness: Fairness,
): Property<P, D> => ({ kind: 'stable', name, holds, fairness });

/** In every fair behaviour, whenever `given` is true, `holds` is then or later. @public */
export const leadsTo = <P extends Peers, D extends boolean>(
  name: string,
  given: Predicate<P, D>,
  holds: Predicate<P, D>,
  fairness: Fairness,
): Property<P, D> => ({ kind: 'leadsTo', name, given, holds, fairness });

/**
 * From every reachable state, moves of the classes in `by` alone can lead to one in which `holds` is true (AG EF of temporal
 * logic). Weaker than {@link eventually}: somebody who chooses the moves well can recover, nobody says that they will be so
 * chosen. @public
 */
export const recoverable = <P extends Peers, D extends boolean>(
  name: string,
  holds: Predicate<P, D>,
  by: readonly string[],
): Property<P, D> => ({ kind: 'recoverable', name, holds, by });
