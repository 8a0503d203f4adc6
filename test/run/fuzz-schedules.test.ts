/** Fuzzing by every schedule: what is found is shrunk and replayed as ever, and a seed says it all. */
import { describe, expect, test } from 'vitest';
import { stopAndWait } from '../../models/stop-and-wait/index.js';
import { suite } from '../../properties/stop-and-wait.js';
import { scheduleNames } from '../../src/kernel/index.js';
import { fuzz } from '../../src/run/fuzz.js';
import { compose } from '../../src/system/index.js';
import { replay } from '../../src/trace/index.js';

const overtakes = stopAndWait({ network: 'unordered' });
const claims = suite.claims({ packets: 2, network: 'unordered' }).map(({ property }) => property);

describe.each(scheduleNames)('the schedule %s', (schedule) => {
  test('finds what fails over unordered links, and a search proves that nothing shorter does', async () => {
    const report = await fuzz(overtakes, claims, { seed: 3, runs: 300, moves: 60, schedule });
    expect(report.coverage.schedule?.name).toBe(schedule);
    const violated = report.findings.filter(({ verdict }) => verdict === 'violated');
    expect(violated.length).toBeGreaterThan(0);
    const model = compose(overtakes);
    for (const { property: name, trace, shrunk } of violated) {
      expect(shrunk?.minimal.proved).toBe(true);
      const property = claims.find((one) => one.name === name);
      if (trace === undefined || property === undefined) throw new Error('no trace');
      expect(replay(model, property, trace).shownAt).toBe(trace.moves.length);
    }
  });

  test('is the same for the same seed, to the byte, and another for another', async () => {
    const told = async (seed: number) =>
      JSON.stringify(await fuzz(overtakes, claims, { seed, runs: 40, moves: 40, schedule }));
    expect(await told(5)).toBe(await told(5));
    expect(await told(5)).not.toBe(await told(6));
  });
});
