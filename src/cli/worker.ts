/** What each thread of a search on several cores runs: it finds the system by the words of the command line, and does its part. */
import { workerData } from 'node:worker_threads';
import { ChurnproofError, type Property, type Suite, type Values } from '../kernel/index.js';
import { select } from '../run/suite.js';
import { compose } from '../system/index.js';
import { type Assignment, work } from '../workers/index.js';
import type { Catalogue } from './io.js';
import { nearest } from './nearest.js';
import { loadSuites } from './suite-file.js';

/** How a thread finds a system. @internal */
export interface Recipe {
  /** The claims file; or the module that exports the bundled suites, by its address. */
  readonly file?: string;
  readonly catalogue?: string;
  readonly model: string;
  readonly configuration: string;
  readonly values: Values;
  /** The names of the properties, in their order. */
  readonly asked: readonly string[];
  /** The seeded bug, where it is one. */
  readonly mutant?: string;
}

async function make({ file, catalogue, model, configuration, values, asked, mutant }: Recipe) {
  const suites = file === undefined ? await bundled(catalogue as string, model) : await loadSuites(file);
  const suite = suites.find((one) => one.model === model) as Suite;
  const { system, claims } = select(suite, configuration, values, nearest);
  const known = claims.map(({ property }) => property as Property);
  const properties = asked.map((name) => known.find((property) => property.name === name));
  if (properties.some((property) => property === undefined))
    throw new ChurnproofError('SUITE_INVALID', 'the claims file has other claims each time that it is loaded', {
      ...(file === undefined ? {} : { where: file }),
      expected: 'the same claims whenever the values are the same',
    });
  const wrong = suite.mutants?.find(({ name }) => name === mutant)?.system();
  return { model: compose(wrong ?? system), properties: properties as readonly Property[] };
}

async function bundled(address: string, model: string): Promise<readonly Suite[]> {
  const { bundled } = (await import(address)) as { readonly bundled: Catalogue };
  return bundled([model]);
}

await work(workerData as Assignment<Recipe>, make);
