/**
 * A behaviour of the simulator with needless moves left out, as long as it still decides the property: the deletion that
 * `src/shrink` does on packed states, done here because it is so much faster where states are not packed.
 */
import type { Property } from '../kernel/index.js';
import type { Taken } from './attempts.js';
import type { Simulation } from './simulation.js';
import { Watching } from './watching.js';

/** Moves that all attempts on one behaviour may take. */
const limit = 1_000_000;

/** @internal */
export class Shortener {
  /** Moves taken so far. */
  effort = 0;
  private readonly watching: () => Watching;

  constructor(
    private readonly simulation: Simulation,
    property: Property,
  ) {
    this.watching = () => new Watching(simulation, [property]);
  }

  /** A behaviour from which no single move can be left out, unless it took too long to find out. */
  shorten(start: number, taken: readonly Taken[]): readonly Taken[] {
    let best = this.play(start, taken) ?? taken;
    const end = this.effort + limit;
    for (let size = Math.ceil(best.length / 2); size > 0; ) {
      const before = best.length;
      for (let at = before - size; at > -size && this.effort < end; at -= size) {
        const fewer = [...best];
        fewer.splice(Math.max(0, at), Math.min(size, size + at));
        const shorter = this.play(start, fewer);
        if (shorter !== undefined && shorter.length < best.length) best = shorter;
      }
      const stuck = best.length === before || this.effort >= end;
      if (size === 1 && stuck) break;
      size = Math.max(1, Math.min(Math.floor(size / 2), best.length));
    }
    return best;
  }

  /** Makes each move that is meant and enabled, until the property is decided; what was made, if it is. */
  play(start: number, meant: readonly Taken[]): readonly Taken[] | undefined {
    const { simulation } = this;
    const watching = this.watching();
    const made: Taken[] = [];
    simulation.begin(start);
    watching.begin(ignore);
    for (const one of meant) {
      if (watching.decided) break;
      if (!simulation.perform(one)) continue;
      made.push(simulation.latest());
      watching.atStep(ignore);
      watching.atState(ignore);
      if (watching.watchesQuiet && simulation.situation.flights.length === 0) this.lookForQuiet(watching);
    }
    if (watching.watchesQuiet) this.lookForQuiet(watching);
    this.effort += made.length + 1;
    return watching.decided ? made : undefined;
  }

  private lookForQuiet(watching: Watching): void {
    if (!this.simulation.isBusy && this.simulation.isQuiet()) watching.atQuiet(ignore);
  }
}

const ignore = (): void => {};
