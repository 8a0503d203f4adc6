/**
 * Where behaviours begin: every ring of so many members that has identifier 0, its successor lists right, with every state of
 * its fingers in which at most so many are not as they should be. A finger that is not is unset, or points to any identifier:
 * to a member (it is stale), or to one that is none (it is dead).
 */
import type { Start } from '../../src/kernel/index.js';
import { circle, type Id, nameOf, only, ringsOf } from '../chord/index.js';
import type { LookupInput } from './member.js';
import { type LookupPeers, nextMembers, successorOf } from './observe.js';
import type { Method, Rules } from './rules.js';

/** @public */
export interface StartOptions {
  /** Identifiers on the circle, a power of two. */
  readonly n: number;
  /** Members at the start. */
  readonly members: number;
  /** Entries of a successor list. */
  readonly r: number;
  readonly method: Method;
  readonly fingers: 'right' | 'unset';
  /** How many fingers in all may be different. */
  readonly wrong: number;
}

type Finger = Id | null;

/** A finger that is not as the others are. */
interface Slip {
  readonly id: Id;
  readonly finger: number;
  readonly value: Finger;
}

/** Fingers that a member keeps. @public */
export const fingersOf = ({ n, method }: Pick<StartOptions, 'n' | 'method'>): number =>
  method === 'primitive' ? 0 : Math.log2(n);

/** @public */
export function startsOf(options: StartOptions, { fingerStart }: Rules): readonly Start<LookupPeers>[] {
  const { n, members: size, r, method, wrong } = options;
  const m = fingersOf(options);
  return ringsOf(n, size).flatMap((ids) => {
    const members = ids.reduce((mask, id) => mask | only(id), 0);
    const usual = (id: Id, finger: number): Finger =>
      options.fingers === 'unset' ? null : successorOf(fingerStart(id, finger, n), members, n);
    const slips = ids.flatMap((id) =>
      Array.from({ length: m }, (_, finger) =>
        [null, ...circle(n)]
          .filter((value) => value !== usual(id, finger))
          .map((value): Slip => ({ id, finger, value })),
      ),
    );
    return combinations(slips, wrong).map((slipped): Start<LookupPeers> => {
      const inputOf = (id: Id): LookupInput => ({
        ...{ id, n, m, method, list: nextMembers(id, members, n, r) },
        fingers: Array.from({ length: m }, (_, finger) => {
          const slip = slipped.find((one) => one.id === id && one.finger === finger);
          return slip === undefined ? usual(id, finger) : slip.value;
        }),
      });
      return {
        label: [`ring ${ids.join(' ')}`, ...slipped.map(tell)].join(', '),
        up: Object.fromEntries(ids.map((id) => [nameOf(id), { input: inputOf(id) }])),
      };
    });
  });
}

const tell = ({ id, finger, value }: Slip): string =>
  `finger ${finger} of ${id} ${value === null ? 'unset' : `to ${value}`}`;

/** Every choice of one from each of at most `most` of the groups, none first. */
function combinations<T>(groups: readonly (readonly T[])[], most: number): readonly (readonly T[])[] {
  const [first, ...rest] = groups;
  if (first === undefined || most === 0) return [[]];
  const others = combinations(rest, most - 1);
  return [...combinations(rest, most), ...first.flatMap((one) => others.map((more) => [one, ...more]))];
}
