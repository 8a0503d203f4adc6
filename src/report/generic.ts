/** What came of a generic mutant: whether any claim noticed, and the score of all of them. */
import { ChurnproofError, decidedOtherwise, type Report, type Verdict } from '../kernel/index.js';

/**
 * `killed`: some claim came out otherwise than of the right system, or the machine could not go on. `equivalent`: it is the
 * right system again. `survived`: it is not, and no claim notices. `undecided`: the search was cut first. @public
 */
export type GenericOutcome = 'killed' | 'equivalent' | 'survived' | 'undecided';

/** One small edit of a machine, and what a search of it found. @public */
export interface ToldGeneric {
  /** What the machine is called. */
  readonly machine: string;
  readonly operator: string;
  readonly doc: string;
  /** Of the right system, searched to the end. */
  readonly right: Report;
  /** Of the mutant, or the error that it ended with. */
  readonly came: Report | ChurnproofError;
  /** Asked only of what no claim noticed. */
  isEquivalent(): boolean;
}

/** One small edit of a machine, and what came of it. @public */
export interface JudgedGeneric extends Pick<ToldGeneric, 'machine' | 'operator' | 'doc'> {
  readonly outcome: GenericOutcome;
  /** Claims that came out otherwise, as far as the search went on. */
  readonly noticed: readonly { readonly property: string; readonly verdict: Verdict; readonly moves?: number }[];
  /** The code of the error that it ended with. */
  readonly error?: string;
  readonly states: number;
}

/** Says what came of one small edit: noticed by a claim, the same system again, or neither. @public */
export function judgeGeneric({ machine, operator, doc, right, came, isEquivalent }: ToldGeneric): JudgedGeneric {
  const told = { machine, operator, doc };
  if (came instanceof ChurnproofError) return { ...told, outcome: 'killed', noticed: [], error: came.code, states: 0 };
  const { states, kind } = came.coverage;
  const noticed = decidedOtherwise(came, right).map(({ property, verdict, trace }) => ({
    property,
    verdict,
    ...(trace === undefined ? {} : { moves: trace.moves.length }),
  }));
  return { ...told, outcome: outcomeOf(noticed.length > 0, kind === 'exhaustive', isEquivalent), noticed, states };
}

function outcomeOf(isNoticed: boolean, isExhaustive: boolean, isEquivalent: () => boolean): GenericOutcome {
  if (isNoticed) return 'killed';
  if (!isExhaustive) return 'undecided';
  return isEquivalent() ? 'equivalent' : 'survived';
}

/** How many small edits were noticed, and how many were not. @public */
export interface GenericScore {
  readonly killed: number;
  readonly survived: number;
  readonly equivalent: number;
  readonly undecided: number;
  /** Killed ones among those that are not equivalent, from 0 to 1; 1 where there are none. What is undecided counts against it. */
  readonly share: number;
}

/** Counts what came of all of them. @public */
export function genericScoreOf(judged: readonly JudgedGeneric[]): GenericScore {
  const count = (outcome: GenericOutcome) => judged.filter((one) => one.outcome === outcome).length;
  const [killed, survived, equivalent, undecided] = [
    count('killed'),
    count('survived'),
    count('equivalent'),
    count('undecided'),
  ];
  const real = killed + survived + undecided;
  return { killed, survived, equivalent, undecided, share: real === 0 ? 1 : killed / real };
}
