/** What it all comes to once nothing disturbs any more: a table that is the swarm, and clients that know each other. */
import { entryOf, type Live, liveIn, type TrackerWorld, trackerIn } from '../../models/tracker/index.js';
import { type Fairness, leadsTo, recoverable, sometimes, stable } from '../../src/kernel/index.js';
import { titled } from '../common/law.js';
import type { Claimed } from './claimed.js';

const upkeep = ['deliver', 'timeout', 'answer', 'restart'];

/** Everybody goes on, chance gives every list again and again, and what disturbs comes to an end. @public */
export const calming: Fairness = {
  weak: ['deliver', 'timeout', 'restart'],
  strong: ['answer'],
  ceases: ['lose', 'duplicate', 'crash', 'finish', 'stop', 'move'],
};

/** Exactly those who take part are in the table, each as what it is. @public */
export function isTrue(world: TrackerWorld): boolean {
  const live = liveIn(world);
  const tracker = trackerIn(world);
  return (
    tracker !== undefined &&
    tracker.entries.length === live.length &&
    live.every((one) => entryOf(world, one)?.seed === one.seed)
  );
}

/** @public */
export const converges: Claimed = stable(
  titled('Converges', 'once churn and loss stop, the table comes to be the swarm, and stays so'),
  isTrue,
  calming,
);

/** @public */
export const canConverge: Claimed = recoverable(
  titled('CanConverge', 'from every state the table can come to be the swarm'),
  isTrue,
  upkeep,
);

/** One client at a time: that all rest at once is another matter. @public */
export const answered = (name: string): Claimed =>
  leadsTo(
    titled(`Answered ${name}`, 'whoever waits for a reply gets one, or is told to wait no longer'),
    (world) => isWaiting(world, name),
    (world) => !isWaiting(world, name),
    calming,
  );

const isWaiting = (world: TrackerWorld, name: string): boolean =>
  ['starting', 'updating', 'completing'].includes(String(world.state(name)));

/** Seeds need no seeds. */
const knowsAll = (one: Live, live: readonly Live[], seedsToSeeds: boolean): boolean =>
  live.every((other) => other === one || (one.seed && other.seed && !seedsToSeeds) || one.known.includes(other.at));

/** @public */
export const discovers = (seedsToSeeds: boolean): Claimed =>
  stable(
    titled('Discovers', 'once churn and loss stop, everybody comes to know everybody that it has a use for'),
    (world) => liveIn(world).every((one, _, live) => knowsAll(one, live, seedsToSeeds)),
    calming,
  );

/** @public */
export const trueAgain = (clients: number): Claimed =>
  sometimes(
    'the table is the whole swarm, and everybody rests',
    (world: TrackerWorld) =>
      isTrue(world) && liveIn(world).length === clients && liveIn(world).every(({ state }) => state === 'resting'),
  );
