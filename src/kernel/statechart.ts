/** A machine as a chart to look at: its states, the states in them, and the transitions between them, as plain data. */
import type { StateValue } from './world.js';

/** A machine as its states and the transitions between them. @public */
export interface Statechart {
  readonly id: string;
  readonly root: ChartState;
}

/** A state of a machine, with the states in it and the ways out. @public */
export interface ChartState {
  /** Its name among its siblings. */
  readonly key: string;
  /** The names from the root on, joined by dots; empty for the root. */
  readonly path: string;
  readonly type: 'atomic' | 'compound' | 'parallel' | 'final' | 'history';
  /** Path of the state it begins in. */
  readonly initial?: string;
  readonly entry: readonly string[];
  readonly exit: readonly string[];
  readonly states: readonly ChartState[];
  readonly transitions: readonly ChartTransition[];
}

/** A way from one state to others, and what it takes and does. @public */
export interface ChartTransition {
  /** What it is taken on: an event, a timer that has run out, or nothing but its guard. */
  readonly on: { readonly kind: 'event' | 'timer'; readonly name: string } | { readonly kind: 'always' };
  readonly guard?: string;
  /** Paths; none stays where it is. */
  readonly targets: readonly string[];
  readonly actions: readonly string[];
}

/** Paths of all states that a machine is in, the root's among them. @public */
export function activePaths(value: StateValue | undefined): readonly string[] {
  if (value === undefined) return [];
  const within = (at: string, part: StateValue | undefined): readonly string[] => {
    if (part === undefined) return [];
    const join = (name: string) => (at === '' ? name : `${at}.${name}`);
    if (typeof part === 'string') return part === '' ? [] : [join(part)];
    return Object.entries(part).flatMap(([name, inner]) => [join(name), ...within(join(name), inner)]);
  };
  return ['', ...within('', value)];
}
