/** What a report says of what was not seen: estimates, which no verdict rests on. */
import type { Unseen } from '../kernel/index.js';
import type { Told } from './told.js';
import { amount, number } from './words.js';

/** Only where something is undecided: whoever has all answers need not guess. @internal */
export function estimateNotes({ report }: Told): readonly string[] {
  const { estimate } = report.coverage;
  if (estimate === undefined || report.findings.every(({ verdict }) => verdict !== 'undecided')) return [];
  const { runs, states, moves, local, pairs, moment } = estimate;
  const kinds = [
    kindOf(states, 'state'),
    kindOf(moves, 'kind of move', 'kinds of move'),
    ...(local === undefined ? [] : [kindOf(local, 'local state')]),
    ...(pairs === undefined || pairs.seen === 0 ? [] : [kindOf(pairs, 'pair of these', 'pairs of these')]),
  ];
  const notes = [`unseen, as ${amount(runs, 'run')} let one estimate: ${kinds.join('; ')}`];
  if (moment !== undefined) {
    const { share, atMost, confidence } = moment;
    notes.push(
      `of one state drawn from each run: that of one more run would be new with probability ${short(share)} (${short(atMost)} at most, with confidence ${confidence})`,
    );
  }
  return notes;
}

function kindOf({ seen, next, unseen }: Unseen, one: string, many?: string): string {
  const more = Math.round(unseen);
  return `${amount(seen, one, many)}, ${more === 0 ? 'hardly any more' : `at least ${number(more)} more`}, ${short(next)} new in one more run`;
}

/** Two digits that count: `0.012`, `3.4`, `120`. */
const short = (n: number): string => (n >= 100 ? number(Math.round(n)) : String(Number(n.toPrecision(2))));
