/**
 * The blocks as one node has heard of them. Numbers belong to miners, so that who mines two blocks in which order makes no
 * difference, and nobody need know what others mine: with k miners the n-th block of the m-th has the number 1 + m + k * n.
 * What a node has not heard of is a hole in its table.
 */
import {
  type Block,
  type BlockId,
  type BlockTable,
  type ChainState,
  genesis,
  genesisBlock,
  type Kind,
  parentOf,
} from '../chain/index.js';

/** What is sent of a block ahead of it. Proof of work is a matter of its own: nobody can make headers without. @public */
export interface Header {
  readonly id: BlockId;
  readonly parent: BlockId;
  readonly work: number;
  /** The time that it gives is ahead of a slow clock. */
  readonly isEarly?: true;
}

/** A node's blocks, and what it thinks of them. @public */
export type Tree = Pick<ChainState, 'status' | 'orphans' | 'todo'> & { readonly blocks: BlockTable };

/** What stands in the table for a block that nobody has told of. */
const hole: Block = { parent: genesis, work: 0, kind: 'ok' };

/** The number of a miner's next block. @public */
export const numberOf = (miner: number, miners: number, mined: number): BlockId => 1 + miner + miners * mined;

/** The miner of a block, from 0. @public */
export const minerOf = (id: BlockId, miners: number): number => (id - 1) % miners;

/** @public */
export const isHeardOf = ({ blocks }: Pick<Tree, 'blocks'>, id: BlockId): boolean =>
  blocks[id] !== undefined && blocks[id] !== hole && (id === genesis || (blocks[id] as Block).work > 0);

/** The table and the states of the blocks with one more, as far as its header tells. @internal */
export function noted<T extends Tree>(tree: T, { id, parent, work }: Header, kind: Kind = 'ok'): T {
  const known = tree.blocks[id];
  if (known !== undefined && isHeardOf(tree, id) && (kind === 'ok' || known.kind === kind)) return tree;
  const blocks = tree.blocks.slice();
  const status = tree.status.slice();
  for (let at = blocks.length; at <= Math.max(id, parent); at++) {
    blocks.push(hole);
    status.push('unknown');
  }
  blocks[id] = { parent, work, kind };
  inherited(blocks, tree.blocks, [id]);
  return { ...tree, blocks, status };
}

/**
 * The same with headers that come one after the other in the tree, none of them heard of before. One copy for all: most of what is
 * announced to a node that is behind comes in such lines. @internal
 */
export function notedLine<T extends Tree>(tree: T, line: readonly Header[]): T {
  const blocks = tree.blocks.slice();
  const status = tree.status.slice();
  for (const { id, parent, work } of line) {
    while (blocks.length <= id) {
      blocks.push(hole);
      status.push('unknown');
    }
    blocks[id] = { parent, work, kind: 'ok' };
    status[id] = 'header-ok';
  }
  inherited(
    blocks,
    tree.blocks,
    line.map(({ id }) => id),
  );
  return { ...tree, blocks, status };
}

/** Without the headers in `useless`, and without what is neither known nor waits. @internal */
export function forgotten<T extends Tree>(tree: T, useless: readonly BlockId[]): T {
  const { blocks, status, orphans, todo } = tree;
  const gone: BlockId[] = [];
  let length = 1;
  for (let id = 1; id < blocks.length; id++) {
    if (!isHeardOf(tree, id)) continue;
    const stays = (status[id] !== 'unknown' && !useless.includes(id)) || orphans.includes(id) || todo.includes(id);
    if (stays) length = Math.max(length, id + 1, parentOf(blocks, id) + 1);
    else gone.push(id);
  }
  if (gone.length === 0 && useless.length === 0 && length === blocks.length) return tree;
  const entries = blocks.slice(0, length);
  const states = status.slice(0, length);
  for (const id of gone) if (id < length) entries[id] = hole;
  for (const id of useless) if (id < length) states[id] = 'unknown';
  inherited(entries, blocks, gone);
  return { ...tree, blocks: entries, status: states };
}

/** @internal */
export const firstTable: BlockTable = [genesisBlock];

/** What is summed up along the chains of one table. Never kept by block: what is below a block may differ from table to table. */
interface Sums {
  readonly total: number[];
  readonly level: number[];
}

const unsummed = -1;

const sums = new WeakMap<BlockTable, Sums>();

function sumsOf(blocks: BlockTable): Sums {
  const known = sums.get(blocks);
  if (known !== undefined) return known;
  const made: Sums = { total: [0], level: [0] };
  sums.set(blocks, made);
  return made;
}

/** A table that differs from another by blocks that nothing is built on: what was summed up of the rest is still right. */
function inherited(blocks: BlockTable, from: BlockTable, without: readonly BlockId[] = []): void {
  const known = sums.get(from);
  if (known === undefined) return;
  const made: Sums = { total: known.total.slice(0, blocks.length), level: known.level.slice(0, blocks.length) };
  for (const id of without) if (id < made.total.length) made.total[id] = unsummed;
  sums.set(blocks, made);
}

function summed(blocks: BlockTable, id: BlockId): Sums {
  const { total, level } = sumsOf(blocks);
  const way: BlockId[] = [];
  while (total.length < blocks.length) {
    total.push(unsummed);
    level.push(unsummed);
  }
  for (let at = id; total[at] === unsummed; at = parentOf(blocks, at)) way.push(at);
  for (let i = way.length - 1; i >= 0; i--) {
    const at = way[i] as BlockId;
    const { parent, work } = blocks[at] as Block;
    total[at] = (total[parent] as number) + work;
    level[at] = (level[parent] as number) + 1;
  }
  return { total, level };
}

/** The work of the whole chain that ends in a block, all of which must have been heard of. @public */
export function totalOf(blocks: BlockTable, id: BlockId): number {
  const known = sumsOf(blocks).total[id];
  return known !== undefined && known !== unsummed ? known : (summed(blocks, id).total[id] as number);
}

/** Those of some blocks whose chains show so much work. @public */
export function ofTotal(blocks: BlockTable, ids: readonly BlockId[], total: number): readonly BlockId[] {
  const { total: totals } = sumsOf(blocks);
  return ids.filter((id) => {
    const known = totals[id];
    return (known === undefined || known === unsummed ? totalOf(blocks, id) : known) === total;
  });
}

/** The height of such a block. @public */
export function levelOf(blocks: BlockTable, id: BlockId): number {
  const { total, level } = sumsOf(blocks);
  const known = total[id];
  return (known !== undefined && known !== unsummed ? level : summed(blocks, id).level)[id] as number;
}

/** Whether a block is part of an active chain, given as the index of it by height. @public */
export const isOn = (active: readonly BlockId[], blocks: BlockTable, id: BlockId): boolean =>
  active[levelOf(blocks, id)] === id;

/** @internal */
export const headerOf = (blocks: BlockTable, id: BlockId): Header => ({
  id,
  parent: parentOf(blocks, id),
  work: (blocks[id] as Block).work,
  ...(blocks[id]?.kind === 'future' ? { isEarly: true } : {}),
});
