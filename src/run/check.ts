/** Checking a system exhaustively: compose it, choose a strategy, search to the end or to a limit. */
import { breadthFirst, breadthFirstHashed, depthFirst } from '../check/index.js';
import {
  type Budget,
  ChurnproofError,
  type Peers,
  type Property,
  type Report,
  type Search,
  type Strategy,
  type System,
  type SystemSpec,
} from '../kernel/index.js';
import { type ReductionName, reduced } from '../reduce/index.js';
import { compose } from '../system/index.js';
import { checkClasses } from './classes.js';

/** The order in which states are looked at. @public */
export type StrategyName = 'breadth-first' | 'depth-first';

const strategies: Readonly<Record<StrategyName, Strategy>> = {
  'breadth-first': breadthFirst,
  'depth-first': depthFirst,
};

/** How the states that were found are told from new ones. @public */
export type StoreName = 'exact' | 'fingerprint' | 'bitstate';

/** How a system is searched, and how far. @public */
export interface CheckOptions extends Budget {
  /** Default: breadth-first, whose traces are shortest. */
  readonly strategy?: StrategyName;
  /** Leave out what the verdicts do not need; refused where that cannot be shown. Default: nothing. */
  readonly reduce?: readonly ReductionName[];
  /**
   * `exact` keeps the states. `fingerprint` keeps 64 bits of each: what it says holds does so but for a chance that the report
   * names. `bitstate` keeps a few bits of each, and never says that anything holds. Both are breadth-first. Default: exact.
   */
  readonly store?: StoreName;
  /** Of the hashes of a store that is not exact; default 0. */
  readonly seed?: number;
  /** Of the field of a `bitstate` store, at most 512 MiB; default 64 MiB. */
  readonly bitstateBytes?: number;
}

/** The places of a bitstate field have 32 bits. */
const mostBitstateBytes = 2 ** 29;

/** Begins a search that its caller advances, to show progress or to stop it. @public */
export function begin<P extends Peers, D extends boolean>(
  system: System<P, D>,
  properties: readonly Property<P, D>[],
  options: CheckOptions = {},
): Search {
  const { strategy = 'breadth-first', reduce = [], store = 'exact', seed: _, bitstateBytes: __, ...budget } = options;
  checkClasses(system as SystemSpec, properties as readonly Property[]);
  const asked = properties as readonly Property[];
  const chosen = store === 'exact' ? strategies[strategy] : hashed(store, options);
  return chosen.start(reduced(compose(system), asked, reduce), asked, budget);
}

function hashed(store: 'fingerprint' | 'bitstate', options: CheckOptions): Strategy {
  const { strategy = 'breadth-first', seed = 0, bitstateBytes } = options;
  const hint = 'leave that out, or let the store be exact';
  if (strategy !== 'breadth-first')
    throw new ChurnproofError('SEARCH_INVALID', `a ${store} store is for breadth-first searches`, { hint });
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw new ChurnproofError('SEARCH_INVALID', `seed is ${seed}`, { expected: 'a whole number from 0 on' });
  if (bitstateBytes !== undefined && !(bitstateBytes > 0 && bitstateBytes <= mostBitstateBytes))
    throw new ChurnproofError('SEARCH_INVALID', `bitstateBytes is ${bitstateBytes}`, {
      expected: `from 1 to ${mostBitstateBytes}`,
    });
  return breadthFirstHashed({ store, seed, ...(bitstateBytes === undefined ? {} : { bytes: bitstateBytes }) });
}

/**
 * Searches a system for states and steps that decide the properties. It does not throw for what it finds: the report says
 * it, with the coverage that each verdict rests on.
 * @throws ChurnproofError when the system, a machine or a property is at fault
 * @public
 */
export function check<P extends Peers, D extends boolean>(
  system: System<P, D>,
  properties: readonly Property<P, D>[],
  options: CheckOptions = {},
): Report {
  const search = begin(system, properties, options);
  while (!search.done) search.advance(100_000);
  return search.report();
}
