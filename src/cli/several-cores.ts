/** Whether a search can be shared by several workers, and what each of them must be told to find the system. */
import { availableParallelism } from 'node:os';
import { type Budget, ChurnproofError, isTemporal, type Property } from '../kernel/index.js';
import { checkClasses } from '../run/classes.js';
import { compose } from '../system/index.js';
import { WorkerSearch } from '../workers/index.js';
import type { Chosen } from './choose.js';
import type { Io } from './io.js';
import type { SearchLimits } from './search.js';
import type { Recipe } from './worker.js';

/**
 * Begins a search by several workers; nothing where one must do, with a word to the person who asked.
 * @throws ChurnproofError SEARCH_INVALID for what workers cannot do
 * @internal
 */
export function severalCores(chosen: Chosen, limits: SearchLimits, budget: Budget, io: Io): WorkerSearch | undefined {
  const { workers = 1 } = limits;
  if (workers === 1) return undefined;
  refuse(limits);
  const properties = chosen.asked.map(({ property }) => property as Property);
  const temporal = properties.filter(isTemporal).length;
  if (temporal > 0) {
    const claims = temporal === 1 ? 'a claim of whole behaviours needs' : `${temporal} claims of whole behaviours need`;
    io.stderr.write(`${chosen.title}: ${claims} the whole graph of states in one place: one worker searches\n`);
    return undefined;
  }
  checkClasses(chosen.system, properties);
  const recipe = recipeOf(chosen, io);
  const party = { entry: entry(), recipe, workers, lost: tellOf(chosen, io) };
  if (workers > availableParallelism())
    io.stderr.write(`${chosen.title}: ${workers} workers share ${availableParallelism()} cores\n`);
  return new WorkerSearch(party, compose(chosen.system), properties, budget);
}

const tellOf =
  ({ title }: Chosen, io: Io) =>
  ({ worker, why }: { readonly worker: number; readonly why: string }): void => {
    io.stderr.write(`${title}: worker ${worker + 1} is lost (${why}); the search begins again\n`);
  };

function refuse({ strategy = 'breadth-first', reduce = [], store = 'exact' }: SearchLimits): void {
  const [what] = [
    ...(strategy === 'breadth-first' ? [] : ['a depth-first search']),
    ...(reduce.length === 0 ? [] : [`a search under ${reduce.join(' and ')}`]),
    ...(store === 'exact' ? [] : [`a search with a ${store} store`]),
  ];
  if (what === undefined) return;
  throw new ChurnproofError('SEARCH_INVALID', `${what} cannot be shared by several workers`, {
    expected: 'a breadth-first search of all states, with the exact store',
    hint: 'leave out --workers, or the other option',
  });
}

function recipeOf(chosen: Chosen, { catalogueAddress }: Io): Recipe {
  const { suite, configuration, values, asked, file } = chosen;
  const where = file === undefined ? catalogueAddress : file;
  if (where === undefined)
    throw new ChurnproofError('SEARCH_INVALID', `model ${suite.model} cannot be given to workers`, {
      where: 'a suite that was handed over as an object',
      expected: 'a suite that each worker can load for itself: functions cannot be sent to another thread',
      hint: 'put it into a claims file, or leave out --workers',
    });
  return {
    ...(file === undefined ? { catalogue: where } : { file }),
    model: suite.model,
    configuration,
    values,
    asked: asked.map(({ property }) => property.name),
  };
}

function entry(): URL {
  const own = import.meta.url;
  if (!own.endsWith('.ts')) return new URL('./worker.js', own);
  throw new ChurnproofError('SEARCH_INVALID', 'workers run compiled files only', {
    where: own,
    hint: 'npm run build, and then bin/churnproof.js',
  });
}
