/** What several workers used of the machines, as one account: used is what any of them used. */
import type { MachineCoverage, Parts } from '../kernel/index.js';

/** @param accounts of the same machines, in the same order @internal */
export function mergedMachines(accounts: readonly (readonly MachineCoverage[])[]): readonly MachineCoverage[] {
  const [first = [], ...others] = accounts;
  return first.map((account, at) =>
    others.map((other) => other[at] as MachineCoverage).reduce((all, one) => merged(all, one), account),
  );
}

const merged = (a: MachineCoverage, b: MachineCoverage): MachineCoverage => ({
  ...a,
  states: unused(a.states, b.states),
  transitions: unused(a.transitions, b.transitions),
  guards: answers(a.guards, b.guards),
});

const unused = (a: Parts, b: Parts): Parts => ({
  of: a.of,
  unused: a.unused.filter((name) => b.unused.includes(name)),
});

type Guards = MachineCoverage['guards'];

function answers(a: Guards, b: Guards): Guards {
  const never = (guards: Guards, name: string) => guards.never.includes(name) || guards.unasked.includes(name);
  const always = (guards: Guards, name: string) => guards.always.includes(name) || guards.unasked.includes(name);
  // Every list of one account is in the order of the machine, but no list holds all: what is in either, in the order of the first.
  const listed = [...new Set([...a.always, ...a.never, ...a.unasked])];
  const [noYes, noNo] = [
    (name: string) => never(a, name) && never(b, name),
    (name: string) => always(a, name) && always(b, name),
  ];
  const those = (ofA: readonly string[], holds: (name: string) => boolean) => {
    const kept = listed.filter(holds);
    return [...ofA.filter((name) => kept.includes(name)), ...kept.filter((name) => !ofA.includes(name))];
  };
  return {
    of: a.of,
    always: those(a.always, (name) => !noYes(name) && noNo(name)),
    never: those(a.never, (name) => noYes(name) && !noNo(name)),
    unasked: those(a.unasked, (name) => noYes(name) && noNo(name)),
  };
}
