/**
 * Rotation: on a circle on which no place is special, one state stands for all its turns. The group has as many turns as there
 * are places, not all permutations, so the least turn is found by comparing all (Ip and Dill, "Better verification through
 * symmetry", 1996, for rings). Law: what stands for a state is that state, turned.
 */
import {
  ChurnproofError,
  isTemporal,
  type Model,
  Moves,
  type Observer,
  type Peers,
  type Property,
  type Reduction,
  type State,
  type StepObserver,
  type World,
} from '../kernel/index.js';
import { type Anatomy, anatomyOf } from '../system/index.js';
import { Digest } from './digest.js';
import { Turning } from './turning.js';

/**
 * Properties of whole behaviours are left to others: a cycle of stand-ins may be a spiral.
 * @throws ChurnproofError SEARCH_UNSOUND where it cannot be shown that no verdict changes
 * @internal
 */
export function rotation(model: Model, properties: readonly Property[]): Rotation {
  const anatomy = anatomyOf(model);
  checkSpec(anatomy);
  return new Rotation(model, anatomy, properties);
}

/** States whose every turn is looked at; later ones are turned once, and of those {@link one} in so many. */
const every = 2000;
const one = 8;

/** What a property answered, as a number. */
const numberOf = (answer: boolean): number => (answer ? 1 : 2);

/** @internal */
export class Rotation implements Reduction {
  private readonly turning: Turning;
  private readonly observers: readonly (Observer<boolean> | undefined)[];
  private readonly steps: readonly (StepObserver<boolean> | undefined)[];
  private readonly out = new Moves();
  private readonly elsewhere = new Moves();
  private readonly after: State;
  private readonly base: State;
  private readonly other: State;
  private looked = 0;

  constructor(
    private readonly model: Model,
    anatomy: Anatomy,
    private readonly properties: readonly Property[],
  ) {
    const { circle } = anatomy.spec;
    if (circle === undefined) throw uneven('the system has no circle', 'circle: { peers, turned } in the system');
    this.turning = new Turning(anatomy, circle);
    type Holds = (world: World<Peers, true>) => boolean;
    type HoldsOfStep = (before: World<Peers, true>, after: World<Peers, true>) => boolean;
    this.observers = properties.map((property) =>
      property.kind === 'alwaysStep' || isTemporal(property) ? undefined : model.observe(property.holds as Holds),
    );
    this.steps = properties.map(({ kind, holds }) =>
      kind === 'alwaysStep' ? model.observeStep(holds as HoldsOfStep) : undefined,
    );
    this.after = new Int32Array(model.width);
    this.base = new Int32Array(model.width);
    this.other = new Int32Array(model.width);
  }

  reduce(state: State, moves: Moves, isOpen: (property: number) => boolean): void {
    const { out, after, base } = this;
    base.set(state);
    this.look(moves, isOpen);
    out.clear();
    for (let i = 0; i < moves.count; i++) {
      out.begin(moves.kind[i] as number, moves.peer[i] as number, moves.what[i] as number, moves.detail[i] as number);
      if (!moves.changesNothing(i)) {
        after.set(base);
        moves.apply(i, after);
        this.turning.settle(after);
        for (let c = 0; c < after.length; c++) if (after[c] !== base[c]) out.change(c, after[c] as number);
      }
      out.end();
    }
    out.quiet = moves.quiet;
    moves.exchange(out);
  }

  represent(start: State): void {
    this.turning.settle(start);
  }

  unfold([start, ...others]: readonly State[], property: number, move?: number): readonly number[] {
    const { model, turning } = this;
    const { places } = turning;
    const real = (start as State).slice();
    const first = real.slice();
    const moves = new Moves();
    const choices: number[] = [];
    /** Places that what stands for it must be turned by to be what really is. */
    let by = (places - turning.settle(first)) % places;
    const states = [first, ...others];
    const follow = (raw: State) => {
      turning.turn(raw, by);
      model.expand(real, moves);
      choices.push(choiceTo(raw, real, moves));
      real.set(raw);
    };
    for (const [at, standIn] of states.slice(0, -1).entries()) {
      const { raw, turned } = this.stepTo(standIn, states[at + 1] as State, moves);
      follow(raw);
      by = (by + places - turned) % places;
    }
    const last = states[states.length - 1] as State;
    const observer = this.observers[property];
    if (observer !== undefined && observer.at(real) !== observer.at(last)) throw this.knowsPlaces(property);
    if (move === undefined) return choices;
    const before = real.slice();
    model.expand(last, moves);
    const raw = last.slice();
    moves.apply(move, raw);
    const answer = this.steps[property]?.at(last, raw);
    follow(raw);
    if (this.steps[property]?.at(before, real) !== answer) throw this.knowsPlaces(property);
    return choices;
  }

  /** A state and its turns must have the same moves, turned, and the same answers: in some states all turns are looked at. */
  private look(moves: Moves, isOpen: (property: number) => boolean): void {
    const { places } = this.turning;
    this.looked++;
    if (this.looked > every && this.looked % one !== 0) return;
    const turns = this.looked > every ? 1 : places - 1;
    const here = this.digest(this.base, moves, 0, isOpen);
    for (let k = 0; k < turns; k++) {
      const by = 1 + ((this.looked + k) % (places - 1));
      this.other.set(this.base);
      this.turning.turn(this.other, by);
      this.model.expand(this.other, this.elsewhere);
      const there = this.digest(this.other, this.elsewhere, places - by, isOpen);
      if (here.equals(there)) continue;
      throw this.difference(moves, isOpen);
    }
  }

  /** What is so of a state when it is turned by that many places. */
  private digest(state: State, moves: Moves, by: number, isOpen: (property: number) => boolean): Digest {
    const { turning, after, properties } = this;
    const digest = new Digest();
    digest.add(moves.quiet ? 1 : 0);
    for (const [p, { kind }] of properties.entries()) {
      if (!isOpen(p) || (kind === 'whenQuiet' && !moves.quiet)) continue;
      const observer = this.observers[p];
      if (observer !== undefined) digest.add(numberOf(observer.at(state)));
    }
    for (let i = 0; i < moves.count; i++) {
      after.set(state);
      moves.apply(i, after);
      digest.begin();
      digest.add(moves.kind[i] as number);
      for (const [p, step] of this.steps.entries())
        if (step !== undefined && isOpen(p)) digest.add(numberOf(step.at(state, after)));
      digest.add(turning.peer(moves.peer[i] as number, by));
      turning.turn(after, by);
      for (let c = 0; c < after.length; c++) digest.add(after[c] as number);
      digest.end();
    }
    return digest;
  }

  /** Says of `base` and `other`, which is it turned, where they differ. */
  private difference(moves: Moves, isOpen: (property: number) => boolean): ChurnproofError {
    const { base, other, elsewhere, properties } = this;
    const differs = properties.findIndex(({ kind }, p) => {
      if (!isOpen(p) || (kind === 'whenQuiet' && !moves.quiet)) return false;
      const [observer, step] = [this.observers[p], this.steps[p]];
      if (observer !== undefined) return observer.at(base) !== observer.at(other);
      return step !== undefined && this.violations(step, base, moves) !== this.violations(step, other, elsewhere);
    });
    return differs < 0
      ? uneven('a state and that state turned have different moves', 'peers and rules that know no place of the circle')
      : this.knowsPlaces(differs);
  }

  private violations(step: StepObserver<boolean>, state: State, moves: Moves): number {
    let many = 0;
    for (let i = 0; i < moves.count; i++) {
      this.after.set(state);
      moves.apply(i, this.after);
      if (!step.at(state, this.after)) many++;
    }
    return many;
  }

  private knowsPlaces(property: number): ChurnproofError {
    return uneven(
      `'${this.properties[property]?.name}' answers otherwise when the circle is turned`,
      'properties for which no place of the circle is special',
    );
  }

  private stepTo(from: State, goal: State, moves: Moves): { readonly raw: State; readonly turned: number } {
    this.model.expand(from, moves);
    for (let i = 0; i < moves.count; i++) {
      const raw = from.slice();
      moves.apply(i, raw);
      const settled = raw.slice();
      const turned = moves.changesNothing(i) ? 0 : this.turning.settle(settled);
      if (settled.every((value, c) => value === goal[c])) return { raw, turned };
    }
    throw uneven('a behaviour cannot be told as it really goes', 'a circle without special places');
  }
}

function choiceTo(goal: State, from: State, moves: Moves): number {
  for (let i = 0; i < moves.count; i++) {
    const after = from.slice();
    moves.apply(i, after);
    if (after.every((value, c) => value === goal[c])) return i;
  }
  throw uneven('a behaviour cannot be told as it really goes', 'a circle without special places');
}

function checkSpec({ spec, names, tables }: Anatomy): void {
  const { network, faults = {}, operations = [], churn = {} } = spec;
  if (network !== 'synchronous' || Object.keys(faults).length > 0)
    throw uneven('messages on their way are not turned', 'a synchronous network without faults');
  const limits = [...operations, ...Object.values(churn)].filter((rule) => typeof rule === 'object');
  for (const { peers = names } of limits)
    if (new Set(peers).size < names.length)
      throw uneven('an operation or churn is for some peers and not for all', 'all of them');
  if (new Set(tables.map(({ machine }) => machine)).size > 1)
    throw uneven('peers have machines that differ', 'one machine for all');
}

/** @internal */
const uneven = (why: string, expected: string): ChurnproofError =>
  new ChurnproofError('SEARCH_UNSOUND', `rotation cannot be shown sound: ${why}`, {
    expected,
    hint: 'check it without the reduction',
  });
