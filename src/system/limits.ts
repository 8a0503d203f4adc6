/** What a system counts, and where its network may be cut. */
import type { SystemSpec } from '../kernel/index.js';

/** What is counted, by the name of its counter. @internal */
export function limitsOf({ faults = {}, churn = {}, operations = [] }: SystemSpec) {
  const limits: [string, number | 'unlimited' | undefined][] = [
    ['lose', faults.lose],
    ['duplicate', faults.duplicate],
    ['partition', faults.partition?.limit],
    ['join', churn.join?.limit],
    ['leave', churn.leave?.limit],
    ['crash', churn.crash?.limit],
    ['restart', churn.restart?.limit],
    ...operations.map(({ name, limit }): [string, number | 'unlimited' | undefined] => [`operation ${name}`, limit]),
  ];
  return Object.fromEntries(limits.map(([name, limit]) => [name, limit ?? 'unlimited'] as const));
}

/** The sides that may be cut off; each split is named once, by the side that lacks the first peer. @internal */
export function cutsOf({ faults = {} }: SystemSpec, names: readonly string[]): readonly (readonly string[])[] {
  if (faults.partition === undefined) return [];
  if (faults.partition.cuts !== undefined) return faults.partition.cuts;
  const others = names.slice(1);
  const subsets = Array.from({ length: 2 ** others.length - 1 }, (_, i) => i + 1);
  return subsets.map((subset) => others.filter((_, bit) => (subset >> bit) & 1));
}
