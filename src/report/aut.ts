/**
 * A state graph in the Aldebaran format (`.aut`), which CADP, mCRL2 and LTSmin read: a line for the sizes, a line an edge. It
 * has one first state; where behaviours may begin in several, one more state leads to each.
 */
import type { StateGraph } from '../kernel/index.js';

/** Characters of a label that CADP reads. */
const longestLabel = 5000;

/** @public */
export function renderAut({ starts, states, edges }: StateGraph): string {
  const [first] = starts;
  const isOne = starts.length === 1 && first !== undefined;
  const root = states.length;
  const begun = isOne ? [] : starts.map(({ label, state }) => ({ from: root, label: `start ${label}`, to: state }));
  const all = [...begun, ...edges];
  const lines = all.map(({ from, label, to }) => `(${from},${quoted(label)},${to})`);
  return `${[`des (${isOne ? first.state : root},${all.length},${states.length + (isOne ? 0 : 1)})`, ...lines].join('\n')}\n`;
}

/** The format has no escapes: a quotation mark within a label would end it, so it becomes an apostrophe. */
const quoted = (label: string): string =>
  `"${label
    .replaceAll('"', "'")
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')
    .slice(0, longestLabel)}"`;
