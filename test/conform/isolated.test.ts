/** A campaign survives what an implementation can do in a thread of its own. */
import { expect, test } from 'vitest';
import { conform, isolated } from '../../src/conform/index.js';
import { describeMove } from '../../src/kernel/index.js';
import { campaign, right } from '../support/counter.js';

const module = new URL('../support/stubborn.js', import.meta.url);

test('loops without end, exits and errors are results, and the campaign goes on in a fresh instance', async () => {
  const of = campaign(right, { patience: 300 });
  const adapter = isolated(of.adapter, { module, name: 'stubborn' });
  const report = await conform({ ...of, adapter }, { kind: 'exhaustive', moves: 3, repeats: 3 });
  expect(report.complete).toBe(true);
  const told = report.divergences.map(({ shortest, trace, schedules }) => [
    shortest.divergence?.failure?.kind,
    trace.moves.map(describeMove).at(-1),
    shortest.divergence?.step,
    schedules > 0,
  ]);
  expect(told.toSorted()).toEqual([
    ['died', 'counter: reset', 2, true],
    ['hung', 'counter: reset', 2, true],
    ['threw', 'counter: add by 2', 2, true],
  ]);
  expect(report.agreed).toBeGreaterThan(20);
});

test('a thread that cannot load its module is told', async () => {
  const of = campaign(right);
  const adapter = isolated(of.adapter, { module: new URL('./nowhere.js', import.meta.url), name: 'stubborn' });
  const report = await conform({ ...of, adapter }, { kind: 'exhaustive', moves: 1 });
  expect(report.divergences[0]?.shortest.divergence).toMatchObject({ step: 0, failure: { kind: 'threw' } });
});
