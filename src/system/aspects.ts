/**
 * Aspects: the single things that can be read of a global state, each with a small number for the value found there. Two
 * states in which an aspect has the same number look the same through it.
 */
import { canonical, type State } from '../kernel/index.js';
import type { PeerTable } from '../machine/index.js';
import { Footprint } from './footprint.js';

/** Numbers the values of one aspect, given the state. @internal */
type Reader = (state: State) => number;

const unknown = -1;

/** @internal */
export class Aspects {
  private readonly readers: Reader[] = [];
  private readonly footprints: Footprint[] = [];
  private readonly byKey = new Map<string, number>();

  constructor(private readonly tables: readonly PeerTable[]) {}

  value(aspect: number, state: State): number {
    return (this.readers[aspect] as Reader)(state);
  }

  /** What reading it reads. */
  footprint(aspect: number): Footprint {
    return this.footprints[aspect] as Footprint;
  }

  /** A whole component of the state vector. */
  component(index: number): number {
    return this.register(`component ${index}`, of(index), () => (state) => state[index] as number);
  }

  /** Whether, and how, a peer takes part. */
  status(peer: number): number {
    return this.ofSlot(`status ${peer}`, peer, (slot) => (this.tables[peer] as PeerTable).slot(slot).status);
  }

  /** The machine's state. */
  stateValue(peer: number): number {
    return this.ofSlot(`state ${peer}`, peer, (slot) => canonical((this.tables[peer] as PeerTable).stateOf(slot)));
  }

  /** Names of the armed timers. */
  timers(peer: number): number {
    const table = this.tables[peer] as PeerTable;
    return this.ofSlot(`timers ${peer}`, peer, (slot) => canonical(table.slot(slot).local?.timers.map((t) => t.id)));
  }

  field(peer: number, name: string): number {
    const table = this.tables[peer] as PeerTable;
    return this.ofSlot(`field ${peer} ${name}`, peer, (slot) => canonical(table.contextOf(slot)?.[name]));
  }

  /** Something computed: its reader numbers the answers itself. */
  derived(key: string, footprint: Footprint, reader: Reader): number {
    return this.register(`derived ${key}`, footprint, () => reader);
  }

  private ofSlot(key: string, peer: number, valueAt: (slot: number) => string): number {
    return this.register(key, of(peer), () => {
      const numbers = new Map<string, number>();
      let bySlot = new Int32Array(16).fill(unknown);
      return (state) => {
        const slot = state[peer] as number;
        if (slot >= bySlot.length) {
          const wider = new Int32Array(slot * 2).fill(unknown);
          wider.set(bySlot);
          bySlot = wider;
        }
        const known = bySlot[slot] as number;
        if (known !== unknown) return known;
        const text = valueAt(slot);
        const number = numbers.get(text) ?? numbers.size;
        numbers.set(text, number);
        bySlot[slot] = number;
        return number;
      };
    });
  }

  private register(key: string, footprint: Footprint, make: () => Reader): number {
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    const aspect = this.readers.length;
    this.readers.push(make());
    this.footprints.push(footprint);
    this.byKey.set(key, aspect);
    return aspect;
  }
}

/** The footprint of one component. */
function of(component: number): Footprint {
  const footprint = new Footprint();
  footprint.component(component);
  return footprint;
}
