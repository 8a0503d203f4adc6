/**
 * One member of Chord as Zave corrected it (correctChord.als, "Reasoning about identifier spaces: how to make Chord correct",
 * IEEE TSE 43(12), 2017). Its states are her `status`, its transitions her operations, each atomic: what a member learns by
 * asking another comes in the event, `null` for no answer from a dead one.
 *
 * A step of stabilization takes the whole list of one live peer, and every round ends with a notification to the first
 * successor, which overrides whatever its hearer was doing. The successor list is always full: an entry that is lost at the
 * front is replaced by the identifier after the last, which is normally nobody's.
 */
import { assign, emit, setup } from 'xstate';
import type { From, Send } from '../../src/kernel/index.js';
import { between, following, type Id, nameOf } from './identifiers.js';
import { heard, type Notify } from './messages.js';

/** @public */
export type ZaveContext = {
  readonly id: Id;
  /** Identifiers on the circle. */
  readonly n: number;
  /** The successor list; empty only before joining. */
  readonly list: readonly Id[];
  /** Its own before joining. */
  readonly prdc: Id;
  /** Whom `stabilizing` will ask, and who notified in `rectifying`; nobody while idle. */
  readonly saved: Id | null;
  /** Only of {@link patientMember}: who notified and is still to be looked at. */
  readonly notifier?: Id | null;
};

/** A founder starts with its place in the first ring; everybody else has to join. @public */
export type ZaveInput = Pick<ZaveContext, 'id' | 'n'> & Partial<Pick<ZaveContext, 'list' | 'prdc'>>;

/** A member tells the joiner its list. @public */
export type ZaveJoin = { readonly type: 'join'; readonly via: Id; readonly list: readonly Id[] };

/** What a live peer answers: its list without the last entry, which would be cut off anyway. @public */
export type ZaveAnswer = { readonly list: readonly Id[]; readonly prdc: Id };

/** @public */
export type FromSuccessor = { readonly type: 'stabilizeFromSuccessor'; readonly answer: ZaveAnswer | null };

/** @public */
export type FromPredecessor = {
  readonly type: 'stabilizeFromPredecessor';
  readonly answer: Pick<ZaveAnswer, 'list'> | null;
};

/** @public */
export type Rectify = { readonly type: 'rectify'; readonly prdcIsLive: boolean };

/** @public */
export type ZaveEvent = ZaveJoin | FromSuccessor | FromPredecessor | From<Notify> | Rectify;

/** @internal */
export const firstOf = (list: readonly Id[]): Id => list[0] as Id;

const member = setup({
  types: {
    context: {} as ZaveContext,
    input: {} as ZaveInput,
    events: {} as ZaveEvent,
    emitted: {} as Send<Notify>,
  },
  guards: {
    isFounder: ({ context }) => context.list.length > 0,
    belongsThere: ({ context }, { via, list }: ZaveJoin) => between(via, context.id, firstOf(list)),
    isDead: (_, { answer }: FromSuccessor | FromPredecessor) => answer === null,
    /** My successor's predecessor would be a better successor. */
    prdcIsCloser: ({ context: { id, list } }, { answer }: FromSuccessor) =>
      answer !== null && between(id, answer.prdc, firstOf(list)),
    /** Adopted without a question to the old predecessor. */
    isCloserPrdc: ({ context: { id, prdc, saved } }) => saved !== null && between(prdc, saved, id),
    hasNotifier: ({ context: { notifier = null } }) => notifier !== null,
    /** It is closer than the predecessor, or that is dead. */
    suits: ({ context: { id, prdc, notifier = null } }, { prdcIsLive }: Rectify) =>
      notifier !== null && (between(prdc, notifier, id) || !prdcIsLive),
    prdcIsDead: (_, { prdcIsLive }: Rectify) => !prdcIsLive,
  },
  actions: {
    enter: assign((_, { via, list }: ZaveJoin) => ({ list, prdc: via })),
    dropSuccessor: assign(({ context: { list, n } }) => ({
      list: [...list.slice(1), following(list.at(-1) as Id, n)],
    })),
    takeListOfSuccessor: assign(({ context }, { answer }: FromSuccessor) =>
      answer === null ? {} : { list: [firstOf(context.list), ...answer.list] },
    ),
    saveItsPrdc: assign((_, { answer }: FromSuccessor) => ({ saved: answer === null ? null : answer.prdc })),
    takeListOfSaved: assign(({ context: { saved } }, { answer }: FromPredecessor) =>
      answer === null || saved === null ? {} : { list: [saved, ...answer.list] },
    ),
    notifySuccessor: emit(({ context: { id, list } }) => ({
      type: 'send',
      to: nameOf(firstOf(list)),
      message: { type: 'notify', id },
    })),
    saveNotifier: assign((_, { id }: Notify) => ({ saved: id })),
    adoptPrdc: assign(({ context: { prdc, saved } }) => ({ prdc: saved ?? prdc })),
    forgetSaved: assign({ saved: null }),
    /** Of several the closest. */
    keepNotifier: assign(({ context: { id: self, notifier = null } }, { id }: Notify) => ({
      notifier: notifier === null || between(notifier, id, self) ? id : notifier,
    })),
    adoptNotifier: assign(({ context: { prdc, notifier } }) => ({ prdc: notifier ?? prdc })),
    forgetNotifier: assign({ notifier: null }),
  },
});

const outside = {
  always: { guard: 'isFounder', target: 'idle' },
  on: {
    join: {
      guard: { type: 'belongsThere', params: heard },
      target: 'idle',
      actions: { type: 'enter', params: heard },
    },
    // Nobody can rectify who has no predecessor yet.
    notify: undefined,
  },
} as const;

const idle = {
  entry: 'forgetSaved',
  on: {
    stabilizeFromSuccessor: [
      { guard: { type: 'isDead', params: heard }, actions: ['dropSuccessor', 'notifySuccessor'] },
      {
        guard: { type: 'prdcIsCloser', params: heard },
        target: 'stabilizing',
        actions: [
          { type: 'takeListOfSuccessor', params: heard },
          { type: 'saveItsPrdc', params: heard },
        ],
      },
      { actions: [{ type: 'takeListOfSuccessor', params: heard }, 'notifySuccessor'] },
    ],
  },
} as const;

const stabilizing = {
  on: {
    stabilizeFromPredecessor: [
      { guard: { type: 'isDead', params: heard }, target: 'idle', actions: 'notifySuccessor' },
      {
        target: 'idle',
        actions: [{ type: 'takeListOfSaved', params: heard }, 'notifySuccessor'],
      },
    ],
  },
} as const;

/** @public */
export const zaveMember = member.createMachine({
  id: 'corrected Chord member',
  context: ({ input: { id, n, list = [], prdc = id } }) => ({ id, n, list, prdc, saved: null }),
  initial: 'outside',
  on: { notify: { target: '.rectifying', actions: { type: 'saveNotifier', params: heard } } },
  states: {
    outside,
    idle,
    stabilizing,
    rectifying: {
      on: {
        rectify: [
          { guard: 'isCloserPrdc', target: 'idle', actions: 'adoptPrdc' },
          { guard: { type: 'prdcIsDead', params: heard }, target: 'idle', actions: 'adoptPrdc' },
          { target: 'idle' },
        ],
      },
    },
  },
});

/**
 * The same, but a notification interrupts nobody: it is kept until it is looked at, the closest of several, as in the handlers
 * of Verdi Chord. A small difference to safety and a great one to progress: here every round comes to its end. @public
 */
export const patientMember = member.createMachine({
  id: 'patient Chord member',
  context: ({ input: { id, n, list = [], prdc = id } }) => ({ id, n, list, prdc, saved: null, notifier: null }),
  initial: 'outside',
  on: {
    notify: { actions: { type: 'keepNotifier', params: heard } },
    rectify: [
      { guard: { type: 'suits', params: heard }, actions: ['adoptNotifier', 'forgetNotifier'] },
      { guard: 'hasNotifier', actions: 'forgetNotifier' },
    ],
  },
  states: { outside, idle, stabilizing },
});
