/** Algorithms whose liveness others have proved or refuted, written down in a few rules each, give the answers that were proved. */
import { describe, expect, test } from 'vitest';
import type { Fairness } from '../../src/kernel/index.js';
import { explore, type Rule, verdictOf } from './by-hand.js';

/** A step that process `peer` takes by itself. */
const step = <S>(peer: number, next: Rule<S>['next']): Rule<S> => ({ kind: 'timeout', peer, what: 0, next });
/** A step that its client may ask for, and need not. */
const request = <S>(peer: number, next: Rule<S>['next']): Rule<S> => ({ kind: 'operation', peer, what: 0, next });

const weak: Fairness = { weak: ['timeout'] };
const strong: Fairness = { strong: ['timeout'] };

describe('mutual exclusion', () => {
  type Place = 'idle' | 'raise' | 'yield' | 'wait' | 'inside';
  interface Two {
    readonly at: readonly Place[];
    readonly turn: number;
  }
  const start: Two = { at: ['idle', 'idle'], turn: 0 };
  const go = ({ at, turn }: Two, self: number, to: Place): Two => ({
    at: at.map((place, i) => (i === self ? to : place)),
    turn,
  });
  const from = (place: Place, self: number, to: Place) => (state: Two) =>
    state.at[self] === place ? go(state, self, to) : undefined;

  const entersOnceAsked = (rules: readonly Rule<Two>[], fairness: Fairness) => {
    const { graph, states } = explore([start], rules);
    const isAt =
      (...places: readonly Place[]) =>
      (id: number) =>
        places.includes(states[id]!.at[0]!);
    return verdictOf('leadsTo', graph, { given: isAt('raise', 'yield', 'wait'), holds: isAt('inside'), fairness });
  };

  test('by a semaphore starves nobody only if it is strongly fair', () => {
    // Baier and Katoen, "Principles of Model Checking" (2008), 3.5: the other process may always be faster.
    const rules = [0, 1].flatMap((self): Rule<Two>[] => [
      request(self, from('idle', self, 'wait')),
      step(self, (state) => (state.at.includes('inside') ? undefined : from('wait', self, 'inside')(state))),
      step(self, from('inside', self, 'idle')),
    ]);
    expect(entersOnceAsked(rules, {})).toBe('violated');
    expect(entersOnceAsked(rules, weak)).toBe('violated');
    expect(entersOnceAsked(rules, strong)).toBe('holds');
  });

  test("by Peterson's algorithm starves nobody if it is weakly fair", () => {
    // G. L. Peterson, "Myths about the mutual exclusion problem" (1981).
    const rules = [0, 1].flatMap((self): Rule<Two>[] => {
      const mayEnter = ({ at, turn }: Two) => at[1 - self] === 'idle' || at[1 - self] === 'raise' || turn === self;
      return [
        request(self, from('idle', self, 'raise')),
        step(self, from('raise', self, 'yield')),
        step(self, (state) =>
          state.at[self] === 'yield' ? { ...go(state, self, 'wait'), turn: 1 - self } : undefined,
        ),
        step(self, (state) => (mayEnter(state) ? from('wait', self, 'inside')(state) : undefined)),
        step(self, from('inside', self, 'idle')),
      ];
    });
    expect(entersOnceAsked(rules, {})).toBe('violated');
    expect(entersOnceAsked(rules, weak)).toBe('holds');
    // Without the turn to yield, who raises a flag may wait for ever.
    const rude = rules.map(({ next, ...rule }) => ({
      ...rule,
      next: (state: Two) => {
        const after = next(state);
        return after && { ...after, turn: 1 };
      },
    }));
    expect(entersOnceAsked(rude, weak)).toBe('violated');
  });
});

describe('a lossy link', () => {
  // K. A. Bartlett, R. A. Scantlebury and P. T. Wilkinson, "A note on reliable full-duplex transmission over half-duplex
  // links" (1969): sent anew until it arrives. What may be lost each time must be delivered if it is there again and again, not
  // only if it stays there.
  interface Link {
    readonly sent: boolean;
    readonly arrived: boolean;
  }
  const rules: readonly Rule<Link>[] = [
    step(0, ({ sent, arrived }) => (sent || arrived ? undefined : { sent: true, arrived })),
    { kind: 'lose', peer: 1, what: 0, next: ({ sent, arrived }) => (sent ? { sent: false, arrived } : undefined) },
    { kind: 'deliver', peer: 1, what: 0, next: ({ sent }) => (sent ? { sent: false, arrived: true } : undefined) },
  ];
  const { graph, states } = explore([{ sent: false, arrived: false }], rules);
  const arrives = (fairness: Fairness) =>
    verdictOf('eventually', graph, { holds: (id) => states[id]!.arrived, fairness });

  test('delivers if it is strongly fair, or if losses cease', () => {
    expect(arrives({ weak: ['timeout', 'deliver'] })).toBe('violated');
    expect(arrives({ weak: ['timeout'], strong: ['deliver'] })).toBe('holds');
    expect(arrives({ weak: ['timeout', 'deliver'], ceases: ['lose'] })).toBe('holds');
    expect(arrives({ weak: ['timeout'], ceases: ['lose'] })).toBe('violated');
    expect(arrives({ strong: ['deliver'] })).toBe('violated');
  });
});

describe("Dijkstra's ring", () => {
  // E. W. Dijkstra, "Self-stabilizing systems in spite of distributed control" (1974), with as many states as machines. One fewer
  // is enough: W. Fokkink, J.-H. Hoepman and J. Pang, "A note on K-state self-stabilization in a ring with K=N" (2005), where N
  // counts the machines without the first.
  function ring(machines: number, values: number) {
    const isPrivileged = (x: readonly number[], i: number) => (i === 0 ? x[0] === x[machines - 1] : x[i] !== x[i - 1]);
    const rules = Array.from({ length: machines }, (_, i) =>
      step<readonly number[]>(i, (x) =>
        isPrivileged(x, i) ? x.with(i, i === 0 ? (x[0]! + 1) % values : x[i - 1]!) : undefined,
      ),
    );
    const all = Array.from({ length: values ** machines }, (_, n) =>
      Array.from({ length: machines }, (_, i) => Math.floor(n / values ** i) % values),
    );
    const { graph, states } = explore(all, rules);
    const privileged = (id: number) => rules.filter((_, i) => isPrivileged(states[id]!, i)).length;
    const ask = (kind: 'stable' | 'alwaysEventually', holds: (id: number) => boolean, fairness: Fairness) =>
      verdictOf(kind, graph, { holds, fairness });
    return {
      stabilizes: (fairness: Fairness) => ask('stable', (id) => privileged(id) === 1, fairness),
      servesAll: (fairness: Fairness) =>
        rules.map((_, i) => ask('alwaysEventually', (id) => isPrivileged(states[id]!, i), fairness)),
    };
  }

  test.each([
    [3, 3],
    [3, 2],
    [4, 4],
    [4, 3],
    [5, 4],
  ])('of %i machines with %i states comes to one privilege from anywhere, and passes it round', (machines, values) => {
    const { stabilizes, servesAll } = ring(machines, values);
    expect(stabilizes({})).toBe('violated');
    expect(stabilizes(weak)).toBe('holds');
    expect(new Set(servesAll(weak))).toEqual(new Set(['holds']));
  });

  test.each([
    [4, 2],
    [5, 3],
  ])('of %i machines with %i states need not', (machines, values) => {
    expect(ring(machines, values).stabilizes(weak)).toBe('violated');
  });
});
