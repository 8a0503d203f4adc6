/** Which suite, system and claim a trace file is of, as they are now; the name of its configuration is only for people. */
import { ChurnproofError, type Claim, expectedOf, type Suite, show } from '../kernel/index.js';
import { compose } from '../system/index.js';
import { describeDrift, replay, type TraceFile } from '../trace/index.js';
import { checkClasses } from './classes.js';
import { findTrial, type Trial } from './mutants.js';
import { findClaims, type Nearest, type Selection, select } from './suite.js';

/** The system of the recorded values, or of the recorded mutant. @throws ChurnproofError TRACE_FOREIGN @internal */
export function recordedSelection(
  trace: Pick<TraceFile, 'model' | 'configuration' | 'values' | 'mutant'>,
  file: string,
  catalogue: readonly Suite[],
  nearest: Nearest,
): Selection {
  const suite = catalogue.find(({ model }) => model === trace.model);
  if (suite === undefined)
    throw foreign(
      `the trace is of a model named ${trace.model}, which is not known here`,
      `${file}, field model`,
      catalogue.map(({ model }) => model),
      nearest(
        trace.model,
        catalogue.map(({ model }) => model),
      ),
    );
  const parameters = Object.keys(suite.parameters);
  const stranger = Object.keys(trace.values).find((name) => !parameters.includes(name));
  if (stranger !== undefined)
    throw foreign(
      `${trace.model} has no parameter named ${stranger}`,
      `${file}, field values.${stranger}`,
      parameters,
      nearest(stranger, parameters),
    );
  const { configuration, values, mutant } = trace;
  const selection = select(suite, configuration, values, nearest);
  if (mutant === undefined) return selection;
  const { system } = recordedTrial(selection, mutant, file, nearest);
  return { ...selection, system };
}

/** A mutant brings its own values, and its system follows from them: a trace of others is of another system. */
function recordedTrial({ suite, values }: Selection, mutant: string, file: string, nearest: Nearest): Trial {
  const trial = findTrial(suite, mutant, nearest);
  const names = (suite.mutants ?? []).map(({ name }) => name);
  if (trial === undefined)
    throw foreign(
      `${suite.model} has no mutant named ${mutant}`,
      `${file}, field mutant`,
      names.length === 0 ? ['none: it has none'] : names,
      nearest(mutant, names),
    );
  const changed = Object.keys(values).find((name) => values[name] !== trial.values[name]);
  if (changed !== undefined)
    throw foreign(
      `the mutant ${mutant} has ${changed} ${show(trial.values[changed])} now`,
      `${file}, field values.${changed}`,
      [show(trial.values[changed])],
      [],
    );
  return trial;
}

/**
 * Whether the trace must show its verdict today: one of a mutant always, for a seeded bug that is not caught any more is a
 * loss; any other exactly if its claim expects that verdict. @internal
 */
export const mustShow = (trace: Pick<TraceFile, 'verdict' | 'mutant'>, claim: Claim): boolean =>
  trace.mutant !== undefined || expectedOf(claim) === trace.verdict;

/** @throws ChurnproofError TRACE_FOREIGN @internal */
export function recordedClaim(
  { suite, claims }: Selection,
  trace: Pick<TraceFile, 'property' | 'kind'>,
  file: string,
  nearest: Nearest,
): Claim {
  const names = claims.map(({ property }) => property.name);
  if (!names.includes(trace.property))
    throw foreign(
      `${suite.model} has no property named ${trace.property}`,
      `${file}, field property`,
      names,
      nearest(trace.property, names),
    );
  const claim = findClaims(claims, [trace.property], nearest)[0] as Claim;
  const { kind } = claim.property;
  if (kind !== trace.kind)
    throw foreign(`the property is ${kind} now, the trace is of an ${trace.kind}`, `${file}, field kind`, [kind], []);
  return claim;
}

/** What a recorded behaviour shows today, and what its claim expects of it. @public */
export interface ReplayedTrace {
  /** Whether it shows the verdict that was recorded. */
  readonly shown: boolean;
  /** Whether it must: exactly if its claim expects that verdict now, or if it is of a mutant. */
  readonly expected: boolean;
  /** Where the model differs from the one that was recorded. */
  readonly notes: readonly string[];
}

/** Takes a recorded trace again on the suite that it is of. @throws ChurnproofError TRACE_FOREIGN @public */
export function replayTrace(suites: readonly Suite[], trace: TraceFile): ReplayedTrace {
  const selection = recordedSelection(trace, 'the trace', suites, () => []);
  const claim = recordedClaim(selection, trace, 'the trace', () => []);
  checkClasses(selection.system, [claim.property]);
  const { verdict, drift } = replay(compose(selection.system), claim.property, trace);
  return {
    shown: verdict === trace.verdict,
    expected: mustShow(trace, claim),
    notes: drift.map(describeDrift),
  };
}

const foreign = (message: string, where: string, known: readonly string[], near: readonly string[]) =>
  new ChurnproofError('TRACE_FOREIGN', message, {
    where,
    expected: `one of: ${known.join(', ')}`,
    hint: near.length > 0 ? near.join(', ') : 'for a model of your own, give its claims file with --suite',
  });
