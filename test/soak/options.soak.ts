/** Hundreds of mutants, seeded and generic, with every combination of the options of a search: the verdicts of the plain one. */
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { type Finding, isTemporal } from '../../src/kernel/index.js';
import { compose } from '../../src/system/index.js';
import { WorkerSearch } from '../../src/workers/index.js';
import { differences, generic, type Mutated, searched, seeded, Tally } from '../support/options.js';
import { builtPackage, ended } from '../support/workers.js';

/** Mutants with more states than this are left to other tests. */
const maxStates = 4000;
const mutants = [...seeded(), ...generic()];

describe('every combination of order, store, reduction and end', () => {
  const tally = new Tally();
  let looked = 0;

  test.for(mutants)('$name', (mutated, { skip }) => {
    if (++looked % 50 === 0)
      console.log(`${looked} of ${mutants.length} mutants, ${tally.comparisons} searches compared`);
    const found = differences(mutated, maxStates, tally);
    if (found === undefined) skip(`more than ${maxStates} states`);
    expect(found).toEqual([]);
  });

  afterAll(() => {
    const sorted = (map: Map<string, number>) => Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)));
    console.log(`${tally.mutants} mutants, ${tally.broken} broken ones`, sorted(tally.verdicts));
    console.log('compared', sorted(tally.compared), 'refused', sorted(tally.refused));
    expect(tally.mutants).toBeGreaterThanOrEqual(400);
    expect(tally.comparisons).toBeGreaterThan(5000);
    expect(tally.verdicts.get('violated')).toBeGreaterThan(300);
    // A comparison that never happens proves nothing; what is refused for one reason or another never happens.
    for (const reduction of ['', 'partial-order, ', 'symmetry, ', 'symmetry, partial-order, ', 'rotation, '])
      for (const way of ['breadth-first, exact', 'depth-first, exact', 'breadth-first, fingerprint 7'])
        for (const end of ['', ', first'])
          expect(tally.compared.get(reduction + way + end) ?? 0, reduction + way + end).toBeGreaterThan(20);
    for (const reduction of ['rotation, partial-order', 'rotation, symmetry'])
      expect(tally.refused.get(`${reduction}: SEARCH_UNSOUND`), reduction).toBe(tally.mutants);
  });
});

describe('two workers', () => {
  const built = builtPackage();
  const dist = pathToFileURL(`${built.folder}/dist/`).href;
  const counts = { compared: 0, violated: 0, verdicts: 0 };
  afterAll(() => {
    built.remove();
    console.log('two workers', counts);
    expect(counts.compared).toBeGreaterThanOrEqual(300);
    expect(counts.violated).toBeGreaterThan(200);
  });

  const brief = ({ property, verdict, trace }: Finding) => [property, verdict, trace?.moves.length];
  const byTwo = ({ system, recipe }: Mutated, properties: Mutated['properties'], stopWhenDecided: boolean) => {
    const entry = new URL('../support/mutant-worker.js', import.meta.url);
    const asked = properties.map(({ name }) => name);
    const party = { entry, recipe: { ...recipe, dist, asked }, workers: 2 };
    return ended(new WorkerSearch(party, compose(system), properties, { stopWhenDecided }));
  };

  test.for(mutants)('$name', async (mutated, { skip }) => {
    const properties = mutated.properties.filter((property) => !isTemporal(property));
    const one = searched(mutated, properties, { maxStates });
    if ('error' in one || one.report.coverage.kind !== 'exhaustive') return skip('broken, or too large');
    const { findings, coverage } = one.report;
    const shared = await byTwo(mutated, properties, false);
    expect(shared.findings).toEqual(findings);
    expect(shared.coverage).toEqual(coverage);
    if (++counts.compared % 50 === 0) console.log(`${counts.compared} mutants by two workers`);
    if (counts.compared % 5 === 0)
      expect((await byTwo(mutated, properties, true)).findings.map(brief)).toEqual(findings.map(brief));
    counts.verdicts += findings.length;
    counts.violated += findings.filter(({ verdict }) => verdict === 'violated').length;
  });
});
