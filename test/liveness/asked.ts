/** What is asked of a graph: a temporal property, told as data so that oracles, judge and engine read the same words. */
import {
  alwaysEventually,
  eventually,
  type Fairness,
  leadsTo,
  type Property,
  recoverable,
  stable,
  type Temporal,
} from '../../src/kernel/index.js';
import { at } from './graph-model.js';

export interface Asked {
  readonly kind: Temporal['kind'];
  /** By number of the state. */
  readonly holds: readonly boolean[];
  readonly given: readonly boolean[];
  readonly fairness: Fairness;
  readonly by: readonly string[];
}

export function propertyOf({ kind, holds, given, fairness, by }: Asked, name: string): Property {
  const isHeld: Parameters<typeof stable>[1] = (world) => holds[at(world)]!;
  switch (kind) {
    case 'eventually':
      return eventually(name, isHeld, fairness);
    case 'alwaysEventually':
      return alwaysEventually(name, isHeld, fairness);
    case 'stable':
      return stable(name, isHeld, fairness);
    case 'leadsTo':
      return leadsTo(name, (world) => given[at(world)]!, isHeld, fairness);
    case 'recoverable':
      return recoverable(name, isHeld, by);
  }
}

export function showAsked({ kind, holds, given, fairness, by }: Asked): string {
  const told = (labels: readonly boolean[]) => `{${labels.flatMap((is, state) => (is ? [state] : [])).join(' ')}}`;
  if (kind === 'recoverable') return `recoverable ${told(holds)} by [${by}]`;
  return `${kind} ${kind === 'leadsTo' ? `${told(given)} -> ` : ''}${told(holds)}, fairness ${JSON.stringify(fairness)}`;
}
