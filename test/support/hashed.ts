/** What an exact search and one by fingerprints should say alike of a bundled configuration. */
import { isTemporal, type Report, type Suite } from '../../src/kernel/index.js';
import { type CheckOptions, check } from '../../src/run/check.js';
import { select } from '../../src/run/suite.js';

/** Searches a configuration for all that does not need a store that keeps the states. */
export function search(suite: Suite, configuration: string, options: CheckOptions = {}): Report {
  const { system, claims } = select(suite, configuration, {}, () => []);
  const properties = claims.map(({ property }) => property).filter((property) => !isTemporal(property));
  return check(system, properties, options);
}

export const quickOf = (suite: Suite): readonly string[] =>
  Object.keys(suite.configurations).filter((name) => suite.configurations[name]?.quick);

export const alike = ({ coverage: { states, transitions, depth, queue, cut }, findings }: Report) => ({
  coverage: { states, transitions, depth, queue, cut },
  findings: findings.map(({ property, verdict, trace }) => ({ property, verdict, trace })),
});
