/** A counterexample as a file: what is in it, and its stable name. */
import type { Finding } from '../kernel/index.js';
import { type TraceFile, traceSchemaVersion } from '../trace/index.js';
import type { Selection } from './suite.js';

/** Where something was found: in a selected system, or in a mutant of it. @internal */
export type Found = Pick<Selection, 'suite' | 'configuration' | 'values'> & { readonly mutant?: string };

/** The trace of a finding with all that is needed to find its model again; none if the finding has none. @internal */
export function traceFileOf(
  { suite, configuration, values, mutant }: Found,
  finding: Pick<Finding, 'property' | 'kind' | 'verdict' | 'trace' | 'shrunk' | 'critical' | 'dead'>,
  engine: string,
): TraceFile | undefined {
  const { property, kind, verdict, trace, shrunk, critical, dead } = finding;
  if (trace === undefined || (verdict !== 'violated' && verdict !== 'witnessed')) return undefined;
  return {
    schemaVersion: traceSchemaVersion,
    tool: 'churnproof',
    engine,
    model: suite.model,
    configuration,
    values,
    ...(mutant === undefined ? {} : { mutant }),
    property,
    kind,
    verdict,
    start: trace.start,
    ...(trace.loop === undefined ? {} : { loop: trace.loop }),
    choices: trace.choices,
    moves: trace.moves,
    ...(shrunk === undefined ? {} : { minimal: shrunk.minimal }),
    ...(critical === undefined ? {} : { critical }),
    ...(dead === undefined ? {} : { dead }),
  };
}

/**
 * Distinct names by property, whichever of the suite's claims were asked for. A property called `Name: what it says` gives
 * its name alone. @internal
 */
export function fileNames({
  suite,
  configuration,
  claims,
  mutant,
}: Pick<Selection, 'suite' | 'configuration' | 'claims'> & Pick<Found, 'mutant'>): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  return new Map(
    claims.map(({ property: { name } }) => {
      const called = /^(\w+): /.exec(name)?.[1] ?? name;
      const base = [suite.model, mutant ?? configuration, called].map(slug).filter(Boolean).join('-');
      let file = base;
      for (let n = 2; taken.has(file); n++) file = `${base}-${n}`;
      taken.add(file);
      return [name, `${file}.json`];
    }),
  );
}

/** @internal */
export const slug = (text: string): string =>
  text
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1-$2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '');
