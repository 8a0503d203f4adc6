/** The schedules `uniform` and `swarm`: classes of move at random, by weights and, in a swarm, by the dials of the run. */
import type { Scheduled } from '../kernel/index.js';
import { ByClass } from './by-class.js';
import type { Menus } from './menus.js';
import type { Drawn } from './schedule.js';
import { ignore, type Scheduler } from './scheduler.js';

/** @internal */
export class Blind implements Scheduler {
  readonly isBlind = true;
  readonly isWhole = false;
  readonly visit = ignore;
  readonly end = ignore;
  private readonly byClass: ByClass;
  private run: Drawn = { start: 0, dials: [], moves: 0, seed: 0 };

  constructor(
    private readonly name: 'uniform' | 'swarm',
    weights: Int32Array,
  ) {
    this.byClass = new ByClass(weights);
  }

  begin(run: Drawn): number {
    this.run = run;
    return run.start;
  }

  behave(first: number): void {
    this.byClass.draw(this.run.seed, first, this.name === 'swarm' ? this.run.dials : undefined);
  }

  pick(menus: Menus, at: number): number {
    return this.byClass.pick(menus, at);
  }

  told(): Scheduled {
    return { name: this.name };
  }
}
