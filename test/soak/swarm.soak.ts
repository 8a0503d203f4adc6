/** Piece exchange at the sizes that take minutes. */
import { expect, test } from 'vitest';
import { swarmSuite, wireSuite } from '../../properties/swarm.js';
import { expectedOf, type Suite, type Values } from '../../src/kernel/index.js';
import { check } from '../../src/run/check.js';

const setOf = (suite: Suite, name: string): Values => suite.configurations[name]?.set ?? {};

const cases = [
  { suite: wireSuite, name: 'wire', change: {}, states: 152_255, transitions: 483_872 },
  { suite: swarmSuite, name: 'blocks', change: {}, states: 157_753, transitions: 572_162 },
  { suite: swarmSuite, name: 'swarm', change: { crashes: 0 }, states: 1_619_504, transitions: 19_192_498 },
  { suite: swarmSuite, name: 'swarm', change: {}, states: 5_038_762, transitions: 54_901_944 },
] as const;

test.each(cases)('$suite.model $name $change', ({ suite, name, change, states, transitions }) => {
  const values = { ...setOf(suite, name), ...change };
  const claims = suite.claims(values);
  const { coverage, findings } = check(
    suite.system(values),
    claims.map(({ property }) => property),
  );
  expect(coverage).toMatchObject({ kind: 'exhaustive', states, transitions });
  expect(findings.map(({ verdict }) => verdict)).toEqual(claims.map(expectedOf));
});
