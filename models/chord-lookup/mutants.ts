/**
 * Wrong siblings of the member that answers lookups: mistakes that were published, or are easy to make. Each is the member with
 * a rule or an action written differently. Some change nothing that matters: to report one of those is a false alarm.
 */
import { assign, emit } from 'xstate';
import { between, nameOf } from '../chord/index.js';
import { type Seeded, withStates } from '../mutant.js';
import { type LookupContext, lookupMember, memberWith } from './member.js';
import { asPublished, farthest, nextHop, type Rules } from './rules.js';
import type { LookupOptions, LookupVariation } from './system.js';

/** @public */
export interface LookupMutant extends Seeded<Omit<LookupOptions, 'variation'> & Seeded['values']> {
  readonly variation: LookupVariation;
}

const following = (rules: Partial<Rules>): LookupVariation => {
  const all = { ...asPublished, ...rules };
  return { machine: memberWith(all), rules: all };
};

const small = {
  n: 4,
  members: 3,
  r: 2,
  method: 'recursive',
  fingers: 'right',
  wrong: 0,
  lookups: 1,
  atOnce: 1,
  crashes: 0,
  joins: 0,
  upkeep: 'none',
} as const satisfies LookupMutant['values'];
const two = { ...small, n: 2, members: 2, r: 1 } as const;
const full = { ...small, members: 4, r: 1 } as const;
const failing = { ...small, crashes: 1 } as const;
const fixing = { ...small, lookups: 0, upkeep: 'fingers' } as const;

const openEnd: Rules['endsWith'] = (me, key, succ) => between(me, key, succ);

/** @public */
export const lookupMutants = {
  L1: {
    doc: 'a key that is its successor’s own identifier does not belong to the successor: (me, succ)',
    values: two,
    variation: following({ endsWith: openEnd }),
    kills: { PassesEachOnce: 2, LogarithmicPath: 2, EveryLookupEnds: 7 },
  },
  'L1-fallback': {
    doc: 'the same, but the successor is the answer when nobody is known before the key',
    values: two,
    variation: following({ endsWith: openEnd, nobodyPrecedes: (_, succ) => ({ peer: succ, last: true }) }),
    kills: {},
    survivor: true,
  },
  L2: {
    doc: 'who is at the key counts as before it: (me, key]',
    values: { ...small, r: 1 },
    variation: following({
      closestPreceding: (me, key, { fingers, list }) =>
        farthest(me, [...fingers, ...list], (id) => id === key || between(me, id, key)),
    }),
    kills: { PassesEachOnce: 4, LogarithmicPath: 4, EveryLookupEnds: 13 },
  },
  L3: {
    doc: 'fingers are counted from 1 where they should be from 0: the first is two away, the last the member itself',
    values: { ...small, n: 8, members: 8, r: 1 },
    variation: following({ fingerStart: (me, i, n) => (me + 2 ** (i + 1)) % n }),
    kills: {},
    survivor: true,
  },
  'L3-short': {
    doc: 'fingers are counted from 0 where they should be from 1: the farthest is missing',
    values: full,
    variation: following({ fingerStart: (me, i, n) => (me + Math.floor(2 ** (i - 1))) % n }),
    kills: { LogarithmicPath: 3 },
  },
  'no-wrap': {
    doc: 'identifiers are compared as numbers, so that nothing lies between the highest member and the lowest',
    values: two,
    variation: following({ endsWith: (me, key, succ) => me < key && key <= succ }),
    kills: { PassesEachOnce: 2, LogarithmicPath: 2, EveryLookupEnds: 7 },
  },
  nearest: {
    doc: 'the closest to itself is chosen, not the closest to the key',
    values: full,
    variation: following({
      closestPreceding: (me, key, { fingers, list }) =>
        [...fingers, ...list].reduce(
          (best, id) => (between(me, id, key) && (best === me || between(me, id, best)) ? id : best),
          me,
        ),
    }),
    kills: { LogarithmicPath: 3 },
  },
  overshoot: {
    doc: 'the farthest that it knows is chosen, though it may be past the key',
    values: { ...small, r: 1 },
    variation: following({
      closestPreceding: (me, _, { fingers, list }) => farthest(me, [...fingers, ...list], (id) => id !== me),
    }),
    kills: { PassesEachOnce: 4, LogarithmicPath: 4, EveryLookupEnds: 13 },
  },
  'fingers-only': {
    doc: 'the closest is looked for among the fingers alone, which need not be there',
    values: { ...small, fingers: 'unset' },
    variation: following({
      closestPreceding: (me, key, { fingers }) => farthest(me, fingers, (id) => between(me, id, key)),
    }),
    kills: { PassesEachOnce: 5, EveryLookupEnds: 11 },
  },
  'one-successor': {
    doc: 'of the successor list only the first is looked at for the closest',
    values: failing,
    variation: following({
      closestPreceding: (me, key, { fingers, list }) =>
        farthest(me, [...fingers, ...list.slice(0, 1)], (id) => between(me, id, key)),
    }),
    kills: {},
    survivor: true,
  },
  'long-step': {
    doc: 'without fingers a question goes to the last of the successor list that is before the key',
    values: { ...small, method: 'primitive', members: 4 },
    variation: {
      machine: lookupMember.provide({
        actions: {
          choose: assign(({ context }) => {
            const [question] = context.questions;
            return question ? { asks: nextHop(asPublished, { ...context, method: 'recursive' }, question) } : {};
          }),
        },
      }),
    },
    kills: { RoundTheRing: 3 },
  },
  'asks-again': {
    doc: 'who does not answer is asked again',
    values: { ...small, wrong: 1 },
    variation: { machine: lookupMember.provide({ actions: { forgetAsked: assign({ asks: null }) } }) },
    kills: { EveryLookupEnds: 3 },
  },
  'drops-question': {
    doc: 'a question is dropped when the one that it was handed to does not answer',
    values: { ...small, wrong: 1 },
    variation: {
      machine: lookupMember.provide({
        actions: {
          forgetAsked: assign(({ context: { asks, list, fingers, questions } }) => ({
            asks: null,
            list: list.filter((entry) => entry !== asks?.peer),
            fingers: fingers.map((finger) => (finger === asks?.peer ? null : finger)),
            questions: questions.slice(1),
          })),
        },
      }),
    },
    kills: { 'somebody on the way does not answer, and the answer comes another way': 'never' },
  },
  'keeps-successor': {
    doc: 'who does not answer is no finger any more, but still a successor',
    values: failing,
    variation: {
      machine: lookupMember.provide({
        actions: {
          forgetAsked: assign(({ context: { asks, fingers } }) => ({
            asks: null,
            fingers: fingers.map((finger) => (finger === asks?.peer ? null : finger)),
          })),
        },
      }),
    },
    kills: { EveryLookupEnds: 4 },
  },
  'keeps-finger': {
    doc: 'who does not answer is no successor any more, but still a finger',
    values: { ...small, wrong: 1 },
    variation: {
      machine: lookupMember.provide({
        actions: {
          forgetAsked: assign(({ context: { asks, list } }) => ({
            asks: null,
            list: list.filter((entry) => entry !== asks?.peer),
          })),
        },
      }),
    },
    kills: { EveryLookupEnds: 3 },
  },
  'forgets-dead': {
    doc: 'the asker does not say who did not answer, so it is told to ask them again',
    values: { ...small, method: 'iterative', r: 1, fingers: 'unset', wrong: 1 },
    variation: {
      machine: lookupMember.provide({
        actions: {
          tellCloser: emit(({ context }, find) => ({
            type: 'send',
            to: find.from,
            message: { type: 'closer', ...nextHop(asPublished, context, { ...find, avoid: [] }) },
          })),
        },
      }),
    },
    kills: { EveryLookupEnds: 21 },
  },
  impatience: {
    doc: 'who asks waits for ever, though its question may be lost with the member that had it',
    values: { ...small, members: 4, r: 3, crashes: 2 },
    variation: { machine: lookupMember.provide({ actions: { askAgain: assign({}) } }) },
    kills: { NoneIsForgotten: 6, EveryLookupEnds: 6 },
  },
  'answers-sender': {
    doc: 'the answer goes to the member that handed the question on, not to the one that asked it',
    values: small,
    variation: {
      machine: lookupMember.provide({
        actions: {
          answer: emit(({ context: { id } }, { from, key, hops, timeouts }) => ({
            type: 'send',
            to: from,
            message: { type: 'found', owner: id, key, hops, timeouts },
          })),
        },
      }),
    },
    kills: { EveryLookupEnds: 7 },
  },
  'answers-for-successor': {
    doc: 'the member before the key names its successor without asking whether it lives',
    values: failing,
    variation: { machine: answeringForSuccessor() },
    kills: { RightAnswer: 2 },
  },
  hasty: {
    doc: 'a client asks although somebody who joined is not yet in its predecessor’s list',
    values: { ...small, members: 2, joins: 1 },
    variation: { hasty: true },
    kills: { RightAnswer: 3, RingStaysRight: 2 },
  },
  'wrong-slot': {
    doc: 'the answer becomes the finger to fix next, not the one that was looked up',
    values: fixing,
    variation: {
      machine: lookupMember.provide({
        actions: {
          setFinger: assign(({ context: { fingers, next } }, { owner }) => ({
            wants: null,
            fingers: fingers.map((finger, i) => (i === next ? owner : finger)),
          })),
        },
      }),
    },
    kills: { FingersComeRight: 45 },
  },
  'one-finger': {
    doc: 'the last finger is never looked up',
    values: { ...fixing, fingers: 'unset' },
    variation: {
      machine: lookupMember.provide({
        actions: {
          wantFinger: assign(({ context: { id, n, next, fingers } }) => ({
            wants: { key: asPublished.fingerStart(id, next, n), finger: next },
            next: (next + 1) % (fingers.length - 1),
          })),
        },
      }),
    },
    kills: { FingersComeRight: 21 },
  },
  'only-nearer': {
    doc: 'a finger is moved only to a member that is nearer than where it points now',
    values: { ...fixing, wrong: 1 },
    variation: {
      machine: lookupMember.provide({
        actions: {
          setFinger: assign(({ context: { id, wants, fingers } }, { owner }) => ({
            wants: null,
            fingers: fingers.map((finger, i) =>
              i === wants?.finger && (finger === null || between(id, owner, finger)) ? owner : finger,
            ),
          })),
        },
      }),
    },
    kills: { FingersComeRight: 28 },
  },
} as const satisfies Readonly<Record<string, LookupMutant>>;

/** A member that ends the way of a question itself. */
function answeringForSuccessor(): typeof lookupMember {
  const endsHere = ({ context }: { context: LookupContext }): boolean => {
    const [question] = context.questions;
    return question !== undefined && nextHop(asPublished, context, question).last;
  };
  const answerFor = emit(({ context }: { context: LookupContext }) => {
    const [{ key, origin, hops, timeouts }] = context.questions as [LookupContext['questions'][number]];
    const message = { type: 'found', owner: context.list[0] ?? context.id, key, hops, timeouts };
    return { type: 'send', to: nameOf(origin), message };
  });
  const { seeing } = lookupMember.config.states as { seeing: { states: { free: object; waiting: object } } };
  const free = {
    always: [
      { guard: endsHere, actions: [answerFor, 'handOver'] },
      { guard: 'hasQuestion', target: 'waiting', actions: ['choose', 'ask'] },
    ],
  };
  return withStates(lookupMember, { seeing: { ...seeing, states: { ...seeing.states, free } } });
}
