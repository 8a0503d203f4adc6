/** What claims of whole behaviours read like: loops, the move that decided, assumptions; in texts and documents. */
import { describe, expect, test } from 'vitest';
import {
  alwaysEventually,
  type Claim,
  type Critical,
  type Fairness,
  type Finding,
  leadsTo,
  type Move,
  type PropertyKind,
  recoverable,
  stable,
} from '../../src/kernel/index.js';
import {
  outcomesOf,
  type ReplayStory,
  renderReplay,
  renderReplayDocument,
  renderReport,
  reportDocument,
  type Told,
  unpainted,
} from '../../src/report/index.js';
import { data, exhaustive, lassoOf, reportOf, retry, traceOf } from './sample.js';

const name = 'what alice sends is delivered in the end';
const crash: Move = { kind: 'crash', peer: 'bob' };
const join: Move = { kind: 'join', peer: 'bob', args: { via: 'alice' }, event: null };
const assumes: Fairness = { weak: ['deliver', 'timeout'], ceases: ['join', 'crash'] };
const claim: Claim = {
  property: leadsTo(
    name,
    () => true,
    () => false,
    assumes,
  ),
};
const lost: Critical = { kind: 'lost', step: 2, instead: { move: data(0), distance: 4 } };
const lasso: Finding = {
  property: name,
  kind: 'leadsTo',
  verdict: 'violated',
  trace: lassoOf([data(1), crash, retry, data(1)], 2),
  critical: lost,
};
const files = new Map([[name, 'counterexamples/alice.json']]);

const text = (finding: Finding, told: Partial<Told> = {}) => renderReport({ report: reportOf([finding]), ...told });

/** The line on the critical transition. */
const fate = (critical: Critical, property?: Claim['property'], kind: PropertyKind = property?.kind ?? 'leadsTo') =>
  text({ ...lasso, kind, critical }, property === undefined ? {} : { claims: [{ property }] })
    .split('\n')
    .find((line) => line.startsWith('    critical: '))
    ?.slice('    critical: '.length);

describe('a report', () => {
  test('tells the way to the loop, the loop, the fate and the assumptions', () => {
    expect(text(lasso, { claims: [claim], files })).toMatchInlineSnapshot(`
      "stop-and-wait: exhaustive breadth-first search, 1107 states, 4331 transitions, depth 20
        VIOLATED   what alice sends is delivered in the end (4 moves, the last 2 for ever)
           1. deliver alice -> bob {"type":"data","bit":1}
           2. bob: crash  <- critical
          then for ever:
           3. alice: timer retry
           4. deliver alice -> bob {"type":"data","bit":1}
          critical: move 2 is the one that killed it: before it the goal could still be reached (for instance by \`deliver alice -> bob {"type":"data","bit":0}\` instead, and 4 moves more), after it no behaviour without another join or crash reaches it any more
          assuming that deliver and timeout are weakly fair and that join and crash cease
          replay: churnproof replay counterexamples/alice.json"
    `);
  });

  test('tells a loop of no moves as what it is', () => {
    const still = { ...lasso, trace: lassoOf([data(1), crash], 2) };
    expect(text(still)).toMatchInlineSnapshot(`
      "stop-and-wait: exhaustive breadth-first search, 1107 states, 4331 transitions, depth 20
        VIOLATED   what alice sends is delivered in the end (2 moves, then nothing more)
           1. deliver alice -> bob {"type":"data","bit":1}
           2. bob: crash  <- critical
          then it stays like this for ever: nothing that is owed a turn would change anything
          critical: move 2 is the one that killed it: before it the goal could still be reached (for instance by \`deliver alice -> bob {"type":"data","bit":0}\` instead, and 4 moves more), after it no behaviour reaches it any more"
    `);
  });

  test('tells a loop from the start on', () => {
    const open: Critical = { kind: 'open', step: 1, instead: { move: data(0), distance: 0 } };
    expect(text({ ...lasso, trace: lassoOf([retry], 0), critical: open })).toMatchInlineSnapshot(`
      "stop-and-wait: exhaustive breadth-first search, 1107 states, 4331 transitions, depth 20
        VIOLATED   what alice sends is delivered in the end (1 move, for ever)
          then for ever:
           1. alice: timer retry  <- critical
          critical: the goal stays within reach all along: at the start, \`deliver alice -> bob {"type":"data","bit":0}\` would come to it at once; but no fairness that is assumed ever makes it happen"
    `);
  });

  test('tells of recoverable how many states are dead, and what may repair them', () => {
    const property = recoverable(name, () => true, ['stabilize', 'rectify', 'notify']);
    const dead: Finding = { ...lasso, kind: 'recoverable', trace: traceOf([retry, crash]), dead: 12_345 };
    const coverage = { ...exhaustive, states: 1_234_567 };
    expect(renderReport({ report: reportOf([dead], { coverage }), claims: [{ property }] })).toMatchInlineSnapshot(`
      "stop-and-wait: exhaustive breadth-first search, 1,234,567 states, 4331 transitions, depth 20
        VIOLATED   what alice sends is delivered in the end (2 moves, 12,345 dead states of 1,234,567)
           1. alice: timer retry
           2. bob: crash  <- critical
          critical: move 2 is the one that killed it: before it the goal could still be reached (for instance by \`deliver alice -> bob {"type":"data","bit":0}\` instead, and 4 moves more), after it stabilize, rectify and notify cannot reach it any more
          only stabilize, rectify and notify may repair it"
    `);
  });

  test('a published length is held against the way to a dead state, not against a loop', () => {
    const dead: Finding = { ...lasso, kind: 'recoverable', trace: traceOf([retry, crash]), dead: 1 };
    const property = recoverable(name, () => true, ['timeout']);
    expect(text(dead, { claims: [{ property, length: 5 }] })).toContain(
      '(2 moves, published with 5, 1 dead state of 1107)',
    );
    expect(text(lasso, { claims: [{ ...claim, length: 5 }] })).not.toContain('published');
  });

  test('a long story keeps the move that decided and where the loop begins', () => {
    const moves = Array.from({ length: 1000 }, () => retry);
    const long = { ...lasso, trace: lassoOf(moves, 700), critical: { kind: 'lost', step: 400 } } as const;
    const lines = text(long).split('\n');
    expect(lines.slice(51, 58)).toMatchInlineSnapshot(`
      [
        "    50. alice: timer retry",
        "        ... 349 more moves ...",
        "   400. alice: timer retry  <- critical",
        "        ... 300 more moves ...",
        "    then for ever:",
        "        ... 250 more moves ...",
        "   951. alice: timer retry",
      ]
    `);
    expect(lines).toContain('  1000. alice: timer retry');
  });

  test('the mark and the word critical are painted, and nothing is lost without paint', () => {
    const mark = (told: string) => `<${told}>`;
    const paint = { good: mark, bad: mark, doubt: mark, aside: mark, title: mark };
    const told = { report: reportOf([lasso]), claims: [claim] };
    const painted = renderReport(told, { paint });
    expect(painted).toContain('     2. bob: crash  <<- critical>\n');
    expect(painted).toContain('    <critical:> move 2');
    expect(
      painted
        .replaceAll('<<-', '<-')
        .replace(/<([^<>]*)>/g, '$1')
        .replace('- critical\n', '<- critical\n'),
    ).toBe(renderReport(told, { paint: unpainted }));
  });

  test('says why it is undecided, where the kind is the reason', () => {
    const open: Finding = { property: name, kind: 'stable', verdict: 'undecided', why: 'nobody knows' };
    expect(text(open)).toContain(`undecided  ${name} (nobody knows)`);
    const cut = { report: reportOf([{ ...open, why: '' }], { coverage: { ...exhaustive, kind: 'bounded' } }) } as const;
    const { why: _, ...unexplained } = open;
    expect(renderReport({ report: { ...cut.report, findings: [unexplained] } })).toContain(
      `undecided  ${name} (not decided in the first 1107 states)`,
    );
  });
});

describe('the fate in words', () => {
  const heal: Move = { kind: 'heal' };

  test('lost', () => {
    const { kind, step } = lost;
    expect([
      fate({ kind, step }),
      fate({ kind, step: 0 }),
      fate({ kind, step, instead: { move: heal, distance: 0 } }),
      fate(
        { kind, step, instead: { move: heal, distance: 1 } },
        leadsTo(
          name,
          () => true,
          () => true,
          {},
        ),
      ),
      fate({ kind, step: 0 }, claim.property),
      fate(
        { kind, step },
        stable(name, () => true, { ceases: ['lose'] }),
      ),
      fate(
        { kind, step: 0 },
        recoverable(name, () => true, ['stabilize']),
      ),
      fate({ kind, step }, undefined, 'recoverable'),
    ]).toMatchInlineSnapshot(`
      [
        "move 2 is the one that killed it: before it the goal could still be reached, after it no behaviour reaches it any more",
        "the goal was out of reach from the start: no behaviour reaches it",
        "move 2 is the one that killed it: before it the goal could still be reached (for instance by \`heal\` instead), after it no behaviour reaches it any more",
        "move 2 is the one that killed it: before it the goal could still be reached (for instance by \`heal\` instead, and 1 move more), after it no behaviour reaches it any more",
        "the goal was out of reach from the start: no behaviour without another join or crash reaches it",
        "move 2 is the one that killed it: before it a state in which it can stay true for ever could still be reached, after it no behaviour without another lose reaches one any more",
        "the goal was out of reach from the start: stabilize cannot reach it",
        "move 2 is the one that killed it: before it the goal could still be reached, after it what may repair it cannot reach it any more",
      ]
    `);
  });

  test('open', () => {
    const kind = 'open';
    expect([
      fate({ kind, step: 1, instead: { move: heal, distance: 0 } }),
      fate({ kind, step: 3, instead: { move: heal, distance: 6 } }),
      fate({ kind, step: 5 }),
      fate(
        { kind, step: 3, instead: { move: heal, distance: 1 } },
        stable(name, () => true, {}),
      ),
    ]).toMatchInlineSnapshot(`
      [
        "the goal stays within reach all along: at the start, \`heal\` would come to it at once; but no fairness that is assumed ever makes it happen",
        "the goal stays within reach all along: after move 2, \`heal\` would come to it in 7 moves; but no fairness that is assumed ever makes it happen",
        "the goal stays within reach all along, but no fairness that is assumed ever makes it happen",
        "a state in which it can stay true for ever stays within reach all along: after move 2, \`heal\` would come to one in 2 moves; but no fairness that is assumed ever makes it happen",
      ]
    `);
  });
});

test.each<[Fairness, string]>([
  [{}, 'assuming no fairness: nothing need ever happen'],
  [{ weak: ['deliver'] }, 'assuming that deliver is weakly fair'],
  [{ strong: ['deliver', 'timeout', 'fix'] }, 'assuming that deliver, timeout and fix are strongly fair'],
  [{ ceases: ['join'] }, 'assuming that join ceases'],
  [{ weak: [], strong: ['a'], ceases: ['b', 'c'] }, 'assuming that a is strongly fair and that b and c cease'],
  [
    { weak: ['a', 'b'], strong: ['c'], ceases: ['d'] },
    'assuming that a and b are weakly fair, that c is strongly fair and that d ceases',
  ],
])('%o in words', (fairness, words) => {
  const property = alwaysEventually(name, () => true, fairness);
  expect(text({ ...lasso, kind: 'alwaysEventually' }, { claims: [{ property }] })).toContain(`\n    ${words}`);
});

test('the document has it all', () => {
  const told = { report: reportOf([lasso]), claims: [claim], files };
  expect(reportDocument(told).verdicts).toEqual([
    {
      property: name,
      kind: 'leadsTo',
      verdict: 'violated',
      expected: 'holds',
      asExpected: false,
      length: 4,
      trace: {
        path: 'counterexamples/alice.json',
        start: 0,
        loop: 2,
        moves: [
          'deliver alice -> bob {"type":"data","bit":1}',
          'bob: crash',
          'alice: timer retry',
          'deliver alice -> bob {"type":"data","bit":1}',
        ],
      },
      critical: {
        kind: 'lost',
        step: 2,
        instead: { move: 'deliver alice -> bob {"type":"data","bit":0}', distance: 4 },
      },
      fairness: assumes,
    },
  ]);
  const open: Finding = { property: name, kind: 'recoverable', verdict: 'undecided', why: 'x', dead: 3 };
  const property = recoverable(name, () => true, ['fix']);
  expect(reportDocument({ report: reportOf([open]), claims: [{ property }] }).verdicts[0]).toMatchObject({
    dead: 3,
    why: 'x',
    by: ['fix'],
  });
});

test('outcomes: of a sample nothing is expected, of a search that was cut everything', () => {
  const open: Finding = { property: name, kind: 'leadsTo', verdict: 'undecided' };
  const violated: Claim = { ...claim, expect: 'violated' };
  const sampled = reportOf([open], { coverage: { ...exhaustive, kind: 'sampled', runs: 3 } });
  const bounded = reportOf([open], { coverage: { ...exhaustive, kind: 'bounded', cut: 'time' } });
  for (const claims of [[], [claim], [violated]]) {
    expect(outcomesOf({ report: sampled, claims })).toEqual(['asExpected']);
    expect(outcomesOf({ report: bounded, claims })).toEqual(['undecided']);
  }
  expect(outcomesOf({ report: reportOf([lasso]), claims: [violated] })).toEqual(['asExpected']);
});

describe('a replay', () => {
  const state = (at: number) => Int32Array.of(at);
  const picture = ([at]: Int32Array) => ({
    peers: [{ name: 'bob', status: 'up', state: `at ${at}`, context: {} } as const],
    inFlight: [],
  });
  const story: ReplayStory = {
    title: 'toy/plain',
    subject: { model: 'toy', config: 'plain', values: {} },
    property: name,
    recorded: { verdict: 'violated', length: 3 },
    start: { label: 'start 1', state: state(0) },
    steps: [
      { move: join, before: state(0), after: state(1) },
      { move: retry, before: state(1), after: state(2) },
      { move: data(0), before: state(2), after: state(1) },
    ],
    picture,
    shownAt: 3,
    drift: [],
    temporal: {
      claimed: claim.property as NonNullable<ReplayStory['temporal']>['claimed'],
      loop: 1,
      proof: { kind: 'shown' },
      critical: { kind: 'open', step: 2, instead: { move: crash, distance: 2 } },
      criticalProof: { kind: 'shown' },
    },
  };
  const temporal = story.temporal as NonNullable<ReplayStory['temporal']>;
  const changed = (change: Partial<typeof temporal>, others: Partial<ReplayStory> = {}) =>
    renderReplay({ ...story, ...others, temporal: { ...temporal, ...change } });

  test('marks the loop and the move that decided', () => {
    expect(renderReplay(story)).toMatchInlineSnapshot(`
      "toy/plain: what alice sends is delivered in the end
        recorded: violated in 3 moves, the last 2 for ever
           0. start 1
                bob: at 0 {}
           1. bob: join via alice
                bob: at 0 -> at 1
        then for ever:
           2. alice: timer retry  <- critical
                bob: at 1 -> at 2
           3. deliver alice -> bob {"type":"data","bit":0}
                bob: at 2 -> at 1
        VIOLATED: what alice sends is delivered in the end
        critical: the goal stays within reach all along: after move 1, \`bob: crash\` would come to it in 3 moves; but no fairness that is assumed ever makes it happen
        assuming that deliver and timeout are weakly fair and that join and crash cease
        reproduced: violated after 3 moves"
    `);
  });

  test('from the start round and round, and at rest', () => {
    expect(changed({ loop: 0 })).toContain('bob: at 0 {}\n  then for ever:\n     1. ');
    expect(changed({ loop: 3 })).toContain('at 1\n  then it stays like this for ever: nothing that is owed');
    const still = changed({ loop: 0 }, { steps: [], shownAt: 0, recorded: { verdict: 'violated', length: 0 } });
    expect(still).toContain('recorded: violated in 0 moves, then nothing more\n');
    expect(still).toContain('bob: at 0 {}\n  then it stays like this for ever: nothing');
  });

  test('says what was not confirmed, not verified, or not looked at', () => {
    const moved = changed({ criticalProof: { kind: 'refuted', why: 'it was not' } });
    expect(moved).not.toContain('critical');
    expect(moved).toContain('reproduced: violated');
    expect(changed({ criticalProof: { kind: 'unverified', states: 12_345 } })).toContain(
      'ever makes it happen (as recorded; not verified: 12,345 states were not enough to see it)\n',
    );
    const { criticalProof: _, ...unseen } = temporal;
    expect(renderReplay({ ...story, temporal: unseen })).toContain('(as recorded; not looked at again)\n');
  });

  test('a behaviour that does not show it says why, and nothing of its fate', () => {
    const { shownAt: _, ...others } = story;
    const refuted = renderReplay({
      ...others,
      shownAt: undefined,
      temporal: { ...temporal, proof: { kind: 'refuted', why: 'it is not fair' } },
    });
    expect(refuted.split('\n').slice(-2)).toEqual([
      '          bob: at 2 -> at 1',
      '  NOT REPRODUCED: this behaviour does not show that the property is violated: it is not fair',
    ]);
    expect(changed({ proof: { kind: 'unverified', states: 1_000_000 } }, { shownAt: undefined })).toMatch(
      /\n {2}NOT VERIFIED: 1,000,000 states were not enough to see it$/,
    );
  });

  test('a replay that was lost on the way does not go round', () => {
    const { proof: _, criticalProof: __, ...recorded } = temporal;
    const lostAt = (steps: number) =>
      renderReplay({ ...story, steps: story.steps.slice(0, steps), shownAt: undefined, temporal: recorded });
    expect(lostAt(1)).not.toContain('for ever:');
    expect(lostAt(2)).toContain('then for ever:\n     2. ');
    expect(lostAt(0)).not.toContain('for ever:');
  });

  test('as a document', () => {
    expect(JSON.parse(renderReplayDocument(story))).toMatchObject({
      recorded: { verdict: 'violated', length: 3, loop: 1 },
      reproduced: true,
      fairness: assumes,
      proof: { kind: 'shown' },
      critical: { kind: 'open', step: 2, instead: { move: 'bob: crash', distance: 2 }, proof: { kind: 'shown' } },
    });
    const { temporal: _, ...plain } = story;
    expect(Object.keys(JSON.parse(renderReplayDocument(plain)))).toEqual([
      'schemaVersion',
      'model',
      'config',
      'values',
      'property',
      'recorded',
      'reproduced',
      'shownAt',
      'drift',
      'start',
      'steps',
    ]);
  });
});
