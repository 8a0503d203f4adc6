/** Stop-and-wait: every claim over both kinds of link, the shape of the famous trace, and every mutant caught. */
import { describe, expect, test } from 'vitest';
import { stopAndWait } from '../../models/stop-and-wait/index.js';
import { noMoreThanSent, quietIsDelivered, suite } from '../../properties/stop-and-wait.js';
import { describeMove, expectedOf } from '../../src/kernel/index.js';
import { check } from '../../src/run/check.js';
import { judged, told, trials, written } from '../support/mutants.js';

const counts = { fifo: [70, 212, 354, 496], unordered: [70, 830, 1_928, 3_410] };

describe.each(['fifo', 'unordered'] as const)('over %s links', (network) => {
  test.each([1, 2, 3, 4])('every claim about %i packets is as expected', (packets) => {
    const values = { network, packets };
    const claims = suite.claims(values);
    const report = check(
      suite.system(values),
      claims.map(({ property }) => property),
    );
    expect(report.coverage.kind).toBe('exhaustive');
    expect(report.coverage.states).toBe(counts[network][packets - 1]);
    for (const [i, claim] of claims.entries()) {
      const { property, verdict, trace } = report.findings[i] as (typeof report.findings)[number];
      expect([property, verdict]).toEqual([claim.property.name, expectedOf(claim)]);
      if (claim.length !== undefined) expect([property, trace?.moves.length]).toEqual([property, claim.length]);
    }
  });
});

test('over unordered links an old packet passes for a new one', () => {
  const [finding] = check(stopAndWait({ network: 'unordered' }), [noMoreThanSent], { stopWhenDecided: true }).findings;
  expect(finding?.trace?.moves.map(describeMove)).toEqual([
    'alice: timer retry',
    'deliver alice -> bob {"type":"data","bit":0}',
    'deliver bob -> alice {"type":"ack","bit":0}',
    'deliver alice -> bob {"type":"data","bit":1}',
    'deliver alice -> bob {"type":"data","bit":0}',
  ]);
});

test('links that made their sender wait would stop both ends', () => {
  const [finding] = check({ ...stopAndWait(), whenFull: 'block' }, [quietIsDelivered]).findings;
  expect([finding?.verdict, finding?.trace?.moves.length]).toEqual(['violated', 4]);
});

const seeded = trials(suite).map((trial) => ({ name: trial.mutant.name, trial }));

test.each(seeded)('the mutant $name is caught', ({ trial }) => {
  expect(told(judged(trial))).toEqual(written(trial));
});
