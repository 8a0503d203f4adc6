/**
 * Generic mutants of a system against its claims: does any property notice? What none notices is either no bug at all, because the
 * same states are reached by the same moves, or something that nobody has thought of claiming.
 */
import {
  ChurnproofError,
  decidedOtherwise,
  type Property,
  type Report,
  type Search,
  type System,
} from '../kernel/index.js';
import { genericMutants, machinesOf, type Operator, withMachine } from '../mutate/index.js';
import { compose } from '../system/index.js';
import { begin, check } from './check.js';
import { sameGraph } from './same-graph.js';

/** A system with one small edit in the machine of some of its peers. @public */
export interface GenericTrial {
  /** What the machine is called. */
  readonly machine: string;
  readonly operator: Operator;
  readonly doc: string;
  // biome-ignore lint/suspicious/noExplicitAny: a system of any peers
  readonly system: System<any, any>;
}

/** Every small edit of every machine of a system, as a system to be searched. @public */
// biome-ignore lint/suspicious/noExplicitAny: a system of any peers
export const genericTrials = (system: System<any, any>): readonly GenericTrial[] =>
  machinesOf(system).flatMap((shared) =>
    genericMutants(shared.machine).map(({ operator, doc, machine }) => ({
      machine: shared.name,
      operator,
      doc,
      system: withMachine(system, shared, machine),
    })),
  );

/** What is known of the right system, which every mutant is held against. @public */
export interface Right {
  // biome-ignore lint/suspicious/noExplicitAny: a system of any peers
  readonly system: System<any, any>;
  readonly properties: readonly Property[];
  /** Of an exhaustive search. */
  readonly report: Report;
}

/** How many states a mutant may have more than its right sibling before it is left undecided. */
const growth = 4;
const fewest = 20_000;

/** @throws ChurnproofError SEARCH_UNSOUND for a report of a search that was cut @public */
export function limitOf({ report: { model, coverage } }: Right): number {
  if (coverage.kind === 'exhaustive') return Math.max(fewest, coverage.states * growth);
  throw new ChurnproofError('SEARCH_UNSOUND', `mutants of ${model} would be held against a search that was cut`, {
    expected: 'an exhaustive search of the right system',
    hint: 'raise the limit, or take a smaller configuration',
  });
}

/**
 * Begins to search a mutant; it is done as soon as one claim has come out otherwise than of the right system.
 * @param maxStates default: {@link limitOf}
 * @throws ChurnproofError SEARCH_UNSOUND, whatever the limit, if the right system was not searched to its end
 * @public
 */
export function beginGeneric(trial: GenericTrial, right: Right, maxStates?: number): Search {
  const usual = limitOf(right);
  const search = begin(trial.system, right.properties, { maxStates: maxStates ?? usual });
  let isNoticed = false;
  return {
    get done() {
      return isNoticed || search.done;
    },
    advance(states) {
      search.advance(states);
      isNoticed ||= decidedOtherwise(search.report(), right.report).length > 0;
    },
    progress: () => search.progress(),
    report: (cut) => search.report(isNoticed && !search.done ? 'decided' : cut),
  };
}

/** Whether a mutant that no claim noticed, in an exhaustive search of so many states, is the right system again. @public */
export const isEquivalent = (trial: GenericTrial, right: Right, states: number): boolean =>
  sameGraph(compose(right.system), compose(trial.system), states + 1) === 'same';

/** The right system, searched to the end. @public */
export const rightOf = (system: Right['system'], properties: readonly Property[]): Right => ({
  system,
  properties,
  report: check(system, properties),
});
