/**
 * From how many states upkeep alone never makes the network ideal again, and what fairness brings about: numbers of an
 * independent explorer for the first, our own for the second.
 */
import { describe, expect, test } from 'vitest';
import { chordOriginal, chordZave, type OriginalOptions, type ZaveOptions } from '../../models/chord/index.js';
import { suites } from '../../properties/chord.js';
import type { Finding, System, Values } from '../../src/kernel/index.js';
import { describeMove } from '../../src/kernel/index.js';
import { check } from '../../src/run/check.js';

const temporal = ['Recoverable', 'Stabilizes', 'StabilizesInTime'];

/** What the temporal claims of a suite come to on one of its systems, by the word they are known by. */
// biome-ignore lint/suspicious/noExplicitAny: a system of either protocol
function judged(model: string, values: Values, system: System<any, any>): Readonly<Record<string, Finding>> {
  const claims = suites.find((suite) => suite.model === model)?.claims(values) ?? [];
  const word = (name: string) => name.split(':')[0] as string;
  const properties = claims.map(({ property }) => property).filter(({ name }) => temporal.includes(word(name)));
  const { findings } = check(system, properties);
  return Object.fromEntries(findings.map((finding) => [word(finding.property), finding]));
}

const published = { n: 3, rejoin: false, split: false, jfix: true, sfix: true };
const original = (options: Partial<OriginalOptions>) => {
  const values = { ...published, ...options } as typeof published;
  return judged('chord-orig', values, chordOriginal(values));
};

const five = { n: 5, r: 2, rejoin: false, patient: false };
const zave = (options: Partial<Omit<ZaveOptions, 'variation'>>) => {
  const values = { ...five, ...options };
  return judged('chord-zave', values, chordZave(values));
};

describe('the original protocol has dead states', () => {
  test.each<[Partial<OriginalOptions>, dead: number, moves: number]>([
    [{ n: 3, rejoin: true }, 384, 15],
    [{ n: 3, rejoin: true, split: true }, 6_264, 17],
    [{ n: 4 }, 288, 13],
    [{ n: 4, split: true }, 2_400, 17],
    [{ n: 5 }, 30_636, 13],
    [{ n: 3, rejoin: true, jfix: false, sfix: false }, 987, 4],
  ])('%o: %i, the nearest after %i moves', (options, dead, moves) => {
    const { Recoverable } = original(options);
    expect(Recoverable).toMatchObject({ verdict: 'violated', dead, critical: { kind: 'lost', step: moves } });
    expect(Recoverable?.trace?.moves).toHaveLength(moves);
  });

  test.each<[Partial<OriginalOptions>]>([[{ n: 3 }], [{ n: 3, split: true }]])('%o: none', (options) => {
    expect(original(options).Recoverable).toMatchObject({ verdict: 'holds' });
  });

  test('where there is a way back, upkeep takes it, and where there is none it cannot', () => {
    expect(original({ n: 3 }).Stabilizes).toMatchObject({ verdict: 'holds' });
    expect(original({ n: 3, rejoin: true }).Stabilizes).toMatchObject({
      verdict: 'violated',
      critical: { kind: 'lost' },
    });
  });
});

describe('the corrected protocol has none', () => {
  test.each<[Partial<Omit<ZaveOptions, 'variation'>>]>([
    [{ n: 4 }],
    [{ n: 5 }],
    [{ n: 4, rejoin: true }],
    [{ n: 5, r: 3 }],
    [{ n: 6, r: 3 }],
    [{ n: 5, r: 3, rejoin: true }],
    [{ n: 4, r: 1, rejoin: true }],
    [{ n: 5, r: 1 }],
  ])('%o, and it becomes ideal if nobody is interrupted for ever', (options) => {
    const { Recoverable, Stabilizes, StabilizesInTime } = zave(options);
    expect(Recoverable).toMatchObject({ verdict: 'holds' });
    expect(StabilizesInTime).toMatchObject({ verdict: 'holds' });
    expect(Stabilizes).toMatchObject({ verdict: 'violated', critical: { kind: 'open' } });
  });

  test('weak fairness does not see to it: one notification displaces the other for ever', () => {
    const { trace, critical } = zave({ n: 4 }).Stabilizes as Finding;
    expect(trace?.moves.map(describeMove)).toEqual([
      '3: join via 2',
      '0: stabilizeFromSuccessor',
      '2: stabilizeFromSuccessor',
      '3: stabilizeFromSuccessor',
      '1: rectify notifier 0',
      '2: stabilizeFromSuccessor',
      '0: rectify notifier 2',
    ]);
    expect(trace?.loop).toBe(1);
    expect(describeMove(critical?.instead?.move as never)).toBe('0: rectify notifier 3');
  });

  test.each<[Partial<Omit<ZaveOptions, 'variation'>>]>([
    [{ n: 4 }],
    [{ n: 5 }],
    [{ n: 4, rejoin: true }],
    [{ n: 5, r: 3 }],
    [{ n: 4, r: 1, rejoin: true }],
  ])('%o: where notifications wait, it does', (options) => {
    const { Recoverable, Stabilizes } = zave({ ...options, patient: true });
    expect([Recoverable?.verdict, Stabilizes?.verdict]).toEqual(['holds', 'holds']);
  });
});
