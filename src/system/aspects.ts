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
/** For what is computed from several components. */
const several = -1;
/** Below all numbers of answers. */
const leastFailing = -2;
const noNumbers = new Int32Array(0);

/** @internal */
export class Aspects {
  /** Grows when a function of the world reads what it never read before. */
  revision = 0;
  /** By aspect: the component that it is read of, and the number of its value for each of that one's, as far as known. */
  private readonly components: number[] = [];
  private readonly numbers: Int32Array[] = [];
  private readonly makers: (((value: number) => number) | undefined)[] = [];
  private readonly readers: (Reader | undefined)[] = [];
  private readonly footprints: Footprint[] = [];
  private readonly byKey = new Map<string, number>();

  constructor(private readonly tables: readonly PeerTable[]) {}

  value(aspect: number, state: State): number {
    const component = this.components[aspect] as number;
    if (component === several) return (this.readers[aspect] as Reader)(state);
    const value = state[component] as number;
    const numbers = this.numbers[aspect] as Int32Array;
    const known = value < numbers.length ? (numbers[value] as number) : unknown;
    return known === unknown ? this.number(aspect, value) : known;
  }

  /** Of an aspect of a single component: its number where that component has this value. */
  number(aspect: number, value: number): number {
    const make = this.makers[aspect];
    if (make === undefined) return value;
    let numbers = this.numbers[aspect] as Int32Array;
    if (value >= numbers.length) {
      const wider = new Int32Array(Math.max(16, value * 2)).fill(unknown);
      wider.set(numbers);
      numbers = wider;
      this.numbers[aspect] = wider;
    }
    if (numbers[value] === unknown) numbers[value] = make(value);
    return numbers[value] as number;
  }

  /**
   * For telling values apart where nobody reads them: equal where the aspect is. What has no meaning there, so that computing
   * it fails, is like nothing else; whoever reads it is told.
   */
  kind(aspect: number, value: number): number {
    try {
      return this.number(aspect, value);
    } catch {
      return leastFailing - value;
    }
  }

  /** What reading it reads. */
  footprint(aspect: number): Footprint {
    return this.footprints[aspect] as Footprint;
  }

  /** A whole component of the state vector. */
  component(index: number): number {
    return this.register(`component ${index}`, index, undefined);
  }

  /** Whether, and how, a peer takes part. */
  status(peer: number): number {
    return this.ofSlot(`status ${peer}`, peer, (slot) => (this.tables[peer] as PeerTable).statusOf(slot));
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
    const aspect = this.register(`derived ${key}`, several, undefined);
    this.readers[aspect] = reader;
    this.footprints[aspect] = footprint;
    return aspect;
  }

  /** Something computed from a peer's context alone: equal data, equal numbers. */
  ofPeer<T>(key: string, peer: number, compute: (slot: number) => T): OfPeer<T> {
    const numbers = new Map<string, number>();
    const answers: T[] = [];
    const aspect = this.register(`of peer ${peer} ${key}`, peer, (slot) => {
      const answer = compute(slot);
      const number = numbered(numbers, textOf(answer, slot));
      if (number === answers.length) answers.push(answer);
      return number;
    });
    return { aspect, answer: (number) => answers[number] as T };
  }

  private ofSlot(key: string, peer: number, valueAt: (slot: number) => string): number {
    const numbers = new Map<string, number>();
    return this.register(key, peer, (slot) => numbered(numbers, valueAt(slot)));
  }

  private register(key: string, component: number, make: ((value: number) => number) | undefined): number {
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    const aspect = this.components.length;
    this.components.push(component);
    this.numbers.push(noNumbers);
    this.makers.push(make);
    this.readers.push(undefined);
    const footprint = new Footprint();
    if (component !== several) {
      footprint.component(component);
      footprint.isOf(aspect);
    }
    this.footprints.push(footprint);
    this.byKey.set(key, aspect);
    return aspect;
  }
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
