/** What was used of the machines of a system: one account for each machine, whichever of its peers it was that used it. */
import type { MachineCoverage, Parts } from '../kernel/index.js';
import type { PeerTable, Used } from '../machine/index.js';

/** @internal */
export function machineCoverage(tables: readonly PeerTable[]): readonly MachineCoverage[] {
  const machines = new Map<unknown, PeerTable[]>();
  for (const table of tables) machines.set(table.machine, [...(machines.get(table.machine) ?? []), table]);
  return [...machines.values()].map((running) => {
    const [first] = running as [PeerTable];
    const used = running.map((table) => table.used);
    return {
      machine: first.machineName,
      peers: running.map(({ name }) => name),
      states: parts(used.map(({ states }) => states)),
      transitions: parts(used.map(({ transitions }) => transitions)),
      guards: guards(used.map((one) => one.guards)),
    };
  });
}

function parts(used: readonly ReadonlyMap<string, boolean>[]): Parts {
  const names = [...(used[0] as ReadonlyMap<string, boolean>).keys()];
  return { of: names.length, unused: names.filter((name) => used.every((by) => by.get(name) !== true)) };
}

function guards(answers: readonly Used['guards'][]): MachineCoverage['guards'] {
  const names = [...(answers[0] as Used['guards']).keys()];
  const gave = (name: string, answer: boolean) => answers.some((by) => by.get(name)?.has(answer) === true);
  const those = (holds: (yes: boolean, no: boolean) => boolean) =>
    names.filter((name) => holds(gave(name, true), gave(name, false)));
  return {
    of: names.length,
    always: those((yes, no) => yes && !no),
    never: those((yes, no) => !yes && no),
    unasked: those((yes, no) => !yes && !no),
  };
}
