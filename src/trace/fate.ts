/** What a replay proves again by a search forwards: that a goal is out of reach, and where along the behaviour it went. */
import {
  type Critical,
  describeMove,
  intentOf,
  type Model,
  Moves,
  type State,
  type Temporal,
} from '../kernel/index.js';
import { canReach } from '../liveness/reach.js';
import { Units } from '../liveness/units.js';
import { truthOf } from './lasso.js';
import { type Proof, refuted, shown, type Taken } from './proof.js';

/** That nothing that may repair it leads from the last state to the goal. @internal */
export function proveDead(property: Extract<Temporal, { kind: 'recoverable' }>, taken: Taken, limit: number): Proof {
  const reach = new Search(taken.model, property, limit).from(taken.states.at(-1) as State);
  if (reach.kind === 'never') return shown;
  if (reach.kind === 'unknown') return tooMany(limit);
  return refuted(`${property.by.join(' and ')} can still lead to the goal, in ${moves(reach.distance)}`);
}

/**
 * That the recorded transition is the critical one; `undefined` for `stable`, whose goal is no state but to stay among some,
 * which no search from one state can see.
 * @internal
 */
export function proveCritical(property: Temporal, critical: Critical, taken: Taken, limit: number): Proof | undefined {
  if (property.kind === 'stable') return undefined;
  const { kind, step } = critical;
  const search = new Search(taken.model, property, limit);
  if (kind === 'lost') {
    const after = search.from(taken.states[step] as State);
    if (after.kind === 'reached') return refuted(`the goal can still be reached after it, in ${moves(after.distance)}`);
    if (after.kind === 'unknown') return tooMany(limit);
    if (step === 0) return shown;
  }
  const before = taken.states[step - 1] as State;
  const reach = search.from(before);
  if (reach.kind === 'never') return refuted('the goal is out of reach before it');
  if (reach.kind === 'unknown') return tooMany(limit);
  return proveInstead(critical, before, search);
}

function proveInstead({ instead }: Critical, before: State, search: Search): Proof {
  if (instead === undefined) return shown;
  const after = search.by(instead.move, before);
  const move = describeMove(instead.move);
  if (after === undefined) return refuted(`${move} cannot be done instead`);
  const reach = search.from(after);
  if (reach.kind === 'unknown') return tooMany(search.limit);
  if (reach.kind === 'never') return refuted(`${move} does not lead to the goal`);
  if (reach.distance === instead.distance) return shown;
  return refuted(`after ${move} the goal is ${moves(reach.distance)} away, recorded as ${instead.distance}`);
}

/** Searches from states of one model for the goal of one property, by the moves that count for it. */
class Search {
  private readonly units: Units;
  private readonly isGoal: (state: State) => boolean;

  constructor(
    private readonly model: Model,
    private readonly property: Temporal,
    readonly limit: number,
  ) {
    this.units = new Units(model);
    this.isGoal = truthOf(model, property, property.holds);
  }

  from(state: State) {
    return canReach(this.model, state, this.isGoal, this.allows, this.limit);
  }

  /** The state that a move leads to, if it is offered and counts. */
  by(wanted: NonNullable<Critical['instead']>['move'], before: State): State | undefined {
    const enabled = new Moves();
    this.model.expand(before, enabled);
    for (let i = 0; i < enabled.count; i++) {
      if (intentOf(this.model.move(enabled, i)) !== intentOf(wanted) || !this.allows(enabled, i)) continue;
      const after = before.slice();
      enabled.apply(i, after);
      return after;
    }
    return undefined;
  }

  /** For `recoverable` the moves that may repair it, else all that do not cease. */
  private readonly allows = (enabled: Moves, i: number): boolean => {
    if (enabled.changesNothing(i)) return false;
    const name = this.units.classOf(this.units.of(enabled, i));
    const { property } = this;
    return property.kind === 'recoverable' ? property.by.includes(name) : !property.fairness.ceases?.includes(name);
  };
}

const moves = (distance: number): string => `${distance} ${distance === 1 ? 'move' : 'moves'}`;

const tooMany = (states: number): Proof => ({ kind: 'unverified', states });
