/** Whether one behaviour, looked at state by state, shows what a property's trace is there to show. */
import {
  ChurnproofError,
  type ErrorDetail,
  type Model,
  type Moves,
  messageOf,
  type Property,
  type State,
} from '../kernel/index.js';

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
        state: (state, moves) => (!onlyQuiet || moves.quiet) && ask(property, () => observer.at(state)) === shows,
        step: none,
      };
    }
    case 'alwaysStep': {
      const observer = model.observeStep(property.holds);
      return { state: none, step: (before, after) => !ask(property, () => observer.at(before, after)) };
    }
  }
}

/** A property that throws, or answers something else than yes or no, is never taken for either. */
function ask(property: Property, look: () => unknown): boolean {
  let answer: unknown;
  try {
    answer = look();
  } catch (error) {
    if (error instanceof ChurnproofError) throw error;
    throw new ChurnproofError('PROPERTY_THREW', messageOf(error), { ...about(property), cause: error });
  }
  if (typeof answer === 'boolean') return answer;
  throw new ChurnproofError('PROPERTY_NOT_BOOLEAN', `the property answered ${typeof answer}`, {
    ...about(property),
    expected: 'true or false',
    hint: 'is a `return` missing?',
  });
}

const about = (property: Property): ErrorDetail => ({ where: `property ${property.name}` });
