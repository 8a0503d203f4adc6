/**
 * Shrinking: needless moves are deleted, then an exhaustive search for something shorter is made among behaviours that use
 * nothing but what is left, then in the whole system. Law: the verdict stays, and "proved" is said of a finished search only.
 */
import { intentOf, type Minimal, type Model, type Property, type Strategy, type Trace } from '../kernel/index.js';
import { withoutNeedless } from './deletion.js';
import { type Nearest, type Pause, shorterThan } from './nearest.js';
import { Rehearsal, type Watch } from './rehearsal.js';
import { type Allowed, allowedBy, describeAllowed, fewerPeers, restrict } from './restrict.js';

/** @internal */
export interface ShrinkOptions {
  readonly watch: Watch;
  /** A breadth-first search. */
  readonly search: Strategy;
  /** States that one search may look at. */
  readonly proofStates: number;
  readonly pause: Pause;
}

/** Searches for something shorter than a trace from which nothing can be deleted. @internal */
export async function prove(
  model: Model,
  property: Property,
  trace: Trace,
  options: Omit<ShrinkOptions, 'watch'>,
): Promise<{ readonly trace: Trace; readonly minimal: Minimal }> {
  const hunt = new Hunt(model, property, trace, options);
  const minimal = await hunt.run();
  return { trace: hunt.best, minimal };
}

/** @internal */
export async function shrink(
  model: Model,
  property: Property,
  trace: Trace,
  options: ShrinkOptions,
): Promise<{ readonly trace: Trace; readonly minimal: Minimal }> {
  const rehearsal = new Rehearsal(model, property, options.watch);
  const whole = rehearsal.play(trace.start, trace.moves.map(intentOf)) ?? trace;
  return prove(model, property, withoutNeedless(rehearsal, whole), options);
}

/** The hunt for something shorter than the best trace so far. */
class Hunt {
  private stopped = false;

  constructor(
    private readonly model: Model,
    private readonly property: Property,
    public best: Trace,
    private readonly options: Omit<ShrinkOptions, 'watch'>,
  ) {}

  async run(): Promise<Minimal> {
    let allowed = allowedBy(this.best);
    let inSubspace = await this.among(allowed);
    while (inSubspace.kind === 'cut' && (await this.amongFewer())) {
      allowed = allowedBy(this.best);
      inSubspace = await this.among(allowed);
    }
    // Where a few kinds of move already lead to too many states, all of them lead to more.
    if (inSubspace.kind === 'cut') {
      return { proved: false, why: `the search for a shorter one stopped at ${inSubspace.states} states` };
    }
    const inSystem = await this.search(this.model);
    if (inSystem.kind === 'shorter') this.best = inSystem.trace;
    if (inSystem.kind !== 'cut') return { proved: true, scope: 'system', states: inSystem.states };
    return { proved: true, scope: 'subspace', states: inSubspace.states, among: describeAllowed(allowed) };
  }

  /**
   * Most bugs show among few peers (the small scope hypothesis: Jackson, "Software Abstractions", 2006), and a search among
   * few gets farther.
   */
  private async amongFewer(): Promise<boolean> {
    let left = this.options.proofStates;
    for (const allowed of fewerPeers(allowedBy(this.best))) {
      const found = await this.among(allowed, Math.ceil(left / 2));
      if (found.kind === 'shorter') return true;
      left -= found.states;
      if (left <= 0 || this.stopped) return false;
    }
    return false;
  }

  private async among(allowed: Allowed, states?: number): Promise<Nearest> {
    const space = restrict(this.model, allowed);
    const found = await this.search(space, states);
    if (found.kind === 'shorter') this.best = space.original(found.trace);
    return found;
  }

  private search(space: Model, maxStates = this.options.proofStates): Promise<Nearest> {
    const pause = async () => {
      this.stopped ||= !(await this.options.pause());
      return !this.stopped;
    };
    return shorterThan(this.best.moves.length, space, this.property, this.options.search, maxStates, pause);
  }
}
