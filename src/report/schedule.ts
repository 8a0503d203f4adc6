/** What a report says of how the moves of random runs were picked. */
import type { Told } from './told.js';
import { amount, number } from './words.js';

/** For the first line; empty for the usual one. @internal */
export function scheduleWord({ report }: Told): string {
  const name = report.coverage.schedule?.name ?? 'swarm';
  return name === 'swarm' ? '' : ` (${name})`;
}

/** What a schedule promises, or has gathered. @internal */
export function scheduleNotes({ report }: Told): readonly string[] {
  const { priorities, corpus } = report.coverage.schedule ?? {};
  const notes: string[] = [];
  if (priorities !== undefined) {
    const { depth, chains, moves, runs, unended, bound } = priorities;
    const made = `${amount(chains, 'chain')} and ${amount(moves, 'move')} at most`;
    notes.push(
      bound === undefined
        ? `pct promises nothing here: ${amount(unended, 'behaviour')} did not end (${made})`
        : `a run by pct shows a bug of depth ${depth} with probability 1/${number(Math.ceil(1 / bound))} at least (${made}, known in ${amount(runs, 'run')}), if the order of events does not decide which there are`,
    );
  }
  if (corpus !== undefined) {
    const { behaviours, local, pairs } = corpus;
    notes.push(
      `${amount(behaviours, 'behaviour')} kept to begin with, for ${amount(local, 'local state')} and ${amount(pairs, 'pair')} of these`,
    );
  }
  return notes;
}
