/**
 * The textbook cases of fairness and liveness, each small enough to be judged by hand: L. Lamport, "The Temporal Logic of
 * Actions" (1994); N. Francez, "Fairness" (1986); C. Baier and J.-P. Katoen, "Principles of Model Checking" (2008), 3.5.
 */
import { describe, expect, test } from 'vitest';
import type { Fairness } from '../../src/kernel/index.js';
import { found, verdictOf } from './by-hand.js';
import { type Graph, graphOf } from './graph-model.js';

describe('stuttering', () => {
  const graph = graphOf('0 timeout 1');

  test('without fairness nothing need ever happen', () => {
    expect(verdictOf('eventually', graph, { holds: [1] })).toBe('violated');
    expect(found('eventually', graph, { holds: [1] })).toMatchObject({
      trace: { choices: [], loop: 0 },
      critical: { kind: 'open', step: 1, instead: { distance: 0 } },
    });
  });

  test('weak fairness makes what is possible for ever happen', () => {
    expect(verdictOf('eventually', graph, { holds: [1], fairness: { weak: ['timeout'] } })).toBe('holds');
    expect(verdictOf('eventually', graph, { holds: [1], fairness: { strong: ['timeout'] } })).toBe('holds');
    expect(verdictOf('eventually', graph, { holds: [1], fairness: { weak: ['deliver'] } })).toBe('violated');
  });

  test('a terminal state is for ever', () => {
    const fairness = { strong: ['timeout'] };
    expect(verdictOf('alwaysEventually', graph, { holds: [0], fairness })).toBe('violated');
    expect(found('alwaysEventually', graph, { holds: [0], fairness })).toMatchObject({
      trace: { choices: [0], loop: 1 },
      critical: { kind: 'lost', step: 1 },
    });
    expect(verdictOf('stable', graph, { holds: [1], fairness })).toBe('holds');
  });

  test('a move that changes nothing is owed to nobody', () => {
    const idle = graphOf('0 timeout 0');
    expect(verdictOf('eventually', idle, { holds: [], fairness: { strong: ['timeout'] } })).toBe('violated');
    expect(verdictOf('stable', idle, { holds: [0], fairness: { strong: ['timeout'] } })).toBe('holds');
  });

  test('a move that changes nothing pays no debt', () => {
    // The same operation can go on or do nothing: to do nothing again and again is not fair.
    const graph = graphOf('0 ask 0, 0 ask 1');
    expect(verdictOf('eventually', graph, { holds: [1], fairness: { weak: ['ask'] } })).toBe('holds');
  });
});

describe('weak and strong', () => {
  test('what is possible now and then is owed strongly, not weakly', () => {
    // The way out is open in 0 only, and 0 is left and come back to.
    const graph = graphOf('0 deliver 2, 0 timeout 1, 1 timeout 0');
    expect(verdictOf('eventually', graph, { holds: [2], fairness: { weak: ['deliver', 'timeout'] } })).toBe('violated');
    expect(verdictOf('eventually', graph, { holds: [2], fairness: { strong: ['deliver'], weak: ['timeout'] } })).toBe(
      'holds',
    );
    expect(verdictOf('eventually', graph, { holds: [2], fairness: { strong: ['deliver'] } })).toBe('violated'); // stays in 1
  });

  test('what is possible throughout a circle is owed weakly, although states change', () => {
    const graph = graphOf('0 timeout 1, 1 timeout 0, 0 deliver 2, 1 deliver 2');
    expect(verdictOf('eventually', graph, { holds: [2], fairness: { weak: ['deliver'] } })).toBe('holds');
  });

  test('two messages in turn are two units: neither is always there', () => {
    const graph = graphOf('0 timeout 1, 1 timeout 0, 0 deliver0 2, 1 deliver1 2');
    expect(verdictOf('eventually', graph, { holds: [2], fairness: { weak: ['deliver', 'timeout'] } })).toBe('violated');
    expect(verdictOf('eventually', graph, { holds: [2], fairness: { strong: ['deliver'], weak: ['timeout'] } })).toBe(
      'holds',
    );
  });

  test('so are the timers of two peers, and an operation of each', () => {
    for (const name of ['timeout', 'ask', 'join', 'crash']) {
      const graph = graphOf(`0 deliver 1, 1 deliver 0, 0 ${name}.0 2, 1 ${name}.1 2`);
      expect(verdictOf('eventually', graph, { holds: [2], fairness: { weak: [name] } })).toBe('violated');
      const one = graphOf(`0 deliver 1, 1 deliver 0, 0 ${name}.0 2, 1 ${name}.0 2`);
      expect(verdictOf('eventually', one, { holds: [2], fairness: { weak: [name] } })).toBe('holds');
    }
  });

  test('a unit made of two alternatives is paid by either, and the choices of an operation are units apart', () => {
    // For ever the way that leads round in a circle: nobody owes the other to a join, but to a client who chooses again and again.
    const graph = (name: string) => graphOf(`0 ${name} 1, 0 ${name} 2, 1 timeout 0`);
    const fairness = (name: string) => ({ strong: [name, 'timeout'] });
    expect(verdictOf('eventually', graph('join'), { holds: [2], fairness: fairness('join') })).toBe('violated');
    expect(verdictOf('eventually', graph('ask'), { holds: [2], fairness: fairness('ask') })).toBe('holds');
    expect(verdictOf('eventually', graph('ask'), { holds: [2], fairness: { weak: ['ask', 'timeout'] } })).toBe(
      'violated',
    );
    for (const name of ['join', 'ask'])
      expect(verdictOf('recoverable', graph(name), { holds: [2], by: [name, 'timeout'] })).toBe('holds');
  });

  test('what an operation observes is no part of its choice', () => {
    const graph = graphOf('0 ask 1, 1 ask 0, 1 timeout 2');
    expect(verdictOf('eventually', graph, { holds: [2], fairness: { strong: ['ask'] } })).toBe('violated');
    const still = graphOf('0 deliver 1, 1 deliver 0, 0 ask 2, 1 ask 2');
    expect(verdictOf('eventually', still, { holds: [2], fairness: { weak: ['ask'] } })).toBe('holds');
  });

  test('an operation that is called like a kind of move is of its class', () => {
    const graph: Graph = {
      ...{ states: 2, starts: [0] },
      edges: [{ from: 0, to: 1, kind: 'operation', peer: 0, what: 1, way: 0 }],
    };
    expect(verdictOf('eventually', graph, { holds: [1], fairness: { weak: ['join'] } })).toBe('holds');
    expect(verdictOf('eventually', graph, { holds: [1], fairness: { weak: ['ask'] } })).toBe('violated');
  });
});

describe('circles in circles', () => {
  // R. S. Streett, "Propositional dynamic logic of looping and converse is elementarily decidable" (1982); E. A. Emerson and C.-L.
  // Lei, "Modalities for model checking: branching time logic strikes back" (1987): where a unit can only lead out, the states
  // that enable it are taken away, and the rest is looked at anew.
  const strong = (...names: string[]): Fairness => ({ strong: names });

  test('goes on for ever in a part of a circle that its whole cannot', () => {
    const graph = graphOf('0 join 1, 1 join 0, 1 join 2, 2 join 1, 2 deliver 3');
    expect(verdictOf('eventually', graph, { holds: [3], fairness: strong('deliver', 'join') })).toBe('violated');
    // Were the way on another unit than the way back, 1 would owe it and fall too; then 0 owes the move to 1.
    const split = graphOf('0 timeout0 1, 1 timeout0 0, 1 timeout1 2, 2 timeout1 1, 2 deliver 3');
    expect(verdictOf('eventually', split, { holds: [3], fairness: strong('deliver', 'timeout') })).toBe('holds');
  });

  test('a debt that was paid in the part taken away is owed again', () => {
    // Without 3 the message m1 of 2 has nowhere to go, without 2 the message m2 of 1, and so on.
    const graph = graphOf('0 ask 1, 1 ask 2, 2 ask 3, 3 ask 0, 3 deliver0 4, 2 deliver1 3, 1 deliver2 2, 0 deliver3 1');
    expect(verdictOf('eventually', graph, { holds: [4], fairness: strong('deliver') })).toBe('holds');
    const spared = { ...graph, edges: graph.edges.slice(0, -1) };
    expect(verdictOf('eventually', spared, { holds: [4], fairness: strong('deliver') })).toBe('violated');
    expect(verdictOf('eventually', spared, { holds: [4], fairness: strong('deliver', 'ask') })).toBe('holds');
  });

  test.each([5, 100])('%i such debts fall one after the other', (states) => {
    const walk = Array.from({ length: states - 1 }, (_, i) => `${i} ask ${i + 1}, ${i + 1} ask ${i}`);
    const debts = Array.from({ length: states }, (_, i) => `${i} deliver${i} ${i === 0 ? states : i - 1}`);
    const graph = (count: number) => graphOf([...walk, ...debts.slice(0, count)].join());
    expect(verdictOf('eventually', graph(states), { holds: [states], fairness: strong('deliver') })).toBe('holds');
    expect(verdictOf('eventually', graph(states - 1), { holds: [states], fairness: strong('deliver') })).toBe(
      'violated',
    );
  });
});

describe('what ceases', () => {
  const churn = graphOf('0 crash 1, 1 restart 0, 1 timeout 2, 2 crash 1');

  test('may happen, but not for ever', () => {
    const fairness = { weak: ['timeout', 'restart'] };
    expect(verdictOf('eventually', churn, { holds: [2], fairness: { strong: ['timeout'] } })).toBe('violated');
    expect(verdictOf('stable', churn, { holds: [0, 2], fairness })).toBe('violated');
    expect(verdictOf('stable', churn, { holds: [0, 2], fairness: { ...fairness, ceases: ['crash'] } })).toBe('holds');
    expect(verdictOf('alwaysEventually', churn, { holds: [1], fairness: { ceases: ['crash'] } })).toBe('violated');
  });

  test('is owed nothing, though it be named fair', () => {
    const graph = graphOf('0 join 1');
    expect(verdictOf('eventually', graph, { holds: [1], fairness: { strong: ['join'] } })).toBe('holds');
    expect(verdictOf('eventually', graph, { holds: [1], fairness: { strong: ['join'], ceases: ['join'] } })).toBe(
      'violated',
    );
  });

  test('is of no help to the goal', () => {
    const finding = found('eventually', graphOf('0 join 1'), { holds: [1], fairness: { ceases: ['join'] } });
    expect(finding.critical).toEqual({ kind: 'lost', step: 0 });
  });
});

describe('from a start', () => {
  test('a loop may go through the start', () => {
    const graph = graphOf('0 timeout 1, 1 timeout 0');
    const told = { holds: [], fairness: { weak: ['timeout'] } };
    expect(verdictOf('eventually', graph, told)).toBe('violated');
    expect(found('eventually', graph, told).trace).toMatchObject({ choices: [0, 0], loop: 0 });
  });

  test('what is true at the start has been true once, and need not be again', () => {
    const graph = graphOf('0 timeout 1');
    expect(verdictOf('eventually', graph, { holds: [0] })).toBe('holds');
    expect(verdictOf('alwaysEventually', graph, { holds: [0] })).toBe('violated');
    expect(verdictOf('stable', graph, { holds: [0] })).toBe('violated');
  });

  test('of several starts each counts', () => {
    const graph = graphOf('0 timeout 1, 2 timeout 3', [0, 2]);
    expect(verdictOf('eventually', graph, { holds: [0, 3] })).toBe('violated');
    expect(verdictOf('eventually', graph, { holds: [0, 3], fairness: { weak: ['timeout'] } })).toBe('holds');
    expect(found('eventually', graph, { holds: [0, 3] }).trace).toMatchObject({ start: 1, choices: [], loop: 0 });
  });

  test('what cannot be reached is of no account', () => {
    const graph = graphOf('1 timeout 2, 2 timeout 1, 3 timeout 0');
    for (const kind of ['eventually', 'alwaysEventually', 'stable'] as const)
      expect(verdictOf(kind, graph, { holds: [0] })).toBe('holds');
    expect(verdictOf('leadsTo', graph, { given: [1], holds: [0] })).toBe('holds');
    expect(verdictOf('recoverable', graph, { holds: [0] })).toBe('holds');
  });
});

describe('one thing leads to another', () => {
  // S. Owicki and L. Lamport, "Proving liveness properties of concurrent programs" (1982).
  test('vacuously, if the first never happens', () => {
    expect(verdictOf('leadsTo', graphOf('0 timeout 1'), { given: [], holds: [] })).toBe('holds');
  });

  test('at once, if both are true', () => {
    expect(verdictOf('leadsTo', graphOf('0 timeout 1'), { given: [1], holds: [1] })).toBe('holds');
  });

  test('each time anew', () => {
    const graph = graphOf('0 ask 1, 1 timeout 2, 2 ask 3');
    expect(verdictOf('leadsTo', graph, { given: [1], holds: [2], fairness: { weak: ['timeout'] } })).toBe('holds');
    expect(verdictOf('leadsTo', graph, { given: [1, 3], holds: [2], fairness: { weak: ['timeout'] } })).toBe(
      'violated',
    );
  });

  test('an answer before the question is none', () => {
    const graph = graphOf('0 timeout 1, 1 timeout 2');
    expect(verdictOf('leadsTo', graph, { given: [2], holds: [0, 1], fairness: { weak: ['timeout'] } })).toBe(
      'violated',
    );
  });

  test('a question may be asked on the loop itself, or be forgotten before it', () => {
    const round = graphOf('0 timeout 1, 1 timeout 0');
    expect(verdictOf('leadsTo', round, { given: [1], holds: [] })).toBe('violated');
    const gone = graphOf('0 ask 1, 1 ask 2, 2 ask 0, 0 fix 3');
    expect(verdictOf('leadsTo', gone, { given: [1], holds: [0], fairness: { weak: ['ask'] } })).toBe('holds');
  });
});

describe('recovery', () => {
  test('is a matter of what can be, not of what will', () => {
    const graph = graphOf('0 ask 1, 1 ask 0, 0 fix 2');
    expect(verdictOf('recoverable', graph, { holds: [2], by: ['ask', 'fix'] })).toBe('holds');
    expect(verdictOf('eventually', graph, { holds: [2], fairness: { weak: ['ask', 'fix'] } })).toBe('violated');
  });

  test('by some moves only', () => {
    const graph = graphOf('0 crash 1, 1 crash 2, 2 restart 1, 1 timeout 0');
    expect(verdictOf('recoverable', graph, { holds: [0], by: ['restart', 'timeout'] })).toBe('holds');
    expect(verdictOf('recoverable', graph, { holds: [0], by: ['timeout'] })).toBe('violated');
    expect(found('recoverable', graph, { holds: [0], by: ['timeout'] })).toMatchObject({
      dead: 1,
      trace: { choices: [0, 0] },
      critical: { kind: 'lost', step: 2, instead: { move: { kind: 'timeout' }, distance: 0 } },
    });
    expect(found('recoverable', graph, { holds: [0], by: [] })).toMatchObject({ dead: 2, trace: { choices: [0] } });
  });
});
