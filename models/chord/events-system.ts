/**
 * The corrected Chord network whose queries take time: who begins, whom a busy member answers, what each event observes of
 * other peers, and which lists decide who may fail. Joining is one event, as it is with atomic operations.
 */
import { derive, peer, system } from '../../src/kernel/index.js';
import { mayFail } from './assumptions.js';
import { type EventsContext, effectiveList, eventsMember, hastyMember, isBusy } from './events.js';
import { circle, type Id, nameOf } from './identifiers.js';
import { type ChordPeers, type ChordWorld, contextOf, type Distortion, isLive, observing } from './observe.js';
import { has, ringView } from './ring.js';
import { chordZave } from './system.js';
import { firstOf } from './zave.js';

/** The network as its successor lists draw it: with every answer that was given, or as the members have them. @public */
export const eventsRing = {
  effective: ringView<EventsContext>(effectiveList),
  visible: ringView<EventsContext>(({ list }) => list),
} as const;

/** Which lists one looks at. @public */
export type EventsView = keyof typeof eventsRing;

/** @public */
export interface EventsOptions {
  /** Identifiers on the circle, each a peer that may take part. */
  readonly n: number;
  /** Entries of a successor list. */
  readonly r: number;
  /** Whether a busy member answers nobody and does not rectify. */
  readonly busy: boolean;
  /** Which lists decide who may fail. */
  readonly failures: EventsView;
  readonly variation?: EventsVariation;
}

/** A way to get it wrong; what is left out is as it should be. @public */
export interface EventsVariation {
  readonly machine?: typeof eventsMember | typeof hastyMember;
  readonly distort?: Distortion<EventsContext>;
  /** Whether a member keeps this asker waiting. */
  readonly isBusy?: (context: EventsContext, asker: 'joiner' | 'member') => boolean;
}

/** The corrected protocol with queries that take time, begun by any ideal ring of r+1 members among which is 0. @public */
export function chordEvents({ n, r, busy, failures, variation = {} }: EventsOptions) {
  const { machine = busy ? eventsMember : hastyMember, distort } = variation;
  const { isBusy: keepsWaiting = busy ? isBusy : () => false } = variation;
  const { upkeep, joining } = observing(distort);
  const failing = derive((world) => mayFail(eventsRing[failures](world), { liveEntry: true, principals: r + 1 }));

  /** Null where the answer is that nobody is there, undefined where there is none yet. */
  const ask = (world: ChordWorld<EventsContext>, id: Id) => {
    const asked = contextOf(world, id);
    if (asked === undefined) return null;
    return keepsWaiting(asked, 'member') ? undefined : asked;
  };

  return system<ChordPeers<EventsContext>>({
    name: [
      'chord-msg',
      `n=${n}`,
      `r=${r}`,
      ...(busy ? [] : ['hasty']),
      ...(failures === 'visible' ? [failures] : []),
    ].join(' '),
    network: 'synchronous',
    peers: Object.fromEntries(circle(n).map((id) => [nameOf(id), peer(machine, { id, n })])),
    starts: chordZave({ n, r, rejoin: false }).starts ?? [],
    operations: [
      upkeep('askSuccessor', (world, _, { list }) => {
        const asked = ask(world, firstOf(list));
        if (asked === undefined) return null;
        return { type: 'askSuccessor', answer: asked && { list: asked.list, prdc: asked.prdc } };
      }),
      upkeep('askPredecessor', (world, _, { saved }) => {
        const asked = saved === null ? undefined : ask(world, saved);
        if (asked === undefined) return null;
        return { type: 'askPredecessor', answer: asked && { list: asked.list } };
      }),
      upkeep('apply', (_, __, { answer }) => (answer === null ? null : { type: 'apply' })),
      upkeep(
        'rectify',
        (world, _, { prdc, notifier }) =>
          notifier === null ? null : { type: 'rectify', prdcIsLive: isLive(world, prdc) },
        ({ notifier }) => ({ notifier }),
      ),
    ],
    churn: {
      join: {
        limit: 'unlimited',
        offer: joining((_, via, member) =>
          keepsWaiting(member, 'joiner') ? null : { type: 'join', via, list: member.list },
        ),
      },
      crash: { limit: 'unlimited', when: (world, self) => has(failing(world), Number(self)) },
    },
  });
}

/** The members' own moves. @public */
export const eventsUpkeep = ['askSuccessor', 'askPredecessor', 'apply', 'rectify'] as const;
