/**
 * Where a question goes next: the three rules of a Chord lookup, and how a member applies them to whom it knows. They are kept
 * apart from the machine because a member follows them for its own questions and tells others by them, and so that each can be
 * written wrongly by itself.
 */
import { between, type Id } from '../chord/index.js';
import type { Hop, Question } from './messages.js';

/** Whom a member may choose from. @public */
export interface Choice {
  readonly fingers: readonly Id[];
  readonly list: readonly Id[];
}

/** @public */
export interface Rules {
  /** Whether the key belongs to my first successor: it lies in `(me, succ]`. */
  endsWith(me: Id, key: Id, succ: Id): boolean;
  /** Of those I know, the last before the key: the farthest in `(me, key)`; I myself when there is none. */
  closestPreceding(me: Id, key: Id, known: Choice): Id;
  /**
   * What to do when there is none. It does not come to that, for a successor who is not at the key or past it precedes it; as
   * it was published, a member would ask itself.
   */
  nobodyPrecedes(me: Id, succ: Id): Hop;
  /** The identifier whose successor finger `i` points to, counted from 0. */
  fingerStart(me: Id, i: number, n: number): Id;
}

/** The farthest from `me`, going clockwise, of those that `suits`. @public */
export const farthest = (me: Id, known: readonly Id[], suits: (id: Id) => boolean): Id =>
  known.reduce((best, id) => (suits(id) && (best === me || between(best, id, me)) ? id : best), me);

/** @public */
export const asPublished: Rules = {
  endsWith: (me, key, succ) => key === succ || between(me, key, succ),
  closestPreceding: (me, key, { fingers, list }) => farthest(me, [...fingers, ...list], (id) => between(me, id, key)),
  nobodyPrecedes: (me) => ({ peer: me, last: false }),
  fingerStart: (me, i, n) => (me + 2 ** i) % n,
};

/**
 * How lookups go on. `primitive`: from successor to successor. `recursive`: each member hands the question to the closest that
 * it knows before the key. `iterative`: each tells the asker whom to ask next. @public
 */
export type Method = 'primitive' | 'recursive' | 'iterative';

/** What a member knows of others. @public */
export interface Known {
  readonly id: Id;
  readonly method: Method;
  /** The successor list. */
  readonly list: readonly Id[];
  readonly fingers: readonly (Id | null)[];
}

/** @public */
export function nextHop(rules: Rules, { id, method, list, fingers }: Known, { key, avoid }: Question): Hop {
  const isLeft = (one: Id | null): one is Id => one !== null && !avoid.includes(one);
  const successors = list.filter(isLeft);
  const [succ = id] = successors;
  if (rules.endsWith(id, key, succ)) return { peer: succ, last: true };
  const known =
    method === 'primitive' ? { fingers: [], list: [succ] } : { fingers: fingers.filter(isLeft), list: successors };
  const closest = rules.closestPreceding(id, key, known);
  return closest === id ? rules.nobodyPrecedes(id, succ) : { peer: closest, last: false };
}
