/** The block tree of each node over time: whose chain is which, what is stale, orphaned, invalid, or known by its header only. */
import type { Frame } from '../../src/kernel/index.js';
import { film, legend, type Mark, marksOf, treeLines } from '../chain/index.js';
import type { NodeContext } from './state.js';
import { nameOf } from './system.js';
import { isHeardOf, minerOf } from './table.js';

/** A block by who mined it, and as which of his: `a1`, `a2`. @public */
export const blockName = (id: number, miners: number): string =>
  id === 0 ? 'G' : `${nameOf(minerOf(id, miners))}${Math.floor((id - 1) / miners) + 1}`;

/** @public */
export const networkChart = (frames: readonly Frame[]): readonly string[] => [
  `     ${legend}`,
  ...film(frames, ({ picture }) => [
    ...(picture.partition === undefined ? [] : [`cut off: ${picture.partition.join(', ')}`]),
    ...picture.peers.flatMap(({ name, status, context }) => {
      if (status !== 'up') return [`${name}: ${status}`];
      return drawn(name, context as NodeContext | undefined);
    }),
  ]),
];

function drawn(name: string, node: NodeContext | undefined): readonly string[] {
  if (node?.at === undefined) return [];
  const { blocks, tip, at } = node;
  const marks = marksOf(blocks, node).map((mark, id): Mark | null => (isHeardOf(node, id) ? mark : null));
  const lines = treeLines({
    parents: blocks.map(({ parent }) => parent),
    marks,
    tip,
    label: (id) => blockName(id, at.miners),
  });
  return lines.map((line, row) => `${row === 0 ? `${name}: ` : '   '}${line}`);
}
