/** What a tracker must do with each announce, whoever sends it, however late it comes and however often. */
import {
  announcesIn,
  type Endpoint,
  type Entry,
  endpointOf,
  entryOf,
  type KeyPolicy,
  liveIn,
  type TrackerContext,
  type TrackerWorld,
  trackerIn,
} from '../../models/tracker/index.js';
import { always, alwaysStep, canonical, sometimes } from '../../src/kernel/index.js';
import { atStake, titled } from '../common/law.js';
import { type Claimed, type GuardedClaim, lawOfHandling } from './claimed.js';

const entriesOf = (world: TrackerWorld): readonly Entry[] => trackerIn(world)?.entries ?? [];

const endpointsOf = (world: TrackerWorld): readonly Endpoint[] => entriesOf(world).map(({ at }) => at);

const repliesIn = (world: TrackerWorld) =>
  world.names.flatMap((name) => (name === 'tracker' ? [] : world.inFlight(name))).map(({ message }) => message);

/** @public */
export const countsAgree: GuardedClaim = lawOfHandling({
  name: 'Counts',
  says: 'a reply counts the seeds and the others that are in the table, and nobody else',
  holds: ({ said }, _, after) =>
    said.every(({ message }) => {
      if (message.type !== 'reply') return true;
      const seeds = entriesOf(after).filter(({ seed }) => seed).length;
      return message.complete === seeds && message.incomplete === entriesOf(after).length - seeds;
    }),
  when: 'a reply counts a seed and another',
  isAtStake: (world) => repliesIn(world).some(({ complete, incomplete }) => complete === 1 && incomplete === 1),
});

/** @public */
export const listedAreIn: GuardedClaim = lawOfHandling({
  name: 'Listed',
  says: 'whoever is handed out is in the table',
  holds: ({ said }, _, after) =>
    said.every(
      ({ message }) => message.type !== 'reply' || message.peers.every((at) => endpointsOf(after).includes(at)),
    ),
  when: 'somebody is handed out',
  isAtStake: (world) => repliesIn(world).some(({ peers }) => Array.isArray(peers) && peers.length > 0),
});

/** The key under which a sound tracker would have this announce. */
const keyUnder = (policy: KeyPolicy, context: TrackerContext, from: string, announce: Parameters<typeof keyFor>[1]) =>
  keyFor(policy, announce, endpointOf(context, from, announce.port));

const keyFor = (policy: KeyPolicy, announce: { id: string; key: string; port: number }, at: Endpoint): string =>
  ({ endpoint: at, peerId: announce.id, key: announce.key })[policy];

/** @public */
export const stopRemoves = (policy: KeyPolicy): GuardedClaim =>
  lawOfHandling({
    name: 'StopRemoves',
    says: 'when a stop has been handled, who stopped is not in the table',
    holds: ({ taken }, before, after) => {
      const tracker = trackerIn(before);
      if (taken?.event !== 'stopped' || tracker === undefined) return true;
      return entriesOf(after).every(({ key }) => key !== keyUnder(policy, tracker, taken.from, taken));
    },
    when: 'a stop comes from somebody who is in the table',
    isAtStake: (world) => announcesIn(world).some(({ from, message }) => isEntered(world, policy, from, message)),
  });

const isEntered = (
  world: TrackerWorld,
  policy: KeyPolicy,
  from: string,
  message: { event: string; id: string; key: string; port: number },
): boolean => {
  const tracker = trackerIn(world);
  return (
    message.event === 'stopped' &&
    tracker !== undefined &&
    tracker.entries.some(({ key }) => key === keyUnder(policy, tracker, from, message))
  );
};

/** @public */
export const onlyItsOwn = (policy: KeyPolicy): GuardedClaim =>
  lawOfHandling({
    name: 'OnlyItsOwn',
    says: 'an announce changes no entry but that of its sender',
    holds: ({ taken }, before, after) => {
      const [had, has] = [trackerIn(before), trackerIn(after)];
      if (taken === undefined || had === undefined || has === undefined) return true;
      const [own, at] = [keyUnder(policy, had, taken.from, taken), endpointOf(had, taken.from, taken.port)];
      const others = ({ entries }: TrackerContext) => entries.filter((entry) => entry.key !== own && entry.at !== at);
      return canonical(others(had)) === canonical(others(has));
    },
    when: 'an announce comes while another client is in the table',
    isAtStake: (world) => {
      const tracker = trackerIn(world);
      return (
        tracker !== undefined &&
        announcesIn(world).some(({ from, message }) =>
          tracker.entries.some(({ key }) => key !== keyUnder(policy, tracker, from, message)),
        )
      );
    },
  });

/** @public */
export const announcedTwice = (policy: KeyPolicy): GuardedClaim =>
  lawOfHandling({
    name: 'Idempotent',
    says: 'an announce that says nothing new changes nothing but when its sender was last heard',
    holds: ({ taken }, before, after) => {
      const [had, has] = [trackerIn(before), trackerIn(after)];
      if (taken === undefined || had === undefined || has === undefined) return true;
      if (!saysNothingNew(policy, had, taken)) return true;
      const renewed = (entry: Entry) =>
        entry.key === keyUnder(policy, had, taken.from, taken) ? { ...entry, age: 0 } : entry;
      return has.downloaded === had.downloaded && canonical(has.entries) === canonical(had.entries.map(renewed));
    },
    when: 'a completion that was counted is announced again',
    isAtStake: (world) => {
      const tracker = trackerIn(world);
      if (tracker === undefined) return false;
      return announcesIn(world).some(
        ({ from, message }) => message.event === 'completed' && saysNothingNew(policy, tracker, { ...message, from }),
      );
    },
  });

type Said = { from: string; event: string; id: string; key: string; port: number; left: 0 | 1 };

function saysNothingNew(policy: KeyPolicy, tracker: TrackerContext, said: Said): boolean {
  const key = keyUnder(policy, tracker, said.from, said);
  const entry = tracker.entries.find((one) => one.key === key);
  if (said.event === 'stopped') return entry === undefined;
  if (entry === undefined || entry.id !== said.id || entry.seed !== (said.left === 0)) return false;
  if (entry.at !== endpointOf(tracker, said.from, said.port)) return false;
  return said.event !== 'completed' || entry.counted || tracker.remembered.includes(said.id);
}

/** @public */
export const countedOnce: GuardedClaim = {
  name: 'CountedOnce',
  property: always(
    titled('CountedOnce', 'no more completions are counted than there were'),
    (world: TrackerWorld) => (trackerIn(world)?.downloaded ?? 0) <= completionsIn(world),
  ),
  witness: sometimes(
    atStake('CountedOnce', 'a completion is counted'),
    (world: TrackerWorld) => (trackerIn(world)?.downloaded ?? 0) > 0,
  ),
};

/** What a crashed client has completed is on its disk; not to be seen from outside, so it counts for all that it may be. */
const completionsIn = (world: TrackerWorld): number =>
  world.names.reduce((sum, name) => {
    if (name === 'tracker') return sum;
    const context = world.peers[name];
    return sum + (context === undefined ? Number.POSITIVE_INFINITY : context.completions);
  }, 0);

/** @public */
export const countKept: Claimed = alwaysStep(
  titled('CountKept', 'a tracker that lives does not count back'),
  (before: TrackerWorld, after: TrackerWorld) => {
    const [had, has] = [trackerIn(before), trackerIn(after)];
    return had === undefined || has === undefined || has.downloaded >= had.downloaded;
  },
);

/** @public */
export const realEndpoints: GuardedClaim = {
  name: 'Ports',
  property: always(
    titled('Ports', 'everybody in the table has a port that one can listen at, at an address that is seen'),
    (world: TrackerWorld) => {
      const tracker = trackerIn(world);
      return entriesOf(world).every(({ at }) => {
        const [address = '', port] = at.split(':');
        return Object.values(tracker?.addresses ?? {}).includes(address) && Number(port) >= 1 && Number(port) <= 65_535;
      });
    },
  ),
  witness: sometimes(atStake('Ports', 'two behind one address are in the table'), (world: TrackerWorld) => {
    const [first, second] = endpointsOf(world).filter((at) => at.startsWith('n:'));
    return first !== second && second !== undefined;
  }),
};

/** @public */
export const shortLists = (cap: number, others: number): GuardedClaim =>
  lawOfHandling({
    name: 'ShortLists',
    says: 'nobody is handed more peers than may be, nor one of them twice',
    holds: ({ said }) =>
      said.every(
        ({ message }) =>
          message.type !== 'reply' ||
          (message.peers.length <= cap && new Set(message.peers).size === message.peers.length),
      ),
    when: 'as many are handed out as may be, or as there are',
    isAtStake: (world) =>
      repliesIn(world).some(({ peers }) => Array.isArray(peers) && peers.length === Math.min(cap, others)),
  });

/** @public */
export const notItself: GuardedClaim = {
  name: 'NotItself',
  property: always(titled('NotItself', 'nobody is handed itself'), (world: TrackerWorld) =>
    liveIn(world).every(({ at, known }) => !known.includes(at)),
  ),
  witness: sometimes(atStake('NotItself', 'who is in the table asks again and knows somebody'), (world: TrackerWorld) =>
    liveIn(world).some(
      (live) => live.known.length > 0 && live.state === 'updating' && entryOf(world, live) !== undefined,
    ),
  ),
};

/** @public */
export const staysListed: GuardedClaim = {
  name: 'StaysListed',
  property: alwaysStep(
    titled('StaysListed', 'time alone puts nobody out of the table who goes on announcing'),
    (before: TrackerWorld, after: TrackerWorld) => {
      const [had, has] = [trackerIn(before), trackerIn(after)];
      if (had === undefined || has === undefined || had.entries.length <= has.entries.length) return true;
      if (before.inFlight('tracker').length !== after.inFlight('tracker').length) return true;
      return liveIn(before).every((live) => entryOf(before, live) === undefined || entryOf(after, live) !== undefined);
    },
  ),
  witness: sometimes(
    atStake('StaysListed', 'somebody who goes on announcing was not heard since the last sweep'),
    (world: TrackerWorld) => liveIn(world).some((live) => entryOf(world, live)?.age === 1),
  ),
};

/** Not so: announces carry no number, and one that was held up speaks of what was. @public */
export const staysOut = (policy: KeyPolicy): Claimed =>
  alwaysStep(
    titled('StaysOut', 'nobody comes into the table who has stopped'),
    (before: TrackerWorld, after: TrackerWorld) => {
      const [had, has] = [trackerIn(before), trackerIn(after)];
      if (had === undefined || has === undefined || has.entries.length <= had.entries.length) return true;
      const newcomers = has.entries.filter(({ key }) => had.entries.every((entry) => entry.key !== key));
      return newcomers.every(({ key }) =>
        after.names.every((name) => {
          const context = name === 'tracker' ? undefined : after.peers[name];
          if (context === undefined || after.state(name) !== 'gone') return true;
          const id = `${context.name}${context.session}`;
          return keyUnder(policy, has, name, { id, key: id, port: context.port }) !== key;
        }),
      );
    },
  );
