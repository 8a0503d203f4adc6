/** A sample of mutants with every combination of the options of a search: the verdicts of the plain one. The soak takes them all. */
import { expect, test } from 'vitest';
import { differences, generic, seeded, Tally } from '../support/options.js';

/** How many mutants of a model are taken: few of those whose machines are slow to step. */
const sampled: Readonly<Record<string, number>> = {
  'leader-election': 35,
  'two-phase-commit': 5,
  'chord-orig': 3,
  'chord-zave': 3,
  dissemination: 10,
};

test('mutants get the same verdicts whatever the options', () => {
  const tally = new Tally();
  const all = [...seeded(), ...generic()];
  for (const [model, count] of Object.entries(sampled)) {
    const mutants = all.filter(({ recipe }) => recipe.model === model);
    for (let i = 0; i < count; i++) {
      const mutated = mutants[Math.floor((i * mutants.length) / count)]!;
      expect(differences(mutated, 600, tally) ?? [], mutated.name).toEqual([]);
    }
  }
  const exactly = (reduction: string) => tally.compared.get(`${reduction}, breadth-first, exact`) ?? 0;
  expect(tally.mutants).toBeGreaterThanOrEqual(30);
  expect(tally.comparisons).toBeGreaterThan(500);
  expect(tally.verdicts.get('violated')).toBeGreaterThan(50);
  for (const reduction of ['partial-order', 'symmetry', 'symmetry, partial-order', 'rotation'])
    expect(exactly(reduction), reduction).toBeGreaterThan(1);
  for (const reduction of ['rotation, partial-order', 'rotation, symmetry'])
    expect(tally.refused.get(`${reduction}: SEARCH_UNSOUND`), reduction).toBe(tally.mutants);
});
