/**
 * Whether a behaviour that goes round for ever breaks a promise about every fair one. Law: it does exactly if it comes back to
 * the state in which its loop begins, the loop is fair, and the goal is missed.
 */
import {
  answerOf,
  describeMove,
  type Fairness,
  type Model,
  Moves,
  moveClass,
  type State,
  type Temporal,
} from '../kernel/index.js';
import { Units } from '../liveness/units.js';
import { type Proof, refuted, shown, type Taken } from './proof.js';

/** What is broken by a behaviour without end only. @internal */
export type Endless = Exclude<Temporal, { readonly kind: 'recoverable' }>;

/** @internal */
export function proveLasso(property: Endless, taken: Taken, loop: number | undefined): Proof {
  if (loop === undefined) return refuted('it ends, and says nothing of how it goes on');
  const why = ending(taken, loop) ?? unfairness(property.fairness, taken, loop) ?? goal(property, taken, loop);
  return why === undefined ? shown : refuted(why);
}

/** Why it does not go on for ever. */
function ending({ states }: Taken, loop: number): string | undefined {
  const last = states.at(-1) as State;
  if ((states[loop] as State).every((value, c) => value === last[c])) return undefined;
  return `after the last move it is not where it was after move ${loop}, so it does not go round`;
}

/** Why it is none of the behaviours that the promise is made for. What ceases is owed nothing. */
function unfairness(fairness: Fairness, { model, states, choices, moves: taken }: Taken, loop: number) {
  const { weak = [], strong = [], ceases = [] } = fairness;
  const ceasing = taken.slice(loop).find((move) => ceases.includes(moveClass(move)));
  if (ceasing !== undefined)
    return `it takes ${describeMove(ceasing)} again and again, and ${moveClass(ceasing)} is to cease`;

  const units = new Units(model);
  const moves = new Moves();
  const paid = new Set<number>();
  /** By unit: in how many states of the loop it is enabled, and one of its moves. */
  const debts = new Map<number, { states: number; move: string }>();
  // The last state is the first again, which makes no difference to what is enabled everywhere or anywhere.
  const inLoop = states.slice(loop);
  for (const [at, state] of inLoop.entries()) {
    model.expand(state, moves);
    const enabled = new Set<number>();
    for (let i = 0; i < moves.count; i++) {
      if (moves.changesNothing(i)) continue;
      const unit = units.of(moves, i);
      if (choices[loop + at] === i) paid.add(unit);
      if (enabled.has(unit)) continue;
      enabled.add(unit);
      const debt = debts.get(unit) ?? { states: 0, move: describeMove(model.move(moves, i)) };
      debts.set(unit, { ...debt, states: debt.states + 1 });
    }
  }
  for (const [unit, debt] of debts) {
    const name = units.classOf(unit);
    if (paid.has(unit) || ceases.includes(name)) continue;
    const never = `${debt.move} could be taken`;
    if (strong.includes(name)) return `it is not fair: ${never} again and again, and never is`;
    if (weak.includes(name) && debt.states === inLoop.length) return `it is not fair: ${never} all along, and never is`;
  }
  return undefined;
}

/** Where the promise is kept after all. */
function goal(property: Endless, { model, states }: Taken, loop: number): string | undefined {
  const holds = truthOf(model, property, property.holds);
  const inLoop = states.findIndex((state, at) => at >= loop && holds(state));
  switch (property.kind) {
    case 'eventually': {
      const at = states.findIndex(holds);
      return at < 0 ? undefined : `it comes true after move ${at}`;
    }
    case 'alwaysEventually':
      return inLoop < 0 ? undefined : `it comes true again and again, after move ${inLoop} and each time round`;
    case 'stable':
      return states.slice(loop).some((state) => !holds(state))
        ? undefined
        : `it is true from move ${loop} on, each time round`;
    case 'leadsTo': {
      if (inLoop >= 0) return `it comes true again and again, after move ${inLoop} and each time round`;
      const given = truthOf(model, property, property.given);
      const answered = states.findLastIndex(holds);
      return states.some((state, at) => at > answered && given(state))
        ? undefined
        : 'whenever the condition is true, the goal is then or later';
    }
  }
}

/** @internal */
export function truthOf(model: Model, property: Temporal, look: Temporal['holds']): (state: State) => boolean {
  const observer = model.observe(look);
  return (state) => answerOf(property, model, state, () => observer.at(state));
}
