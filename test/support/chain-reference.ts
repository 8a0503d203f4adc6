/**
 * A node as dumb as can be: it writes down what came, and works everything out from scratch after each block. It shares nothing
 * with the machine but the table of blocks.
 */
import type { BlockTable } from '../../models/chain/index.js';

export interface Judgement {
  readonly tip: number;
  readonly work: number;
  /** Children whose parent was not there, still waiting. */
  readonly waiting: readonly number[];
}

/** What a node with room for all orphans must say after these blocks have come in this order, `firstSeen`. */
export function judge(blocks: BlockTable, came: readonly number[]): Judgement {
  const linked = linkedIn(blocks, came);
  let best = 0;
  for (const id of linked) if (isGood(blocks, id) && workOf(blocks, id) > workOf(blocks, best)) best = id;
  return { tip: best, work: workOf(blocks, best), waiting: came.filter((id) => !linked.includes(id)) };
}

/** In the order in which each got its place above genesis: after what came, its children that had come before, as they came. */
function linkedIn(blocks: BlockTable, came: readonly number[]): readonly number[] {
  const linked: number[] = [];
  const isThere = (id: number) => id === 0 || linked.includes(id);
  came.forEach((id, at) => {
    const next = isThere(blocks[id]?.parent ?? -1) ? [id] : [];
    for (let one = next.shift(); one !== undefined; one = next.shift()) {
      linked.push(one);
      next.push(...came.slice(0, at).filter((other) => !linked.includes(other) && blocks[other]?.parent === one));
    }
  });
  return linked;
}

function isGood(blocks: BlockTable, id: number): boolean {
  if (id === 0) return true;
  const block = blocks[id];
  return block !== undefined && block.kind === 'ok' && isGood(blocks, block.parent);
}

function workOf(blocks: BlockTable, id: number): number {
  const block = blocks[id];
  return id === 0 || block === undefined ? 0 : block.work + workOf(blocks, block.parent);
}

/** Most work of all valid chains there are. */
export const mostWork = (blocks: BlockTable): number =>
  Math.max(...blocks.map((_, id) => (isGood(blocks, id) ? workOf(blocks, id) : 0)));
