/** A state graph in the DOT language of Graphviz. What changes nothing is left out: a picture has enough lines without. */
import { canonical, type StateGraph } from '../kernel/index.js';
import { pictureLines } from './changes.js';

/** A graph of states as DOT, for Graphviz. @public */
export function renderDot({ model, starts, states, edges }: StateGraph): string {
  const moves = new Map<string, { readonly from: number; readonly to: number; readonly labels: string[] }>();
  for (const { from, to, label } of edges) {
    if (from === to) continue;
    const key = canonical([from, to]);
    const known = moves.get(key) ?? { from, to, labels: [] };
    known.labels.push(label);
    moves.set(key, known);
  }
  return [
    `digraph ${quoted(model)} {`,
    '  node [shape=box, style=rounded, fontname="monospace", fontsize=10];',
    '  edge [fontname="monospace", fontsize=9];',
    ...starts.flatMap(({ label, state }, at) => [
      `  start${at} [shape=point, tooltip=${quoted(label)}];`,
      `  start${at} -> ${state};`,
    ]),
    ...states.map((picture, state) => `  ${state} [label=${lines([String(state), ...pictureLines(picture)])}];`),
    ...[...moves.values()].map(({ from, to, labels }) => `  ${from} -> ${to} [label=${lines(labels)}];`),
    '}',
    '',
  ].join('\n');
}

const escaped = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ').replace(/[\\"]/g, '\\$&');

const quoted = (text: string): string => `"${escaped(text)}"`;

/** Each ended by a line break that sets it to the left. */
const lines = (texts: readonly string[]): string => `"${texts.map((text) => `${escaped(text)}\\l`).join('')}"`;
