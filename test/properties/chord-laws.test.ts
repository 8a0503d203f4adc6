/** Every law of Chord, on networks written by hand: one that keeps it, one that breaks it, one in which it is not at stake. */
import { describe, expect, test } from 'vitest';
import type { Ring } from '../../models/chord/index.js';
import * as laws from '../../properties/chord.js';
import type { Law } from '../../properties/common/law.js';
import { network } from '../support/chord-network.js';

const ideal = network(4, { 0: [1, 2], 1: [2, 0], 2: [0, 1] });
const alone = network(3, { 0: [0] });

const unconditional = ['AtLeastOneRing', 'OneLiveSuccessor'];

interface Example<V> {
  readonly law: Law<V>;
  readonly keeps: V;
  readonly breaks: V;
  /** A network of which it says nothing. */
  readonly silent?: V;
}

const examples: readonly Example<Ring>[] = [
  { law: laws.atLeastOneRing, keeps: ideal, breaks: network(3, { 0: [1], 2: [0] }), silent: alone },
  { law: laws.atMostOneRing, keeps: ideal, breaks: network(4, { 0: [2], 2: [0], 1: [3], 3: [1] }), silent: alone },
  {
    law: laws.orderedRing,
    keeps: ideal,
    // It winds twice round the circle.
    breaks: network(3, { 0: [2], 2: [1], 1: [0] }),
    silent: network(3, { 0: [2], 2: [0], 1: [2] }),
  },
  {
    law: laws.connectedAppendages,
    keeps: network(4, { 0: [2], 2: [0], 1: [3, 2] }),
    breaks: network(4, { 0: [2], 2: [0], 1: [3] }),
    silent: ideal,
  },
  {
    law: laws.orderedAppendages,
    keeps: network(3, { 0: [0], 1: [2], 2: [0] }),
    breaks: network(3, { 0: [2], 1: [0, 2], 2: [2] }),
    silent: network(3, { 0: [0], 1: [0], 2: [0] }),
  },
  {
    law: laws.orderedMerges,
    keeps: network(4, { 0: [2], 2: [0], 3: [0] }),
    breaks: network(4, { 0: [2], 2: [0], 1: [0] }),
    silent: ideal,
  },
  {
    law: laws.validSuccessorList,
    keeps: network(3, { 0: [1, 2], 1: [2, 1], 2: [0, 1] }),
    breaks: network(3, { 0: [1, 0], 1: [2, 1], 2: [0] }),
    silent: network(3, { 0: [1], 1: [0] }),
  },
  {
    law: laws.distinctSuccessors,
    keeps: network(2, { 0: [1, 0], 1: [0, 1] }),
    breaks: network(3, { 0: [1, 0], 1: [2, 0], 2: [0, 1] }),
    silent: ideal,
  },
  { law: laws.distinctSuccessors, keeps: network(2, { 0: [0, 0] }), breaks: network(2, { 0: [1, 1], 1: [0] }) },
  {
    law: laws.orderedSuccessors,
    keeps: ideal,
    breaks: network(3, { 0: [2, 1], 1: [2], 2: [0] }),
    silent: network(3, { 0: [1], 1: [0] }),
  },
  { law: laws.orderedSuccessors, keeps: network(2, { 0: [0, 0] }), breaks: network(2, { 0: [1, 0], 1: [0, 0] }) },
  {
    law: laws.reachableSuccessor2,
    keeps: ideal,
    breaks: network(3, { 0: [0], 1: [1], 2: [0, 1] }),
    silent: network(4, { 0: [1, 3], 1: [0, 2] }),
  },
  {
    // A member of the ring whose second successor is an appendage: with 1 for 2 the ring would be ordered.
    law: laws.reachableSuccessor2,
    keeps: network(3, { 0: [2, 1], 1: [2], 2: [0] }),
    // By way of 3 the ring would go from 0 past 2 and back to it.
    breaks: network(4, { 0: [2, 3], 2: [0], 3: [2] }),
  },
  {
    law: laws.orderedSuccessorLists,
    keeps: ideal,
    breaks: network(4, { 0: [2, 1], 1: [2, 0], 2: [0, 1] }),
    silent: network(3, { 0: [1], 1: [0] }),
  },
  {
    law: laws.orderedSuccessorLists,
    keeps: network(5, { 0: [1, 2, 4] }),
    breaks: network(5, { 0: [1, 4, 2] }),
  },
  { law: laws.noDuplicates, keeps: ideal, breaks: network(3, { 0: [1, 0], 1: [0, 2] }), silent: alone },
  { law: laws.noDuplicates, keeps: network(5, { 0: [1, 2, 3] }), breaks: network(5, { 0: [1, 3, 3] }) },
  {
    law: laws.oneLiveSuccessor,
    keeps: network(3, { 0: [2, 1], 1: [0] }),
    breaks: network(3, { 0: [2], 1: [0] }),
    silent: ideal,
  },
  {
    law: laws.sufficientPrincipals(2),
    keeps: network(4, { 0: [1, 2], 1: [2, 0], 2: [0, 1], 3: [0, 1] }),
    breaks: network(4, { 0: [2, 0], 1: [2, 0], 2: [0, 2] }),
    silent: ideal,
  },
  {
    law: laws.principalsInRing,
    keeps: network(4, { 0: [2], 1: [2], 2: [0] }),
    // Nobody skips 0 or 1, and the only successor of 1 is dead.
    breaks: network(4, { 0: [1], 1: [3] }),
    silent: ideal,
  },
];

test.each(examples)('a broken law is a law at stake: $law.name', ({ law, breaks }) => {
  // But for those that say something of every network.
  if (!unconditional.includes(law.name)) expect(law.isAtStake(breaks)).toBe(true);
});

describe.each(examples)('$law.name', ({ law, keeps, breaks, silent }) => {
  test('is kept', () => expect(law.holds(keeps)).toBe(true));
  test('is broken', () => expect(law.holds(breaks)).toBe(false));
  test('has nothing to say of everything', () => {
    if (silent === undefined) return;
    expect([law.isAtStake(silent), law.holds(silent)]).toEqual([false, true]);
  });
});

describe('laws of predecessors', () => {
  const ring = network(3, { 0: [1, 2], 1: [2, 0], 2: [0, 1] });

  test('AntecedentPredecessors', () => {
    expect(laws.antecedentPredecessors.holds({ ring, prdc: [2, 0, null] })).toBe(true);
    expect(laws.antecedentPredecessors.holds({ ring, prdc: [1, 0, 1] })).toBe(false);
    expect(laws.antecedentPredecessors.isAtStake({ ring, prdc: [null, null, null] })).toBe(false);
  });

  test('Avenger', () => {
    expect(laws.avenger.holds({ ring, prdc: [2, 0, 1] })).toBe(true);
    expect(laws.avenger.holds({ ring, prdc: [2, 0, 0] })).toBe(true);
    expect(laws.avenger.holds({ ring: network(3, { 0: [2], 1: [0], 2: [0] }), prdc: [1, null, null] })).toBe(false);
  });

  test('neither speaks of dead ones', () => {
    const smaller = network(3, { 0: [1, 0], 1: [0, 1] });
    for (const law of [laws.antecedentPredecessors, laws.avenger])
      expect(law.isAtStake({ ring: smaller, prdc: [2, 2, null] })).toBe(false);
  });
});

describe('the ideal', () => {
  const ring = network(5, { 0: [1, 3], 1: [3, 0], 3: [0, 1] });
  const prdc = [3, 0, null, 1, null];

  test('is stable, reconciled and complete', () => {
    expect([laws.isStable({ ring, prdc }), laws.isReconciled(ring), laws.isFollowed(ring, 2)]).toEqual([
      ...[true, true, true],
    ]);
    expect(laws.isIdeal({ ring, prdc }, 2)).toBe(true);
    expect(laws.isIdeal({ ring: network(2, { 0: [0, 0] }), prdc: [0, null] }, 2)).toBe(true);
  });

  test('is not a wrong predecessor', () => {
    expect(laws.isIdeal({ ring, prdc: [3, 0, null, 0, null] }, 2)).toBe(false);
    expect(laws.isIdeal({ ring, prdc: [3, null, null, 1, null] }, 2)).toBe(false);
  });

  test('is not a list that is wrong, or short', () => {
    expect(laws.isIdeal({ ring: network(5, { 0: [1, 0], 1: [3, 0], 3: [0, 1] }), prdc }, 2)).toBe(false);
    expect(laws.isReconciled(network(5, { 0: [1, 4], 1: [3, 0], 3: [0, 1] }))).toBe(false);
    expect(laws.isIdeal({ ring, prdc }, 3)).toBe(false);
  });

  test('is not a ring that winds twice, though every pointer of it is answered', () => {
    const loopy = { ring: network(3, { 0: [2, 1], 2: [1, 0], 1: [0, 2] }), prdc: [1, 2, 0] };
    expect([laws.isStable(loopy), laws.isReconciled(loopy.ring)]).toEqual([true, true]);
    expect([laws.isIdeal(loopy, 2), laws.isCoreValid(loopy.ring)]).toEqual([false, false]);
  });

  test('leaves nobody anything to change', () => {
    expect([0, 1, 3].map((m) => laws.isEffective({ ring, prdc }, m, 2))).toEqual([false, false, false]);
  });

  test.each([
    ['a dead successor', network(5, { 0: [2, 3], 1: [3, 0], 3: [0, 1] }), prdc],
    ['a list that is too short', network(5, { 0: [1], 1: [3, 0], 3: [0, 1] }), prdc],
    ['a list that is not its successor’s', network(5, { 0: [1, 0], 1: [3, 0], 3: [0, 1] }), prdc],
    ['a closer successor', network(5, { 0: [3, 0], 1: [3, 0], 3: [0, 3] }), [3, null, null, 1, null]],
    ['a successor with a predecessor farther away', ring, [3, 3, null, 1, null]],
    ['a successor with a dead predecessor', ring, [3, 4, null, 1, null]],
    ['a successor with none', ring, [3, null, null, 1, null]],
  ])('%s is something to change', (_what, wrong, predecessors) => {
    expect(laws.isEffective({ ring: wrong, prdc: predecessors }, 0, 2)).toBe(true);
  });
});
