/** Checking a system exhaustively: compose it, choose a strategy, search to the end or to a limit. */
import { breadthFirst, depthFirst } from '../check/index.js';
import type { Budget, Property, Report, Search, Strategy, System } from '../kernel/index.js';
import { compose } from '../system/index.js';

/** @public */
export type StrategyName = 'breadth-first' | 'depth-first';

const strategies: Readonly<Record<StrategyName, Strategy>> = {
  'breadth-first': breadthFirst,
  'depth-first': depthFirst,
};

/** @public */
export interface CheckOptions extends Budget {
  /** Default: breadth-first, whose traces are shortest. */
  readonly strategy?: StrategyName;
}

// biome-ignore-start lint/suspicious/noExplicitAny: systems and properties of any peers; `check` ties the two together
/** Begins a search that its caller advances, to show progress or to stop it. @public */
export function begin(
  system: System<any, any>,
  properties: readonly Property<any, any>[],
  options: CheckOptions = {},
): Search {
  const { strategy = 'breadth-first', ...budget } = options;
  return strategies[strategy].start(compose(system), properties, budget);
}
// biome-ignore-end lint/suspicious/noExplicitAny: see above

/**
 * Searches a system for states and steps that decide the properties. It does not throw for what it finds: the report says
 * it, with the coverage that each verdict rests on.
 * @throws ChurnproofError when the system, a machine or a property is at fault
 * @public
 */
export function check<S extends System>(
  system: S,
  properties: readonly Property<PeersOf<S>, DownOf<S>>[],
  options: CheckOptions = {},
): Report {
  const search = begin(system, properties, options);
  while (!search.done) search.advance(100_000);
  return search.report();
}

type PeersOf<S> = S extends System<infer P, infer _Down> ? P : never;
type DownOf<S> = S extends System<infer _P, infer D> ? D : never;
