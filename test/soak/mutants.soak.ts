/** Every seeded bug of every bundled suite, the slow ones too; and survivors once more where the circle is larger. */
import { expect, test } from 'vitest';
import { chordZave, type ZaveMutant, zaveMutants } from '../../models/chord/index.js';
import { catalogue } from '../../properties/catalogue.js';
import { zaveSuite } from '../../properties/chord/zave-suite.js';
import { expectedOf } from '../../src/kernel/index.js';
import { check } from '../../src/run/check.js';
import { judged, told, trials, written } from '../support/mutants.js';

const all = catalogue.flatMap((suite) =>
  trials(suite).map((trial) => ({ name: `${suite.model} ${trial.mutant.name}`, trial })),
);

test.each(all)('$name', ({ trial }) => expect(told(judged(trial))).toEqual(written(trial)));

const larger = Object.entries<ZaveMutant>(zaveMutants)
  .filter(([, { survivor, values }]) => survivor && values.n === 5)
  .map(([name, mutant]) => ({ name, mutant, values: { ...mutant.values, n: 6 } }));

// With notifications that wait the graph is too large for the temporal claims.
test.each(larger.filter(({ values }) => !values.patient))(
  '$name is quiet with six identifiers',
  ({ mutant, values }) => {
    const claims = zaveSuite.claims(values);
    const { coverage, findings } = check(
      chordZave({ ...values, variation: mutant.variation }),
      claims.map(({ property }) => property),
    );
    expect(coverage.kind).toBe('exhaustive');
    expect(findings.map(({ property, verdict }) => [property, verdict])).toEqual(
      claims.map((claim) => [claim.property.name, expectedOf(claim)]),
    );
  },
);
