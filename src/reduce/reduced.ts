/** A model that is searched under a reduction: the same states and moves, and what a search may leave out of them. */
import type { Model, Property } from '../kernel/index.js';
import { partialOrder } from './partial-order.js';
import type { Forgotten } from './stubborn.js';

/** @public */
export type ReductionName = 'partial-order';

/**
 * @param forgotten for tests of the tests
 * @throws ChurnproofError SEARCH_UNSOUND for a system or a property that the reduction could decide wrongly
 * @internal
 */
export function reduced(
  model: Model,
  properties: readonly Property[],
  by: readonly ReductionName[],
  forgotten?: Forgotten,
): Model {
  if (by.length === 0) return model;
  const reduction = partialOrder(model, properties, forgotten);
  return Object.create(model, {
    reduced: { value: 'partial order reduction' },
    reduction: { value: reduction },
    // A reduced search does not take every transition that could be taken.
    machines: { value: undefined },
  }) as Model;
}
