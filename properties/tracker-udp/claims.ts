/** What connection ids and numbers of packets are for, and what a client may count on. */
import {
  type Announce,
  connectionId,
  type UdpPeers,
  type UdpWorld,
  udpAddresses,
} from '../../models/tracker-udp/index.js';
import {
  always,
  alwaysStep,
  canonical,
  type Fairness,
  leadsTo,
  type Property,
  sometimes,
} from '../../src/kernel/index.js';
import { atStake, type Guarded, titled } from '../common/law.js';

/** @public */
export type Claimed = Property<UdpPeers, false>;

type GuardedClaim = Guarded<UdpPeers, false>;

const questions = (world: UdpWorld) => world.inFlight('tracker').map(({ message }) => message as unknown as Announce);

const isProof = ({ cid, source }: Announce, minute: number): boolean =>
  cid === connectionId(source, minute) || cid === connectionId(source, minute - 1);

/** @public */
export const proven: GuardedClaim = {
  name: 'Proven',
  property: alwaysStep(
    titled(
      'Proven',
      'only a packet with an id that was made for its source, this minute or the last, changes the table',
    ),
    (before: UdpWorld, after: UdpWorld) => {
      const [had, has] = [before.peers.tracker, after.peers.tracker];
      if (
        had == null ||
        has == null ||
        canonical([had.entries, had.downloaded]) === canonical([has.entries, has.downloaded])
      )
        return true;
      const left = questions(after).map((one) => canonical(one));
      const taken = questions(before).filter((one) => {
        const at = left.indexOf(canonical(one));
        if (at >= 0) left.splice(at, 1);
        return at < 0;
      });
      return taken.every((one) => one.type === 'announce' && isProof(one, had.minute));
    },
  ),
  witness: sometimes(
    atStake('Proven', 'an announce is on its way whose id is too old, or another’s'),
    (world: UdpWorld) =>
      questions(world).some((one) => one.type === 'announce' && !isProof(one, world.peers.tracker.minute)),
  ),
};

/** @public */
export const notForged: GuardedClaim = {
  name: 'NotForged',
  property: always(titled('NotForged', 'nobody is listed at an address but who is there'), (world: UdpWorld) =>
    world.peers.tracker.entries.every(({ at, id }) => udpAddresses[id as 'ann' | 'eve'] === at),
  ),
  witness: sometimes(
    atStake('NotForged', 'somebody is in the table'),
    (world: UdpWorld) => world.peers.tracker.entries.length > 0,
  ),
};

/** @public */
export const isListed: GuardedClaim = {
  name: 'Answers',
  property: always(
    titled('Answers', 'a client that takes itself for announced is in the table, and its completion was counted'),
    (world: UdpWorld) => {
      const { ann, tracker } = world.peers;
      if (world.state('ann') !== 'resting') return true;
      return tracker.entries.some(({ id }) => id === 'ann') && (ann.left === 1 || tracker.downloaded > 0);
    },
  ),
  witness: sometimes(atStake('Answers', 'an answer comes that is none to the last question'), (world: UdpWorld) =>
    world.inFlight('ann').some(({ message }) => message.tid !== world.peers.ann.tid),
  ),
};

/** @public */
export const countsOfEach: GuardedClaim = {
  name: 'Counts',
  property: always(
    titled('Counts', 'a scrape tells of each torrent what is in it'),
    ({ peers: { ann } }: UdpWorld) => (ann.told.y ?? 0) === 0 && (ann.told.x ?? 1) === 1,
  ),
  witness: sometimes(atStake('Counts', 'a scrape was answered'), ({ peers: { ann } }: UdpWorld) => ann.told.x === 1),
};

const calming: Fairness = {
  weak: ['deliver', 'timeout'],
  ceases: ['lose', 'duplicate', 'minute', 'finish', 'scrape', 'connect', 'forge'],
};

/** @public */
export const answered: Claimed = leadsTo(
  titled('Answered', 'whatever a client asks is answered in the end'),
  (world: UdpWorld) => world.state('ann') !== 'resting',
  (world: UdpWorld) => world.state('ann') === 'resting',
  calming,
);

/** @public */
export const completed: Claimed = sometimes(
  'a completion is counted',
  ({ peers: { tracker } }: UdpWorld) => tracker.downloaded === 1,
);
