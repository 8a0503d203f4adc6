/** The same trees as `chart.ts` has in plain text, a node's beside the other's, as a drawing for the replay page. */
import type { Frame, Picture, View } from '../../src/kernel/index.js';
import { forestLegend, forestOf, type Mark, marksOf } from '../chain/index.js';
import { blockName } from './chart.js';
import type { NodeContext } from './state.js';
import { isHeardOf } from './table.js';

/** @public */
export const networkForest = (frames: readonly Frame[]): View => ({
  title: 'Block trees',
  legend: forestLegend,
  drawings: frames.map(({ picture }) => ({
    kind: 'trees',
    forests: picture.peers.filter(mayHaveTree).map((peer) => treeOf(peer, picture.partition)),
  })),
});

/** A liar keeps none. */
const mayHaveTree = ({ context }: Picture['peers'][number]): boolean =>
  context === undefined || (context as Partial<NodeContext>).at !== undefined;

function treeOf({ name, status, context }: Picture['peers'][number], cutOff: Picture['partition']) {
  const node = status === 'up' ? (context as NodeContext | undefined) : undefined;
  if (node === undefined) return { title: name, note: status, items: [] };
  const { blocks, tip, at } = node;
  return forestOf(
    name,
    {
      parents: blocks.map(({ parent }) => parent),
      marks: marksOf(blocks, node).map((mark, id): Mark | null => (isHeardOf(node, id) ? mark : null)),
      tip,
      label: (id) => blockName(id, at.miners),
    },
    cutOff?.includes(name) ? { note: 'cut off' } : {},
  );
}
