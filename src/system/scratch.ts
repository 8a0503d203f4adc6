/** The scratch: the state that a move is making, kept beside the one it starts from, until it is written down or dropped. */
import type { Moves, State } from '../kernel/index.js';

/** @internal */
export class Scratch {
  readonly state: State;
  private base: State;
  private readonly touched: Int32Array;
  private touchedCount = 0;

  constructor(width: number) {
    this.state = new Int32Array(width);
    this.base = this.state;
    this.touched = new Int32Array(width);
  }

  /** All moves until the next call start from this state. */
  open(base: State): void {
    this.base = base;
    // A loop, as `set` costs more than the few numbers of a state.
    for (let c = 0; c < base.length; c++) this.state[c] = base[c] as number;
  }

  set(component: number, value: number): void {
    if (this.state[component] === value) return;
    if (this.state[component] === this.base[component]) this.touched[this.touchedCount++] = component;
    this.state[component] = value;
    if (this.base[component] === value) this.untouch(component);
  }

  /** Writes the move down and goes back to the state it started from; returns whether it changed anything. */
  commit(moves: Moves, kind: number, peer: number, what: number, detail: number): boolean {
    moves.begin(kind, peer, what, detail);
    const count = this.touchedCount;
    for (let i = 0; i < count; i++) {
      const component = this.touched[i] as number;
      moves.change(component, this.state[component] as number);
      this.state[component] = this.base[component] as number;
    }
    this.touchedCount = 0;
    moves.end();
    return count > 0;
  }

  drop(): void {
    for (let i = 0; i < this.touchedCount; i++) {
      const component = this.touched[i] as number;
      this.state[component] = this.base[component] as number;
    }
    this.touchedCount = 0;
  }

  private untouch(component: number): void {
    let at = 0;
    while (this.touched[at] !== component) at++;
    this.touched[at] = this.touched[--this.touchedCount] as number;
  }
}
