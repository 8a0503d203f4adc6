/**
 * Answers: they are right, and everybody who asks gets one. An answer is judged when it is given: whom it names may fail, and
 * somebody may join before it, while it is on its way.
 */
import {
  asking,
  isLost,
  isRingRight,
  type LookupPeers,
  type LookupWorld,
  lookupRing,
  successorOf,
} from '../../models/chord-lookup/index.js';
import {
  type AnyWorld,
  always,
  alwaysStep,
  derive,
  type Envelope,
  type Fairness,
  leadsTo,
  type Property,
  show,
  sometimes,
  whenQuiet,
} from '../../src/kernel/index.js';
import { atStake, titled } from '../common/law.js';

/** @internal */
export type Claimed = Property<LookupPeers, true>;

/** Answers to clients that are on their way. */
const answers = derive((world): readonly Envelope[] =>
  world.inFlight().filter(({ to, message }) => message.type === 'found' && isForClient(world as LookupWorld, to)),
);

const isForClient = (world: LookupWorld, to: string): boolean => world.peers[to]?.wants?.finger === null;

/** Says of every answer that is given in a step. @internal */
export const answersGiven =
  (holds: (answer: Envelope, world: LookupWorld) => boolean) =>
  (before: LookupWorld, after: LookupWorld): boolean => {
    const old = answers(before).map(show);
    return answers(after).every((answer) => old.includes(show(answer)) || holds(answer, after));
  };

/** @public */
export const right: Claimed = alwaysStep(
  titled('RightAnswer', 'an answer names the member that the key belongs to when it is given'),
  answersGiven(({ message }, world) => {
    const { members, n } = lookupRing(world);
    return message.owner === successorOf(Number(message.key), members, n);
  }),
);

const clientAsks = (world: AnyWorld): boolean => asking(world).clients !== 0;

/** What a right answer rests on. @public */
export const ringStaysRight: Claimed = always(
  titled('RingStaysRight', 'while a client waits, the first who lives of each successor list is the next member'),
  (world) => !clientAsks(world) || isRingRight(lookupRing(world)),
);

/** @public */
export const noneIsForgotten: Claimed = whenQuiet(
  titled('NoneIsForgotten', 'when nothing is on its way and no timer runs, nobody waits for an answer'),
  (world) => !clientAsks(world),
);

/** Messages arrive, timers fire, and nobody fails for ever. @public */
export const untilChurnStops: Fairness = { weak: ['deliver', 'timeout'], ceases: ['crash', 'join'] };

/** @public */
export const everyLookupEnds: Claimed = leadsTo(
  titled('EveryLookupEnds', 'every client that asks gets an answer, or fails itself'),
  clientAsks,
  (world) => !clientAsks(world),
  untilChurnStops,
);

type Told = NonNullable<NonNullable<LookupWorld['peers'][string]>['answer']>;

/** Says of some answer that a member keeps. @internal */
export const told = (name: string, holds: (answer: Told, asker: number, world: LookupWorld) => boolean): Claimed =>
  sometimes(name, (world) =>
    world.names.some((asker, id) => {
      const answer = world.peers[asker]?.answer ?? null;
      return answer !== null && holds(answer, id, world);
    }),
  );

/** @public */
export const wraps = told('a question goes past the highest identifier', ({ owner }, asker) => owner < asker);

/** @public */
export const afterTheLast = told('a key after the last member belongs to the first', ({ key, owner }) => owner < key);

/** @public */
export const ownKey = told('somebody looks up a key of its own', ({ owner }, asker) => owner === asker);

/** @public */
export const alternatePath = told(
  'somebody on the way does not answer, and the answer comes another way',
  ({ timeouts }) => timeouts > 0,
);

/** @public */
export const askedAgain: Claimed = sometimes(
  atStake('EveryLookupEnds', 'a question is lost with the member that had it'),
  (world) => world.names.some((name) => isForClient(world, name) && isLost(world, name)),
);

/** @public */
export const oneAfterAnother: Claimed = sometimes('a question waits until another has been handed on', (world) =>
  world.names.some((name) => (world.peers[name]?.questions.length ?? 0) > 1),
);
