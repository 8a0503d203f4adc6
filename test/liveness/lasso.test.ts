/** Counterexamples that never end are what they say they are, on graphs too large for an oracle; and what a cut search may not say. */
import { describe, expect, test } from 'vitest';
import { breadthFirst, depthFirst } from '../../src/check/index.js';
import {
  always,
  alwaysStep,
  type Budget,
  ChurnproofError,
  type Critical,
  type Finding,
  sometimes,
  type Trace,
  whenQuiet,
} from '../../src/kernel/index.js';
import { chance } from '../support/random.js';
import { type Asked, propertyOf, showAsked } from './asked.js';
import { ask, run } from './compare.js';
import { classesOf, draw, drawGraph, drawQuestions, unfold, unfoldAsked } from './draw.js';
import { at, type Graph, graphModel, graphOf, moveOf, showGraph } from './graph-model.js';
import { complaints } from './judge.js';
import { Oracle } from './oracle.js';

const strategies = [breadthFirst, depthFirst];

describe.each(strategies)('$name', (strategy) => {
  test('answers alike for graphs that behave alike, a hundred states instead of five', () => {
    for (let seed = 0; seed < 200; seed++) {
      const { graph, questions } = draw(seed, { states: [2, 7] });
      const copies = 2 + (seed % 11);
      const large = unfold(graph, copies, chance(seed));
      const oracle = new Oracle(graph);
      const asked = questions.map((question) => unfoldAsked(question.asked, copies));
      for (const [i, finding] of ask(strategy, large, asked).entries()) {
        const told = `seed ${seed}, ${copies} copies of\n${showGraph(graph)}\n${showAsked(questions[i]!.asked)}`;
        const isViolated = oracle.isViolated(questions[i]!.asked);
        expect(finding.verdict, told).toBe(isViolated ? 'violated' : 'holds');
        // Not every copy of a state in which it can be stable has a way back to itself.
        const goal = asked[i]!.kind === 'stable' ? undefined : asked[i]!.holds;
        if (isViolated) expect(complaints(large, asked[i]!, finding, goal), told).toEqual([]);
      }
    }
  });

  test('obeys the laws between kinds of property and ways to be fair', () => {
    for (let seed = 0; seed < 100; seed++) {
      const dice = chance(seed);
      const graph = drawGraph(dice, { states: [8, 120], edges: 300 });
      const { asked } = drawQuestions(graph, dice)[0]!;
      const classes = classesOf(graph);
      const fair = { weak: classes, strong: classes };
      const always = asked.holds.map(() => true);
      const questions = {
        happens: { ...asked, kind: 'eventually', fairness: fair },
        recurs: { ...asked, kind: 'alwaysEventually', fairness: fair },
        answers: { ...asked, kind: 'leadsTo', given: always, fairness: fair },
        stays: { ...asked, kind: 'stable', fairness: fair },
        recursWeakly: { ...asked, kind: 'alwaysEventually', fairness: { weak: classes } },
        recursUnfairly: { ...asked, kind: 'alwaysEventually', fairness: {} },
        staysIfAllEnds: { ...asked, kind: 'stable', fairness: { ceases: classes } },
        endsWell: { ...asked, kind: 'alwaysEventually', fairness: { ceases: classes } },
        recovers: { ...asked, kind: 'recoverable', by: classes },
      } as const satisfies Record<string, Asked>;
      const names = Object.keys(questions) as (keyof typeof questions)[];
      const findings = ask(
        strategy,
        graph,
        names.map((name) => questions[name]),
      );
      const isTrue = (name: keyof typeof questions) => findings[names.indexOf(name)]!.verdict === 'holds';
      const told = `seed ${seed}\n${showGraph(graph)}\n${showAsked(asked)}`;
      const implies = (one: keyof typeof questions, other: keyof typeof questions) =>
        expect(!isTrue(one) || isTrue(other), `${one} but not ${other}, ${told}`).toBe(true);
      implies('stays', 'recurs');
      implies('recurs', 'happens');
      implies('recurs', 'recovers');
      implies('recursUnfairly', 'recursWeakly');
      implies('recursWeakly', 'recurs');
      expect(isTrue('answers'), told).toBe(isTrue('recurs'));
      // When everything ends a behaviour is a state in which it stays: every reachable one.
      expect(isTrue('staysIfAllEnds'), told).toBe(isTrue('endsWell'));
      for (const [i, finding] of findings.entries()) {
        const question = questions[names[i]!];
        const goal = question.kind === 'stable' ? undefined : question.holds;
        if (finding.verdict === 'violated')
          expect(complaints(graph, question, finding, goal), `${names[i]}, ${told}`).toEqual([]);
      }
    }
  });

  test('goes round a circle of 30 000 states', () => {
    const states = 30_000;
    const edges = Array.from({ length: states }, (_, from) => ({
      ...{ from, to: (from + 1) % states, kind: 'timeout' as const },
      ...{ peer: 0, what: 0, way: 0 },
    }));
    const circle: Graph = { states, starts: [0], edges };
    const labels = Array.from({ length: states }, (_, state) => state === 1);
    const asked = (kind: Asked['kind']): Asked => ({
      ...{ kind, holds: labels, given: labels, by: ['timeout'] },
      fairness: { strong: ['timeout'] },
    });
    const [recurs, stays, recovers] = ask(strategy, circle, [
      asked('alwaysEventually'),
      asked('stable'),
      asked('recoverable'),
    ]) as [Finding, Finding, Finding];
    expect([recurs.verdict, recovers.verdict]).toEqual(['holds', 'holds']);
    expect(stays).toMatchObject({ verdict: 'violated', critical: { kind: 'lost', step: 0 } });
    // By hand, for the judge is slow: all the way round, from where it began.
    const { choices, loop } = stays.trace!;
    expect(choices.length - loop!).toBe(states);
  });

  test('says nothing of infinite behaviours, and why, when it has not seen everything', () => {
    let cut = 0;
    for (let seed = 0; seed < 400; seed++) {
      const { graph, questions } = draw(seed, { states: [3, 7] });
      const properties = questions.map(({ asked }, i) => propertyOf(asked, `${i}`));
      const budget: Budget = seed % 2 === 0 ? { maxStates: 1 + (seed % 5) } : { maxDepth: 1 + (seed % 3) };
      const { coverage, findings } = run(strategy, graphModel(graph), properties, budget);
      if (coverage.kind === 'exhaustive') continue;
      cut++;
      for (const finding of findings) expectUndecided(finding);
    }
    expect(cut).toBeGreaterThan(100);
  });

  test('says nothing of infinite behaviours before it is done', () => {
    const graph = graphOf('0 ask 1, 1 ask 0, 1 fix 2, 2 ask 2');
    const asked = (['eventually', 'alwaysEventually', 'stable', 'leadsTo', 'recoverable'] as const).map(
      (kind): Asked => ({ kind, holds: [false, false, false], given: [true, true, true], fairness: {}, by: ['ask'] }),
    );
    const search = strategy.start(
      graphModel(graph),
      asked.map((one) => propertyOf(one, one.kind)),
    );
    for (const cut of [undefined, 'time', 'interrupted'] as const)
      for (const finding of search.report(cut).findings) expectUndecided(finding);
    search.advance(1);
    expect(search.done).toBe(false);
    for (const finding of search.report('time').findings) expectUndecided(finding);
    while (!search.done) search.advance(1);
    for (const { verdict } of search.report().findings) expect(verdict).toBe('violated');
  });

  test('does not take a property of infinite behaviours for decided on the way', () => {
    for (let seed = 0; seed < 200; seed++) {
      const { graph, questions } = draw(seed, { states: [2, 7] });
      const oracle = new Oracle(graph);
      const reached = sometimes('starts', () => true);
      const properties = [reached, ...questions.map(({ asked }, i) => propertyOf(asked, `${i}`)), reached];
      const { coverage, findings } = run(strategy, graphModel(graph), properties, { stopWhenDecided: true });
      expect(coverage.kind).toBe('exhaustive');
      expect([findings[0]!.verdict, findings.at(-1)!.verdict]).toEqual(['witnessed', 'witnessed']);
      for (const [i, { asked }] of questions.entries())
        expect(findings[i + 1]!.verdict).toBe(oracle.isViolated(asked) ? 'violated' : 'holds');
    }
  });

  test('answers the other kinds of property as it does without', () => {
    for (let seed = 0; seed < 200; seed++) {
      const { graph, questions } = draw(seed, { states: [2, 7] });
      const isLate = seed % graph.states;
      const others = [
        always('early', (world) => at(world) < isLate),
        sometimes('late', (world) => at(world) >= isLate),
        alwaysStep('upward', (before, after) => at(before) <= at(after)),
        whenQuiet('late when quiet', (world) => at(world) >= isLate),
      ];
      const temporal = questions.map(({ asked }, i) => propertyOf(asked, `${i}`));
      const alone = run(strategy, graphModel(graph), others);
      const among = run(strategy, graphModel(graph), [...temporal, ...others]);
      expect(among.findings.slice(temporal.length)).toEqual(alone.findings);
      expect(among.coverage).toEqual(alone.coverage);
    }
  });

  test('refuses a model that has left out states', () => {
    const reduced = { ...graphModel(graphOf('0 ask 1')), reduced: 'symmetry' };
    const questions = (['eventually', 'alwaysEventually', 'stable', 'leadsTo', 'recoverable'] as const).map((kind) =>
      propertyOf({ kind, holds: [true, true], given: [true, true], fairness: {}, by: ['ask'] }, kind),
    );
    for (const question of questions) {
      const isRefused = expect.objectContaining({ code: 'SEARCH_UNSOUND' });
      expect(refusal(() => run(strategy, reduced, [always('fine', () => true), question]))).toEqual(isRefused);
    }
    expect(run(strategy, reduced, [always('fine', () => true)]).findings[0]!.verdict).toBe('holds');
  });
});

function refusal(act: () => unknown): unknown {
  try {
    return act();
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(ChurnproofError);
    return thrown;
  }
}

function expectUndecided(finding: Finding): void {
  expect(finding.verdict).toBe('undecided');
  expect(finding.why).toMatch(/\w+ \w+/);
  for (const key of ['trace', 'critical', 'dead']) expect(finding).not.toHaveProperty(key);
}

describe('the judge', () => {
  // From 0 into the circle of 1 and 2, and from 1 out of it; state 3 is the goal.
  const graph = graphOf('0 deliver0 1, 1 timeout0 2, 2 timeout0 1, 1 deliver1 3');
  const holds = [false, false, false, true];
  const fairness = { weak: ['deliver'], strong: ['timeout'] };
  const asked: Asked = { kind: 'alwaysEventually', holds, given: holds, fairness, by: [] };
  const deliver = (what: number) => moveOf(graph.edges[what === 0 ? 0 : 3]!);
  const timeout = moveOf(graph.edges[1]!);
  const moves = [deliver(0), timeout, timeout];
  const trace: Trace = { model: 'graph', start: 0, choices: [0, 0, 0], moves, loop: 1 };
  const critical: Critical = { kind: 'open', step: 2, instead: { move: deliver(1), distance: 0 } };
  const right: Finding = { property: 'gets there', kind: 'alwaysEventually', verdict: 'violated', trace, critical };

  const judged = (finding: Finding, about: Partial<Asked> = {}, goal = holds) =>
    complaints(graph, { ...asked, ...about }, finding, goal);
  const retold = (change: Partial<Trace>) => judged({ ...right, trace: { ...trace, ...change } });

  test('accepts a right finding', () => {
    expect(judged(right)).toEqual([]);
    for (const strategy of strategies) {
      const [found] = ask(strategy, graph, [asked]);
      expect(found!.verdict).toBe('violated');
      expect(judged(found!)).toEqual([]);
    }
  });

  test('refuses a trace that the graph does not have', () => {
    const { trace: _, ...traceless } = right;
    expect(judged(traceless)).toEqual(['a violation without a trace']);
    expect(retold({ start: 7 })).toEqual(['there is no start 7']);
    expect(retold({ choices: [0, 0] })).toEqual(['2 choices but 3 moves']);
    expect(retold({ choices: [9, 0, 0] })).toEqual(['step 1: choice 9 of 1']);
    expect(retold({ choices: [0, 1, 0] })).toEqual(['step 2 is another move']);
    const idle = graphOf('0 deliver0 0');
    const still = { ...trace, choices: [0], moves: [deliver(0)], loop: 0 };
    expect(complaints(idle, { ...asked, holds: [false] }, { ...right, trace: still })).toEqual([
      'step 1 changes nothing',
    ]);
  });

  test('refuses a loop that does not close, is not fair, or shows nothing', () => {
    const { loop: _, ...endless } = trace;
    expect(judged({ ...right, trace: endless })).toEqual(['the behaviour has no loop']);
    expect(retold({ loop: 4 })).toEqual(['loop 4 of 3 moves']);
    expect(retold({ loop: 0 })).toEqual(['the loop does not close']);
    expect(retold({ loop: 3 })).toEqual([
      'timeout 0 0 is owed strongly',
      'deliver 0 1 is owed weakly',
      '3 moves to the loop, where 1 are enough',
    ]);
    expect(judged(right, { fairness: { strong: ['deliver'] } })).toEqual(['deliver 0 1 is owed strongly']);
    expect(judged(right, { fairness: { ceases: ['timeout'] } })).toContain('timeout 0 0 ceases, but is in the loop');
    expect(judged(right, { holds: [false, true, false, true] })).toEqual(['the property is true of the behaviour']);
  });

  test('refuses a wrong critical transition', () => {
    const { critical: _, ...uncritical } = right;
    expect(judged(uncritical)).toEqual(['a violation without its critical transition']);
    const recast = (change: Partial<Critical>) => judged({ ...right, critical: { ...critical, ...change } });
    expect(recast({ kind: 'lost' })).toEqual(["'lost', but the goal is lost after move -1"]);
    expect(recast({ step: 1 })).toEqual(['open at move 1, which is not in the loop']);
    expect(recast({ step: 4 })).toEqual(['open at move 4, which is not in the loop']);
    expect(recast({ instead: { move: deliver(1), distance: 5 } })).toEqual(['5 moves more, where it is 0']);
    expect(recast({ instead: { move: timeout, distance: 2 } })).toEqual(['2 moves more, where 0 are enough']);
    expect(recast({ step: 3, instead: { move: timeout, distance: 1 } })).toEqual([]);
    expect(recast({ instead: { move: deliver(0), distance: 0 } })[0]).toMatch(/does not lead to the goal$/);
    expect(judged({ ...right, critical: { kind: 'open', step: 2 } })).toEqual([
      'nothing instead, where 0 moves more are enough',
    ]);
    // With the goal out of reach after the first move, or from the start.
    const near = [true, false, false, false];
    expect(judged(right, {}, near)).toEqual(["'open', but the goal is lost after move 1"]);
    expect(judged({ ...right, critical: { kind: 'lost', step: 1 } }, {}, near)).toEqual([]);
    expect(judged({ ...right, critical: { kind: 'lost', step: 2 } }, {}, near)).toEqual([
      'lost after move 2, but it is so after move 1',
    ]);
    const none = [false, false, false, false];
    expect(judged({ ...right, critical: { kind: 'lost', step: 0 } }, {}, none)).toEqual([]);
    expect(recast({ kind: 'lost', step: 0 })).toEqual(["'lost', but the goal is lost after move -1"]);
  });

  test('refuses a way into a dead state that is longer than it need be, and a wrong count', () => {
    const ends = graphOf('0 ask 1, 0 ask 2, 2 ask 1, 1 fix 1');
    const question: Asked = { kind: 'recoverable', holds: [true, false, true], given: [], fairness: {}, by: ['ask'] };
    const found = ask(breadthFirst, ends, [question])[0]!;
    const judgedEnd = (finding: Finding) => complaints(ends, question, finding, question.holds);
    expect(judgedEnd(found)).toEqual([]);
    expect(judgedEnd({ ...found, dead: 2 })).toEqual(['2 dead states, where there are 1']);
    const longer = { ...found.trace!, choices: [1, 0], moves: [moveOf(ends.edges[1]!), moveOf(ends.edges[2]!)] };
    expect(judgedEnd({ ...found, trace: longer })).toEqual(['2 moves into a dead state, where 1 are enough']);
    const short = { ...found.trace!, choices: [], moves: [] };
    expect(judgedEnd({ ...found, trace: short })).toContain('it ends in 0, which is not dead');
    expect(judgedEnd({ ...found, trace: { ...found.trace!, loop: 0 } })).toContain(
      'a way into a dead state with a loop',
    );
  });
});
