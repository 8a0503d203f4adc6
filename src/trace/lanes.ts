/** How properties stand in each state of a behaviour: true, false, or not asked of that state. */
import { answerOf, type Lane, type Model, Moves, type Property, type State } from '../kernel/index.js';

/** Lanes of `properties` in their order, along the states of a behaviour from its start. @internal */
export function lanesOf(model: Model, properties: readonly Property[], states: readonly State[]): readonly Lane[] {
  const moves = new Moves();
  const isQuiet = states.map((state) => {
    model.expand(state, moves);
    return moves.quiet;
  });
  return properties.flatMap((property): readonly Lane[] => {
    const lane = (role: Lane['role'], valueAt: (state: State, at: number) => boolean | undefined): Lane => ({
      property: property.name,
      kind: property.kind,
      role,
      values: states.map((state, at) => sign(valueAt(state, at))).join(''),
    });
    if (property.kind === 'alwaysStep') {
      const observer = model.observeStep(property.holds);
      return [
        lane('holds', (state, at) => {
          const before = states[at - 1];
          return before && answerOf(property, model, state, () => observer.at(before, state));
        }),
      ];
    }
    const truth = (look: typeof property.holds) => {
      const observer = model.observe(look);
      return (state: State, at: number) =>
        property.kind === 'whenQuiet' && isQuiet[at] !== true
          ? undefined
          : answerOf(property, model, state, () => observer.at(state));
    };
    const holds = lane('holds', truth(property.holds));
    return property.kind === 'leadsTo' ? [lane('given', truth(property.given)), holds] : [holds];
  });
}

const sign = (value: boolean | undefined): string => (value === undefined ? '-' : value ? '1' : '0');
