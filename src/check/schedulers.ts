/** The scheduler of each name. */
import type { Model, ScheduleName } from '../kernel/index.js';
import { Blind } from './blind.js';
import type { Explored } from './explored.js';
import { Guided } from './guided.js';
import { Pct } from './pct.js';
import { Pos } from './pos.js';
import type { Scheduler } from './scheduler.js';

/** Ordering constraints of the bugs that `pct` looks for, where nobody says otherwise: most take three at most. @internal */
export const usualDepth = 3;

/** How many peers; their own components come first in a state. @internal */
export function peersOf(model: Model): number {
  const [first] = model.starts;
  return first === undefined ? 0 : model.picture(first.state).peers.length;
}

/** @param depth of the bugs that `pct` looks for @internal */
export function schedulerOf(name: ScheduleName, explored: Explored, weights: Int32Array, depth: number): Scheduler {
  const { model, events } = explored;
  const peers = peersOf(model);
  switch (name) {
    case 'uniform':
    case 'swarm':
      return new Blind(name, weights);
    case 'pct':
      return new Pct(events, weights, depth);
    case 'pos':
      return new Pos(events, weights, peers);
    case 'coverage':
      return new Guided(explored, weights, peers);
  }
}
