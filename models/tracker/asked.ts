/**
 * The tracker as a judge of real ones: clients that say anything at any time, as no sound client would, and hear the answer within
 * the same move. What is not fixed by any text is a parameter, so that a tracker is held against its own choices.
 */
import { assign, emit, setup } from 'xstate';
import {
  type From,
  type Operation,
  type Peer,
  peer,
  type Send,
  type System,
  system,
  type World,
} from '../../src/kernel/index.js';
import type { Announce, AnnounceEvent, Failure, Reply } from './messages.js';
import { type KeyPolicy, soundRules, type TrackerRules } from './table.js';
import { listsFor, type TrackerContext, trackerOf } from './tracker.js';

/** @public */
export interface AskedOptions {
  /** Clients, 1 to 3. */
  readonly clients: number;
  /** Announces of each, at most. */
  readonly announces: number;
  /** Peers that a client asks for: any number, or one. */
  readonly numwant: number;
  readonly keyPolicy: KeyPolicy;
  readonly seedsToSeeds: boolean;
  /** Whether who asks is told of itself. */
  readonly listsSelf: boolean;
  /** Whether time passes. */
  readonly sweeps: boolean;
  readonly variation?: Partial<TrackerRules>;
}

/** @public */
export interface CallerContext {
  readonly name: string;
  readonly port: number;
  readonly numwant: number;
  /** Whether it said that something is left, when it announced last. */
  readonly left: 0 | 1;
  /** The last answer; none while it waits. */
  readonly answer: Reply | Failure | null;
}

type Says = { readonly type: 'announce'; readonly event: AnnounceEvent; readonly left: 0 | 1 };

/** @public */
export const caller = setup({
  types: {
    context: {} as CallerContext,
    input: {} as Omit<CallerContext, 'answer' | 'left'>,
    events: {} as Says | From<Reply> | From<Failure>,
    emitted: {} as Send<Announce>,
  },
  actions: {
    say: emit(({ context: { name, port, numwant }, event }) => {
      const { event: why, left } = event as Says;
      return {
        type: 'send',
        to: 'tracker',
        message: { type: 'announce', event: why, id: name, key: name, port, left, numwant },
      };
    }),
    wait: assign(({ event }) => (event.type === 'announce' ? { answer: null, left: event.left } : {})),
    hear: assign(({ event }) => {
      if (event.type === 'announce') return {};
      const { from: _, ...answer } = event;
      return { answer: answer as Reply | Failure };
    }),
  },
}).createMachine({
  id: 'caller',
  context: ({ input }) => ({ ...input, left: 1 as const, answer: null }),
  on: { announce: { actions: ['wait', 'say'] }, reply: { actions: 'hear' }, failure: { actions: 'hear' } },
});

/** @public */
export const callerNames = ['ann', 'ben', 'cid'] as const;

/** @public */
export type AskedPeers = { readonly tracker: Peer<TrackerContext> } & {
  readonly [name in (typeof callerNames)[number]]: Peer<CallerContext>;
};

/** @public */
export type AskedWorld = World<AskedPeers>;

const events = ['started', 'none', 'completed', 'stopped'] as const;

/** @public */
export function asked(options: AskedOptions): System<AskedPeers> {
  const { clients, announces, numwant, listsSelf, sweeps, variation } = options;
  const names = callerNames.slice(0, clients);
  const policy = { ...options, remembers: false };
  const sound = soundRules(policy);
  const own: Partial<TrackerRules> = {
    ...(listsSelf ? { candidates: (entries, asker) => sound.candidates(entries, { ...asker, key: '' }) } : {}),
    ...variation,
  };
  const rules = { ...sound, ...own };
  const announce: Operation<AskedPeers> = {
    name: 'announce',
    peers: names,
    limit: announces * clients,
    offer: ({ peers: { tracker } }) =>
      // One after another, so that it is clear what is an answer to what.
      (tracker?.pending.length ?? 0) > 0
        ? []
        : events.flatMap((event) =>
            ([0, 1] as const).map((left) => ({ args: { event, left }, event: { type: 'announce', event, left } })),
          ),
  };
  const answer: Operation<AskedPeers> = {
    name: 'answer',
    by: 'protocol',
    peers: ['tracker'],
    offer: ({ peers: { tracker } }) =>
      (tracker?.pending ?? []).flatMap(({ to, event, asker, size }) =>
        [...listsFor(rules, tracker as TrackerContext, size, asker)].map((peers) => ({
          args: { to, peers },
          event: { type: 'answer', to, event, peers },
        })),
      ),
  };
  const callers = Object.fromEntries(
    names.map((name, at) => [name, peer(caller, { name, port: at + 1, numwant })]),
  ) as Omit<AskedPeers, 'tracker'>;
  return system<AskedPeers>({
    name: nameFor(options),
    peers: { tracker: peer(trackerOf(policy, own), {}), ...callers },
    network: 'synchronous',
    operations: [announce, answer],
    timers: {
      sweep: { when: ({ peers: { tracker } }) => sweeps && (tracker?.pending.length ?? 0) === 0 },
    },
  });
}

const nameFor = ({ variation: _, ...options }: AskedOptions): string =>
  `tracker-asked ${Object.entries(options)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ')}`;
