/** Checking a system exhaustively: compose it, choose a strategy, search to the end or to a limit. */
import { breadthFirst, depthFirst } from '../check/index.js';
import type { Budget, Peers, Property, Report, Search, Strategy, System, SystemSpec } from '../kernel/index.js';
import { type ReductionName, reduced } from '../reduce/index.js';
import { compose } from '../system/index.js';
import { checkClasses } from './classes.js';

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
  /** Leave out what the verdicts do not need; refused where that cannot be shown. Default: nothing. */
  readonly reduce?: readonly ReductionName[];
}

/** Begins a search that its caller advances, to show progress or to stop it. @public */
export function begin<P extends Peers, D extends boolean>(
  system: System<P, D>,
  properties: readonly Property<P, D>[],
  options: CheckOptions = {},
): Search {
  const { strategy = 'breadth-first', reduce = [], ...budget } = options;
  checkClasses(system as SystemSpec, properties as readonly Property[]);
  const asked = properties as readonly Property[];
  return strategies[strategy].start(reduced(compose(system), asked, reduce), asked, budget);
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
