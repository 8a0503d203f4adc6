/** Verdicts, the coverage they rest on, and the report that carries both. A verdict is a promise. */

import type { Estimate } from './estimate.js';
import type { MachineCoverage, Model } from './model.js';
import type { Property, PropertyKind } from './property.js';
import type { Scheduled } from './schedule.js';
import type { Critical, Shrunk, Trace } from './trace.js';

/**
 * `holds` and `neverWitnessed` are said of an exhaustive search only; `undecided` is what a search that was cut or sampled
 * says of what it did not see. @public
 */
export type Verdict = 'holds' | 'violated' | 'witnessed' | 'neverWitnessed' | 'undecided';

/** Why a search ended before it had seen everything. @public */
export type Cut = 'states' | 'depth' | 'time' | 'memory' | 'interrupted' | 'decided';

/** What a simulation did, which counts no states. @public */
export interface Simulated {
  /** Steps of machines; one move may take none, one or several. */
  readonly steps: number;
  /** Those that xstate took a second time. */
  readonly judged: number;
  /** Those that xstate took in the first place. */
  readonly interpreted: number;
  /** Quiet states that were looked at: asked for where nothing is on its way, and now and then elsewhere. */
  readonly quietStates: number;
  /** Peers whose machines xstate runs throughout, and why. */
  readonly notCompiled: readonly { readonly peer: string; readonly why: string }[];
}

/**
 * By what a search told states apart that did not keep them: it takes two for one where their hashes are alike, and never looks at
 * the second nor at what only that leads to. @public
 */
export type Hashed = {
  /** Of the hash function; another one takes other states for one. */
  readonly seed: number;
} & (
  | {
      readonly store: 'fingerprint';
      /** Of each fingerprint. */
      readonly bits: number;
      /** The chance that any state was missed is no more than this. */
      readonly missed: number;
    }
  | {
      readonly store: 'bitstate';
      /** Of the whole field. */
      readonly bits: number;
      /** The share of them that is set. */
      readonly load: number;
      /** How many new states are likely to have been taken for known ones; what only they lead to is not among these. */
      readonly omitted: number;
    }
);

/** How much was looked at. @public */
export interface Coverage {
  /**
   * `exhaustive`: every reachable state. `hashed`: every one but those that were taken for another. `bounded`: all up to where it was
   * cut. `sampled`: some behaviours.
   */
  readonly kind: 'exhaustive' | 'hashed' | 'bounded' | 'sampled';
  readonly cut?: Cut;
  readonly hashed?: Hashed;
  /** Distinct states; 0 for a simulation, which does not count them. */
  readonly states: number;
  /** Whether there were more than that, for which there was no room to tell whether they are new. */
  readonly uncounted?: boolean;
  /** Moves taken, those that change nothing included; a simulation takes none of these. */
  readonly transitions: number;
  /** Moves from a start to the farthest state, by the way it was reached. */
  readonly depth: number;
  /** States found whose moves were not looked at. */
  readonly queue: number;
  /** Behaviours, when sampled. */
  readonly runs?: number;
  /** How their moves were picked. */
  readonly schedule?: Scheduled;
  /** What they let one expect of what they have not seen. */
  readonly estimate?: Estimate;
  readonly simulated?: Simulated;
}

/** What was found of one property. @public */
export interface Finding {
  readonly property: string;
  readonly kind: PropertyKind;
  readonly verdict: Verdict;
  /** The counterexample of `violated`, the witness of `witnessed`. */
  readonly trace?: Trace;
  /** How the trace was made shorter, where it was. */
  readonly shrunk?: Shrunk;
  /** Of a temporal property that is violated. */
  readonly critical?: Critical;
  /** For `recoverable`: the reachable states from which the goal is out of reach. */
  readonly dead?: number;
  /** Why it is undecided, where its kind is the reason. */
  readonly why?: string;
  /** Of what a search says of states that it did not keep: it is wrong with no more than this probability. */
  readonly doubt?: number;
}

/** What a search or a fuzzing found, and how much it looked at. @public */
export interface Report {
  readonly model: string;
  readonly strategy: string;
  /** How the search was made smaller, if it was. */
  readonly reduced?: string;
  readonly coverage: Coverage;
  readonly findings: readonly Finding[];
  readonly effort: SearchEffort;
  /** How much of the machines was used, and what was not. */
  readonly machines?: readonly MachineCoverage[];
}

/** What the search cost, apart from time, which is its caller's to measure. @public */
export interface SearchEffort {
  readonly machineCalls: number;
  readonly bytesPerState: number;
  readonly blocked: number;
  readonly fullestInbox: number;
}

/** How far a search has come. @public */
export interface Progress {
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  readonly queue: number;
  readonly bytes: number;
}

/** Where a search must stop. Time and interruption are the caller's: it stops calling `advance`. @public */
export interface Budget {
  readonly maxStates?: number;
  readonly maxDepth?: number;
  /** Of the store alone, in bytes. */
  readonly maxBytes?: number;
  /** Stop as soon as every property is decided. */
  readonly stopWhenDecided?: boolean;
}

/** A search that can be run a slice at a time, so that its caller can show progress and stop it. @public */
export interface Search {
  readonly done: boolean;
  /** Looks at the moves of about `states` more states. */
  advance(states: number): void;
  /** How far it is. */
  progress(): Progress;
  /** What is known now; `cut` says why no more. */
  report(cut?: Cut): Report;
}

/** One way to explore a model. @public */
export interface Strategy {
  readonly name: string;
  /** Begins a search of a model, of which the caller decides how it goes on. */
  start(model: Model, properties: readonly Property[], budget?: Budget): Search;
}

/** Beyond this much doubt a verdict is none: one run in a thousand. @internal */
export const mostDoubt = 0.001;

/** What a property is once everything, or not everything, has been seen without deciding it. @internal */
export function settle(kind: PropertyKind, seen: boolean, exhaustive: boolean): Verdict {
  if (seen) return kind === 'sometimes' ? 'witnessed' : 'violated';
  if (!exhaustive) return 'undecided';
  return kind === 'sometimes' ? 'neverWitnessed' : 'holds';
}

/** The findings of `report` that are decided, and otherwise than in `other`, which is about the same properties. @internal */
export const decidedOtherwise = (report: Report, other: Report): readonly Finding[] =>
  report.findings.filter(({ verdict }, at) => verdict !== 'undecided' && verdict !== other.findings[at]?.verdict);
