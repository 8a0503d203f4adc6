/**
 * Paths: how many members a question goes through. Hops are counted up to the member before the key, which knows whose it is;
 * going on to the owner is one more.
 */
import { arc, count } from '../../models/chord/index.js';
import { type LookupWorld, lookupRing } from '../../models/chord-lookup/index.js';
import { type AnyWorld, always, alwaysStep, derive } from '../../src/kernel/index.js';
import { titled } from '../common/law.js';
import { answersGiven, type Claimed, told } from './answers.js';

/** The most hops that any question or answer has behind it, wherever it is. */
const mostHops = derive((world): number => {
  const onTheWay = world.inFlight().map(({ message }) => Number(message.hops ?? 0));
  const held = world.names.flatMap(
    (name) => (world as LookupWorld).peers[name]?.questions.map(({ hops }) => hops) ?? [],
  );
  return Math.max(0, ...onTheWay, ...held);
});

/** @public */
export const passesEachOnce: Claimed = always(
  titled('PassesEachOnce', 'no question takes as many hops as there are members, dead ones included'),
  (world) => mostHops(world) < world.names.filter((name) => world.status(name) !== 'absent').length,
);

/** @public */
export const logarithmic = (m: number): Claimed =>
  always(
    titled('LogarithmicPath', 'on a ring whose fingers are right, a question takes at most log2 n hops'),
    (world) => mostHops(world) <= m,
  );

/** Hops by way of successors, from the asker to the member before the owner. */
const stepsRound = (asker: number, owner: number, world: AnyWorld): number => {
  const { members, n } = lookupRing(world);
  return count(members & arc(asker, owner, n));
};

/** @public */
export const roundTheRing: Claimed = alwaysStep(
  titled('RoundTheRing', 'without fingers a question passes every member up to the one before the key'),
  answersGiven(({ to, message }, world) => message.hops === stepsRound(Number(to), Number(message.owner), world)),
);

/** @public */
export const throughTwo = told('a question takes two hops', ({ hops }) => hops === 2);

/** @public */
export const longest = (m: number) => told('a question takes all of log2 n hops', ({ hops }) => hops === m);

/** @public */
export const allTheWayRound = told(
  'a question passes every member',
  ({ hops }, _, world) => hops === world.names.filter((name) => world.isUp(name)).length - 1,
);

/** @public */
export const shortcut = told(
  'fingers save hops',
  ({ owner, hops }, asker, world) => hops < stepsRound(asker, owner, world),
);
