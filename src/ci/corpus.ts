/**
 * The regression corpus: what each recorded counterexample has to show today. Law: a trace must show its verdict exactly if its
 * claim expects that verdict now. So the trace of a mended bug must not show it any more, and the trace of a violation that is
 * expected (a published one, say) or of a mutant must show it still. Each distinct system is composed once for all of its traces.
 */
import { ChurnproofError, type Claim, type Model, type Suite } from '../kernel/index.js';
import type { CorpusTold } from '../report/index.js';
import { checkClasses } from '../run/classes.js';
import { mustShow, recordedClaim, recordedSelection } from '../run/recorded.js';
import type { Nearest, Selection } from '../run/suite.js';
import { compose } from '../system/index.js';
import { describeDrift, type Replay, readTrace, replay, type TraceFile } from '../trace/index.js';

interface Known {
  readonly selection: Selection;
  readonly model: Model;
  readonly claims: Map<string, Claim>;
}

/** A behaviour that was followed to its end as a Mermaid sequence diagram. @internal */
export type Draw = (
  trace: TraceFile,
  known: { readonly model: Model; readonly suite: Suite },
  replayed: Replay,
  claim: Claim,
) => string;

/** @internal */
export class Corpus {
  private readonly known = new Map<string, Known>();

  constructor(
    private readonly catalogue: readonly Suite[],
    private readonly nearest: Nearest,
    /** The claims file that a suite is from. */
    private readonly fileOf: (suite: Suite) => string | undefined = () => undefined,
    private readonly draw?: Draw,
  ) {}

  /** Replays one trace; a file that cannot be used is an outcome too, for the others must be judged all the same. */
  judge(text: string, file: string): CorpusTold {
    try {
      const trace = readTrace(text, file);
      const { model, claim, suite } = this.find(trace, file);
      const suiteFile = this.fileOf(suite);
      const replayed = replay(model, claim.property, trace);
      const told = verdictOf(trace, file, claim, replayed);
      // What must not happen any more and does is worth a picture; what cannot be followed has none.
      const isBack = told.outcome === 'notAsExpected' && told.state === 'shown';
      const diagram = isBack ? this.draw?.(trace, { model, suite }, replayed, claim) : undefined;
      return {
        ...told,
        ...(suiteFile === undefined ? {} : { suiteFile }),
        ...(diagram === undefined ? {} : { diagram }),
      };
    } catch (error) {
      if (!(error instanceof ChurnproofError)) throw error;
      // A model that is at fault is no matter of one trace.
      if (!error.code.startsWith('TRACE_')) throw error;
      return unusable(file, error);
    }
  }

  private find(
    trace: TraceFile,
    file: string,
  ): { readonly model: Model; readonly claim: Claim; readonly suite: Suite } {
    const key = JSON.stringify([trace.model, trace.mutant ?? '', Object.entries(trace.values).sort()]);
    let known = this.known.get(key);
    if (known === undefined) {
      const selection = recordedSelection(trace, file, this.catalogue, this.nearest);
      known = { selection, model: compose(selection.system), claims: new Map() };
      this.known.set(key, known);
    }
    let claim = known.claims.get(trace.property);
    if (claim === undefined || claim.property.kind !== trace.kind) {
      claim = recordedClaim(known.selection, trace, file, this.nearest);
      checkClasses(known.selection.system, [claim.property]);
      known.claims.set(trace.property, claim);
    }
    return { model: known.model, claim, suite: known.selection.suite };
  }
}

function unusable(file: string, { code, message, where }: ChurnproofError): CorpusTold {
  return {
    file,
    expected: 'unknown',
    state: 'unusable',
    outcome: 'notAsExpected',
    notes: [`${code}: ${message}${where === undefined || where === file ? '' : ` (${where})`}`],
  };
}

function verdictOf(trace: TraceFile, file: string, claim: Claim, replayed: Replay): CorpusTold {
  const must = mustShow(trace, claim);
  const shown = replayed.verdict === trace.verdict;
  const lost = replayed.drift.find(({ kind }) => kind === 'lost' || kind === 'start');
  const unknown = replayed.proof?.kind === 'unverified';
  const state = unknown ? 'unverified' : shown ? 'shown' : lost === undefined ? 'notShown' : 'stale';
  const refuted = replayed.proof?.kind === 'refuted' ? [replayed.proof.why] : [];
  return {
    file,
    subject: { model: trace.model, config: trace.configuration, values: trace.values },
    property: trace.property,
    verdict: trace.verdict,
    length: trace.moves.length,
    expected: must ? 'shown' : 'notShown',
    state,
    outcome: unknown ? 'undecided' : must === shown ? 'asExpected' : 'notAsExpected',
    notes: [...replayed.drift.map(describeDrift), ...(must ? refuted : [])],
  };
}
