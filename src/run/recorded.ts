/** Which suite, system and claim a trace file is of, as they are now; the name of its configuration is only for people. */
import { ChurnproofError, type Claim, expectedOf, type Suite } from '../kernel/index.js';
import { compose } from '../system/index.js';
import { describeDrift, replay, type TraceFile } from '../trace/index.js';
import { checkClasses } from './classes.js';
import { findClaims, type Nearest, type Selection, select } from './suite.js';

/** The system of the recorded values. @throws ChurnproofError TRACE_FOREIGN @internal */
export function recordedSelection(
  trace: Pick<TraceFile, 'model' | 'configuration' | 'values'>,
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
  return select(suite, trace.configuration, trace.values, nearest);
}

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
  /** Whether it must: exactly if its claim expects that verdict now. */
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
    expected: expectedOf(claim) === trace.verdict,
    notes: drift.map(describeDrift),
  };
}

const foreign = (message: string, where: string, known: readonly string[], near: readonly string[]) =>
  new ChurnproofError('TRACE_FOREIGN', message, {
    where,
    expected: `one of: ${known.join(', ')}`,
    hint: near.length > 0 ? near.join(', ') : 'for a model of your own, give its claims file with --suite',
  });
