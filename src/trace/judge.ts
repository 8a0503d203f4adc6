/** Whether one behaviour, looked at state by state, shows what a property's trace is there to show. */
import { answerOf, type Model, type Moves, type Property, type State } from '../kernel/index.js';

/** Sees a behaviour as it unfolds; each answers whether the counterexample or witness is complete. @internal */
export interface Judge {
  /** A state, with the moves enabled in it. */
  state(state: State, moves: Moves): boolean;
  step(before: State, after: State): boolean;
}

/** @internal */
export function judge(model: Model, property: Property): Judge {
  const none = () => false;
  switch (property.kind) {
    case 'always':
    case 'sometimes':
    case 'whenQuiet': {
      const observer = model.observe(property.holds);
      const shows = property.kind === 'sometimes';
      const onlyQuiet = property.kind === 'whenQuiet';
      return {
        state: (state, moves) =>
          (!onlyQuiet || moves.quiet) && answerOf(property, model, state, () => observer.at(state)) === shows,
        step: none,
      };
    }
    case 'alwaysStep': {
      const observer = model.observeStep(property.holds);
      return {
        state: none,
        step: (before, after) => !answerOf(property, model, after, () => observer.at(before, after)),
      };
    }
    // No state and no step shows it: the behaviour as a whole is judged when it has been taken.
    case 'eventually':
    case 'alwaysEventually':
    case 'stable':
    case 'leadsTo':
    case 'recoverable':
      return { state: none, step: none };
  }
}
