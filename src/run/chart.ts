/** The picture of a trace that its suite draws: the behaviour is taken again, and each state shown as a person would see it. */
import { framesOf, type Model, type Suite, type System, type Trace, type Values } from '../kernel/index.js';
import { compose } from '../system/index.js';

/** Draws one trace after another of the same system; missing where the suite draws nothing. @public */
export type Chart = (trace: Trace) => readonly string[];

/** @param system the suite's, or that of a mutant of it @public */
export function chartOf(
  suite: Suite,
  // biome-ignore lint/suspicious/noExplicitAny: a suite's system is typed where it is written
  system: System<any, any>,
  values: Values,
): Chart | undefined {
  if (suite.chart === undefined) return undefined;
  let model: Model | undefined;
  return (trace) => {
    model ??= compose(system);
    return suite.chart?.(framesOf(model, trace), values) ?? [];
  };
}
