/** Sightings: in how many runs each thing was seen, as far as an estimate must know: in none, one, two or more. */
import type { Unseen } from '../kernel/index.js';
import { unseenOf } from './estimate.js';
import { widen } from './seen.js';

const many = -1;

/** Things by number; runs are numbered from 1. @internal */
export class Sightings {
  /** By thing: the first run that saw it, 0 for none; the second, {@link many} once there was a third. */
  private first = new Int32Array(256);
  private second = new Int32Array(256);

  note(thing: number, run: number): void {
    if (thing >= this.first.length) this.grow(thing);
    const first = this.first[thing] as number;
    if (first === run) return;
    if (first === 0) {
      this.first[thing] = run;
      return;
    }
    const second = this.second[thing] as number;
    if (second === run || second === many) return;
    this.second[thing] = second === 0 ? run : many;
  }

  /** Notes for `thing` all runs that another thing was seen in. */
  noteAll(thing: number, of: Sightings, other: number): void {
    const [first, second] = [of.first[other] as number, of.second[other] as number];
    if (first === 0) return;
    this.note(thing, first);
    if (second === many) this.second[thing] = many;
    else if (second !== 0) this.note(thing, second);
  }

  unseen(runs: number): Unseen {
    let seen = 0;
    let once = 0;
    let twice = 0;
    for (let thing = 0; thing < this.first.length; thing++) {
      if (this.first[thing] === 0) continue;
      const second = this.second[thing] as number;
      seen++;
      if (second === 0) once++;
      else if (second !== many) twice++;
    }
    return unseenOf(seen, once, twice, runs);
  }

  private grow(thing: number): void {
    const length = 2 ** Math.ceil(Math.log2(thing + 1));
    this.first = widen(this.first, Math.max(length, 2 * this.first.length));
    this.second = widen(this.second, this.first.length);
  }
}
