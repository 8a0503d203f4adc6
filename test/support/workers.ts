/** Searches by several workers: threads run compiled files, so the package is compiled into a folder first. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isTemporal, type Property, type Report, type Suite, type Values } from '../../src/kernel/index.js';
import { select } from '../../src/run/suite.js';
import { compose } from '../../src/system/index.js';
import { WorkerSearch } from '../../src/workers/index.js';
import { buildInto } from './built.js';

/** A folder with the compiled package, and how to be rid of it. */
export function builtPackage(): { readonly folder: string; readonly bin: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'churnproof-workers-'));
  return { folder, bin: buildInto(folder), remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export interface Wanted {
  readonly suite: Suite;
  readonly configuration: string;
  readonly set?: Values;
  /** Seeded bug. */
  readonly mutant?: string;
}

/** The system that is wanted, and its properties but for those about whole behaviours. */
export function wanted({ suite, configuration, set = {}, mutant }: Wanted) {
  const { system, claims, values } = select(suite, configuration, set, () => []);
  const wrong = suite.mutants?.find(({ name }) => name === mutant)?.system();
  const properties = claims.map(({ property }) => property as Property).filter((property) => !isTemporal(property));
  return { system: wrong ?? system, properties, values };
}

/** Begins a search of a bundled system, or of one of a claims file, by so many workers. */
export function begin(
  folder: string,
  one: Wanted,
  workers: number,
  more: {
    readonly budget?: ConstructorParameters<typeof WorkerSearch>[3];
    readonly lost?: () => void;
    readonly file?: string;
  } = {},
): WorkerSearch {
  const { system, properties, values } = wanted(one);
  const at = (path: string) => pathToFileURL(join(folder, path));
  const recipe = {
    ...(more.file === undefined ? { catalogue: at('dist/properties/bundled.js').href } : { file: more.file }),
    model: one.suite.model,
    configuration: one.configuration,
    values,
    asked: properties.map(({ name }) => name),
    ...(one.mutant === undefined ? {} : { mutant: one.mutant }),
  };
  const party = { entry: at('dist/src/cli/worker.js'), recipe, workers, lost: more.lost ?? (() => {}) };
  return new WorkerSearch(party, compose(system), properties, more.budget ?? {});
}

/** Its report, when it has come to its end. */
export async function ended(search: WorkerSearch): Promise<Report> {
  try {
    while (!search.done) {
      search.advance();
      await search.pause();
    }
    return search.report();
  } finally {
    await search.close();
  }
}
