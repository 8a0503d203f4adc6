/** The largest cells of the table of optimal distribution. */
import { expect, test } from 'vitest';
import { suite } from '../../properties/dissemination.js';
import { expectedOf } from '../../src/kernel/index.js';
import { check } from '../../src/run/check.js';

test.each([
  ['n3k4', 44_494, 75_665],
  ['n4k3', 104_053, 230_608],
  ['n4k4', 3_656_884, 8_747_458],
] as const)('%s', (name, states, transitions) => {
  const { set } = suite.configurations[name] as NonNullable<(typeof suite.configurations)[string]>;
  const claims = suite.claims(set);
  const { coverage, findings } = check(
    suite.system(set),
    claims.map(({ property }) => property),
  );
  expect(coverage).toMatchObject({ kind: 'exhaustive', states, transitions });
  expect(findings.map(({ verdict }) => verdict)).toEqual(claims.map(expectedOf));
});
