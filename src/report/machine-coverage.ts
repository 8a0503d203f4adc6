/** How much of the machines a search has used, in words: a line about what was never taken, or all of it. */
import type { MachineCoverage } from '../kernel/index.js';
import type { Paint } from './paint.js';
import { amount } from './words.js';

/** Transitions named in one line; the others are counted. */
const most = 3;

/** Nothing when every transition was taken. @internal */
export function unusedLine(machines: readonly MachineCoverage[], paint: Paint): readonly string[] {
  const all = machines.reduce((sum, { transitions }) => sum + transitions.of, 0);
  const unused = machines.flatMap(({ machine, transitions }) =>
    transitions.unused.map((name) => (machines.length === 1 ? name : `${machine}: ${name}`)),
  );
  if (unused.length === 0) return [];
  const named = unused.slice(0, most).join('; ');
  const more = unused.length > most ? ` and ${unused.length - most} more (--coverage)` : '';
  return [`  ${paint.aside(`${all - unused.length} of ${amount(all, 'transition')} taken; never: ${named}${more}`)}`];
}

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
