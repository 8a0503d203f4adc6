/** Lookups in Chord: what is true of a ring, the rules of a way on every small one, where behaviours begin, and one that is told. */
import { describe, expect, test } from 'vitest';
import { createActor, SimulatedClock } from 'xstate';
import { circle, count, type Id, inOrder, nameOf, only, ringOf } from '../../models/chord/index.js';
import {
  asPublished,
  chordLookup,
  isRingRight,
  type Known,
  lookupMember,
  lookupMutants,
  type Method,
  nextHop,
  nextMembers,
  type Rules,
  startsOf,
  successorOf,
} from '../../models/chord-lookup/index.js';
import { alternatePath, askedAgain } from '../../properties/chord-lookup/answers.js';
import { describeMove } from '../../src/kernel/index.js';
import { check } from '../../src/run/check.js';

const setOf = (...ids: readonly Id[]) => ids.reduce((set, id) => set | only(id), 0);

describe('what is true', () => {
  const members = setOf(1, 4, 6);

  test('a key belongs to the first member at it or after it', () => {
    expect(circle(8).map((key) => successorOf(key, members, 8))).toEqual([1, 1, 4, 4, 4, 6, 6, 1]);
    expect(successorOf(9, members, 8)).toBe(1);
  });

  test('the next members, as many as there are', () => {
    expect(nextMembers(4, members, 8, 2)).toEqual([6, 1]);
    expect(nextMembers(4, members, 8, 5)).toEqual([6, 1]);
    expect(nextMembers(5, members, 8, 1)).toEqual([6]);
    expect(nextMembers(4, only(4), 8, 2)).toEqual([4]);
  });

  test('a ring is right when whoever lives in a list is who comes next', () => {
    const right = (lists: readonly (readonly Id[])[], ...up: readonly Id[]) => isRingRight(ringOf(lists, setOf(...up)));
    expect(right([[1, 2], [2, 0], [0, 1], []], 0, 1, 2)).toBe(true);
    expect(right([[1, 2], [2, 0], [0, 1], []], 0, 2)).toBe(true);
    expect(right([[1], [2], [0], []], 0, 2)).toBe(false);
    expect(right([[2, 1], [2, 0], [0, 1], []], 0, 1, 2)).toBe(false);
    expect(
      right(
        [
          [1, 2],
          [2, 0],
          [0, 1],
          [0, 1],
        ],
        0,
        1,
        2,
        3,
      ),
    ).toBe(false);
  });
});

/** Every ring of a circle of `n`, whichever identifiers it has. */
const rings = (n: number) => Array.from({ length: 2 ** n - 1 }, (_, i) => i + 1);

const member = (id: Id, members: number, n: number, r: number, method: Method, { fingerStart }: Rules): Known => ({
  ...{ id, method, list: nextMembers(id, members, n, r) },
  fingers:
    method === 'primitive' ? [] : circle(Math.log2(n)).map((i) => successorOf(fingerStart(id, i, n), members, n)),
});

/** Hops to the member before the key, and who is after it. */
function walk(
  from: Id,
  key: Id,
  known: (id: Id) => Known,
  rules: Rules,
): { readonly hops: number; readonly owner: Id } {
  for (let at = from, hops = 0; ; hops++) {
    const { peer, last } = nextHop(rules, known(at), { key, origin: from, hops, timeouts: 0, avoid: [] });
    if (last) return { hops, owner: peer };
    if (hops > 16) throw new Error(`the way from ${from} to ${key} does not end`);
    at = peer;
  }
}

/** The most hops on any ring of `n`; every way must end at the right member. */
function longestWay(n: number, r: number, method: Method, rules = asPublished): number {
  let most = 0;
  for (const members of rings(n)) {
    const known = circle(n).map((id) => member(id, members, n, r, method, rules));
    for (const from of inOrder(members)) {
      for (const key of circle(n)) {
        const { hops, owner } = walk(from, key, (id) => known[id] as Known, rules);
        expect(owner).toBe(successorOf(key, members, n));
        expect(hops).toBeLessThan(count(members));
        most = Math.max(most, hops);
      }
    }
  }
  return most;
}

describe('on every ring of eight identifiers', () => {
  test.each([1, 2, 3])('fingers and lists of %i lead to the right member in three hops or fewer', (r) => {
    expect(longestWay(8, r, 'recursive')).toBeLessThanOrEqual(3);
  });

  test('three hops are needed', () => expect(longestWay(8, 1, 'recursive')).toBe(3));

  test('without fingers there may be seven', () => expect(longestWay(8, 1, 'primitive')).toBe(7));

  test('fingers counted from 1 make no way longer: the first successor is the finger that is missing', () => {
    expect(longestWay(8, 1, 'recursive', lookupMutants.L3.variation.rules)).toBe(3);
  });

  test('fingers without the farthest do', () => {
    expect(longestWay(8, 1, 'recursive', lookupMutants['L3-short'].variation.rules)).toBe(4);
  });
});

test('who is to be avoided is neither on the way nor at its end', () => {
  const known = member(0, setOf(0, 2, 3, 5, 7), 8, 3, 'recursive', asPublished);
  const next = (key: Id, ...avoid: readonly Id[]) =>
    nextHop(asPublished, known, { key, origin: 0, hops: 0, timeouts: 0, avoid });
  expect(next(7)).toEqual({ peer: 5, last: false });
  expect(next(7, 5)).toEqual({ peer: 3, last: false });
  expect(next(1, 2)).toEqual({ peer: 3, last: true });
  expect(next(4, 2, 3)).toEqual({ peer: 5, last: true });
});

describe('behaviours begin', () => {
  const options = { n: 4, members: 3, r: 2, method: 'recursive', fingers: 'right', wrong: 0 } as const;
  const many = (set: Partial<Parameters<typeof startsOf>[0]>) => startsOf({ ...options, ...set }, asPublished).length;

  test('on every ring of so many members that has 0', () => {
    expect(startsOf(options, asPublished).map(({ label }) => label)).toEqual([
      'ring 0 1 2',
      'ring 0 1 3',
      'ring 0 2 3',
    ]);
    expect([many({ n: 8, members: 4 }), many({ n: 16, members: 4 }), many({ members: 4 })]).toEqual([35, 455, 1]);
  });

  test('with every state of as many fingers as may be wrong', () => {
    // Of six fingers one or two, each with four other values.
    expect([many({ wrong: 1 }), many({ wrong: 2 })]).toEqual([3 * (1 + 6 * 4), 3 * (1 + 6 * 4 + 15 * 16)]);
    expect([many({ wrong: 6 }), many({ wrong: 6, fingers: 'unset' })]).toEqual([3 * 5 ** 6, 3 * 5 ** 6]);
    expect(many({ wrong: 6, method: 'primitive' })).toBe(3);
  });

  test('with a label that tells which', () => {
    expect(startsOf({ ...options, wrong: 2 }, asPublished).map(({ label }) => label)).toContain(
      'ring 0 1 3, finger 0 of 0 unset, finger 1 of 3 to 2',
    );
  });
});

describe('the shortest way', () => {
  const failures = chordLookup({
    ...{ n: 4, members: 4, r: 3, method: 'recursive', fingers: 'right', wrong: 0 },
    ...{ lookups: 1, atOnce: 1, crashes: 2, joins: 0, upkeep: 'none' },
  });
  const movesTo = (property: typeof alternatePath) =>
    check(failures, [property], { stopWhenDecided: true }).findings[0]?.trace?.moves.map(describeMove);
  const find = (fields: string) => `{"type":"find",${fields},"avoid":[]}`;

  test('to an answer by an alternate path', () => {
    expect(movesTo(alternatePath)).toEqual([
      '0: lookup key 1',
      '1: crash',
      `deliver 0 -> 1 ${find('"last":true,"key":1,"origin":0,"hops":0,"timeouts":0')}`,
      '0: timer request',
      `deliver 0 -> 2 ${find('"last":true,"key":1,"origin":0,"hops":0,"timeouts":1')}`,
      'deliver 2 -> 0 {"type":"found","owner":2,"key":1,"hops":0,"timeouts":1}',
    ]);
  });

  test('to a question that is lost: who had it fails, and then whom it was handed to', () => {
    expect(movesTo(askedAgain)).toEqual([
      '0: lookup key 2',
      `deliver 0 -> 1 ${find('"last":false,"key":2,"origin":0,"hops":1,"timeouts":0')}`,
      'deliver 1 -> 0 {"type":"taken"}',
      '1: crash',
      '2: crash',
      `deliver 1 -> 2 ${find('"last":true,"key":2,"origin":0,"hops":1,"timeouts":0')}`,
    ]);
  });
});

/** Members that run by themselves, their messages heard in turn; what is said to somebody who is not there is lost. */
function running(
  n: number,
  method: Method,
  r: number,
  ids: readonly Id[],
  fingersOf: (id: Id) => readonly (Id | null)[],
) {
  const clock = new SimulatedClock();
  const members = setOf(...ids);
  const wire: (() => void)[] = [];
  const actors = new Map(
    ids.map((id) => {
      const list = nextMembers(id, members, n, r);
      const input = { id, n, m: Math.log2(n), method, list, fingers: fingersOf(id) };
      return [nameOf(id), createActor(lookupMember, { input, clock })] as const;
    }),
  );
  for (const [name, actor] of actors) {
    actor.on('send', ({ to, message }) => {
      for (const receiver of [to].flat()) wire.push(() => actors.get(receiver)?.send({ ...message, from: name }));
    });
    actor.start();
  }
  const settle = () => {
    for (let deliver = wire.shift(); deliver !== undefined; deliver = wire.shift()) deliver();
  };
  return {
    contextOf: (id: Id) => (actors.get(nameOf(id)) as NonNullable<ReturnType<typeof actors.get>>).getSnapshot().context,
    ask(id: Id, event: { readonly type: 'lookup'; readonly key: Id } | { readonly type: 'fixFinger' }) {
      actors.get(nameOf(id))?.send(event);
      settle();
      // Long enough for whoever is dead not to answer, short of asking again.
      for (let patience = 0; patience < 10; patience++) {
        clock.increment(500);
        settle();
      }
    },
  };
}

describe.each(['recursive', 'iterative'] as const)('under createActor, %s', (method) => {
  const ids = [1, 4, 5, 11, 14];
  const members = setOf(...ids);

  test('every lookup ends at the right member, whatever the fingers are', () => {
    // 8 and 9 are nobody; the others are right for somebody, mostly else.
    const net = running(16, method, 2, ids, (id) => [8, id, 9, 14].map((finger, i) => (i === id % 4 ? null : finger)));
    for (const id of ids) {
      for (const key of circle(16)) {
        net.ask(id, { type: 'lookup', key });
        expect([key, net.contextOf(id).answer?.owner]).toEqual([key, successorOf(key, members, 16)]);
      }
    }
  });

  test('fixing them makes fingers right', () => {
    const net = running(16, method, 1, ids, () => [null, null, 9, 0]);
    for (const id of ids) for (let i = 0; i < 4; i++) net.ask(id, { type: 'fixFinger' });
    for (const id of ids) {
      const right = circle(4).map((i) => successorOf(id + 2 ** i, members, 16));
      expect([id, net.contextOf(id).fingers]).toEqual([id, right]);
    }
  });
});
