/** How the claims about a tracker are written down: laws of its steps, each with the state in which they have something to say. */
import { type Handling, handlingOf, type TrackerPeers, type TrackerWorld } from '../../models/tracker/index.js';
import { alwaysStep, type Property, sometimes } from '../../src/kernel/index.js';
import { atStake, type Guarded, titled } from '../common/law.js';

/** @public */
export type Claimed = Property<TrackerPeers, true>;

/** @public */
export type GuardedClaim = Guarded<TrackerPeers, true>;

interface StepLaw {
  readonly name: string;
  readonly says: string;
  readonly holds: (handling: Handling, before: TrackerWorld, after: TrackerWorld) => boolean;
  /** When it is at stake, in words and as a state. */
  readonly when: string;
  readonly isAtStake: (world: TrackerWorld) => boolean;
}

/** A law of what the tracker does in one step. @public */
export const lawOfHandling = ({ name, says, holds, when, isAtStake }: StepLaw): GuardedClaim => ({
  name,
  property: alwaysStep(titled(name, says), (before: TrackerWorld, after: TrackerWorld) =>
    holds(handlingOf(before, after), before, after),
  ),
  witness: sometimes(atStake(name, when), isAtStake),
});
