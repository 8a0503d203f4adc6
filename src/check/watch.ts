/** Evaluations of one model, again and again, that share what its observers have learnt. */
import type { Model, Property } from '../kernel/index.js';
import { Evaluation } from './evaluation.js';

/** Begins to watch some properties, all of them open. @internal */
export type Watch = (properties: readonly Property[]) => Evaluation;

/** @internal */
export function watcher(model: Model): Watch {
  const remember = <O>(make: (compute: never) => O) => {
    const made = new Map<unknown, O>();
    return (compute: never): O => {
      const observer = made.get(compute) ?? make(compute);
      made.set(compute, observer);
      return observer;
    };
  };
  const sharing = Object.create(model, {
    observe: { value: remember(model.observe.bind(model)) },
    observeStep: { value: remember(model.observeStep.bind(model)) },
  }) as Model;
  return (properties) => new Evaluation(sharing, properties);
}
