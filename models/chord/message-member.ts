/**
 * One member of the corrected Chord with real messages, after the handlers of Verdi-Chord (`systems/chord/Chord.v`). What a
 * member wants to know of another it asks, and then waits for the answer: it has one request out at most.
 *
 * Zave's atomic step happens at the instant at which the asked peer answers. From then on, until the answer has come and is
 * applied, the asker's own list is out of date, and the asker cannot know since when. So whoever waits for an answer gives
 * none about its own state: it says that it is busy, remembers who asked, and answers when its own query has ended. That it
 * is alive it may say at any time.
 *
 * Otherwise than in those handlers, a member that is idle looks at who notified it at once and not when a timer says so; it
 * does not ping its predecessor when that is the notifier, which would change nothing; it says once that it is busy and does
 * not repeat it, since here no request is given up while its answer may come; and who cannot join where it was led to
 * starts over with the member that it knows, or gives up when that is dead.
 */
import { assign, emit, enqueueActions, setup } from 'xstate';
import type { From, Send } from '../../src/kernel/index.js';
import { between, type Id, nameOf } from './identifiers.js';
import { heard } from './messages.js';

/** Where answers are matched: whether the request is an even one of the asker's or an odd one. @public */
export type Turn = { readonly turn?: 0 | 1 };

/** A question about somebody's state: who comes before me; which is your list; your predecessor and your list. @public */
export type Query = Turn & { readonly type: 'getBestPredecessor' | 'getSuccList' | 'getPredAndSuccs' };

/** @public */
export type GotBestPredecessor = Turn & { readonly type: 'gotBestPredecessor'; readonly id: Id };

/** @public */
export type GotSuccList = Turn & { readonly type: 'gotSuccList'; readonly list: readonly Id[] };

/** The list without the last entry, which whoever takes it would cut off anyway. @public */
export type GotPredAndSuccs = Turn & {
  readonly type: 'gotPredAndSuccs';
  readonly prdc: Id | null;
  readonly list: readonly Id[];
};

/** `notify`: I think that you are my successor. `busy`: I am alive, and will answer later. @public */
export type Signal = Turn & { readonly type: 'ping' | 'pong' | 'notify' | 'busy' };

/** @public */
export type MemberMessage = Query | GotBestPredecessor | GotSuccList | GotPredAndSuccs | Signal;

/** Who would join knows a member. @public */
export type JoinThrough = { readonly type: 'join'; readonly via: Id };

/** @public */
export type MemberEvent = JoinThrough | From<MemberMessage>;

/** @public */
export type MemberContext = {
  readonly id: Id;
  /** Entries of a successor list. */
  readonly r: number;
  readonly joined: boolean;
  /** The successor list; empty before joining. */
  readonly list: readonly Id[];
  /** Nobody after joining, until somebody notifies. */
  readonly prdc: Id | null;
  /** Whose answer it waits for; nobody's while idle. */
  readonly asked: Id | null;
  /** Of its latest request; none where an answer is known by its sender alone, as in Verdi-Chord. */
  readonly turn: 0 | 1 | null;
  /** The member that it joins through, while it joins. */
  readonly known: Id | null;
  /** The best of those who have notified and were not yet looked at. */
  readonly rectifyWith: Id | null;
  /** Who notified and may become the predecessor, while the present one is pinged. */
  readonly notifier: Id | null;
  /** Questions that came while it waited. */
  readonly delayed: readonly From<Query>[];
};

/** A founder starts with its place in the first ring; everybody else has to join. @public */
export type MemberInput = Pick<MemberContext, 'id' | 'r'> &
  Partial<Pick<MemberContext, 'list' | 'prdc'>> & {
    /** Whether answers are matched with requests; default no. */
    readonly matched?: boolean;
  };

/** Milliseconds; a checked system abstracts from them. To be told that somebody is busy starts the time for a request anew. */
const patience = { tick: 10_000, request: 10_000 };

const idOf = (name: string): Id => Number(name);

const send = (to: Id | null, message: MemberMessage): Send<MemberMessage> => ({
  type: 'send',
  to: to === null ? [] : nameOf(to),
  message,
});

/** Turns to another peer, with the next request. */
const asking = (asked: Id | null, { turn }: MemberContext): Pick<MemberContext, 'asked' | 'turn'> => ({
  asked,
  turn: turn === null ? null : turn === 0 ? 1 : 0,
});

const ask = <T extends Query['type'] | 'ping'>({ asked, turn }: MemberContext, type: T): Send<MemberMessage> =>
  send(asked, turn === null ? { type } : { type, turn });

/** The turn of the request that is answered. */
const same = ({ turn }: Turn): Turn => (turn === undefined ? {} : { turn });

/** The last entry that lies before `them`, or the member itself. */
const bestPredecessor = ({ id, list }: MemberContext, them: Id): Id =>
  list.findLast((entry) => between(id, entry, them)) ?? id;

/** What a member says of its own state. */
function answerTo(query: From<Query>, context: MemberContext): Send<MemberMessage> {
  const { list, prdc, r } = context;
  const to = idOf(query.from);
  switch (query.type) {
    case 'getBestPredecessor':
      return send(to, { type: 'gotBestPredecessor', id: bestPredecessor(context, to), ...same(query) });
    case 'getSuccList':
      return send(to, { type: 'gotSuccList', list, ...same(query) });
    case 'getPredAndSuccs':
      return send(to, { type: 'gotPredAndSuccs', prdc, list: list.slice(0, r - 1), ...same(query) });
  }
}

/** In an order of its own, so that who asked first makes no difference to the state. */
function including(queries: readonly From<Query>[], query: From<Query>): readonly From<Query>[] {
  const { type, from } = query;
  const others = queries.filter((other) => other.type !== type || other.from !== from);
  return [...others, { type, from, ...same(query) }].sort((a, b) =>
    `${a.from} ${a.type}` < `${b.from} ${b.type}` ? -1 : 1,
  );
}

const whenAsked = [
  {
    guard: 'isBusy',
    actions: [
      { type: 'delay', params: heard },
      { type: 'sayBusy', params: heard },
    ],
  },
  { guard: 'isMember', actions: { type: 'answer', params: heard } },
] as const;

/** @public */
export const messageMember = setup({
  types: {
    context: {} as MemberContext,
    input: {} as MemberInput,
    events: {} as MemberEvent,
    emitted: {} as Send<MemberMessage>,
  },
  delays: patience,
  guards: {
    isFounder: ({ context }) => context.list.length > 0,
    isMember: ({ context }) => context.joined,
    /** Its own state may be out of date. */
    isBusy: ({ context }) => context.asked !== null,
    /** It is no answer to the latest request, and is not listened to. */
    isStray: ({ context }, { from, turn }: From<MemberMessage>) =>
      context.asked !== idOf(from) || context.turn !== (turn ?? null),
    isItsOwnBest: (_, { from, id }: From<GotBestPredecessor>) => id === idOf(from),
    belongsThere: ({ context: { id } }, { from, list }: From<GotSuccList>) => {
      const [succ] = list;
      return succ !== undefined && between(idOf(from), id, succ);
    },
    canStartOver: ({ context: { asked, known } }) => asked !== known,
    hasSuccessor: ({ context }) => context.list.length > 0,
    hasAnotherSuccessor: ({ context }) => context.list.length > 1,
    /** My successor's predecessor would be a better successor. */
    prdcIsCloser: ({ context: { id } }, { from, prdc }: From<GotPredAndSuccs>) =>
      prdc !== null && between(id, prdc, idOf(from)),
    wasNotified: ({ context }) => context.rectifyWith !== null,
    /** There is nobody to compare the notifier with, or nothing. */
    needsNoPing: ({ context: { prdc, rectifyWith } }) =>
      rectifyWith !== null && (prdc === null || prdc === rectifyWith),
    isBetterNotifier: ({ context: { id, joined, rectifyWith } }, { from }: From<Signal>) =>
      joined && (rectifyWith === null || between(rectifyWith, idOf(from), id)),
    isCloserPrdc: ({ context: { id, prdc, notifier } }) =>
      notifier !== null && (prdc === null || between(prdc, notifier, id)),
  },
  actions: {
    answer: emit(({ context }, query: From<Query>) => answerTo(query, context)),
    sayBusy: emit((_, query: From<Query>) => send(idOf(query.from), { type: 'busy', ...same(query) })),
    delay: assign({ delayed: ({ context }, query: From<Query>) => including(context.delayed, query) }),
    answerDelayed: enqueueActions(({ context, enqueue }) => {
      for (const query of context.delayed) enqueue.emit(answerTo(query, context));
      enqueue.assign({ delayed: [] });
    }),
    endQuery: assign({ asked: null, notifier: null }),

    begin: assign(({ context }, { via }: JoinThrough) => ({ ...asking(via, context), known: via })),
    turnToBest: assign(({ context }, { id }: From<GotBestPredecessor>) => asking(id, context)),
    startOver: assign(({ context }) => asking(context.known, context)),
    giveUp: assign({ asked: null, known: null }),
    askBestPredecessor: emit(({ context }) => ask(context, 'getBestPredecessor')),
    askSuccList: emit(({ context }) => ask(context, 'getSuccList')),
    enter: assign((_, { list }: From<GotSuccList>) => ({ joined: true, list, known: null })),

    turnToSuccessor: assign(({ context }) => asking(context.list[0] ?? null, context)),
    askPredAndSuccs: emit(({ context }) => ask(context, 'getPredAndSuccs')),
    dropSuccessor: assign(({ context }) => ({ list: context.list.slice(1) })),
    takeList: assign(({ context: { r } }, { from, list }: From<GotSuccList | GotPredAndSuccs>) => ({
      list: [idOf(from), ...list].slice(0, r),
    })),
    turnToItsPrdc: assign(({ context }, { prdc }: From<GotPredAndSuccs>) => asking(prdc, context)),
    notifySuccessor: emit(({ context }) => send(context.list[0] ?? null, { type: 'notify' })),

    note: assign((_, { from }: From<Signal>) => ({ rectifyWith: idOf(from) })),
    turnToPrdc: assign(({ context }) => ({
      ...asking(context.prdc, context),
      notifier: context.rectifyWith,
      rectifyWith: null,
    })),
    takeNotifier: assign(({ context: { prdc, rectifyWith } }) => ({ prdc: rectifyWith ?? prdc, rectifyWith: null })),
    askAlive: emit(({ context }) => ask(context, 'ping')),
    sayAlive: emit((_, ping: From<Signal>) => send(idOf(ping.from), { type: 'pong', ...same(ping) })),
    adoptPrdc: assign(({ context: { prdc, notifier } }) => ({ prdc: notifier ?? prdc })),
    replacePrdc: assign(({ context: { prdc, notifier } }) => ({ prdc: notifier ?? prdc })),
  },
}).createMachine({
  id: 'Chord member',
  context: ({ input: { id, r, list = [], prdc = null, matched = false } }) => ({
    id,
    r,
    joined: list.length > 0,
    list,
    prdc,
    asked: null,
    turn: matched ? 0 : null,
    known: null,
    rectifyWith: null,
    notifier: null,
    delayed: [],
  }),
  initial: 'outside',
  on: {
    ping: { actions: { type: 'sayAlive', params: heard } },
    notify: { guard: { type: 'isBetterNotifier', params: heard }, actions: { type: 'note', params: heard } },
    getBestPredecessor: whenAsked,
    getSuccList: whenAsked,
    getPredAndSuccs: whenAsked,
  },
  states: {
    outside: {
      always: { guard: 'isFounder', target: 'idle' },
      on: { join: { target: 'finding', actions: [{ type: 'begin', params: heard }, 'askBestPredecessor'] } },
    },
    finding: {
      after: {
        request: [
          { guard: 'canStartOver', target: 'finding', reenter: true, actions: ['startOver', 'askBestPredecessor'] },
          { target: 'outside', actions: 'giveUp' },
        ],
      },
      on: {
        busy: [{ guard: { type: 'isStray', params: heard } }, { target: 'finding', reenter: true }],
        gotBestPredecessor: [
          { guard: { type: 'isStray', params: heard } },
          {
            guard: { type: 'isItsOwnBest', params: heard },
            target: 'entering',
            actions: [{ type: 'turnToBest', params: heard }, 'askSuccList'],
          },
          {
            target: 'finding',
            reenter: true,
            actions: [{ type: 'turnToBest', params: heard }, 'askBestPredecessor'],
          },
        ],
      },
    },
    entering: {
      after: {
        request: [
          { guard: 'canStartOver', target: 'finding', actions: ['startOver', 'askBestPredecessor'] },
          { target: 'outside', actions: 'giveUp' },
        ],
      },
      on: {
        busy: [{ guard: { type: 'isStray', params: heard } }, { target: 'entering', reenter: true }],
        gotSuccList: [
          { guard: { type: 'isStray', params: heard } },
          {
            guard: { type: 'belongsThere', params: heard },
            target: 'idle',
            actions: { type: 'enter', params: heard },
          },
          {
            target: 'finding',
            actions: ['startOver', 'askBestPredecessor'],
          },
        ],
      },
    },
    idle: {
      entry: ['endQuery', 'answerDelayed'],
      always: [
        { guard: 'needsNoPing', actions: 'takeNotifier' },
        { guard: 'wasNotified', target: 'rectifying', actions: ['turnToPrdc', 'askAlive'] },
      ],
      after: {
        tick: [
          { guard: 'hasSuccessor', target: 'stabilizing', actions: ['turnToSuccessor', 'askPredAndSuccs'] },
          { target: 'idle', reenter: true },
        ],
      },
    },
    stabilizing: {
      after: {
        request: [
          {
            guard: 'hasAnotherSuccessor',
            target: 'stabilizing',
            reenter: true,
            actions: ['dropSuccessor', 'turnToSuccessor', 'askPredAndSuccs'],
          },
          { target: 'idle', actions: 'dropSuccessor' },
        ],
      },
      on: {
        busy: [{ guard: { type: 'isStray', params: heard } }, { target: 'stabilizing', reenter: true }],
        gotPredAndSuccs: [
          { guard: { type: 'isStray', params: heard } },
          {
            guard: { type: 'prdcIsCloser', params: heard },
            target: 'adopting',
            actions: [{ type: 'takeList', params: heard }, { type: 'turnToItsPrdc', params: heard }, 'askSuccList'],
          },
          {
            target: 'idle',
            actions: [{ type: 'takeList', params: heard }, 'notifySuccessor'],
          },
        ],
      },
    },
    adopting: {
      after: { request: { target: 'idle', actions: 'notifySuccessor' } },
      on: {
        busy: [{ guard: { type: 'isStray', params: heard } }, { target: 'adopting', reenter: true }],
        gotSuccList: [
          { guard: { type: 'isStray', params: heard } },
          { target: 'idle', actions: [{ type: 'takeList', params: heard }, 'notifySuccessor'] },
        ],
      },
    },
    rectifying: {
      after: { request: { target: 'idle', actions: 'replacePrdc' } },
      on: {
        pong: [
          { guard: { type: 'isStray', params: heard } },
          { guard: 'isCloserPrdc', target: 'idle', actions: 'adoptPrdc' },
          { target: 'idle' },
        ],
      },
    },
  },
});
