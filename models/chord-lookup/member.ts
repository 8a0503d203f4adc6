/**
 * One member of Chord as it answers lookups. Two things go on at once: it asks (for a client, or to fix a finger) and waits for the
 * answer; and it sees to questions, its own and those handed to it, one after another. A question is handed to the next member
 * and then belongs to it, once it says so; if it does not, it is dead, and the next best takes its place. The last to get a
 * question is the member that the key belongs to: it answers the asker itself, so an answer comes from one who lives.
 */
import { assign, emit, setup } from 'xstate';
import type { From, Send } from '../../src/kernel/index.js';
import { type Id, nameOf } from '../chord/index.js';
import {
  type Closer,
  type Find,
  type FixFinger,
  type Found,
  type Hop,
  heard,
  type Join,
  type Lookup,
  type LookupMessage,
  type Question,
  type Stabilize,
  type Taken,
} from './messages.js';
import { asPublished, type Known, type Method, nextHop, type Rules } from './rules.js';

/** @public */
export type LookupContext = Known & {
  /** Identifiers on the circle. */
  readonly n: number;
  /** The finger to fix next. */
  readonly next: number;
  /** What it is asking for, and which finger the answer is for: none, it is for a client. */
  readonly wants: { readonly key: Id; readonly finger: number | null } | null;
  /** What a client was told last. */
  readonly answer: Omit<Found, 'type'> | null;
  /** Questions to see to; the first is with the one it asks. */
  readonly questions: readonly Question[];
  /** Whom it has asked and not yet heard. */
  readonly asks: Hop | null;
};

/** Who starts without a successor list has to join. @public */
export type LookupInput = {
  readonly id: Id;
  readonly n: number;
  readonly method: Method;
  /** How many fingers it keeps. */
  readonly m: number;
  readonly list?: readonly Id[];
  readonly fingers?: readonly (Id | null)[];
};

/** @public */
export type LookupEvent = Lookup | FixFinger | Stabilize | Join | From<Find> | From<Taken> | From<Closer> | From<Found>;

/** Milliseconds; a checked system abstracts from them. */
const delays = { request: 500, patience: 30_000 };

/** The head of its questions with something changed. */
const withHead = ([head, ...rest]: readonly Question[], change: (head: Question) => Partial<Question>) =>
  head === undefined ? [] : [{ ...head, ...change(head) }, ...rest];

/** Its questions and the one that it wants answered. */
const raised = ({ id, wants, questions }: LookupContext): Partial<LookupContext> =>
  wants === null ? {} : { questions: [...questions, { key: wants.key, origin: id, hops: 0, timeouts: 0, avoid: [] }] };

/** One more, as far as it is counted. */
const oneMore = (count: number, n: number): number => Math.min(count + 1, n);

/** A member that follows these rules. @public */
export const memberWith = (rules: Rules) =>
  setup({
    types: {
      context: {} as LookupContext,
      input: {} as LookupInput,
      events: {} as LookupEvent,
      emitted: {} as Send<LookupMessage>,
    },
    delays,
    guards: {
      isOutside: ({ context }) => context.list.length === 0,
      hasQuestion: ({ context }) => context.questions.length > 0,
      isOwner: (_, { last }: Find) => last,
      isIterative: ({ context }) => context.method === 'iterative',
      isFromAsked: ({ context: { asks } }, { from }: From<Taken> | From<Closer>) =>
        asks !== null && from === nameOf(asks.peer),
      isAnswer: ({ context: { wants } }, { key }: Found) => wants?.key === key,
      isForFinger: ({ context: { wants } }, { key }: Found) => wants?.key === key && wants.finger !== null,
    },
    actions: {
      enter: assign((_, { list }: Join | Stabilize) => ({ list })),
      want: assign((_, { key }: Lookup) => ({ wants: { key, finger: null } })),
      wantFinger: assign(({ context: { id, n, next, fingers } }) => ({
        wants: { key: rules.fingerStart(id, next, n), finger: next },
        next: (next + 1) % fingers.length,
      })),
      raiseQuestion: assign(({ context }) => raised(context)),
      askAgain: assign(({ context }) => raised(context)),
      keepAnswer: assign((_, { key, owner, hops, timeouts }: Found) => ({
        wants: null,
        answer: { key, owner, hops, timeouts },
      })),
      setFinger: assign(({ context: { wants, fingers } }, { owner }: Found) => ({
        wants: null,
        fingers: fingers.map((finger, i) => (i === wants?.finger ? owner : finger)),
      })),
      take: assign(({ context }, { key, origin, hops, timeouts, avoid }: Find) => ({
        questions: [...context.questions, { key, origin, hops, timeouts, avoid }],
      })),
      choose: assign(({ context }) => {
        const [question] = context.questions;
        return question === undefined ? {} : { asks: nextHop(rules, context, question) };
      }),
      /** The one it asked knows a closer one, and that is one hop more. */
      follow: assign(({ context: { questions, n } }, { peer, last }: Closer) => ({
        asks: { peer, last },
        questions: withHead(questions, ({ hops }) => ({ hops: oneMore(hops, n) })),
      })),
      ask: emit(({ context: { questions, asks, n } }) => {
        const { peer, last } = asks as Hop;
        const question = questions[0] as Question;
        const hops = last ? question.hops : oneMore(question.hops, n);
        return { type: 'send', to: nameOf(peer), message: { type: 'find', last, ...question, hops } };
      }),
      handOver: assign(({ context }) => ({ asks: null, questions: context.questions.slice(1) })),
      /** Who does not answer is dead: no successor, no finger, and to be avoided by those who do not know it. */
      forgetAsked: assign(({ context: { asks, list, fingers, questions, method, n } }) => {
        const dead = (asks as Hop).peer;
        const isIterative = method === 'iterative';
        return {
          asks: null,
          list: list.filter((entry) => entry !== dead),
          fingers: fingers.map((finger) => (finger === dead ? null : finger)),
          questions: withHead(questions, ({ hops, timeouts, avoid }) => ({
            timeouts: oneMore(timeouts, n),
            ...(isIterative && { avoid: [...avoid.filter((id) => id !== dead), dead].sort((a, b) => a - b) }),
            hops: isIterative ? 0 : hops,
          })),
        };
      }),
      acknowledge: emit((_, { from }: From<Find>) => ({ type: 'send', to: from, message: { type: 'taken' } })),
      tellCloser: emit(({ context }, find: From<Find>) => ({
        type: 'send',
        to: find.from,
        message: { type: 'closer', ...nextHop(rules, context, find) },
      })),
      answer: emit(({ context: { id } }, { origin, key, hops, timeouts }: From<Find>) => ({
        type: 'send',
        to: nameOf(origin),
        message: { type: 'found', owner: id, key, hops, timeouts },
      })),
    },
  }).createMachine({
    id: 'Chord member that answers lookups',
    context: ({ input: { id, n, m, method, list = [], fingers = Array.from({ length: m }, () => null) } }) => ({
      ...{ id, n, method, list, fingers, next: 0 },
      ...{ wants: null, answer: null, questions: [], asks: null },
    }),
    type: 'parallel',
    on: {
      join: { guard: 'isOutside', actions: { type: 'enter', params: heard } },
      stabilize: { actions: { type: 'enter', params: heard } },
      find: [
        {
          guard: { type: 'isOwner', params: heard },
          actions: [
            { type: 'acknowledge', params: heard },
            { type: 'answer', params: heard },
          ],
        },
        { guard: 'isIterative', actions: { type: 'tellCloser', params: heard } },
        {
          actions: [
            { type: 'acknowledge', params: heard },
            { type: 'take', params: heard },
          ],
        },
      ],
    },
    states: {
      asking: {
        initial: 'idle',
        states: {
          idle: {
            on: {
              lookup: { target: 'wanting', actions: [{ type: 'want', params: heard }, 'raiseQuestion'] },
              fixFinger: { target: 'wanting', actions: ['wantFinger', 'raiseQuestion'] },
            },
          },
          wanting: {
            on: {
              found: [
                {
                  guard: { type: 'isForFinger', params: heard },
                  target: 'idle',
                  actions: { type: 'setFinger', params: heard },
                },
                {
                  guard: { type: 'isAnswer', params: heard },
                  target: 'idle',
                  actions: { type: 'keepAnswer', params: heard },
                },
              ],
            },
            // Whoever had the question failed with it.
            after: { patience: { target: 'wanting', reenter: true, actions: 'askAgain' } },
          },
        },
      },
      seeing: {
        initial: 'free',
        states: {
          free: { always: { guard: 'hasQuestion', target: 'waiting', actions: ['choose', 'ask'] } },
          waiting: {
            on: {
              taken: { guard: { type: 'isFromAsked', params: heard }, target: 'free', actions: 'handOver' },
              closer: {
                guard: { type: 'isFromAsked', params: heard },
                target: 'waiting',
                reenter: true,
                actions: [{ type: 'follow', params: heard }, 'ask'],
              },
            },
            after: { request: { target: 'free', actions: 'forgetAsked' } },
          },
        },
      },
    },
  });

/** @public */
export const lookupMember = memberWith(asPublished);
