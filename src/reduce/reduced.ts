/** A model that is searched under a reduction: the same states and moves, and what a search may leave out of them. */
import { ChurnproofError, type Model, type Property, type Reduction } from '../kernel/index.js';
import { partialOrder } from './partial-order.js';
import { rotation } from './rotation.js';
import type { Forgotten } from './stubborn.js';
import { symmetry } from './symmetry.js';

/** The ways to leave out of a search what its verdicts do not need. @public */
export type ReductionName = 'partial-order' | 'symmetry' | 'rotation';

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
  if (by.includes('rotation')) return rotated(model, properties, by);
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

function rotated(model: Model, properties: readonly Property[], by: readonly ReductionName[]): Model {
  if (new Set(by).size > 1)
    throw new ChurnproofError('SEARCH_UNSOUND', 'rotation together with another reduction has not been shown sound', {
      expected: 'rotation alone',
      hint: 'leave the others out',
    });
  return Object.create(model, {
    reduced: { value: 'rotation' },
    reduction: { value: rotation(model, properties) },
    machines: { value: undefined },
  }) as Model;
}
