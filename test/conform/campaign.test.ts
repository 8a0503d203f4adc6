/** Campaigns against programs that are right, that are wrong, and that do not answer. */
import { describe, expect, test } from 'vitest';
import { conform, isAsKnown, type KnownDivergence, renderConformance, withFault } from '../../src/conform/index.js';
import { describeMove, intentOf } from '../../src/kernel/index.js';
import { campaign, type Program, right, suite } from '../support/counter.js';

const every = { kind: 'exhaustive', moves: 3, repeats: 3 } as const;

/** Wrong from the second reset on. */
const forgetful: Program = (value, move, moves) =>
  move.name === 'add' && move.by === 2 && value === 1 && moves > 1 ? 4 : right(value, move, moves);

describe('exhaustive', () => {
  test('takes every schedule of every start, each with a fresh instance', async () => {
    const opened = { count: 0 };
    const report = await conform(campaign(right, {}, opened), every);
    expect(report).toMatchObject({ schedules: 2 * 3 ** 3, moves: 2 * 3 ** 4, agreed: 54, complete: true });
    expect(opened.count).toBe(54);
    expect(report.aspects).toEqual([{ aspect: 'value', compared: 54 * 4, values: 8 }]);
    expect(isAsKnown(report)).toBe(true);
  });

  test('makes the same move no more often than it may', async () => {
    const report = await conform(campaign(right), { kind: 'exhaustive' });
    expect(report.schedules).toBe(2 * 6);
  });

  test('keeps the shortest divergence of the scope, from the earliest start', async () => {
    const report = await conform(campaign(forgetful), every);
    expect(report.divergences).toHaveLength(1);
    const [found] = report.divergences;
    expect(found).toMatchObject({ known: [], label: 'from 0', shortest: { divergence: { step: 2, aspect: 'value' } } });
    expect(found?.trace.moves.map(describeMove)).toEqual(['counter: add by 1', 'counter: add by 2']);
    expect(isAsKnown(report)).toBe(false);
  });

  test('is not complete when it was stopped', async () => {
    let left = 5;
    const report = await conform(campaign(right), every, { stop: () => --left < 0 });
    expect(report).toMatchObject({ schedules: 5, complete: false });
    expect(isAsKnown(report)).toBe(false);
  });
});

describe('random', () => {
  const mode = { kind: 'random', runs: 200, seed: 7, moves: 30, repeats: 30 } as const;

  test('finds what the exhaustive one finds, and shrinks it to the same two moves', async () => {
    const report = await conform(campaign(forgetful), mode);
    expect(report.divergences).toHaveLength(1);
    expect(report.divergences[0]?.trace.moves.map(describeMove)).toEqual(['counter: add by 1', 'counter: add by 2']);
    expect(report.divergences[0]?.schedules).toBeGreaterThan(50);
  });

  test('is the same for the same seed', async () => {
    const [one, two] = [await conform(campaign(forgetful), mode), await conform(campaign(forgetful), mode)];
    expect(one).toEqual(two);
  });
});

describe('a program that does not answer', () => {
  const when =
    (bad: () => number | Promise<number>): Program =>
    (value, move, moves) =>
      move.by === 2 && value === 3 ? bad() : right(value, move, moves);

  test.each([
    ['hangs', 'hung', when(() => new Promise(() => {}))],
    ['throws', 'threw', when(() => Promise.reject(new Error('out of order')))],
    [
      'throws at once',
      'threw',
      when(() => {
        throw new Error('out of order');
      }),
    ],
  ])('%s: a result with its last move, and the campaign goes on', async (_, kind, program) => {
    const opened = { count: 0 };
    const report = await conform(campaign(program, { patience: 5 }, opened), every);
    // A schedule ends with its instance, so what would have followed two moves of one of them was not driven three times.
    expect(report).toMatchObject({ schedules: 52, complete: true });
    expect(opened.count).toBe(52);
    expect(report.divergences).toHaveLength(1);
    expect(report.divergences[0]).toMatchObject({ shortest: { start: 1, divergence: { step: 2, failure: { kind } } } });
    expect(report.divergences[0]?.trace.moves.map(describeMove)).toEqual(['counter: add by 2', 'counter: add by 2']);
    expect(report.agreed + (report.divergences[0]?.schedules ?? 0)).toBe(52);
  });

  test('does not start: a result of no moves', async () => {
    const broken = campaign(right, {
      open: () => {
        throw new Error('no such port');
      },
    });
    const report = await conform(broken, every);
    expect(report.divergences[0]?.shortest).toMatchObject({ divergence: { step: 0, failure: { kind: 'threw' } } });
  });

  test('never comes to rest', async () => {
    let ticks = 0;
    const observe = () => ({ value: ticks++ });
    const restless = campaign(right, {
      open: () => ({ perform: () => undefined, observe }),
      quiet: { stableFor: 4, within: 12, every: 1 },
    });
    const report = await conform(restless, { kind: 'exhaustive', moves: 1 });
    expect(report.divergences[0]?.shortest.divergence?.failure?.kind).toBe('restless');
  });
});

test('a program that works by itself is waited for', async () => {
  const late = campaign(right, {
    quiet: { stableFor: 30, within: 1000, every: 3 },
    open: (from) => {
      let value = from;
      return {
        perform(move) {
          if (move.kind !== 'operation') throw new Error('no such move');
          const next = right(value, { name: move.operation, by: Number(move.args.by ?? 0) }, 0) as number;
          setTimeout(() => {
            value = next;
          }, 5);
          return undefined;
        },
        observe: () => ({ value }),
      };
    },
  });
  expect(await conform(late, { kind: 'exhaustive', moves: 2 })).toMatchObject({ agreed: 2 * 6 });
});

describe('seeded faults', () => {
  test.each([
    ['drop', 1, 1],
    ['drop', 3, 3],
    ['swap', 2, 2],
    ['stale', 1, 1],
    ['stale', 3, 3],
  ] as const)('%s at %i: found, and no shorter than it can be', async (kind, at, length) => {
    const of = campaign(right);
    const report = await conform({ ...of, adapter: withFault(of.adapter, { kind, at }) }, every);
    expect(report.divergences[0]?.trace.moves).toHaveLength(length);
    const random = await conform(
      { ...of, adapter: withFault(of.adapter, { kind, at }) },
      { kind: 'random', runs: 50, seed: 3, moves: 20, repeats: 20 },
    );
    expect(random.divergences[0]?.trace.moves).toHaveLength(length);
  });

  test('a fault after the last move does nothing', async () => {
    const of = campaign(right);
    const report = await conform({ ...of, adapter: withFault(of.adapter, { kind: 'drop', at: 4 }) }, every);
    expect(report.agreed).toBe(54);
  });
});

describe('known divergences', () => {
  const known: KnownDivergence = {
    id: 'one-and-two-is-four',
    implementation: 'program',
    version: '1',
    kind: 'defect',
    reason: 'one and two is taken for four, seen in the source',
  };

  test('one that is explained by another model is known, wherever it occurs', async () => {
    // The model that explains it adds as the program does; the first move is never wrong.
    const explained = {
      ...campaign((value, move, moves) => (move.name === 'reset' ? value : right(value, move, moves))),
      known: [known],
      explanations: [{ because: [known.id], system: withoutReset() }],
    };
    const report = await conform(explained, every);
    expect(report.divergences).toMatchObject([{ known: [known.id] }]);
    expect(isAsKnown(report)).toBe(true);
    expect(renderConformance(report, [known])).toContain('defect: one and two is taken for four');
  });

  test('what the explanation does not explain is new', async () => {
    const explained = {
      ...campaign(forgetful),
      known: [known],
      explanations: [{ because: [known.id], system: withoutReset() }],
    };
    const report = await conform(explained, every);
    expect(report.divergences).toMatchObject([{ known: [] }]);
    expect(report.gone).toEqual([known.id]);
    expect(renderConformance(report, [known])).toContain('GONE      one-and-two-is-four');
  });

  test('without an explanation only the one shortest schedule is known', async () => {
    const alone = (program: Program) => ({ ...campaign(program), set: { starts: 1 } });
    const [found] = (await conform(alone(forgetful), every)).divergences;
    const intents = (found?.trace.moves ?? []).map(intentOf);
    const recorded = { ...alone(forgetful), known: [{ ...known, shortest: { intents, aspect: 'value' } }] };
    expect((await conform(recorded, every)).divergences).toMatchObject([{ known: [known.id] }]);
    const other = {
      ...alone(forgetful),
      known: [{ ...known, shortest: { intents: intents.slice(1), aspect: 'value' } }],
    };
    expect((await conform(other, every)).divergences).toMatchObject([{ known: [] }]);
    const older = {
      ...alone(forgetful),
      known: [{ ...known, version: '0', shortest: { intents, aspect: 'value' } }],
    };
    expect((await conform(older, every)).divergences).toMatchObject([{ known: [] }]);
  });

  test('an explanation of something that is not on the list is refused', async () => {
    const explained = { ...campaign(right), known: [], explanations: [{ because: ['x'], system: withoutReset() }] };
    await expect(conform(explained, every)).rejects.toMatchObject({ code: 'KNOWN_INVALID' });
  });
});

test('an adapter that forgets an aspect, or sees one that there is not, is refused', async () => {
  const blind = campaign(right, { open: () => ({ perform: () => undefined, observe: () => ({}) }) });
  await expect(conform(blind, every)).rejects.toMatchObject({ code: 'ADAPTER_INVALID' });
  const wild = campaign(right, { open: () => ({ perform: () => undefined, observe: () => ({ value: 0, more: 1 }) }) });
  await expect(conform(wild, every)).rejects.toMatchObject({ code: 'ADAPTER_INVALID' });
});

test('where nothing can be seen nothing was compared, and that is not as known', async () => {
  const unseen = campaign(right, { open: () => ({ perform: () => undefined, observe: () => ({ value: undefined }) }) });
  const report = await conform(unseen, every);
  expect(report).toMatchObject({ agreed: 54, aspects: [{ compared: 0 }] });
  expect(isAsKnown(report)).toBe(false);
});

/** The counter, in which a reset does nothing. */
function withoutReset() {
  const { operations = [], ...system } = suite.system({ starts: 2 });
  return {
    ...system,
    operations: operations.map((one) =>
      one.name === 'reset' ? { ...one, offer: () => [{ event: { type: 'add', by: 0 } }] } : one,
    ),
  };
}
