/** What a seeded bug is taken for, whatever a search found of it, and how that is told. */
import { describe, expect, test } from 'vitest';
import {
  always,
  type Claim,
  type Finding,
  type Mutant,
  sometimes,
  system,
  type Verdict,
} from '../../src/kernel/index.js';
import { unpainted } from '../../src/report/index.js';
import { renderMatrix } from '../../src/report/mutant-matrix.js';
import {
  type FallsAfter,
  type JudgedMutant,
  judgeMutant,
  killersOf,
  scoreOf,
  shortName,
} from '../../src/report/mutants.js';
import { mutantsDocument } from '../../src/report/mutants-document.js';
import { mutantColumns, renderMutant, renderScore } from '../../src/report/mutants-text.js';
import { lassoOf, reportOf, retry, traceOf } from './sample.js';

const safe: Claim = { property: always('Safe: nothing is lost', () => true) };
const orderly: Claim = { property: always('Orderly: nothing overtakes', () => true), expect: 'violated', length: 3 };
const busy: Claim = { property: sometimes('at stake in Safe: something is sent', () => true) };
const small: Claim = { property: sometimes('at stake in Orderly: two are sent', () => true), expect: 'neverWitnessed' };
const claims = [safe, orderly, busy, small];

const finding = ({ property: { name, kind } }: Claim, verdict: Verdict, moves = 0): Finding => {
  const has = verdict === 'violated' || verdict === 'witnessed';
  return {
    property: name,
    kind,
    verdict,
    ...(has ? { trace: traceOf(Array.from({ length: moves }, () => retry)) } : {}),
  };
};

/** What its right sibling does. */
const right = [
  finding(safe, 'holds'),
  finding(orderly, 'violated', 3),
  finding(busy, 'witnessed', 1),
  finding(small, 'neverWitnessed'),
];

const judge = (
  recorded: readonly (readonly [Claim, FallsAfter])[],
  changed: readonly Finding[],
  change: Partial<Mutant> = {},
): JudgedMutant =>
  judgeMutant({
    model: 'links',
    mutant: {
      name: 'M1',
      doc: 'something is wrong',
      values: {},
      system: () => system({ name: 'links', peers: {} }),
      kills: {},
      ...(recorded.length === 0 ? { survivor: true } : {}),
      ...change,
    },
    values: {},
    configuration: 'n=3',
    claims,
    recorded: new Map(recorded.map(([claim, moves]) => [claim.property.name, moves])),
    report: reportOf(right.map((one) => changed.find(({ property }) => property === one.property) ?? one)),
  });

const breaks = (...moves: number[]): readonly Finding[] =>
  [safe, orderly].slice(0, moves.length).map((claim, at) => finding(claim, 'violated', moves[at]));
const open = [finding(safe, 'undecided')];

describe('the outcome', () => {
  test.each<[string, JudgedMutant, JudgedMutant['outcome']]>([
    ['all that was said fell', judge([[safe, 2]], breaks(2)), 'killed'],
    ['a witness is missing', judge([[busy, 'never']], [finding(busy, 'neverWitnessed')]), 'killed'],
    ['in no move at all', judge([[safe, 0]], breaks(0)), 'killed'],
    ['sooner than said', judge([[safe, 3]], breaks(2)), 'notAsRecorded'],
    ['later than said', judge([[safe, 1]], breaks(2)), 'notAsRecorded'],
    [
      'seen, though it was said to be missing',
      judge(
        [
          [safe, 2],
          [busy, 'never'],
        ],
        breaks(2),
      ),
      'notAsRecorded',
    ],
    ['another fell', judge([[safe, 2]], [finding(orderly, 'violated', 2)]), 'notAsRecorded'],
    ['nothing fell', judge([[safe, 2]], []), 'survived'],
    ['only what its right sibling breaks as soon', judge([[safe, 2]], [finding(orderly, 'violated', 4)]), 'survived'],
    ['it was not looked at far enough', judge([[safe, 2]], open), 'undecided'],
    [
      'not far enough, but far enough to be wrong',
      judge(
        [
          [safe, 2],
          [orderly, 4],
        ],
        open,
      ),
      'notAsRecorded',
    ],
    ['what was not said is open', judge([[orderly, 2]], [finding(orderly, 'violated', 2), ...open]), 'killed'],
    ['what its right sibling shows was said', judge([[orderly, 3]], []), 'killed'],
    ['a survivor does the same', judge([], []), 'quiet'],
    ['a survivor sees something later', judge([], [finding(busy, 'witnessed', 9)]), 'quiet'],
    ['a survivor breaks something', judge([], breaks(2)), 'falseAlarm'],
    ['a survivor breaks it in fewer moves', judge([], [finding(orderly, 'violated', 2)]), 'falseAlarm'],
    ['a survivor keeps what its right sibling breaks', judge([], [finding(orderly, 'holds')]), 'falseAlarm'],
    ['a survivor is open', judge([], open), 'undecided'],
    ['a survivor is open and hurt', judge([], [...open, finding(orderly, 'violated', 2)]), 'falseAlarm'],
  ])('%s', (_what, one, outcome) => expect(one.outcome).toBe(outcome));
});

test('a behaviour without end counts with the moves that it repeats', () => {
  const endless = { ...finding(safe, 'violated'), trace: lassoOf([retry, retry, retry], 1) };
  const one = judge([[safe, 3]], [endless]);
  expect(one.outcome).toBe('killed');
  expect(mutantsDocument([one]).mutants[0]?.fallen[0]?.trace).toEqual({
    start: 0,
    loop: 1,
    moves: ['alice: timer retry', 'alice: timer retry', 'alice: timer retry'],
  });
});

test('the word by which a claim is known', () => {
  const names = ['Safe: nothing is lost', 'at stake in Safe: x: y', 'no two leaders'];
  expect(names.map(shortName)).toEqual(['Safe', 'at stake in Safe', 'no two leaders']);
});

const many = [
  judge([[safe, 12]], [finding(safe, 'violated', 12), finding(busy, 'neverWitnessed')]),
  judge([[orderly, 1]], [finding(orderly, 'violated', 1), ...open], { name: 'M2' }),
  judge([[busy, 'never']], [finding(busy, 'neverWitnessed')], { name: 'M3-longer' }),
  judge([], [], { name: 'E1' }),
];

test('which claim kills which, which does so alone, and which kills none', () => {
  expect(renderMatrix(many, { complete: true })).toMatchInlineSnapshot(`
    "              1    2  3
      M1         12  (3)  x
      M2          ?    1  .
      M3-longer   .  (3)  x
      E1          .  (3)  .
      n: it falls after n moves; x: never seen; (n): its right sibling breaks it as soon; ?: not decided; .: as it should be
      1  Safe              kills 1, none alone
      2  Orderly           kills 1, none alone
      3  at stake in Safe  kills 2, M3-longer alone
      kill no mutant: 1 of 2 witnesses"
  `);
  expect(killersOf(many).map(({ property, kills, alone }) => [property, kills, alone])).toEqual([
    ['Safe', ['M1'], []],
    // What else M2 breaks is not known.
    ['Orderly', ['M2'], []],
    ['at stake in Safe', ['M1', 'M3-longer'], ['M3-longer']],
    ['at stake in Orderly', [], []],
  ]);
  expect(renderMatrix([judge([], [])])).toBe('');
});

test('a claim that is not made of every configuration leaves a gap', () => {
  const first = many[0] as JudgedMutant;
  const fewer = { ...first, claims: [orderly], falls: [], open: [] };
  expect(renderMatrix([first, fewer]).split('\n').slice(0, 3)).toEqual(['       1  2', '  M1  12  x', '  M1       ']);
});

test('lines are as wide as the terminal lets them be', () => {
  const rows = [{ name: 'M1', doc: 'x'.repeat(90), configuration: 'n=3' }];
  expect(mutantColumns(rows, 120)).toEqual({ name: 2, configuration: 3, doc: 65 });
  expect(mutantColumns(rows, 40).doc).toBe(24);
  expect(mutantColumns(rows, Number.POSITIVE_INFINITY).doc).toBe(90);
  const one = judge([[safe, 2]], breaks(2, 2), { doc: 'x'.repeat(90) });
  expect(renderMutant({ ...one, seconds: 75 }, { name: 2, doc: 24, configuration: 3 })).toBe(
    `  killed     M1  ${'x'.repeat(23)}…  n=3  1 min 15 s  Safe 2 and 1 more`,
  );
});

test('the score says what is left to do, and is good only when nothing is', () => {
  const paint = { ...unpainted, good: (text: string) => `good(${text})`, bad: (text: string) => `bad(${text})` };
  const scored = many.filter(({ outcome }) => outcome !== 'undecided');
  expect(renderScore(scored, { paint })).toBe('good(killed 3 of 3, survivors quiet 1 of 1)');
  expect(renderScore([...scored, judge([[safe, 2]], [])], { paint })).toBe(
    'bad(killed 3 of 4, survivors quiet 1 of 1; survived: M1)',
  );
  expect(renderScore([judge([[safe, 2]], open)])).toBe('killed 0 of 1; undecided: M1');
  expect(renderScore([judge([[orderly, 3]], [])])).toBe('killed 1 of 1\nas wrong as their right siblings: M1');
  expect(scoreOf([])).toEqual({ killed: 0, mutants: 0, quiet: 0, survivors: 0 });
});
