/**
 * One member of the corrected Chord whose queries take time: that the peer asked gives its answer is one event, that the asker
 * applies it is another. The answer that waits here is the answer on its way; the notification that ends a round arrives with
 * the event that sends it.
 *
 * Zave's conditions for treating such a query as atomic (quoted in the documents of Verdi Chord) are that it counts as done
 * when the peer answers, and that from then on the asker, whose own list is no longer what counts, answers no query: it is
 * busy. See {@link isBusy} and {@link effectiveList}.
 */
import { assign, emit, setup } from 'xstate';
import type { From, Send } from '../../src/kernel/index.js';
import { between, following, type Id, nameOf } from './identifiers.js';
import { heard, type Notify } from './messages.js';
import { firstOf, type Rectify, type ZaveInput, type ZaveJoin } from './zave.js';

/** What the successor answers, whole, as a message would carry it. @public */
export type SuccessorAnswer = { readonly list: readonly Id[]; readonly prdc: Id };

/** What the successor's predecessor answers. @public */
export type PredecessorAnswer = Pick<SuccessorAnswer, 'list'>;

/** @public */
export type EventsContext = {
  readonly id: Id;
  /** Identifiers on the circle. */
  readonly n: number;
  /** The successor list; empty only before joining. */
  readonly list: readonly Id[];
  /** Its own before joining. */
  readonly prdc: Id;
  /** The successor's predecessor, while a round is in its second half. */
  readonly saved: Id | null;
  /** Given, and not yet applied. */
  readonly answer: SuccessorAnswer | PredecessorAnswer | null;
  /** The newest of those who notified and were not yet looked at. */
  readonly notifier: Id | null;
};

/** The first successor answers, or is dead, which whoever asks knows at once. @public */
export type AskSuccessor = { readonly type: 'askSuccessor'; readonly answer: SuccessorAnswer | null };

/** The same of the successor's predecessor. @public */
export type AskPredecessor = { readonly type: 'askPredecessor'; readonly answer: PredecessorAnswer | null };

/** The answer takes effect. @public */
export type Apply = { readonly type: 'apply' };

/** @public */
export type EventsEvent = ZaveJoin | AskSuccessor | AskPredecessor | Apply | From<Notify> | Rectify;

type Round = Pick<EventsContext, 'saved' | 'answer'>;

/** From the first answer of a round to its end. @public */
export const isBusy = ({ saved, answer }: Round): boolean => saved !== null || answer !== null;

/** The list that counts: an answer that was given counts as applied. The last entry that was told is cut off. @public */
export const effectiveList = ({ list, saved, answer }: Round & Pick<EventsContext, 'list'>): readonly Id[] =>
  answer === null ? list : [saved ?? firstOf(list), ...answer.list.slice(0, -1)];

const member = setup({
  types: {
    context: {} as EventsContext,
    input: {} as ZaveInput,
    events: {} as EventsEvent,
    emitted: {} as Send<Notify>,
  },
  guards: {
    isFounder: ({ context }) => context.list.length > 0,
    belongsThere: ({ context }, { via, list }: ZaveJoin) => between(via, context.id, firstOf(list)),
    isNotified: ({ context }) => context.notifier !== null,
    isDead: (_, { answer }: AskSuccessor | AskPredecessor) => answer === null,
    /** My successor's predecessor would be a better successor. */
    prdcIsCloser: ({ context: { id, list, answer } }) =>
      answer !== null && 'prdc' in answer && between(id, answer.prdc, firstOf(list)),
  },
  actions: {
    enter: assign((_, { via, list }: ZaveJoin) => ({ list, prdc: via })),
    dropSuccessor: assign(({ context: { list, n } }) => ({
      list: [...list.slice(1), following(list.at(-1) as Id, n)],
    })),
    keepAnswer: assign((_, { answer }: AskSuccessor | AskPredecessor) => ({ answer })),
    takeList: assign(({ context }) => ({ list: effectiveList(context) })),
    saveItsPrdc: assign(({ context: { answer } }) => ({
      saved: answer !== null && 'prdc' in answer ? answer.prdc : null,
    })),
    forgetAnswer: assign({ answer: null }),
    forgetSaved: assign({ saved: null }),
    notifySuccessor: emit(({ context: { id, list } }) => ({
      type: 'send',
      to: nameOf(firstOf(list)),
      message: { type: 'notify', id },
    })),
    keepNotifier: assign((_, { id }: Notify) => ({ notifier: id })),
    /** If it is closer than the predecessor, or that is dead. */
    adoptNotifier: assign(({ context: { id, prdc, notifier } }, { prdcIsLive }: Rectify) => ({
      prdc: notifier !== null && (between(prdc, notifier, id) || !prdcIsLive) ? notifier : prdc,
    })),
    forgetNotifier: assign({ notifier: null }),
  },
});

const notify = { actions: { type: 'keepNotifier', params: heard } } as const;

const rectifying = [{ type: 'adoptNotifier', params: heard }, 'forgetNotifier'] as const;

const states = {
  outside: {
    always: { guard: 'isFounder', target: 'idle' },
    on: {
      join: {
        guard: { type: 'belongsThere', params: heard },
        target: 'idle',
        actions: { type: 'enter', params: heard },
      },
    },
  },
  idle: {
    always: { guard: 'isNotified', target: 'notified' },
    on: {
      notify,
      askSuccessor: [
        { guard: { type: 'isDead', params: heard }, actions: ['dropSuccessor', 'notifySuccessor'] },
        { target: 'answered', actions: { type: 'keepAnswer', params: heard } },
      ],
    },
  },
  notified: { on: { notify, rectify: { target: 'idle', actions: rectifying } } },
  answered: {
    on: {
      notify,
      apply: [
        {
          guard: 'prdcIsCloser',
          target: 'stabilizing',
          // There is one status in correctChord.als too: a notification gives way to the second half of a round.
          actions: ['takeList', 'saveItsPrdc', 'forgetAnswer', 'forgetNotifier'],
        },
        { target: 'idle', actions: ['takeList', 'forgetAnswer', 'notifySuccessor'] },
      ],
    },
  },
  stabilizing: {
    // No notification is heard in this half of the round.
    on: {
      askPredecessor: [
        { guard: { type: 'isDead', params: heard }, target: 'idle', actions: ['forgetSaved', 'notifySuccessor'] },
        { target: 'adopting', actions: { type: 'keepAnswer', params: heard } },
      ],
    },
  },
  adopting: {
    on: { apply: { target: 'idle', actions: ['takeList', 'forgetSaved', 'forgetAnswer', 'notifySuccessor'] } },
  },
} as const;

const start = ({ input: { id, n, list = [], prdc = id } }: { readonly input: ZaveInput }): EventsContext => ({
  ...{ id, n, list, prdc },
  ...{ saved: null, answer: null, notifier: null },
});

/** @public */
export const eventsMember = member.createMachine({
  id: 'Chord member whose queries take time',
  context: start,
  initial: 'outside',
  states,
});

/** The same without the rule for busy members: it rectifies while an answer waits. @public */
export const hastyMember = member.createMachine({
  id: 'hasty Chord member',
  context: start,
  initial: 'outside',
  states: {
    ...states,
    answered: {
      on: { ...states.answered.on, rectify: { guard: 'isNotified', actions: rectifying } },
    },
  },
});
