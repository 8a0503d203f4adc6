/** Schedules: ways to pick the moves of random runs, and what a report tells of the one that was used. */

/**
 * `uniform`: any class of move at any time. `swarm`: the same, but each run switches some classes off and others up. `pct`: by
 * random priorities of chains of causally related events. `pos`: by random priorities of events. `coverage`: from where something
 * new was seen. @public
 */
export type ScheduleName = 'swarm' | 'uniform' | 'pct' | 'pos' | 'coverage';

/** The first is what is taken where nobody says otherwise. @public */
export const scheduleNames: readonly ScheduleName[] = ['swarm', 'uniform', 'pct', 'pos', 'coverage'];

/** How the moves of a campaign's runs were picked. @public */
export interface Scheduled {
  readonly name: ScheduleName;
  /** Of `pct`: what its bound is made of. */
  readonly priorities?: {
    /** How many events must come in some order for a bug that it looks for. */
    readonly depth: number;
    /** The most chains that one behaviour had. */
    readonly chains: number;
    /** The most moves that one behaviour had. */
    readonly moves: number;
    /** Runs that were made when these two were known already. */
    readonly runs: number;
    /** Behaviours that did not end within the moves of a run: where there are any, nothing is promised. */
    readonly unended: number;
    /** That one run finds a given bug of that depth is at least as likely as this; absent where nothing is promised. */
    readonly bound?: number;
  };
  /** Of `coverage`: behaviours that showed something new, from which others were begun. */
  readonly corpus?: {
    readonly behaviours: number;
    /** States of single peers, and pairs of them. */
    readonly local: number;
    readonly pairs: number;
  };
}
