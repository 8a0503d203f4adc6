/**
 * Aspects: the single things that can be read of a global state, each with a small number for the value found there. Two
 * states in which an aspect has the same number look the same through it.
 */
import { canonical, type State } from '../kernel/index.js';
import type { PeerTable } from '../machine/index.js';
import { Footprint } from './footprint.js';

/** Numbers the values of one aspect, given the state. @internal */
type Reader = (state: State) => number;

/** A computed aspect, and the answer behind each of its numbers. @internal */
export interface OfPeer<T> {
  readonly aspect: number;
  answer(number: number): T;
}

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

  /** Something computed from a peer's context alone: equal data, equal numbers. */
  ofPeer<T>(key: string, peer: number, compute: (slot: number) => T): OfPeer<T> {
    const numbers = new Map<string, number>();
    const answers: T[] = [];
    const aspect = this.register(`of peer ${peer} ${key}`, of(peer), () =>
      bySlot(peer, (slot) => {
        const answer = compute(slot);
        const number = numbered(numbers, textOf(answer, slot));
        if (number === answers.length) answers.push(answer);
        return number;
      }),
    );
    return { aspect, answer: (number) => answers[number] as T };
  }

  private ofSlot(key: string, peer: number, valueAt: (slot: number) => string): number {
    return this.register(key, of(peer), () => {
      const numbers = new Map<string, number>();
      return bySlot(peer, (slot) => numbered(numbers, valueAt(slot)));
    });
  }

  private register(key: string, footprint: Footprint, make: () => Reader): number {
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    const aspect = this.readers.length;
    this.readers.push(make());
    this.footprints.push(footprint);
    if (!key.startsWith('derived ')) footprint.isOf(aspect);
    this.byKey.set(key, aspect);
    return aspect;
  }
}

/** Reads a number that the peer's slot decides, worked out once for each. */
function bySlot(peer: number, numberAt: (slot: number) => number): Reader {
  let known = new Int32Array(16).fill(unknown);
  return (state) => {
    const slot = state[peer] as number;
    if (slot >= known.length) {
      const wider = new Int32Array(slot * 2).fill(unknown);
      wider.set(known);
      known = wider;
    }
    if (known[slot] === unknown) known[slot] = numberAt(slot);
    return known[slot] as number;
  };
}

function numbered(numbers: Map<string, number>, text: string): number {
  const known = numbers.get(text);
  if (known !== undefined) return known;
  const number = numbers.size;
  numbers.set(text, number);
  return number;
}

/** What is not plain data is equal to nothing else. */
function textOf(answer: unknown, slot: number): string {
  try {
    return canonical(answer);
  } catch {
    return `slot ${slot}`;
  }
}

/** The footprint of one component. */
function of(component: number): Footprint {
  const footprint = new Footprint();
  footprint.component(component);
  return footprint;
}
