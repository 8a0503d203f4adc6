/** The command `list`: every model with its parameters, configurations and claims. */
import { expectedOf, type Suite, settle, type Values } from '../kernel/index.js';
import { assumed, assumptions } from '../report/temporal.js';
import { findSuite, modelOf, rangeOf, type Selection, select, usualConfiguration } from '../run/suite.js';
import { paintFor } from './colours.js';
import type { Io } from './io.js';
import { nearest } from './nearest.js';
import { isPath, loadSuites } from './suite-file.js';

/** @internal */
export interface ListWishes {
  readonly models: readonly string[];
  readonly json?: boolean;
}

/** @internal */
export async function list({ models, json }: ListWishes, io: Io): Promise<number> {
  const named = models.map(async (words) =>
    isPath(words) ? loadSuites(words) : [findSuite(await io.catalogue([modelOf(words)]), words, nearest).suite],
  );
  const suites = models.length === 0 ? await io.catalogue() : (await Promise.all(named)).flat();
  io.stdout.write(
    json ? `${JSON.stringify({ schemaVersion: 1, models: suites.map(describe) }, null, 2)}\n` : text(suites, io),
  );
  return 0;
}

/** The claims are those of the first configuration. */
const usual = (suite: Suite): Selection => select(suite, usualConfiguration(suite), {}, nearest);

function describe(suite: Suite) {
  return {
    model: suite.model,
    summary: suite.summary,
    parameters: suite.parameters,
    configurations: suite.configurations,
    claims: usual(suite).claims.map((claim) => ({
      property: claim.property.name,
      kind: claim.property.kind,
      expected: expectedOf(claim),
      ...(claim.length === undefined ? {} : { length: claim.length }),
      ...(claim.source === undefined ? {} : { source: claim.source }),
      ...assumed(claim.property),
    })),
  };
}

function text(suites: readonly Suite[], io: Io): string {
  const paint = paintFor(io);
  return suites
    .map((suite) => {
      const { parameters, configurations, claims } = describe(suite);
      const rows = [
        ...table(
          'parameters',
          Object.entries(parameters).map(([name, one]) => [
            name,
            `${one.doc} (${rangeOf(one)}; default ${one.default})`,
          ]),
        ),
        ...table(
          'configurations, the first is the default',
          Object.entries(configurations).map(([name, { doc, quick, set }]) => [
            name,
            `${doc} ${paint.aside(`(${[...settings(set), ...(quick ? ['quick'] : [])].join(' ')})`)}`,
          ]),
        ),
        ...table(
          `claims of ${suite.model}/${usualConfiguration(suite)}`,
          claims.map((claim) => [claim.kind, [claim.property, ...aside(claim).map(paint.aside)].join(' ')]),
        ),
      ];
      return `${paint.title(suite.model)}: ${suite.summary}\n${rows.map((row) => `  ${row}\n`).join('')}`;
    })
    .join('\n');
}

/** What is unusual about a claim: that it is expected to fail, and what it assumes. */
function aside({
  kind,
  expected,
  length,
  ...assumes
}: ReturnType<typeof describe>['claims'][number]): readonly string[] {
  const usual = settle(kind, kind === 'sometimes', true);
  const moves = length === undefined ? '' : ` in ${length} ${length === 1 ? 'move' : 'moves'}`;
  const told = [...(expected === usual ? [] : [`expected: ${expected}${moves}`]), assumptions(assumes)];
  const known = told.filter((one) => one !== undefined);
  return known.length === 0 ? [] : [`(${known.join('; ')})`];
}

const settings = (set: Values): readonly string[] => Object.entries(set).map(([name, value]) => `${name}=${value}`);

function table(heading: string, rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.length === 0 ? [] : [heading, ...rows.map(([name, told]) => `  ${name.padEnd(width)}  ${told}`)];
}
