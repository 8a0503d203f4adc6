/** Fuzzing from end to end: seeded bugs are found from any seed, shrunk to the shortest trace, and reported the same twice. */
import { describe, expect, test } from 'vitest';
import { stopAndWait } from '../../models/stop-and-wait/index.js';
import { mutants, type TwoPhaseMutant, twoPhaseCommit, type Variant } from '../../models/two-phase-commit/index.js';
import { noMoreThanSent, oneAtATime, suite as stopAndWaitSuite } from '../../properties/stop-and-wait.js';
import { commits, consistent, suite as twoPhaseSuite } from '../../properties/two-phase-commit.js';
import {
  eventually,
  expectedOf,
  isTemporal,
  moveClass,
  never,
  type Property,
  recoverable,
} from '../../src/kernel/index.js';
import { check } from '../../src/run/check.js';
import { type FuzzOptions, fuzz } from '../../src/run/fuzz.js';
import { compose } from '../../src/system/index.js';
import { follow } from '../support/toy-model.js';

const options: FuzzOptions = { seed: 1, runs: 40, moves: 400 };
const seeds = [1, 2, 3, 4, 5];

describe.each(seeds)('from seed %i', (seed) => {
  test('finds and minimizes what fails over unordered links', async () => {
    const values = { network: 'unordered', packets: 4 } as const;
    // A sample cannot decide what comes in the end.
    const claims = stopAndWaitSuite.claims(values).filter(({ property }) => !isTemporal(property));
    const properties = claims.map(({ property }) => property as Property);
    const system = stopAndWait(values);
    const report = await fuzz(system, properties as never, { ...options, seed });
    const model = compose(system);
    for (const [i, { property, verdict, trace, shrunk }] of report.findings.entries()) {
      const claim = claims[i];
      if (claim === undefined || trace === undefined) throw new Error(`no trace of ${property}`);
      expect([property, verdict]).toEqual([claim.property.name, expectedOf(claim)]);
      if (claim.length !== undefined) expect([property, trace.moves.length]).toEqual([property, claim.length]);
      expect(shrunk).toMatchObject({ to: trace.moves.length, minimal: { proved: true, scope: 'system' } });
      expect(follow(model, trace.start, trace.choices).moves).toEqual(trace.moves);
    }
  });

  test('finds every seeded bug of two-phase commit', async () => {
    for (const [variant, { kills, values }] of seeded) {
      const [claim, length] = Object.entries(kills)[0] as [string, number];
      const { property } = twoPhaseSuite.claims(values).find((one) => one.property.name === claim) ?? {};
      if (property === undefined) throw new Error(`no claim is called '${claim}'`);
      const system = twoPhaseCommit({ rms: Number(values.rms), variant: variant as Variant });
      const report = await fuzz(system, [property], { ...options, seed });
      expect([variant, report.findings[0]?.verdict]).toEqual([variant, 'violated']);
      expect(report.findings[0]?.shrunk).toMatchObject({ to: length, minimal: { proved: true, scope: 'system' } });
    }
  });
});

const seeded: readonly (readonly [string, TwoPhaseMutant])[] = Object.entries(mutants);

describe('a report', () => {
  const system = stopAndWait({ network: 'unordered', packets: 4 });

  test('is the same for the same seed, byte for byte', async () => {
    const once = async (seed: number) =>
      JSON.stringify(await fuzz(system, [noMoreThanSent, oneAtATime], { ...options, seed }));
    expect(await once(11)).toBe(await once(11));
    expect(await once(11)).not.toBe(await once(12));
  });

  test('never says of a property that it holds, and shows what the samples covered', async () => {
    const report = await fuzz(twoPhaseCommit({ rms: 3 }), [consistent, commits], options);
    expect(report.findings).toEqual([
      { property: consistent.name, kind: 'always', verdict: 'undecided' },
      {
        property: commits.name,
        kind: 'sometimes',
        verdict: 'witnessed',
        trace: expect.anything(),
        shrunk: {
          from: expect.any(Number),
          to: 10,
          minimal: { proved: true, scope: 'system', states: expect.any(Number) },
        },
      },
    ]);
    expect(report).toMatchObject({ model: 'two-phase-commit rms=3', strategy: 'fuzz', seed: 1 });
    expect(report.coverage).toMatchObject({ kind: 'sampled', runs: 40, queue: 0 });
    expect(report.coverage.states).toBeLessThanOrEqual(288);
    expect(report.coverage.states).toBeGreaterThan(200);
    expect(report.effort.bytesPerState).toBeGreaterThan(0);
  });

  test('counts distinct states exactly: with enough runs, all of them', async () => {
    const whole = check(stopAndWait(), []).coverage.states;
    const open = never('nothing decides this', () => false);
    const { coverage } = await fuzz(stopAndWait(), [open], { ...options, runs: 2000 });
    expect(coverage.states).toBe(whole);
  });

  test('says what stopped a proof', async () => {
    const { findings } = await fuzz(system, [noMoreThanSent], { ...options, proofStates: 10 });
    expect(findings[0]?.verdict).toBe('violated');
    expect(findings[0]?.shrunk?.minimal).toEqual({ proved: false, why: expect.stringContaining('stopped at') });
  });
});

describe('a caller', () => {
  test('hears how far it has come, and may stop it', async () => {
    const heard: number[] = [];
    const report = await fuzz(twoPhaseCommit(), [consistent], { ...options, runs: 100_000 }, ({ moves }) => {
      heard.push(moves);
      return heard.length < 3 ? 'continue' : 'stop';
    });
    expect(heard).toHaveLength(3);
    expect(heard.toSorted((a, b) => a - b)).toEqual(heard);
    expect(report.coverage.cut).toBe('interrupted');
    expect(report.findings[0]?.verdict).toBe('undecided');
  });

  test('who stops it gets what was found, as it was found', async () => {
    const report = await fuzz(twoPhaseCommit(), [consistent, commits], { ...options, runs: 100_000 }, () => 'stop');
    const { verdict, trace, shrunk } = report.findings[1] ?? {};
    expect([verdict, shrunk]).toEqual(['witnessed', undefined]);
    const again = follow(compose(twoPhaseCommit()), trace?.start ?? 0, trace?.choices ?? []);
    expect(again.moves).toEqual(trace?.moves);
  });

  test('leaves others their turn', async () => {
    let ticks = 0;
    const clock = setInterval(() => ticks++, 1);
    await fuzz(twoPhaseCommit(), [consistent], { ...options, runs: 1000 });
    clearInterval(clock);
    expect(ticks).toBeGreaterThan(0);
  });

  test('may weigh the moves: of weight 0 there are none', async () => {
    const weights = { lose: 0, duplicate: 0 };
    const { findings } = await fuzz(stopAndWait({ network: 'unordered' }), [noMoreThanSent], {
      ...options,
      weights,
      proofStates: 1,
    });
    expect(findings[0]?.verdict).toBe('violated');
    expect(findings[0]?.trace?.moves.map(moveClass)).not.toContain('lose');
    expect(findings[0]?.trace?.moves.map(moveClass)).not.toContain('duplicate');
  });

  test('is told of a weight that nothing has, of a broken property and of a machine at fault', async () => {
    const weigh = fuzz(twoPhaseCommit(), [consistent], { ...options, weights: { crash: 2 } });
    await expect(weigh).rejects.toMatchObject({ code: 'SEARCH_INVALID', expected: expect.stringContaining('deliver') });
    const broken = never('this throws', () => {
      throw new Error('no');
    });
    await expect(fuzz(twoPhaseCommit(), [broken], options)).rejects.toMatchObject({ code: 'PROPERTY_THREW' });
  });
});

describe('temporal properties', () => {
  const decided = eventually('the coordinator decides', () => true, {});
  const back = recoverable('there is a way back', () => true, ['deliver']);
  const why = 'only the whole graph of states can decide it: check it';

  test('are left undecided, whatever the others come to', async () => {
    const report = await fuzz(twoPhaseCommit({ rms: 3 }), [decided, commits, back], options);
    expect(report.findings).toEqual([
      { property: decided.name, kind: 'eventually', verdict: 'undecided', why },
      expect.objectContaining({ property: commits.name, verdict: 'witnessed' }),
      { property: back.name, kind: 'recoverable', verdict: 'undecided', why },
    ]);
    expect(report.coverage.cut).toBe('decided');
    expect(await fuzz(twoPhaseCommit({ rms: 3 }), [commits], options)).toMatchObject({ coverage: report.coverage });
  });

  test('are not even asked', async () => {
    const thrower = eventually(
      'this throws',
      () => {
        throw new Error('no');
      },
      {},
    );
    const { findings } = await fuzz(twoPhaseCommit(), [thrower, consistent], options);
    expect(findings.map(({ verdict }) => verdict)).toEqual(['undecided', 'undecided']);
  });

  test('alone are refused, before anything is run', async () => {
    await expect(fuzz(twoPhaseCommit(), [decided], options)).rejects.toMatchObject({
      code: 'SEARCH_UNSOUND',
      message: "samples cannot decide 'the coordinator decides'",
      hint: expect.stringContaining('churnproof check'),
    });
    await expect(fuzz(twoPhaseCommit(), [decided, back], options)).rejects.toMatchObject({
      message: "samples cannot decide 'the coordinator decides', nor the others",
    });
  });
});
