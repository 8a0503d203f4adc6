/** What a client must say to its tracker, and what it must keep when the tracker fails it. */
import { announcesIn, contextOf, type Live, liveIn, type TrackerWorld, trackerIn } from '../../models/tracker/index.js';
import { always, alwaysStep, canonical, sometimes } from '../../src/kernel/index.js';
import { atStake, titled } from '../common/law.js';
import type { GuardedClaim } from './claimed.js';

const taking = ['starting', 'resting', 'updating', 'completing'];

const clients = (world: TrackerWorld) => world.names.filter((name) => name !== 'tracker');

const said = (world: TrackerWorld, name: string, event: string): number =>
  announcesIn(world).filter(({ from, message }) => from === name && message.event === event).length;

/** @public */
export const saysItStops: GuardedClaim = {
  name: 'SaysItStops',
  property: alwaysStep(
    titled('SaysItStops', 'who stops says so to the tracker'),
    (before: TrackerWorld, after: TrackerWorld) =>
      clients(before).every((name) => {
        const now = String(after.state(name));
        if (!taking.includes(String(before.state(name))) || !['stopping', 'gone'].includes(now)) return true;
        return said(after, name, 'stopped') > said(before, name, 'stopped');
      }),
  ),
  witness: sometimes(atStake('SaysItStops', 'somebody has stopped'), (world: TrackerWorld) =>
    clients(world).some((name) => world.state(name) === 'gone'),
  ),
};

const lasting = { started: 'starting', completed: 'completing' } as const;

/** @public */
export const saidWhileUnanswered: GuardedClaim = {
  name: 'SaidWhileUnanswered',
  property: alwaysStep(
    titled('SaidWhileUnanswered', 'who has been answered does not announce the same event again'),
    (before: TrackerWorld, after: TrackerWorld) =>
      after.inFlight('tracker').length <= before.inFlight('tracker').length ||
      (Object.keys(lasting) as (keyof typeof lasting)[]).every((event) =>
        clients(before).every(
          (name) =>
            said(after, name, event) <= said(before, name, event) ||
            [lasting[event], undefined].some((state) => state === after.state(name)) ||
            before.state(name) === undefined ||
            isSame(before, after, name),
        ),
      ),
  ),
  witness: sometimes(atStake('SaidWhileUnanswered', 'the reply to a start is on its way'), (world: TrackerWorld) =>
    clients(world).some(
      (name) =>
        world.state(name) === 'starting' && world.inFlight(name).some(({ message }) => message.event === 'started'),
    ),
  ),
};

/** A copy that the network makes is nobody's announce. */
const isSame = (before: TrackerWorld, after: TrackerWorld, name: string): boolean =>
  before.state(name) === after.state(name) && canonical(contextOf(before, name)) === canonical(contextOf(after, name));

/** @public */
export const completionArrives: GuardedClaim = {
  name: 'CompletionArrives',
  property: always(
    titled('CompletionArrives', 'a completion that a client takes for announced was counted'),
    (world: TrackerWorld) => {
      const confirmed = clients(world).filter((name) => {
        const context = contextOf(world, name);
        return context !== undefined && context.completions > 0 && !context.owes && world.state(name) === 'resting';
      });
      return (trackerIn(world)?.downloaded ?? Number.POSITIVE_INFINITY) >= confirmed.length;
    },
  ),
  witness: sometimes(
    atStake('CompletionArrives', 'the reply to an announce before comes when a completion is announced'),
    (world: TrackerWorld) =>
      clients(world).some(
        (name) =>
          world.state(name) === 'completing' &&
          world.inFlight(name).some(({ message }) => message.type === 'reply' && message.event === 'none'),
      ),
  ),
};

/** @public */
export const goesOn: GuardedClaim = {
  name: 'GoesOn',
  property: alwaysStep(
    titled('GoesOn', 'nobody who takes part loses the peers that it knows, whatever becomes of the tracker'),
    (before: TrackerWorld, after: TrackerWorld) =>
      liveIn(before) === liveIn(after) ||
      liveIn(before).every((was) => {
        const is = liveIn(after).find(({ name, id }) => name === was.name && id === was.id);
        return is === undefined || was.known.every((at) => is.known.includes(at));
      }),
  ),
  witness: sometimes(
    atStake('GoesOn', 'the tracker is down, and two know each other'),
    (world: TrackerWorld) => trackerIn(world) === undefined && mutual(liveIn(world)),
  ),
};

/** By port alone: while the tracker is down nobody knows the address that it would see. */
const mutual = (live: readonly Live[]): boolean => {
  const portOf = (at: string) => at.split(':')[1];
  const knows = (one: Live, other: Live) => one.known.some((at) => portOf(at) === portOf(other.at));
  return live.some((one, at) => live.slice(at + 1).some((other) => knows(one, other) && knows(other, one)));
};
