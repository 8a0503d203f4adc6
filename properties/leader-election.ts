/** What is claimed of leader election on a ring: one leader, the greatest of all, whoever begins. */

import {
  type ElectionMutant,
  type ElectionOptions,
  type ElectionPeers,
  leaderElection,
  mutants,
  type Variant,
} from '../models/leader-election/index.js';
import { seeded } from '../models/mutant.js';
import {
  always,
  type Property,
  type Suite,
  sometimes,
  type Values,
  type World,
  whenQuiet,
} from '../src/kernel/index.js';

type ElectionWorld = World<ElectionPeers, false>;
type Claimed = Property<ElectionPeers, false>;

const leaders = (w: ElectionWorld) => w.names.filter((name) => w.state(name) === 'leader');
const idOf = (w: ElectionWorld, name: keyof ElectionPeers & string) => (w.peers[name] as { readonly id: number }).id;
const greatest = (w: ElectionWorld) => Math.max(...w.names.map((name) => idOf(w, name)));

/** @public */
export const oneLeader: Claimed = always('there is never more than one leader', (w) => leaders(w).length <= 1);

/** The assertion of the Promela text. @public */
export const greatestLeads: Claimed = always('nobody leads but the member with the greatest identifier', (w) =>
  leaders(w).every((name) => idOf(w, name) === greatest(w)),
);

/** @public */
export const elected: Claimed = whenQuiet(
  'when nothing is left to do, one member leads and all others have lost',
  (w) => leaders(w).length === 1 && w.names.every((name) => w.state(name) === 'leader' || w.state(name) === 'lost'),
);

/** What lets the leader rest: its own candidacy is the last one on its way. @public */
export const leadsLast: Claimed = always(
  'a member leads only when no candidacy is on its way any more',
  (w) => leaders(w).length === 0 || w.inFlight().length === 0,
);

/** @public */
export const leads: Claimed = sometimes('somebody leads', (w) => leaders(w).length > 0);

/** @public */
export const contested: Claimed = sometimes('at stake in one leader: all members are candidates at once', (w) =>
  w.names.every((name) => w.state(name) === 'candidate'),
);

/** @public */
export const crowded: Claimed = sometimes(
  'at stake in the last candidacy: two are on one link, the smaller ahead',
  (w) =>
    w.names.some((name) => {
      const [first, second] = w.inFlight(name).map(({ message }) => Number(message.id));
      return first !== undefined && second !== undefined && first < second;
    }),
);

const optionsOf = ({ members, order }: Values) =>
  ({ members: Number(members), order: order === 'rising' ? 'rising' : 'falling' }) satisfies ElectionOptions;

const chang =
  'E. Chang and R. Roberts, An improved algorithm for decentralized extrema-finding in circular configurations of processes, 1979';

const sized = (members: number, doc: string) => ({ doc, set: { members, order: 'falling' } });

/** @public */
export const suite: Suite = {
  model: 'leader-election',
  summary: 'Leader election on a one-way ring, over fifo links (Chang and Roberts)',
  parameters: {
    members: { type: 'integer', doc: 'how many members the ring has', default: 5, min: 2, max: 13 },
    order: {
      type: 'choice',
      doc: 'how identifiers lie along the ring',
      default: 'falling',
      options: ['falling', 'rising'],
    },
  },
  configurations: {
    five: { ...sized(5, 'five members'), quick: true },
    rising: {
      doc: 'identifiers rise: each candidacy but one is swallowed at once',
      set: { members: 5, order: 'rising' },
    },
    eight: sized(8, '52,617 states'),
    nine: sized(9, '259,919 states'),
    ten: sized(10, '1,305,279 states'),
  },
  system: (values) => leaderElection(optionsOf(values)),
  claims: (values) => [
    { property: oneLeader, source: chang },
    { property: greatestLeads, source: chang },
    { property: elected, source: chang },
    { property: leadsLast },
    // The greatest begins and its candidacy goes round once.
    { property: leads, length: Number(values.members) + 1 },
    { property: contested, length: Number(values.members) },
    { property: crowded },
  ],
  mutants: seeded<ElectionMutant>(mutants, ({ values }, name) =>
    leaderElection({ ...optionsOf(values), variant: name as Variant }),
  ),
};
