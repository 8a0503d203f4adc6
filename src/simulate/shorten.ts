/**
 * A behaviour of the simulator with needless moves left out, as long as it still decides the property: the deletion that
 * `src/shrink` does on packed states, done here because it is so much faster where states are not packed.
 */
import type { Property } from '../kernel/index.js';
import type { Taken } from './attempts.js';
import type { Simulation } from './simulation.js';
import { Watching } from './watching.js';

/** Moves that all attempts on one behaviour may take: more for a violation, which somebody must understand, than for a witness. */
const limits = { violation: 1_000_000, witness: 200_000 };

/** Moves between two pauses. */
const slice = 20_000;

/** Lets others have their turn; whether to go on. */
type Pause = () => Promise<boolean>;

/** @internal */
export class Shortener {
  /** Moves taken so far. */
  effort = 0;
  private readonly watching: () => Watching;
  private readonly limit: number;
  private nextPause = slice;

  constructor(
    private readonly simulation: Simulation,
    property: Property,
    private readonly pause: Pause,
  ) {
    this.watching = () => new Watching(simulation, [property]);
    this.limit = property.kind === 'sometimes' ? limits.witness : limits.violation;
  }

  /** A behaviour from which no single move can be left out, unless it took too long to find out. */
  async shorten(start: number, taken: readonly Taken[]): Promise<readonly Taken[]> {
    let best = this.play(start, taken) ?? taken;
    let end = this.effort + this.limit;
    for (let size = Math.ceil(best.length / 2); size > 0; ) {
      const before = best.length;
      for (let at = before - size; at > -size && this.effort < end; at -= size) {
        const fewer = [...best];
        fewer.splice(Math.max(0, at), Math.min(size, size + at));
        const shorter = this.play(start, fewer);
        if (shorter !== undefined && shorter.length < best.length) best = shorter;
        if (this.effort < this.nextPause) continue;
        this.nextPause = this.effort + slice;
        if (!(await this.pause())) end = 0;
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
