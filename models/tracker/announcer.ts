/**
 * A client as a tracker sees it: it says that it has started until that is answered, then that it is still there, that its
 * download is complete, and, once or twice, that it stops. Each waiting state asks again when no answer comes. It keeps the
 * peers it was told of: a swarm outlives its tracker.
 */
import { assign, emit, setup } from 'xstate';
import type { From, Send } from '../../src/kernel/index.js';
import type { Announce, AnnounceEvent, Endpoint, Failure, Reply } from './messages.js';

/** @public */
export interface AnnouncerInput {
  readonly name: string;
  /** The tracker's name. */
  readonly tracker: string;
  readonly port: number;
  /** Whether everything is there from the beginning. */
  readonly seed?: boolean;
  /** Milliseconds from a reply to the next announce; default half an hour. */
  readonly interval?: number;
  /** Milliseconds before an announce is made again, doubled each time up to `doublings` times; defaults 15 s and 5. */
  readonly patience?: number;
  readonly doublings?: number;
  /** Peers that it would like to hear of in one reply. Default 50. */
  readonly numwant?: number;
  /** What a session before this one left behind. */
  readonly restored?: Pick<AnnouncerContext, 'session' | 'left' | 'completions'>;
}

/** @public */
export interface AnnouncerContext {
  readonly name: string;
  readonly tracker: string;
  readonly port: number;
  readonly interval: number;
  readonly patience: number;
  readonly doublings: number;
  readonly numwant: number;
  /** Counted up with each start; makes the id new. */
  readonly session: number;
  /** Whether anything is left to download. */
  readonly left: 0 | 1;
  /** A completion that the tracker has not confirmed. */
  readonly owes: boolean;
  /** Downloads that this client really completed, in all its sessions. */
  readonly completions: number;
  /** Announces without an answer, as far as they matter. */
  readonly tries: number;
  /** Endpoints of others, sorted. */
  readonly known: readonly Endpoint[];
}

/** @public */
export type AnnouncerEvent =
  | From<Reply>
  | From<Failure>
  | { readonly type: 'finish' }
  | { readonly type: 'stop' }
  | { readonly type: 'move'; readonly port: number };

/** Fields that a crash does not destroy. @public */
export const onDisk = ['session', 'left', 'completions'] as const satisfies readonly (keyof AnnouncerContext)[];

/** An announce as this client would make it now. @public */
export const announceOf = (
  { name, session, port, left, tracker, numwant }: AnnouncerContext,
  event: AnnounceEvent,
): Send<Announce> => ({
  type: 'send',
  to: tracker,
  message: {
    type: 'announce',
    event,
    id: `${name}${session}`,
    key: `${name}${session}`,
    port,
    left,
    numwant: event === 'stopped' ? 0 : numwant,
  },
});

type Why = { readonly why: AnnounceEvent };

/** @public */
export const announcer = setup({
  types: {
    context: {} as AnnouncerContext,
    input: {} as AnnouncerInput,
    events: {} as AnnouncerEvent,
    emitted: {} as Send<Announce>,
  },
  delays: {
    interval: ({ context }) => context.interval,
    patience: ({ context: { patience, tries } }) => patience * 2 ** tries,
  },
  guards: {
    answers: ({ event }, { why }: Why) => event.type === 'reply' && event.event === why,
    answersAndOwes: ({ event, context }, { why }: Why) => event.type === 'reply' && event.event === why && context.owes,
    isIncomplete: ({ context }) => context.left === 1,
    isElsewhere: ({ context, event }) => event.type === 'move' && event.port !== context.port,
  },
  actions: {
    say: emit(({ context }, { why }: Why) => announceOf(context, why)),
    learn: assign(({ context: { known }, event }) =>
      event.type !== 'reply' ? {} : { tries: 0, known: [...new Set([...known, ...event.peers])].sort() },
    ),
    confirm: assign({ owes: false }),
    complete: assign(({ context }) => ({
      left: 0 as const,
      owes: true,
      completions: context.completions + 1,
      tries: 0,
    })),
    wait: assign({ tries: ({ context: { tries, doublings } }) => Math.min(tries + 1, doublings) }),
    listenAt: assign(({ event }) => (event.type === 'move' ? { port: event.port, tries: 0 } : {})),
    forget: assign({ known: [], owes: false, tries: 0 }),
  },
}).createMachine({
  id: 'announcer',
  context: ({ input: { name, tracker, port, seed = false, interval, patience, doublings, numwant, restored } }) => ({
    name,
    tracker,
    port,
    interval: interval ?? 1_800_000,
    patience: patience ?? 15_000,
    doublings: doublings ?? 5,
    numwant: numwant ?? 50,
    session: restored === undefined ? 0 : restored.session + 1,
    left: restored?.left ?? (seed ? 0 : 1),
    owes: false,
    completions: restored?.completions ?? 0,
    tries: 0,
    known: [],
  }),
  initial: 'starting',
  states: {
    starting: {
      entry: { type: 'say', params: { why: 'started' } },
      after: { patience: { target: 'starting', reenter: true, actions: 'wait' } },
      on: {
        reply: [
          { guard: { type: 'answersAndOwes', params: { why: 'started' } }, target: 'completing', actions: 'learn' },
          { guard: { type: 'answers', params: { why: 'started' } }, target: 'resting', actions: 'learn' },
        ],
        // Announced after the first reply: a completion of somebody unknown would mean nothing.
        finish: { guard: 'isIncomplete', actions: 'complete' },
        move: { guard: 'isElsewhere', target: 'starting', reenter: true, actions: 'listenAt' },
        stop: 'stopping',
      },
    },
    resting: {
      after: { interval: 'updating' },
      on: {
        finish: { guard: 'isIncomplete', target: 'completing', actions: 'complete' },
        move: { guard: 'isElsewhere', target: 'updating', actions: 'listenAt' },
        stop: 'stopping',
      },
    },
    updating: {
      entry: { type: 'say', params: { why: 'none' } },
      after: { patience: { target: 'updating', reenter: true, actions: 'wait' } },
      on: {
        reply: { guard: { type: 'answers', params: { why: 'none' } }, target: 'resting', actions: 'learn' },
        finish: { guard: 'isIncomplete', target: 'completing', actions: 'complete' },
        move: { guard: 'isElsewhere', target: 'updating', reenter: true, actions: 'listenAt' },
        stop: 'stopping',
      },
    },
    completing: {
      entry: { type: 'say', params: { why: 'completed' } },
      after: { patience: { target: 'completing', reenter: true, actions: 'wait' } },
      on: {
        reply: {
          guard: { type: 'answers', params: { why: 'completed' } },
          target: 'resting',
          actions: ['learn', 'confirm'],
        },
        move: { guard: 'isElsewhere', target: 'completing', reenter: true, actions: 'listenAt' },
        stop: 'stopping',
      },
    },
    // Best effort: it is said twice at most, and then believed.
    stopping: {
      entry: { type: 'say', params: { why: 'stopped' } },
      after: { patience: { target: 'gone', actions: { type: 'say', params: { why: 'stopped' } } } },
      on: { reply: { guard: { type: 'answers', params: { why: 'stopped' } }, target: 'gone' } },
    },
    gone: { entry: 'forget' },
  },
});
