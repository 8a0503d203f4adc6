/**
 * A model: a transition system on small vectors of integers, which is all that a search engine sees. `compose` makes one
 * of a system. Law: for equal states `expand` gives equal moves in equal order, so an index into them is a choice.
 */
import type { Move } from './move.js';
import type { Plain } from './plain.js';
import type { Peers } from './system.js';
import type { StateValue, Status, World } from './world.js';

/** A global state: one non-negative integer a component. Owned by whoever made it; a model never keeps one. @public */
export type State = Int32Array;

/** Says when an answer must stay what it was. @public */
export interface Noticing {
  /** Whether any answer so far rested on this component. */
  reads(component: number): boolean;
  /**
   * Whether any answer so far rested on something that differs between a state and one in which this component is not `from`
   * but `to`. Where it notices none of the changes, an answer that has been given for the one holds for the other too.
   */
  notices(component: number, from: number, to: number): boolean;
  /** Grows when an answer rests on something that none rested on before: what `notices` said until then may be out of date. */
  readonly revision: number;
}

/** A function of the world, remembered under what it read. @public */
export interface Observer<T> extends Noticing {
  /** The value of the function in a state. */
  at(state: State): T;
}

/**
 * The same for two states, before and after a move. A move of which it notices nothing gets the same answer as a step from
 * its state to itself, once that has been asked for. @public
 */
export interface StepObserver<T> extends Noticing {
  /** The value of the function for a step from one state to the other. */
  at(before: State, after: State): T;
}

/** A system that can be searched: packed states, and the moves between them. @public */
export interface Model {
  readonly name: string;
  /** How it is smaller than the system that it stands for, such as `symmetry`; what needs every state and move refuses it. */
  readonly reduced?: string;
  /** What a search must do to be as small as that. */
  readonly reduction?: Reduction;
  /** Components of a state; the peers' own come first, one a peer in the order of the peers. */
  readonly width: number;
  /** Where behaviours begin, in fixed order. */
  readonly starts: readonly { readonly label: string; readonly state: State }[];
  /** Replaces the content of `moves` by those enabled in `state`. */
  expand(state: State, moves: Moves): void;
  /** The readable form of one of the moves that `expand` gave. */
  move(moves: Moves, index: number): Move;
  /** Remembers a function of the world by the values that it reads. */
  observe<T>(compute: (world: World<Peers, true>) => T): Observer<T>;
  /** The same of a function of two worlds, before a move and after it. */
  observeStep<T>(compute: (before: World<Peers, true>, after: World<Peers, true>) => T): StepObserver<T>;
  /** The state as a person would want to see it. */
  picture(state: State): Picture;
  /**
   * Takes again what was remembered, to see whether it still comes out the same; for the end of a search.
   * @throws ChurnproofError MACHINE_NOT_DETERMINISTIC
   */
  recheck(): void;
  /** How much of the model is known so far. */
  effort(): Effort;
  /** How much of the peers' machines was used so far, where the model has such. */
  machines?(): readonly MachineCoverage[];
  /** What its numbers stand for; without it no other instance of the model can be told of a state. @internal */
  readonly contents?: Contents;
}

/**
 * What the numbers in a state stand for, so that two instances of one model, each of which numbers what it meets in its own
 * order, can tell each other of states. The numbers of a component are given without gaps, from 0 on. @internal
 */
export interface Contents {
  /** Equal for equal contents alone, whatever the instance. */
  text(component: number, value: number): string;
  /** The content as data that can be cloned. */
  tell(component: number, value: number): unknown;
  /** The number here of what another instance told. */
  learn(component: number, told: unknown): number;
}

/** How much of one machine was used, by all peers that run it, and what never was. @public */
export interface MachineCoverage {
  /** Its own id where it has one, else the name of the first peer that runs it. */
  readonly machine: string;
  readonly peers: readonly string[];
  readonly states: Parts;
  readonly transitions: Parts;
  /** Guards by name, those without one by their place; those that gave one answer alone are listed with it. */
  readonly guards: {
    readonly of: number;
    readonly always: readonly string[];
    readonly never: readonly string[];
    readonly unasked: readonly string[];
  };
}

/** How many there are, and those that were not used. @public */
export interface Parts {
  readonly of: number;
  readonly unused: readonly string[];
}

/** Leaves out of a search what its verdicts do not need. @internal */
export interface Reduction {
  /** Turns a start into what stands for it. By default it stands for itself. */
  represent?(start: State): void;
  /**
   * For a reduction that lets one state stand for others: the choices of a real behaviour that goes as this one of stand-ins
   * does. By default the states are themselves.
   * @param states a start as it is, then what stands for each
   * @param property which it decides
   * @param move the move out of the last state, of all that are enabled there, where the property is one of steps
   */
  unfold?(states: readonly State[], property: number, move?: number): readonly number[];
  /**
   * Leaves in `moves`, all those enabled in `state`, only what must be followed.
   * @param isOpen whether the property of that index is still to be decided
   */
  reduce(state: State, moves: Moves, isOpen: (property: number) => boolean): void;
}

/** What a search had to do that could not be looked up. @public */
export interface Effort {
  /** Calls of the machines' own step function; everything else was looked up. */
  readonly machineCalls: number;
  /** Moves not offered because a link was full. */
  readonly blocked: number;
  /** Messages in the fullest inbox seen. */
  readonly fullestInbox: number;
}

/** One global state as plain data. @public */
export interface Picture {
  readonly peers: readonly {
    readonly name: string;
    readonly status: Status;
    readonly state?: StateValue;
    readonly context?: Plain;
    readonly timers?: readonly string[];
  }[];
  readonly inFlight: readonly { readonly from: string; readonly to: string; readonly message: Plain }[];
  readonly partition?: readonly string[];
}

/**
 * The moves enabled in one state, as flat arrays that are used again for the next state: no allocation in a search. Move
 * `i` has the code `kind[i], peer[i], what[i], detail[i]`, whose meaning is the model's (equal codes, equal moves), and changes the components
 * `changes[first[i]], changes[first[i] + 2], ...`, each of them once, to the values that follow each. @public
 */
export class Moves {
  count = 0;
  /** Whether no delivery, timer or protocol upkeep among them changes the state. */
  quiet = true;
  kind = new Int32Array(64);
  peer = new Int32Array(64);
  what = new Int32Array(64);
  detail = new Int32Array(64);
  first = new Int32Array(65);
  changes = new Int32Array(512);

  /** Empties the list, for the next state. */
  clear(): void {
    this.count = 0;
    this.quiet = true;
  }

  /** Begins a move; its changes follow by {@link change}, then {@link end}. */
  begin(kind: number, peer: number, what: number, detail: number): void {
    const i = this.count;
    if (i === this.kind.length) this.grow();
    this.kind[i] = kind;
    this.peer[i] = peer;
    this.what[i] = what;
    this.detail[i] = detail;
    this.first[i + 1] = this.first[i] as number;
  }

  /** Makes room for that many more moves with two changes each, to be written straight into the arrays. */
  reserve(more: number): void {
    while (this.count + more > this.kind.length) this.grow();
    while ((this.first[this.count] as number) + 4 * more > this.changes.length) this.changes = widen(this.changes);
  }

  /** Makes room for all that another list has, to be written straight into the arrays. */
  reserveAs(other: Moves): void {
    while (this.kind.length < other.count) this.grow();
    while (this.changes.length < (other.first[other.count] as number)) this.changes = widen(this.changes);
  }

  /** Says that the move that was begun last changes this component to this value. */
  change(component: number, value: number): void {
    const end = this.first[this.count + 1] as number;
    if (end + 2 > this.changes.length) this.changes = widen(this.changes);
    this.changes[end] = component;
    this.changes[end + 1] = value;
    this.first[this.count + 1] = end + 2;
  }

  /** Ends the move; returns whether it changes anything. */
  end(): boolean {
    const i = this.count++;
    return this.first[i] !== this.first[i + 1];
  }

  /** Whether a move leads back to the state it came from. */
  changesNothing(index: number): boolean {
    return this.first[index] === this.first[index + 1];
  }

  /** Turns `state` into the one after move `index`. */
  apply(index: number, state: State): void {
    const { changes } = this;
    const end = this.first[index + 1] as number;
    for (let c = this.first[index] as number; c < end; c += 2) state[changes[c] as number] = changes[c + 1] as number;
  }

  /** Forgets the moves that `isKept` does not want; the others stay in their order. */
  keep(isKept: (index: number) => boolean): void {
    const { kind, peer, what, detail, first, changes, count } = this;
    let kept = 0;
    for (let i = 0; i < count; i++) {
      if (!isKept(i)) continue;
      const from = first[i] as number;
      const end = first[i + 1] as number;
      const to = first[kept] as number;
      kind[kept] = kind[i] as number;
      peer[kept] = peer[i] as number;
      what[kept] = what[i] as number;
      detail[kept] = detail[i] as number;
      changes.copyWithin(to, from, end);
      first[++kept] = to + end - from;
    }
    this.count = kept;
  }

  /** Takes what the other one has, and gives it its own. */
  exchange(other: Moves): void {
    const { count, quiet, kind, peer, what, detail, first, changes } = other;
    Object.assign(other, { ...this });
    Object.assign(this, { count, quiet, kind, peer, what, detail, first, changes });
  }

  private grow(): void {
    this.kind = widen(this.kind);
    this.peer = widen(this.peer);
    this.what = widen(this.what);
    this.detail = widen(this.detail);
    const first = new Int32Array(this.kind.length + 1);
    first.set(this.first);
    this.first = first;
  }
}

function widen(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(array.length * 2);
  wider.set(array);
  return wider;
}
