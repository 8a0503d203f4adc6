/** The double-spend race: exact sizes, every seeded bug, the tables of the page, the law that they follow, and the chances. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { budgets, cellOf, chancesOf, circumstances, depths, likelyDepths, rowOf } from '../../bench/race-table.js';
import {
  blocksNeeded,
  carriedBy,
  chainRace,
  chanceOf,
  depthOf,
  isSafe,
  nakamotoChance,
  prefixesOf,
  type RaceOptions,
  raceChart,
  spendIn,
} from '../../models/chain-race/index.js';
import { defaults, optionsOf, suite } from '../../properties/chain-race.js';
import { expectedOf, framesOf, type Values } from '../../src/kernel/index.js';
import { check } from '../../src/run/check.js';
import { compose } from '../../src/system/index.js';
import { judged, told, trials, written } from '../support/mutants.js';

function searchedOnce(values: Values) {
  const claims = suite.claims(values);
  const { coverage, findings } = check(
    suite.system(values),
    claims.map(({ property }) => property),
  );
  const wrong = findings.filter(({ verdict }, at) => verdict !== expectedOf(claims[at] as (typeof claims)[number]));
  return {
    size: [coverage.kind, coverage.states, coverage.transitions],
    wrong: wrong.map(({ property, verdict }) => [property, verdict]),
    fallen: findings.flatMap(({ property, verdict, trace }) =>
      verdict === 'violated' ? [`${property.split(':')[0]} ${trace?.moves.length}`] : [],
    ),
    findings,
  };
}

const remembered = new Map<string, ReturnType<typeof searchedOnce>>();

function searched(values: Values) {
  const key = JSON.stringify(values);
  const known = remembered.get(key) ?? searchedOnce(values);
  remembered.set(key, known);
  return known;
}

describe('every quick configuration is as expected', () => {
  const sizes: Readonly<Record<string, readonly [states: number, transitions: number, fallen: readonly string[]]>> = {
    safe: [1_700, 2_734, []],
    broken: [11_470, 22_244, ['Kept 8']],
    unconfirmed: [14, 14, ['Kept 3']],
    premined: [12_783, 24_215, ['Kept 8']],
    ties: [2_565, 5_538, ['Kept 7']],
    race: [463, 1_004, ['Kept 7']],
    'race-safe': [1_003, 2_580, []],
    late: [1_040, 3_058, ['Kept 7']],
    'late-safe': [4_358, 17_322, []],
    sent: [4_594, 12_037, ['Kept 11']],
  };
  const quick = Object.entries(suite.configurations).filter(([, one]) => one.quick);

  test.each(quick)('%s', (name, { set }) => {
    const { size, wrong, fallen } = searched(set);
    const [states, transitions, falls] = sizes[name] ?? [];
    expect([size, wrong, fallen]).toEqual([['exhaustive', states, transitions], [], falls]);
  });

  test('each has its size here', () => expect(quick.map(([name]) => name)).toEqual(Object.keys(sizes)));
});

describe('mutants', () => {
  test.each(trials(suite).map((trial) => [trial.mutant.name, trial] as const))('%s', (_, trial) =>
    expect(told(judged(trial))).toEqual(written(trial)),
  );
});

/** The rows of both tables of the page, without their edges. */
const page = readFileSync(new URL('../../models/chain-race/README.md', import.meta.url), 'utf8');
const tableAfter = (head: string): readonly (readonly string[])[] => {
  const [, rows = ''] = page.split(`| ${head} |`);
  const [table = ''] = rows.split('\n\n');
  return table
    .split('\n')
    .slice(2)
    .filter((row) => row.startsWith('|'))
    .map((row) => row.split(' | ').map((cell) => cell.replaceAll('|', '').trim()));
};

describe('the table of the page', () => {
  const rows = tableAfter('race | z');

  test('has every race at every depth', () =>
    expect(rows.map(([label, z]) => [label, Number(z)])).toEqual(
      circumstances.flatMap(({ label }) => depths.map((depth) => [label, depth])),
    ));

  test('is the law that was read from it, in every cell', () => {
    const lawful = circumstances.flatMap(({ set }) =>
      depths.map((depth) => budgets.map((budget) => isSafe({ ...set, depth, budget }))),
    );
    expect(rows.map(([, , ...cells]) => cells.map((cell) => cell === 'safe'))).toEqual(lawful);
  });

  const affordable = circumstances.flatMap((circumstance) =>
    depths
      .filter((depth) => depth <= (circumstance.set.links === 'prompt' ? 2 : 1))
      .map((depth) => [circumstance.label, depth, circumstance] as const),
  );

  test.each(affordable)('%s, depth %i: as it is found by search', (label, depth, circumstance) => {
    expect(rowOf(circumstance, depth)).toEqual(rows.find(([name, z]) => name === label && z === `${depth}`)?.slice(2));
  });
});

describe('the law', () => {
  const usual = circumstances[0]?.set as Omit<RaceOptions, 'depth' | 'budget'>;
  const others: readonly (readonly [string, Partial<RaceOptions>])[] = [
    ['blocks are sent, in order on each link', { links: 'push' }],
    ['they are, and the adversary wins ties', { links: 'push', tie: 'adversary' }],
    ['two miners who hear of everything at once', { miners: 2, late: 1 }],
    ['slow links, two miners and none that is late', { links: 'pull', miners: 2 }],
    ['three honest blocks more', { further: 3 }],
    ['slow links and two honest blocks more', { links: 'pull', further: 2 }],
    ['both blocks in advance', { lead: 2 }],
  ];

  test.each(others)('is true to the block where %s', (_, set) => {
    const options = { ...usual, ...set };
    const least = Math.max(0, blocksNeeded({ ...options, depth: 1 }) - options.lead);
    const found = [least - 1, least]
      .filter((budget) => budget >= 0)
      .map((budget) => cellOf({ label: '', set: options }, 1, budget) === 'safe');
    expect(found).toEqual(least === 0 ? [false] : [true, false]);
  });
});

describe('chances', () => {
  test('the table of the page', () =>
    expect(tableAfter('z | z + 1 blocks, 10 %')).toEqual(likelyDepths.map((z) => [`${z}`, ...chancesOf(z)])));

  const percent = (chance: number, digits: number): number => Number((100 * chance).toFixed(digits));

  test.each([
    [0.1, 1, 20],
    [0.1, 2, 5.6],
    [0.1, 3, 1.712],
    [0.1, 4, 0.546],
    [0.1, 5, 0.178],
    [0.1, 6, 0.059],
    [0.2, 6, 2.331],
    [0.3, 1, 60],
    [0.3, 10, 6.511],
  ])('Rosenfeld: share %d, depth %i: %d in a hundred', (share, depth, published) =>
    expect(percent(chanceOf(share, depth, depth), 3)).toBe(published),
  );

  test.each([
    [0.1, 1, 3.111],
    [0.1, 2, 0.951],
    [0.3, 1, 30.857],
    [0.3, 6, 8.911],
  ])('the same with none in advance: share %d, depth %i: %d in a hundred', (share, depth, simulated) =>
    expect(percent(chanceOf(share, depth, depth + 1), 3)).toBe(simulated),
  );

  test.each([
    [0.1, 1, 20.45873],
    [0.1, 2, 5.09779],
    [0.1, 6, 0.02428],
    [0.3, 5, 17.73523],
    [0.3, 10, 4.16605],
  ])('Nakamoto: share %d, depth %i: %d in a hundred', (share, depth, published) =>
    expect(percent(nakamotoChance(share, depth), 5)).toBe(published),
  );

  test('whoever has half of the power wins in the end', () =>
    expect([chanceOf(0.5, 6, 7), nakamotoChance(0.5, 6)]).toEqual([1, 1]));
});

describe('the story', () => {
  const values: Values = { ...defaults, budget: 3 };

  test('is told as the page tells it', () => {
    const story = searched(values).findings.find(({ verdict }) => verdict === 'violated')?.trace;
    const frames = framesOf(compose(chainRace(optionsOf(values))), story as NonNullable<typeof story>);
    const told = raceChart(frames, 2);
    expect(told.length).toBeGreaterThan(10);
    expect(page).toContain(`\`\`\`text\n${told.join('\n')}\n\`\`\`\n`);
  });
});

test('chains are told by their blocks', () => {
  expect(['a', 'a$', 'mx'].map(carriedBy)).toEqual([null, 'payment', 'double']);
  expect([['a', 'b$', 'a'], ['mx'], []].map((chain) => [depthOf(chain), spendIn(chain)])).toEqual([
    [2, 'payment'],
    [0, 'double'],
    [0, null],
  ]);
  expect(prefixesOf([['a', 'a$'], ['a', 'm'], []])).toEqual([[], ['a'], ['a', 'a$'], ['a', 'm']]);
});
