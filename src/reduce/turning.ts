/** Turns of the circle: what becomes of a state when everybody moves on by so many places, and which turn stands for all. */
import type { Circle, State } from '../kernel/index.js';
import type { PeerTable } from '../machine/index.js';
import type { Anatomy } from '../system/index.js';

/** @internal */
export class Turning {
  /** Places on the circle. */
  readonly places: number;
  /** The peer at each place, and the place of each peer. */
  private readonly peerAt: readonly number[];
  private readonly placeOf: readonly number[];
  /** By place and slot: the slot that the peer at place 0 has when this one has come to stand there. */
  private readonly looks: number[][];
  /** By place and look: the slot that looks so from there. */
  private readonly slots: number[][];
  private readonly around: Int32Array;

  constructor(
    private readonly anatomy: Anatomy,
    private readonly circle: Circle,
  ) {
    const { names } = anatomy;
    this.places = names.length;
    this.peerAt = circle.peers.map((name) => names.indexOf(name));
    this.placeOf = names.map((name) => circle.peers.indexOf(name));
    this.looks = names.map(() => []);
    this.slots = names.map(() => []);
    this.around = new Int32Array(2 * this.places);
  }

  /** The peer that stands where this one will after so many places. */
  peer(peer: number, places: number): number {
    return this.peerAt[((this.placeOf[peer] as number) + places) % this.places] as number;
  }

  /** Turns a state by so many places, 0 to one less than there are. */
  turn(state: State, places: number): void {
    this.read(state);
    this.write(state, places);
  }

  /** Turns a state so that it is the same for all turns of it; returns by how many places. */
  settle(state: State): number {
    this.read(state);
    const first = this.leastTurn();
    const places = first === 0 ? 0 : this.places - first;
    this.write(state, places);
    return places;
  }

  /** Leaves in `around` what each place looks like, twice in a row. */
  private read(state: State): void {
    const { around, places } = this;
    for (let place = 0; place < places; place++) {
      const look = this.look(place, state[this.peerAt[place] as number] as number);
      around[place] = look;
      around[place + places] = look;
    }
  }

  private write(state: State, by: number): void {
    const { around, places } = this;
    for (let place = 0; place < places; place++)
      state[this.peerAt[place] as number] = this.slot(place, around[place + places - by] as number);
  }

  /** The place from which the looks, read around, come first in order of numbers. */
  private leastTurn(): number {
    const { around, places } = this;
    let best = 0;
    for (let other = 1; other < places; other++) {
      for (let k = 0; k < places; k++) {
        const ahead = (around[other + k] as number) - (around[best + k] as number);
        if (ahead > 0) break;
        if (ahead === 0) continue;
        best = other;
        break;
      }
    }
    return best;
  }

  private look(place: number, slot: number): number {
    const known = this.looks[place] as number[];
    known[slot] ??= this.moved(slot, place, 0);
    return known[slot];
  }

  private slot(place: number, look: number): number {
    const known = this.slots[place] as number[];
    known[look] ??= this.moved(look, 0, place);
    return known[look];
  }

  private moved(slot: number, from: number, to: number): number {
    if (from === to) return slot;
    const { tables } = this.anatomy;
    const table = (place: number) => tables[this.peerAt[place] as number] as PeerTable;
    const by = (to - from + this.places) % this.places;
    return table(to).adopt(table(from).slot(slot), (data) =>
      data === undefined ? data : (this.circle.turned(data, by) as typeof data),
    );
  }
}
