/** How much of the machines a search has used, in words: what was never taken in a line or two, or all of it. */
import type { MachineCoverage } from '../kernel/index.js';
import type { Paint } from './paint.js';
import { amount } from './words.js';

/** Names in one line; the others are counted. */
const most = 3;

/** What was never taken, and the guards that might as well not be there; nothing when there is no such thing. @internal */
export const unusedLines = (machines: readonly MachineCoverage[], paint: Paint): readonly string[] =>
  [transitionsLine(machines), ...guardLines(machines)].flatMap((line) =>
    line === undefined ? [] : [`  ${paint.aside(line)}`],
  );

function transitionsLine(machines: readonly MachineCoverage[]): string | undefined {
  const all = machines.reduce((sum, { transitions }) => sum + transitions.of, 0);
  const unused = named(machines, ({ transitions }) => transitions.unused);
  if (unused.length === 0) return undefined;
  return `${all - unused.length} of ${amount(all, 'transition')} taken; never: ${some(unused)}`;
}

/** Those that were never asked are left out: they stand before transitions that were never taken. */
function guardLines(machines: readonly MachineCoverage[]): readonly string[] {
  const all = machines.reduce((sum, { guards }) => sum + guards.of, 0);
  const line = (answer: string, names: readonly string[]) =>
    names.length === 0 ? [] : [`${names.length} of ${amount(all, 'guard')} ${answer} true: ${some(names)}`];
  return [
    ...line(
      'always',
      named(machines, ({ guards }) => guards.always),
    ),
    ...line(
      'never',
      named(machines, ({ guards }) => guards.never),
    ),
  ];
}

const named = (
  machines: readonly MachineCoverage[],
  of: (machine: MachineCoverage) => readonly string[],
): readonly string[] =>
  machines.flatMap((one) => of(one).map((name) => (machines.length === 1 ? name : `${one.machine}: ${name}`)));

const some = (names: readonly string[]): string =>
  names.slice(0, most).join('; ') + (names.length > most ? ` and ${names.length - most} more (--coverage)` : '');

/** @internal */
export const coverageLines = (machines: readonly MachineCoverage[], paint: Paint): readonly string[] =>
  machines.flatMap(({ machine, peers, states, transitions, guards }) => {
    const parts = [
      ...(states.of === 0 ? [] : [`${states.of - states.unused.length} of ${amount(states.of, 'state')}`]),
      `${transitions.of - transitions.unused.length} of ${amount(transitions.of, 'transition')}`,
      ...(guards.of === 0 ? [] : [amount(guards.of, 'guard')]),
    ];
    const rows: readonly (readonly [string, readonly string[]])[] = [
      ['states never entered', states.unused],
      ['transitions never taken', transitions.unused],
      ['guards that were always true', guards.always],
      ['guards that were never true', guards.never],
      ['guards that were never asked', guards.unasked],
    ];
    const title = peers.length === 1 && peers[0] === machine ? machine : `${machine} (${peers.join(', ')})`;
    return [
      `  ${title}: ${parts.join(', ')}`,
      ...rows.flatMap(([label, names]) =>
        names.length === 0 ? [] : [`    ${paint.aside(`${label}:`)} ${names.join('; ')}`],
      ),
    ];
  });
