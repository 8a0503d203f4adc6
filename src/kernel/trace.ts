/** A trace: the choices that made a behaviour, and the moves they meant. States are recomputed, never stored. */
import { type Model, Moves, type Picture } from './model.js';
import { intentOf, type Move } from './move.js';
import type { PropertyKind } from './property.js';

/** A behaviour as a list of moves: states are worked out again from it. @public */
export interface Trace {
  readonly model: string;
  /** Which of the model's starts. */
  readonly start: number;
  /** For each step the index of the move among those enabled. */
  readonly choices: readonly number[];
  readonly moves: readonly Move[];
  /**
   * For a behaviour that never ends: how many moves come before those that repeat for ever. With none to repeat it stays where
   * it is.
   */
  readonly loop?: number;
}

/** The critical transition of a trace: where its fate was decided. @public */
export interface Critical {
  /**
   * `lost`: after move `step` no behaviour whatever comes to the goal any more; 0 when it never could. `open`: the goal stays in
   * reach all along, and is never gone to; `step` is a move of the loop, or one more than there are.
   */
  readonly kind: 'lost' | 'open';
  /** Counted from 1. */
  readonly step: number;
  /** What could be done instead of move `step`, and how many moves more it then takes to the goal. */
  readonly instead?: { readonly move: Move; readonly distance: number };
}

/** The trace of the behaviour that these choices make. @internal */
export function traceOf(model: Model, start: number, choices: readonly number[]): Trace {
  const state = (model.starts[start] as Model['starts'][number]).state.slice();
  const enabled = new Moves();
  const moves = choices.map((choice) => {
    model.expand(state, enabled);
    const move = model.move(enabled, choice);
    enabled.apply(choice, state);
    return move;
  });
  return { model: model.name, start, choices, moves };
}

/** A state of a behaviour as a person sees it. @public */
export interface Frame {
  /** Moves before it. */
  readonly step: number;
  /** The last of them. */
  readonly move?: Move;
  readonly picture: Picture;
}

/** Every state that a trace goes through, the start included. @internal */
export function framesOf(model: Model, { start, choices, moves }: Trace): readonly Frame[] {
  const state = (model.starts[start] as Model['starts'][number]).state.slice();
  const enabled = new Moves();
  const taken = choices.map((choice, at): Frame => {
    const move = moves[at] as Move;
    model.expand(state, enabled);
    enabled.apply(indexOf(model, enabled, choice, move), state);
    return { step: at + 1, move, picture: model.picture(state) };
  });
  const first = (model.starts[start] as Model['starts'][number]).state;
  return [{ step: 0, picture: model.picture(first) }, ...taken];
}

/** A model composed anew may number messages otherwise, and so offer the same moves in another order: the move itself counts. */
function indexOf(model: Model, enabled: Moves, choice: number, move: Move): number {
  const meant = intentOf(move);
  const isMeant = (index: number) => intentOf(model.move(enabled, index)) === meant;
  if (choice < enabled.count && isMeant(choice)) return choice;
  for (let index = 0; index < enabled.count; index++) if (isMeant(index)) return index;
  return choice;
}

/** Whether a shorter trace exists. @public */
export type Minimal =
  | {
      /** None does: every behaviour of fewer moves was looked at. */
      readonly proved: true;
      /** In the whole system, or only among behaviours that use nothing but what the trace uses. */
      readonly scope: 'system' | 'subspace';
      /** States searched to prove it. */
      readonly states: number;
      /** What the trace uses, for a `subspace`. */
      readonly among?: string;
    }
  | { readonly proved: false; readonly why: string };

/** What shrinking did to a trace. @public */
export interface Shrunk {
  /** Moves before. */
  readonly from: number;
  /** Moves after. */
  readonly to: number;
  readonly minimal: Minimal;
}

/** How a property stands in each state of a behaviour. @public */
export interface Lane {
  readonly property: string;
  readonly kind: PropertyKind;
  /**
   * `holds`: what the property says of a state, or of the step into it. `given`: the condition of one that says what it leads
   * to.
   */
  readonly role: 'holds' | 'given';
  /** A character a state: `1` true, `0` false, `-` not asked: a step that was not taken, a state that is not quiet. */
  readonly values: string;
}
