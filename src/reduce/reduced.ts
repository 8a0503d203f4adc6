/** A model that is searched under a reduction: the same states and moves, and what a search may leave out of them. */
import type { Model, Property, Reduction } from '../kernel/index.js';
import { partialOrder } from './partial-order.js';
import type { Forgotten } from './stubborn.js';
import { symmetry } from './symmetry.js';

/** @public */
export type ReductionName = 'partial-order' | 'symmetry';

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
  // Messages that peers could ever send are numbered before anything is renamed.
  const orders = by.includes('partial-order') ? partialOrder(model, properties, forgotten) : undefined;
  const likes = by.includes('symmetry') ? symmetry(model, properties) : undefined;
  const names = [...(likes ? ['symmetry'] : []), ...(orders ? ['partial order'] : [])];
  const reduction: Reduction = {
    reduce(state, moves, isOpen) {
      orders?.reduce(state, moves, isOpen);
      likes?.reduce(state, moves, isOpen);
    },
    ...(likes === undefined ? {} : { unfold: (states, property) => likes.unfold(states, property) }),
  };
  return Object.create(model, {
    reduced: { value: `${names.join(' and ')} reduction` },
    reduction: { value: reduction },
    // A reduced search does not take every transition that could be taken.
    machines: { value: undefined },
    recheck: {
      value: () => {
        likes?.verify();
        model.recheck();
      },
    },
  }) as Model;
}
